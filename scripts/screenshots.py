"""Take the pictures of the manual from a running demo, so that they show what is so.

`python -m scripts.screenshots` loads and serves a demo of its own; with an address it takes the demo that runs there.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from scripts.tools import chromium

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
BIN = Path(sys.executable).parent
DESKTOP = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)
LARGEST = 200_000
"""Bytes of a picture in the repository."""
SECONDS = 240


@contextmanager
def demo() -> Iterator[str]:
    """The address of a demo loaded into a folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="accord-pictures-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        variables = {**os.environ, "ACCORD_DATA": folder, "ACCORD_DEMO": "1"}
        collect = [sys.executable, "-m", "django", "collectstatic", "--settings", "accord.web.settings", "--no-input"]
        subprocess.run([*collect, "--verbosity", "0"], env=variables, check=True)
        server = subprocess.Popen([str(BIN / "accord"), "demo", "--port", str(port)], env=variables)
        try:
            _wait(port, server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS
    while server.poll() is None and time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("The demo did not start.\nRun make demo and see what it says.")


def sign_in(page: Page, url: str, role: str) -> None:
    """Become the demo's person of a role."""
    page.goto(f"{url}/people/sign-in/")
    page.locator("ul.cast li").filter(has=page.locator("strong", has_text=role)).first.get_by_role("button").click()


def take(browser: Browser, url: str) -> None:
    """Take every picture."""
    desktop = browser.new_page(viewport=DESKTOP, locale="en-US")
    desktop.goto(url)
    keep(desktop, "front-page")
    desktop.goto(f"{url}/reports/")
    desktop.locator("main a[href^='/reports/']").first.click()
    keep(desktop, "board-report")
    sign_in(desktop, url, "Principal")
    desktop.goto(f"{url}/interactions/new/")
    keep(desktop, "log-a-contact")
    phone = browser.new_page(viewport=PHONE, locale="en-US", is_mobile=True, has_touch=True)
    phone.goto(url)
    keep(phone, "phone")


def keep(page: Page, name: str) -> None:
    """Store what the window shows.

    Raises:
        SystemExit: when the picture is larger than a repository should hold.
    """
    page.wait_for_load_state("networkidle")
    path = PICTURES / f"{name}.png"
    size = len(page.screenshot(path=path))
    sys.stdout.write(f"{path.name}: {size:,} bytes\n")
    if size > LARGEST:
        raise SystemExit(f"{path.name} has more than {LARGEST:,} bytes.\nShow less of the page.")


def main() -> None:
    """Take every picture from the demo at the address given, or from one of its own."""
    executable = chromium()
    if executable is None:
        raise SystemExit("No Chromium is on this machine.\nRun make test, which installs it.")
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        if sys.argv[1:]:
            take(browser, sys.argv[1].rstrip("/"))
        else:
            with demo() as url:
                take(browser, url)
        browser.close()


if __name__ == "__main__":
    main()
