"""What was typed and never sent comes back: after a lost session, a token that changed, and for its author alone."""

import re
import sqlite3

from playwright.sync_api import Page, expect

from tests.e2e import walk
from tests.e2e.test_accessibility import violations
from tests.serving import Server

WORDS = "A talk about a borrowed bicycle, half"
EVERY = 10_000
"""Milliseconds between two saves of the script."""
SAVED = re.compile(r"Draft saved at \d{1,2}:\d\d")


def all_on_one_page(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/interactions/new/?view=all")


def type_and_wait(page: Page) -> None:
    """Type into the form, and let the clock of the page go on until the script has saved."""
    page.locator("textarea[name=narrative]").fill(WORDS)
    page.clock.fast_forward(EVERY)


def begin(page: Page, server: Server) -> None:
    page.clock.install()
    walk.sign_in(page, server.url, walk.PRINCIPAL)
    all_on_one_page(page, server)


def sessions_gone(server: Server) -> None:
    """Every session is ended on the server, as after a crash."""
    with sqlite3.connect(server.data / "accord.sqlite3", timeout=20) as database:
        assert database.execute("DELETE FROM django_session").rowcount > 0


def sign_in_here(page: Page, role: str) -> None:
    """Sign in on the page that stands there, as a form that came too late led to it."""
    page.get_by_role("listitem").filter(has=page.get_by_text(role, exact=True)).get_by_role("button").click()


def test_what_was_typed_and_never_sent_comes_back_after_the_session_is_gone(fresh_server: Server, page: Page):
    begin(page, fresh_server)
    type_and_wait(page)
    expect(page.get_by_role("status")).to_have_text(SAVED)
    assert violations(page) == []
    sessions_gone(fresh_server)
    walk.sign_in(page, fresh_server.url, walk.PRINCIPAL)
    page.goto(f"{fresh_server.url}/interactions/")
    page.get_by_role("link", name="Go on with the draft of").click()
    expect(page.locator("[name=narrative]")).to_have_value(WORDS)


def test_the_page_says_that_nobody_is_signed_in_and_saves_again_after_signing_in_in_another_tab(
    fresh_server: Server, page: Page
):
    begin(page, fresh_server)
    sessions_gone(fresh_server)
    type_and_wait(page)
    expect(page.get_by_role("status")).to_contain_text("Not saved: you are signed out")
    other = page.context.new_page()
    walk.sign_in(other, fresh_server.url, walk.PRINCIPAL)
    page.clock.fast_forward(EVERY)
    expect(page.get_by_role("status")).to_have_text(SAVED)


def test_a_form_sent_after_the_session_is_gone_opens_again_for_its_author_not_filed(fresh_server: Server, page: Page):
    begin(page, fresh_server)
    sessions_gone(fresh_server)
    page.locator("textarea[name=narrative]").fill(WORDS)
    page.get_by_role("button", name="Log this contact").last.click()
    expect(page.get_by_role("heading", name="Not filed yet")).to_be_visible()
    assert violations(page) == []
    sign_in_here(page, walk.PRINCIPAL)
    expect(page.get_by_text("Not filed yet")).to_be_visible()
    expect(page.locator("[name=narrative]")).to_have_value(WORDS)


def test_a_form_under_the_token_of_an_older_session_is_kept_and_leads_on(fresh_server: Server, page: Page):
    begin(page, fresh_server)
    page.locator("textarea[name=narrative]").fill(WORDS)
    cookie = next(one for one in page.context.cookies() if "csrf" in one["name"])
    page.context.add_cookies([{**cookie, "value": "a" * 32}])
    page.get_by_role("button", name="Log this contact").last.click()
    expect(page.get_by_role("heading", name="Your page was too old")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Go on with what you typed").click()
    expect(page.locator("[name=narrative]")).to_have_value(WORDS)


def test_another_person_on_the_same_browser_sees_nothing_of_it(fresh_server: Server, page: Page):
    begin(page, fresh_server)
    type_and_wait(page)
    expect(page.get_by_role("status")).to_have_text(SAVED)
    sessions_gone(fresh_server)
    page.locator("textarea[name=narrative]").fill(f"{WORDS} more")
    page.get_by_role("button", name="Log this contact").last.click()
    sign_in_here(page, walk.SUPERINTENDENT)
    expect(page.get_by_text("belongs to somebody else")).to_be_visible()
    for path in ("/interactions/", "/interactions/new/"):
        page.goto(fresh_server.url + path)
        assert WORDS not in page.content()
        assert page.locator(".drafts").count() == 0
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_an_unchanged_form_is_not_sent(fresh_server: Server, page: Page):
    begin(page, fresh_server)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.clock.fast_forward(3 * EVERY)
    assert sent == []
    type_and_wait(page)
    expect(page.get_by_role("status")).to_have_text(SAVED)
    page.clock.fast_forward(3 * EVERY)
    assert sent == [f"{fresh_server.url}/interactions/drafts/save/"]


def test_without_a_script_a_button_keeps_it_and_nothing_is_promised(
    fresh_server: Server, page_without_javascript: Page
):
    page = page_without_javascript
    walk.sign_in(page, fresh_server.url, walk.PRINCIPAL)
    all_on_one_page(page, fresh_server)
    page.locator("textarea[name=narrative]").fill(WORDS)
    assert "Draft saved" not in page.inner_text("body")
    sessions_gone(fresh_server)
    page.get_by_role("button", name="Keep as a draft").click()
    sign_in_here(page, walk.PRINCIPAL)
    expect(page.locator("[name=narrative]")).to_have_value(WORDS)


def test_a_correction_is_offered_where_it_was_begun_and_listed_on_a_phone(fresh_server: Server, phone: Page):
    phone.clock.install()
    walk.sign_in(phone, fresh_server.url, walk.SUPERINTENDENT)
    phone.goto(f"{fresh_server.url}/interactions/")
    phone.get_by_role("link", name=re.compile(r"^20\d\d-\d{5}$")).first.click()
    address = f"{phone.url}correct/"
    phone.goto(f"{address}?view=all")
    type_and_wait(phone)
    expect(phone.get_by_role("status")).to_have_text(SAVED)
    phone.goto(address)
    assert violations(phone) == []
    phone.get_by_role("link", name="Go on with what you typed").click()
    expect(phone.locator("[name=narrative]")).to_have_value(WORDS)
    phone.goto(f"{fresh_server.url}/interactions/")
    expect(phone.get_by_text("Correction of")).to_be_visible()
    assert violations(phone) == []
