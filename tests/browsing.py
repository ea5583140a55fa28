"""A real Chromium. A page that logs an error or breaks the content security policy fails its test."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from scripts.tools import chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, started once for the tests of a worker."""
    path = chromium()
    if path is None:
        pytest.fail("No Chromium is on this machine.\nRun make test, which installs it.", pytrace=False)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


class NewPage:
    """Makes pages that share nothing with each other: `new_page(locale="es")` takes Playwright's context options."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        self.errors: list[str] = []

    def __call__(self, **options: Any) -> Page:
        context = self.browser.new_context(**{"viewport": DESKTOP, "locale": "en-US", **options})
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._logged)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def _logged(self, message: ConsoleMessage) -> None:
        # A refusal (403, 404, 422) is an answer that tests ask for; Chromium logs it as an error.
        asked_for = message.text.startswith("Failed to load resource: the server responded with")
        if message.type == "error" and not asked_for:
            self.errors.append(message.text)


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Make pages; what any of them logged as an error fails the test at its end."""
    make = NewPage(browser)
    yield make
    for context in make.contexts:
        context.close()
    assert not make.errors, make.errors


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page on a desktop screen."""
    return new_page()


@pytest.fixture
def phone(new_page: NewPage) -> Page:
    """A page on a phone held upright."""
    return new_page(viewport=PHONE, has_touch=True, is_mobile=True)


@pytest.fixture
def page_without_javascript(new_page: NewPage) -> Page:
    """A page in a browser that runs no scripts."""
    return new_page(java_script_enabled=False)
