"""axe-core on every page, for someone who may see it, on a desktop and a phone, in English and Spanish."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e import walk
from tests.serving import Server

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}}
PUBLIC = ["/", "/?status=not_met", "/people/sign-in/", "/people/permissions/", "/rules/", "/rules/controls/",
          "/rules/people/", "/reports/", "/no-such-page/"]  # fmt: skip
AGENCY = "Agency supervisor"
CUSTODIAN = "Records custodian"
PAGES = {
    walk.PRINCIPAL: ["/", "/interactions/", "/interactions/?kind=stop", "/interactions/new/",
                     "/interactions/new/?view=all", "/interactions/quick/", "/interactions/favorites/",
                     "/interactions/times/", "/interactions/enrollment/", "/records/emergency/new/"],
    walk.SUPERINTENDENT: ["/", "/controls/", "/controls/P02/", "/controls/P07/", "/controls/P16/", "/controls/program/",
                          "/policies/", "/policies/1/", "/policies/import/", "/policies/1/to/1/", "/reports/draft/",
                          "/people/accounts/", "/history/", "/history/?verify=1", "/interactions/", "/students/",
                          "/duties/", "/duties/?state=done", "/duties/calendar/", "/duties/calendar/import/"],
    AGENCY: ["/interactions/officers/", "/records/", "/records/new/"],
    CUSTODIAN: ["/records/", "/records/?state=withdrawn", "/records/new/?whose=outside", "/records/students/",
                "/records/rights/", "/records/on-file/", "/records/on-file/notice/", "/records/on-file/agreement/",
                "/records/emergency/", "/records/review/"],
    walk.CLERK: ["/policies/1/in-force/", "/reports/"],
    "Program administrator (IT)": ["/people/accounts/open/", "/people/schools/", "/people/password/",
                                   "/interactions/enrollment/import/", "/interactions/enrollment/count/",
                                   "/students/import/"],
}  # fmt: skip
FIRST = {
    "a contact": ("/interactions/", re.compile(r"/interactions/[0-9a-f-]{36}/$")),
    "a correction": ("/interactions/", re.compile(r"/interactions/[0-9a-f-]{36}/$")),
    "a contact's students": ("/interactions/", re.compile(r"/interactions/[0-9a-f-]{36}/$")),
    "a report": ("/reports/", re.compile(r"/reports/[a-z0-9-]+/$")),
    "an officer's profile": ("/interactions/officers/", re.compile(r"/interactions/officers/[0-9a-f-]{36}/$")),
    "a request for records that waits": ("/records/?state=open", re.compile(r"/records/[0-9a-f-]{36}/$")),
    "a request for records that is decided": ("/records/?state=decided", re.compile(r"/records/[0-9a-f-]{36}/$")),
    "the paper of a request": ("/records/?state=open", re.compile(r"/records/[0-9a-f-]{36}/$")),
    "an emergency": ("/records/emergency/", re.compile(r"/records/emergency/[0-9a-f-]{36}/$")),
    "an account": ("/people/accounts/", re.compile(r"/people/accounts/[0-9a-f-]{36}/$")),
}

_PART = {"a correction": "correct/", "a contact's students": "students/", "the paper of a request": "paper/"}
"""What is looked at of a thing, where that is not its own page."""


def violations(page: Page) -> list[str]:
    """What axe finds, and whether the page scrolls sideways."""
    found = Axe().run(page, options=RULES).response["violations"]
    told = [f"{page.url} {one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return told + ([f"{page.url} scrolls sideways by {width}"] if width > 0 else [])


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("language", ["en-US", "es"])
def test_public_pages_have_no_violation(server: Server, new_page, size: str, language: str):
    page = new_page(locale=language, viewport={"width": 390 if size == "phone" else 1280, "height": 844})
    found = []
    for path in PUBLIC:
        page.goto(server.url + path)
        found += violations(page)
    assert found == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("role", PAGES)
def test_pages_of_a_role_have_no_violation(server: Server, new_page, role: str, size: str):
    page = new_page(viewport={"width": 390 if size == "phone" else 1280, "height": 844})
    walk.sign_in(page, server.url, role)
    found = []
    for path in PAGES[role]:
        answer = page.goto(server.url + path)
        assert answer.status == 200, path
        found += violations(page)
    assert found == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("what", FIRST)
def test_a_page_of_one_thing_has_no_violation(server: Server, new_page, what: str, size: str):
    page = new_page(viewport={"width": 390 if size == "phone" else 1280, "height": 844})
    walk.sign_in(page, server.url, AGENCY if what == "an officer's profile" else walk.SUPERINTENDENT)
    start, pattern = FIRST[what]
    page.goto(server.url + start)
    address = next(
        one for one in page.locator("main a").evaluate_all("all => all.map(a => a.href)") if pattern.search(one)
    )
    page.goto(address + _PART.get(what, ""))
    assert violations(page) == []


def test_a_form_sent_empty_says_what_to_mend_and_has_no_violation(server: Server, page: Page):
    walk.sign_in(page, server.url, walk.PRINCIPAL)
    page.goto(f"{server.url}/interactions/new/?view=all")
    page.get_by_role("button", name="Log this contact").last.click()
    page.wait_for_selector("#errors")
    assert page.locator(".usa-error-message").count() > 3
    assert violations(page) == []
