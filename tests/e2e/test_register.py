"""Immigration officers at the door: reported by phone in a minute, by keyboard, without scripts; printed as a card."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import walk
from tests.e2e.test_accessibility import violations
from tests.serving import Server

STAFF = "School staff"
BUTTON = re.compile("immigration officers here", re.IGNORECASE)


def report(page: Page) -> None:
    """Two answers and the button: the school is chosen already."""
    page.get_by_role("checkbox", name="To enter a place").check(force=True)
    page.get_by_role("radio", name="Administrative warrant").check(force=True)
    page.get_by_role("button", name="Report it now").click()


def test_on_a_phone_it_is_two_taps_away_and_reported_within_a_minute(server: Server, new_page):
    page = new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    walk.sign_in(page, server.url, STAFF)
    started = time.monotonic()
    page.get_by_role("link", name=BUTTON).click()
    expect(page.get_by_text("Let nobody past the public area")).to_be_in_viewport()
    report(page)
    expect(page.get_by_role("heading", name="What staff may do")).to_be_in_viewport()
    expect(page.get_by_text("opens no door and no record").first).to_be_visible()
    assert time.monotonic() - started < 60


def test_the_superintendent_is_told_on_every_page_and_follows_it_to_the_request(server: Server, new_page):
    page = new_page()
    walk.sign_in(page, server.url, STAFF)
    page.goto(f"{server.url}/immigration/now/")
    report(page)
    reference = page.get_by_role("heading", level=1).inner_text().split()[-1]
    walk.sign_in(page, server.url, walk.SUPERINTENDENT)
    page.goto(f"{server.url}/rules/")
    page.get_by_role("link", name="Immigration enforcement at a school: act now").last.click()
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(reference)
    page.get_by_role("link", name="Letters to copy").click()
    expect(page.get_by_text("BCJ@doj.ca.gov")).to_be_visible()


def test_an_officer_of_the_demo_signs_their_duties_with_the_password_the_page_tells(fresh_server: Server, new_page):
    page = new_page()
    walk.sign_in(page, fresh_server.url, "School resource officer")
    page.goto(f"{fresh_server.url}/immigration/my-duties/")
    page.get_by_label("Your name").fill(page.locator(".site-who__name").text_content() or "")
    page.get_by_label("Your password").fill(page.locator("main code").inner_text())
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.locator("main .usa-alert--success")).to_be_visible()


def test_by_keyboard_alone(server: Server, new_page):
    page = new_page()
    walk.sign_in(page, server.url, STAFF)
    page.goto(f"{server.url}/immigration/now/")
    page.get_by_role("checkbox", name="Nothing yet").focus()
    page.keyboard.press("Space")
    page.get_by_role("radio", name="Not known, or nobody has looked").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Report it now")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Request E"))


def test_on_paper_the_form_is_left_out_and_what_to_do_stays(server: Server, page: Page):
    page.goto(f"{server.url}/immigration/now/")
    page.emulate_media(media="print")
    expect(page.get_by_text("Let nobody past the public area")).to_be_visible()
    expect(page.get_by_role("heading", name="Which paper do they hold?")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in to report it")).to_be_hidden()
    expect(page.get_by_role("link", name=BUTTON)).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1280])
def test_its_pages_have_no_violation(server: Server, new_page, width: int):
    page = new_page(viewport={"width": width, "height": 844})
    walk.sign_in(page, server.url, STAFF)
    page.goto(f"{server.url}/immigration/now/")
    found = violations(page)
    page.get_by_role("button", name="Report it now").click()
    found += violations(page)
    report(page)
    found += violations(page)
    request = page.url
    page.goto(f"{request}tell/")
    found += violations(page)
    walk.sign_in(page, server.url, walk.SUPERINTENDENT)
    for path in (request, f"{request}letters/", f"{server.url}/immigration/", f"{server.url}/immigration/board/",
                 f"{server.url}/immigration/officers/", f"{server.url}/immigration/whom-to-call/"):  # fmt: skip
        page.goto(path)
        found += violations(page)
    walk.sign_in(page, server.url, "School resource officer")
    page.goto(f"{server.url}/immigration/my-duties/")
    assert found + violations(page) == []
