"""The full form of a contact on a phone: a stop of a student through all steps, and two who correct one contact."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import walk
from tests.e2e.test_accessibility import violations
from tests.serving import Server

OFFICER = "School resource officer"
LOOK = 1.5
"""Seconds that a person takes to find and reach the next thing to tap."""
KEY = 1 / 3
"""Seconds that a person takes for a character on a phone: 36 words a minute."""


@dataclass
class Hand:
    """Fills a page in by touch, and counts the seconds that a person would take for what it does."""

    page: Page
    found: list[str] = field(default_factory=list)
    seconds: float = 0

    def tick(self, name: str, *values: str) -> None:
        for value in values:
            box = self.page.locator(f"input[name='{name}'][value='{value}']")
            self.page.locator(f"label[for='{box.get_attribute('id')}']").tap()
            self.seconds += LOOK

    def choose(self, name: str, value: str) -> None:
        """Open a list and choose from it: two looks."""
        self.page.locator(f"select[name='{name}']").select_option(value)
        self.seconds += 2 * LOOK

    def write(self, name: str, text: str) -> None:
        self.page.locator(f"[name='{name}']").fill(text)
        self.seconds += LOOK + KEY * len(text)

    def next(self, heading: str) -> None:
        """Go on, see that the step of this name is shown, and look at it with axe."""
        self.page.get_by_role("button", name="Next", exact=True).last.tap()
        self.seconds += LOOK
        expect(self.page.get_by_role("heading", level=2, name=re.compile(heading))).to_be_visible()


def stop_of_a_student(hand: Hand, url: str) -> None:
    """Tell a stop as the state asks it: a student in a hallway, stopped for a push, sent to the principal."""
    page, one = hand.page, "people-0-"
    page.goto(f"{url}/interactions/new/")
    hand.choose("kind", "stop")
    hand.choose("initiated_by", "staff")
    hand.choose("conduct", "other_crime")
    hand.choose("location", "hallway")
    hand.next("Step 2 of 8: Why police were asked")
    hand.tick("bases", "D2")
    hand.tick("tried_first", "administrator_response")
    hand.next("Step 3 of 8: People")
    hand.tick(f"{one}actions", "talked")
    hand.tick(f"{one}outcomes", "report_to_school")
    hand.next("Step 4 of 8: What the officer")
    hand.choose(f"{one}school_told", "yes")
    hand.next("Step 5 of 8: The stop")
    hand.write("stop_city", "Oakdale")
    hand.tick(f"{one}ripa_races", "7")
    hand.choose(f"{one}ripa_gender", "1")
    hand.choose(f"{one}ripa_orientation", "2")
    hand.write(f"{one}ripa_age", "15")
    hand.choose(f"{one}ripa_limited_english", "N")
    hand.tick(f"{one}ripa_disabilities", "8")
    hand.choose(f"{one}ripa_unhoused", "N")
    hand.next("Step 6 of 8: Why and how")
    hand.choose(f"{one}ripa_reason", "7")
    hand.tick(f"{one}ripa_given", "20")
    hand.write(f"{one}ripa_narrative", "Pushed a student.")
    hand.tick(f"{one}ripa_non_force", "18")
    hand.tick(f"{one}ripa_force", "18")
    hand.tick(f"{one}ripa_contraband", "1")
    hand.tick(f"{one}ripa_results", "12")
    hand.next("Step 6 of 8: Why and how")
    hand.choose(f"{one}ripa_ed_section", "1")
    hand.next("Step 6 of 8: Why and how")
    hand.choose(f"{one}ripa_ed_subdivision", "1")
    hand.next("Step 7 of 8: What happened")
    hand.next("Step 8 of 8: Check your answers")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_stop_of_a_student_takes_a_person_less_than_two_minutes(fresh_server: Server, new_page, scripts: bool):
    size = {"width": 390, "height": 844}
    page = new_page(viewport=size, has_touch=True, java_script_enabled=scripts)
    walk.sign_in(page, fresh_server.url, OFFICER)
    start, hand = time.monotonic(), Hand(page)
    stop_of_a_student(hand, fresh_server.url)
    page.get_by_role("button", name="Log this contact", exact=True).last.tap()
    expect(page.get_by_text("The contact is logged as")).to_be_visible()
    expect(page.get_by_text("Race or ethnicity, as perceived")).to_be_visible()
    waited = time.monotonic() - start
    print(f"{hand.seconds:.0f} s of a person and {waited:.0f} s of the machine")
    assert hand.seconds + waited < 120


def test_no_step_has_a_violation_on_a_phone(fresh_server: Server, phone: Page):
    walk.sign_in(phone, fresh_server.url, OFFICER)
    found: list[str] = []

    class Looking(Hand):
        def next(self, heading: str) -> None:
            found.extend(violations(self.page))
            super().next(heading)

    stop_of_a_student(Looking(phone), fresh_server.url)
    found += violations(phone)
    phone.get_by_role("button", name="Change: People").tap()
    phone.locator("select[name='people-0-race']").select_option("")
    phone.get_by_role("button", name="Next", exact=True).last.tap()
    expect(phone.locator("#errors")).to_be_visible()
    found += violations(phone)
    phone.get_by_role("button", name="All on one page").tap()
    expect(phone.get_by_role("button", name="Step by step")).to_be_visible()
    found += violations(phone)
    phone.get_by_role("button", name="Log this contact", exact=True).last.tap()
    expect(phone.locator("#errors")).to_be_visible()
    found += violations(phone)
    assert found == []


def test_a_step_that_was_not_filled_in_says_what_to_mend_and_the_browsers_back_loses_nothing(
    fresh_server: Server, phone: Page
):
    walk.sign_in(phone, fresh_server.url, OFFICER)
    phone.goto(f"{fresh_server.url}/interactions/new/")
    phone.get_by_role("button", name="Next", exact=True).last.tap()
    expect(phone.get_by_role("heading", name="Something here needs mending before the next step")).to_be_visible()
    hand = Hand(phone)
    hand.choose("kind", "call_for_police")
    hand.choose("initiated_by", "officer")
    hand.choose("conduct", "other_crime")
    hand.choose("location", "yard")
    hand.next("Why police were asked")
    hand.tick("tried_first", "counseling")
    hand.next("People")
    phone.get_by_role("button", name="Back", exact=True).tap()
    expect(phone.locator("input[value='counseling']")).to_be_checked()
    phone.get_by_role("button", name="Back", exact=True).tap()
    expect(phone.locator("select[name='location']")).to_have_value("yard")


def test_two_who_correct_one_contact_lose_nothing_and_see_the_conflict(fresh_server: Server, new_page):
    principal, superintendent = new_page(), new_page()
    walk.sign_in(principal, fresh_server.url, walk.PRINCIPAL)
    address = walk.log_a_contact(principal, fresh_server.url)
    walk.sign_in(superintendent, fresh_server.url, walk.SUPERINTENDENT)
    for page in (principal, superintendent):
        page.goto(f"{address.partition('#')[0]}correct/?view=all")
    superintendent.get_by_label("Minutes it took").fill("45")
    superintendent.get_by_label("Why it is corrected").fill("It took longer.")
    superintendent.get_by_role("button", name="File the correction").last.click()
    expect(superintendent.get_by_text("The correction is filed.")).to_be_visible()
    principal.locator("textarea[name=narrative]").fill("Typed by the principal.")
    principal.get_by_label("Why it is corrected").fill("More to tell.")
    principal.get_by_role("button", name="File the correction").last.click()
    expect(principal.get_by_role("heading", name="Someone corrected this contact meanwhile")).to_be_visible()
    expect(principal.get_by_role("row", name=re.compile("10 minutes 45 minutes"))).to_be_visible()
    expect(principal.locator("textarea[name=narrative]")).to_have_value("Typed by the principal.")
    assert violations(principal) == []
    principal.get_by_role("button", name="File the correction").last.click()
    expect(principal.get_by_text("The correction is filed.")).to_be_visible()
