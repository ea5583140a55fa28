// Saves what stands in the form of a contact as a draft on the server, every ten seconds while it changes, and says so.
// Nothing is stored in the browser, and all of the form works without this file: see docs/adr, decision 9.
"use strict";

(() => {
  const EVERY = 10_000; // milliseconds; what a crash can lose
  const AGAIN = ["401", "else"]; // answers after which the same text is tried again

  const said = document.querySelector("[data-draft]");
  const form = said.closest("form");
  const standing = () => new URLSearchParams(new FormData(form)).toString();
  let settled = standing(); // what the server has, or has refused for good
  let saving = false;

  function say(code) {
    const shown = { hour: "numeric", minute: "2-digit", timeZone: said.dataset.zone };
    const time = new Date().toLocaleTimeString(document.documentElement.lang, shown);
    const words = said.getAttribute(`data-said-${code}`).replace("[time]", time);
    if (said.textContent !== words) said.textContent = words; // a screen reader hears it once
  }

  async function answer(text) {
    try {
      const response = await fetch(said.dataset.draft, {
        method: "POST",
        headers: { "Content-Type": "application/x-www-form-urlencoded" },
        body: text,
        redirect: "manual",
        signal: AbortSignal.timeout(EVERY),
      });
      return said.hasAttribute(`data-said-${response.status}`) ? String(response.status) : "else";
    } catch {
      return "else";
    }
  }

  async function save() {
    const text = standing();
    if (saving || text === settled) return;
    saving = true;
    const code = await answer(text);
    saving = false;
    if (!AGAIN.includes(code)) settled = text;
    say(code);
  }

  setInterval(save, EVERY);
  document.addEventListener("visibilitychange", () => document.hidden && save());
})();
