"""From a contact to the Board, in a browser: logged, reviewed, drafted, published, read by a stranger, verified."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from accord.stats.attack import attack, verify
from tests.e2e import walk
from tests.serving import Server


def whole_way(page: Page, server: Server) -> None:
    walk.sign_in(page, server.url, walk.PRINCIPAL)
    contact = walk.log_a_contact(page, server.url)
    walk.sign_in(page, server.url, walk.SUPERINTENDENT)
    walk.review_it(page, contact)
    report = walk.draft(page, server.url)
    walk.sign_in(page, server.url, walk.CLERK)
    walk.publish(page, report)
    page.get_by_role("button", name="Sign out").click()

    page.goto(f"{server.url}/reports/")
    page.goto(report)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    printed = json.loads(page.request.get(report.rstrip("/") + ".json").text())
    told = verify(printed)
    assert told.hidden > 0
    assert told.safe, told
    narrowest = min(one.high - one.low + 1 for one in attack(printed) if one.high is not None)
    assert narrowest >= 5
    assert page.goto(contact).url.startswith(f"{server.url}/people/sign-in/")
    verified = json.loads(server.accord("audit", "verify", "--json").stdout)
    assert verified["whole"], verified
    assert verified["events"] > 3000


def test_a_contact_reaches_the_board_and_no_small_figure_comes_back(fresh_server: Server, page: Page):
    whole_way(page, fresh_server)


def test_the_same_way_stands_without_javascript(fresh_server: Server, page_without_javascript: Page):
    whole_way(page_without_javascript, fresh_server)


def test_publishing_turns_the_control_on_the_front_page_in_the_same_minute(fresh_server: Server, page: Page):
    chip = page.locator("[id='P16'], .sentence").filter(has_text="Reports to the Board").locator(".chip").first
    page.goto(fresh_server.url)
    expect(chip).to_contain_text("Not met")
    walk.sign_in(page, fresh_server.url, walk.SUPERINTENDENT)
    report = walk.draft(page, fresh_server.url)
    walk.sign_in(page, fresh_server.url, walk.CLERK)
    walk.publish(page, report)
    page.goto(fresh_server.url)
    expect(page.get_by_text("Reports to the Board").first).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("days ago")


def test_a_flipped_byte_in_the_database_is_named_by_the_verifier(fresh_server: Server):
    import sqlite3

    with sqlite3.connect(fresh_server.data / "accord.sqlite3") as database:
        database.execute("DROP TRIGGER audit_event_no_update")
        database.execute(
            "UPDATE audit_event SET body = replace(body, 'interactions.logged', 'interactions.lodged') WHERE seq = 40"
        )
        changed = database.execute("SELECT body LIKE '%lodged%' FROM audit_event WHERE seq = 40").fetchone()[0]
        if not changed:
            database.execute("UPDATE audit_event SET body = body || ' ' WHERE seq = 40")
    done = fresh_server.accord("audit", "verify", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["first_bad"] == 40


def tab_to(page: Page, what: str, value: str) -> None:
    """Press Tab until the focus is on the element with this property of this value."""
    for _ in range(90):
        page.keyboard.press("Tab")
        if page.evaluate("what => (document.activeElement[what] || '').trim()", what) == value:
            return
    raise AssertionError(f"Tab never reaches {what} {value}")


def test_the_form_is_filled_and_sent_by_keyboard_alone(fresh_server: Server, page: Page):
    walk.sign_in(page, fresh_server.url, walk.PRINCIPAL)
    page.goto(f"{fresh_server.url}/interactions/new/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")

    def press(button: str, then: str) -> None:
        tab_to(page, "textContent", button)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=2, name=re.compile(then))).to_be_visible()

    for name, begins in {"kind": "p", "initiated_by": "school s", "conduct": "n", "location": "h"}.items():
        tab_to(page, "name", name)
        page.keyboard.type(begins)
    press("Next", "Step 2 of 6")
    tab_to(page, "value", "not_needed")
    page.keyboard.press("Space")
    press("Next", "Step 3 of 6")
    tab_to(page, "textContent", "Remove person 1")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Add a person")).to_be_visible()
    press("Next", "Step 4 of 5")
    press("Next", "Step 5 of 5: Check your answers")
    press("Log this contact", "^Review$")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_front_page_prints_without_the_shell(server: Server, new_page, language: str):
    page = new_page(locale=language)
    page.goto(server.url)
    page.emulate_media(media="print")
    assert page.locator(".site-head").is_hidden()
    assert page.locator("h1").is_visible()
