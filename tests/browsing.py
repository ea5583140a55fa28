"""A real Chromium. A page that logs an error or breaks the content security policy fails its test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
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

NewPage = Callable[..., Page]


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


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Make pages that share nothing with each other: `new_page(locale="es")` takes Playwright's context options."""
    contexts = []
    errors: list[str] = []

    def make(**options: Any) -> Page:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "en-US", **options})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: errors.extend(_told(message)))
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not errors, errors


def _told(message: ConsoleMessage) -> list[str]:
    # A refusal (403, 404, 422) is an answer that tests ask for; Chromium logs it as an error.
    expected = message.type != "error" or message.text.startswith("Failed to load resource: the server responded with")
    return [] if expected else [message.text]


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
