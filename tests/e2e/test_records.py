"""The gate in a browser: denied with reasons, released on a parent's word, closed when the parent takes it back."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.e2e import walk
from tests.serving import Server

OFFICER, PARENT, CUSTODIAN = "School resource officer", "Parent, guardian or adult student", "Records custodian"
PASSWORD = "demo demo demo demo"
OPEN = re.compile(r"^Open R[0-9-]+\.pdf$")
NEED = "To see who was at school on the day of the theft."


@dataclass(frozen=True)
class People:
    """Three browsers at once: the officer, the parent, the custodian."""

    url: str
    officer: Page
    parent: Page
    custodian: Page
    child: tuple[str, str]


def the_child(server: Server) -> tuple[str, str]:
    """Number and id of the student whose parent is in the demo."""
    with sqlite3.connect(f"file:{server.data / 'accord.sqlite3'}?mode=ro", uri=True) as database:
        row = database.execute(
            "SELECT s.local_id, s.uid FROM students_student s JOIN records_link l ON l.student_id = s.id"
        ).fetchone()
    uid = str(row[1]).replace("-", "")
    return str(row[0]), "-".join((uid[:8], uid[8:12], uid[12:16], uid[16:20], uid[20:]))


@pytest.fixture
def people(fresh_server: Server, new_page) -> People:
    pages = [new_page() for _ in range(3)]
    for page, role in zip(pages, (OFFICER, PARENT, CUSTODIAN), strict=True):
        walk.sign_in(page, fresh_server.url, role)
    return People(fresh_server.url, *pages, the_child(fresh_server))


def ask(people: People) -> str:
    """The officer asks for attendance and discipline, to find out about a crime. Gives the address of the request."""
    page = people.officer
    page.goto(f"{people.url}/records/")
    page.get_by_role("link", name="Ask for a record").click()
    page.get_by_label("Which student").fill("The child in grade seven whom we talked about")
    for kind in ("Attendance", "Discipline"):
        page.get_by_role("checkbox", name=re.compile(kind)).check(force=True)
    page.get_by_label("Which records exactly").fill("Of this school year")
    page.get_by_role("radio", name="Criminal investigation").check(force=True)
    page.get_by_label("Why you need these very records").fill(NEED)
    page.get_by_role("button", name="Send the request").click()
    page.get_by_role("group", name="Is it certified in writing").get_by_role("radio", name="No", exact=True).check(
        force=True
    )
    page.get_by_role("button", name="Send the request").click()
    expect(page.get_by_text("Somebody who keeps the records reads it and decides")).to_be_visible()
    return page.url


def decide(people: People, request: str, button: str) -> None:
    """The custodian finds the student and both copies, and gives what the rule lets go."""
    page = people.custodian
    page.goto(request)
    page.get_by_role("link", name="Find student and copies").click()
    page.get_by_label("Student number or name").fill(people.child[0])
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_role("button", name=f"Choose {people.child[0]}").click()
    page.get_by_role("button", name="Note student and copies").click()
    page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", name="The decision")).to_be_visible()


def sign(people: People) -> str:
    """The parent agrees to attendance alone, for officers, to find out about a crime. Gives the consent's address."""
    page = people.parent
    signer = page.locator(".site-who__name").text_content() or ""
    page.goto(f"{people.url}/records/consents/new/")
    page.get_by_role("checkbox", name="days at school and days missed").check(force=True)
    page.get_by_label("Who may get them?").select_option("sro")
    page.get_by_role("radio", name="to find out about a crime").check(force=True)
    page.get_by_role("button", name="Next: read and sign").click()
    page.get_by_label("Your full name").fill(signer)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Signed. This is your copy")).to_be_visible()
    return page.url


def test_denied_signed_read_taken_back_and_told_to_the_family_alone(people: People):
    officer, parent = people.officer, people.parent

    first = ask(people)
    decide(people, first, "Decide: not released")
    officer.goto(first)
    expect(officer.get_by_text("Not released", exact=True)).to_be_visible()
    expect(officer.get_by_role("heading", name="What would be needed")).to_be_visible()
    expect(officer.get_by_text("A written consent covers it").first).to_be_visible()

    consent = sign(people)
    second = ask(people)
    decide(people, second, "Decide: give what is ticked")
    officer.goto(second)
    expect(officer.locator("ul.plain a")).to_have_count(1)
    officer.get_by_role("link", name=re.compile("Attendance")).click()
    cover = officer.url
    with officer.expect_download() as leaving:
        officer.get_by_role("button", name=OPEN).click()
    released = "".join(page.extract_text() for page in PdfReader(leaving.value.path()).pages)
    assert "Attendance of a student of the demo" in released
    assert "Discipline" not in released

    officer.goto(cover)
    parent.goto(consent)
    parent.get_by_role("button", name="Take it back").click()
    expect(parent.get_by_text("From now on it opens nothing")).to_be_visible()
    officer.get_by_role("button", name=OPEN).click()
    expect(officer.get_by_role("heading", name="It opens no more")).to_be_visible()
    expect(officer.get_by_role("button", name=OPEN)).to_have_count(0)

    parent.goto(f"{people.url}/records/family/")
    parent.get_by_role("link", name="The whole log").first.click()
    told = parent.locator("table.log-table")
    for act in ("Opened by the recipient", "Refused when opened", NEED):
        expect(told).to_contain_text(act)
    log = parent.url
    expect(told.get_by_text("Opened by the recipient")).not_to_have_count(0)
    answer = officer.request.get(log)
    assert answer.status in (403, 404)
    assert NEED not in answer.text()


def test_what_only_the_officer_says_counts_once_the_custodian_has_filed_what_they_checked(server: Server, page: Page):
    walk.sign_in(page, server.url, CUSTODIAN)
    page.goto(f"{server.url}/records/?state=open")
    for address in page.locator("main a").evaluate_all("all => all.map(a => a.href)"):
        page.goto(address)
        if page.get_by_text("Told by the asker; nobody has confirmed it.").count():
            break
    interest = page.locator("section.claim").filter(has_text="Their work gives them an interest")
    expect(page.get_by_text("Nobody but whoever asks says so: Their work gives them an interest")).to_be_visible()
    interest.locator("summary").click()
    interest.get_by_role("radio", name="Yes, I checked it").check(force=True)
    interest.get_by_label("How you know").fill("The principal asked for the talk, by telephone today.")
    interest.get_by_role("button", name="File this word").click()
    expect(interest.get_by_text("by telephone today")).to_be_visible()
    expect(page.get_by_text("Somebody other than whoever asks confirmed it: Their work gives them")).to_be_visible()
