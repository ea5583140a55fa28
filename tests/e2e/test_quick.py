"""The quick form on a phone: a contact in six taps at the speed of a person, by touch, by keyboard, without scripts."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import walk
from tests.e2e.test_accessibility import violations
from tests.serving import Server

OFFICER = "School resource officer"
LOOK = 1.5
"""Seconds that a person takes to find and reach the next button."""
GREETING = ["The officer", "Greeting or talk", "Yard, field or cafeteria", "School staff", "No action"]
HELP = ["Student", "Help to a victim", "Counseling", "Office", "Linked to support or resources"]
AGAIN = re.compile(r"Same again as")


class Thumb:
    """Taps as a person does, one look at a time, and counts them."""

    def __init__(self, page: Page, look: float = LOOK) -> None:
        self.page, self.look, self.taps = page, look, 0

    def tile(self, group: str, name: str) -> None:
        tiles = self.page.get_by_role("group", name=group, exact=True)
        self._tap(tiles.locator("label", has_text=re.compile(f"^{re.escape(name)}$")))

    def button(self, name: str) -> None:
        self._tap(self.page.get_by_role("button", name=name, exact=True))

    def _tap(self, what) -> None:
        self.page.wait_for_timeout(self.look * 1000)
        what.tap()
        self.taps += 1


def log(page: Page, answers: list[str], groups: list[str]) -> tuple[int, float]:
    """Log a contact by touch. Gives the taps and the seconds it took, from opening the form to what is filed."""
    start, thumb = time.monotonic(), Thumb(page)
    page.get_by_role("link", name="Quick entry").click()
    for group, name in zip(groups, answers, strict=True):
        thumb.tile(group, name)
    thumb.button("File")
    expect(page.get_by_role("heading", name="Filed", level=1)).to_be_visible()
    return thumb.taps, time.monotonic() - start


STARTED, ABOUT, TRIED, WHERE, WHO, ENDED = (
    "Who started it",
    "What it was about",
    "Tried before an officer became involved",
    "Where",
    "Who",
    "How it ended",
)


@pytest.mark.parametrize(
    ("answers", "groups"),
    [(GREETING, [STARTED, ABOUT, WHERE, WHO, ENDED]), (HELP, [STARTED, ABOUT, TRIED, WHERE, ENDED])],
    ids=["greeting", "help to a victim"],
)
def test_a_contact_takes_six_taps_and_less_than_a_minute(
    fresh_server: Server, phone: Page, answers: list[str], groups: list[str]
):
    walk.sign_in(phone, fresh_server.url, OFFICER)
    phone.goto(f"{fresh_server.url}/interactions/")
    taps, seconds = log(phone, answers, groups)
    assert taps <= 6
    assert seconds < 60
    assert violations(phone) == []
    phone.get_by_role("link", name="Same again").click()
    for group, name in zip(groups, answers, strict=True):
        expect(phone.get_by_role("group", name=group, exact=True).get_by_label(name, exact=True)).to_be_checked()


def test_a_contact_that_may_be_on_file_is_asked_about(fresh_server: Server, phone: Page):
    walk.sign_in(phone, fresh_server.url, OFFICER)
    for _twice in range(2):
        phone.goto(f"{fresh_server.url}/interactions/quick/")
        thumb = Thumb(phone, look=0)
        for group, name in zip([STARTED, ABOUT, WHERE, WHO, ENDED], GREETING, strict=True):
            thumb.tile(group, name)
        thumb.button("File")
        expect(phone).to_have_title(re.compile("Filed|Quick entry"))
        expect(phone.locator(".usa-alert").first).to_be_visible()
    expect(phone.get_by_role("heading", name="Perhaps this contact is on file already")).to_be_visible()
    assert violations(phone) == []
    thumb.button("File it: it is another contact")
    expect(phone.get_by_role("heading", name="Filed", level=1)).to_be_visible()


def test_it_has_no_violation_empty_refused_and_with_everything_open(server: Server, phone: Page):
    walk.sign_in(phone, server.url, OFFICER)
    phone.goto(f"{server.url}/interactions/quick/")
    for summary in phone.locator("summary:visible").all()[1:]:
        summary.click()
    assert violations(phone) == []
    phone.locator("label", has_text="Help to a witness").tap()
    phone.get_by_role("button", name="File", exact=True).tap()
    expect(phone.locator("#errors")).to_be_focused()
    assert phone.locator(".usa-error-message").count() == 4
    assert violations(phone) == []


def test_it_is_filled_and_filed_by_keyboard_alone(fresh_server: Server, page: Page):
    walk.sign_in(page, fresh_server.url, OFFICER)
    page.goto(f"{fresh_server.url}/interactions/quick/")
    for group, name in zip([STARTED, ABOUT, WHERE, WHO, ENDED], GREETING, strict=True):
        box = page.get_by_role("group", name=group, exact=True).get_by_label(name, exact=True)
        for _tab in range(60):
            page.keyboard.press("Tab")
            if page.evaluate("(name) => document.activeElement.name === name", box.get_attribute("name")):
                break
        for _arrow in range(10):
            if box.evaluate("box => box === document.activeElement"):
                break
            page.keyboard.press("Tab" if group == ENDED else "ArrowDown")
        if not box.is_checked():
            page.keyboard.press("Space")
        expect(box).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Filed", level=1)).to_be_visible()
    expect(page.get_by_role("status").first).to_contain_text("Greeting or talk with School staff")


def test_without_scripts_another_occasion_goes_on_in_the_full_form(fresh_server: Server, page_without_javascript: Page):
    page = page_without_javascript
    walk.sign_in(page, fresh_server.url, OFFICER)
    page.goto(f"{fresh_server.url}/interactions/quick/")
    page.locator("label", has_text="Yard, field or cafeteria").click()
    page.get_by_text("Something else: goes on in the full form").click()
    page.get_by_role("button", name="Serious crime").click()
    expect(page).to_have_url(re.compile(r"/interactions/new/\?draft="))
    expect(page.get_by_label("Where", exact=True)).to_have_value("yard")
    expect(page.locator("select[name=conduct]")).to_have_value("serious_crime")
