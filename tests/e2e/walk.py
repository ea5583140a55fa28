"""The main job, step by step, as people do it. Each step takes a page where nobody or anybody is signed in."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Page, expect

from accord.web.reports.periods import offered

PRINCIPAL = "Principal or site administrator"
SUPERINTENDENT = "Superintendent or designee"
CLERK = "Board clerk"


def sign_in(page: Page, url: str, role: str) -> None:
    """Choose a person of the demo by role."""
    if page.get_by_role("button", name="Sign out").count():
        page.get_by_role("button", name="Sign out").click()
    page.goto(f"{url}/people/sign-in/")
    page.get_by_role("listitem").filter(has=page.get_by_text(role, exact=True)).get_by_role("button").click()


def last_period_day() -> date:
    """A school day in the newest finished period, the one the demo leaves to draft."""
    day = offered(datetime.now(UTC).date())[0].end - timedelta(days=35)
    return day - timedelta(days=max(0, day.weekday() - 4))


def go_on(page: Page, step: str) -> None:
    """Go on to the step of this name."""
    page.get_by_role("button", name="Next", exact=True).last.click()
    expect(page.get_by_role("heading", level=2, name=re.compile(step))).to_be_visible()


def log_a_contact(page: Page, url: str) -> str:
    """The principal logs a contact that happened in the period to be reported. Gives its address."""
    page.goto(f"{url}/interactions/new/")
    page.get_by_label("Kind of contact").select_option("call_for_police")
    page.get_by_label("Who started it").select_option("administrator")
    page.locator("select[name=conduct]").select_option("code_of_conduct")
    page.get_by_label("When", exact=True).fill(f"{last_period_day()}T10:15")
    page.get_by_label("Minutes it took").fill("10")
    page.get_by_label("Where", exact=True).select_option("hallway")
    go_on(page, "Step 1 of 6: What, when and where")
    page.get_by_label("Why it is entered late").fill("Found while checking the paper log of last spring.")
    go_on(page, "Step 2 of 6: Why police were asked")
    page.get_by_label("Who on the staff asked for the officer").select_option("administrator")
    page.get_by_role("checkbox", name="Counseling").check()
    go_on(page, "Step 3 of 6: People")
    page.get_by_role("checkbox", name="Talked").check()
    page.get_by_role("checkbox", name="Warning").check()
    page.get_by_label("Grade", exact=True).select_option(index=2)
    page.get_by_label("Race and ethnicity").select_option("two_or_more")
    page.get_by_label("Sex", exact=True).select_option("female")
    page.get_by_label("Disability service").select_option("none")
    page.get_by_label("English learner").select_option("no")
    go_on(page, "Step 4 of 6")
    go_on(page, "Step 5 of 6: What happened and what followed")
    go_on(page, "Step 6 of 6: Check your answers")
    page.get_by_role("button", name="Log this contact").last.click()
    expect(page.get_by_text("Flagged for the reviewer")).to_be_visible()
    return page.url


def review_it(page: Page, address: str) -> None:
    """Someone else reviews the contact."""
    page.goto(address)
    page.get_by_role("radio", name="Better handled by someone else").check()
    page.get_by_label("Better handled by", exact=False).last.select_option("counselor")
    page.get_by_role("button", name="File the review").click()
    expect(page.locator("#review ~ dl").first).to_contain_text("Better handled by someone else")


def draft(page: Page, url: str) -> str:
    """The Superintendent drafts the newest finished period and cannot publish it. Gives the address of the draft."""
    page.goto(f"{url}/reports/draft/")
    page.get_by_role("button", name="Draft this report").first.click()
    expect(page.get_by_text("Draft, not published")).to_be_visible()
    expect(page.get_by_role("button", name="Publish this report")).to_be_disabled()
    expect(page.locator("#reasons")).to_contain_text("A second person publishes it")
    return page.url


def publish(page: Page, address: str) -> None:
    """The clerk publishes the draft."""
    page.goto(address)
    page.get_by_role("button", name="Publish this report").click()
    expect(page.get_by_text("This report never changes")).to_be_visible()
