"""A parent reads who asked, signs a consent and takes one back; the custodian finds a student. With axe."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e import walk
from tests.e2e.test_accessibility import violations
from tests.serving import Server

PARENT, CUSTODIAN = "Parent, guardian or adult student", "Records custodian"
PASSWORD = "demo demo demo demo"


def fill_terms(page: Page, url: str) -> None:
    """The first step: the grades, for the officers of the schools, for their work there."""
    page.goto(f"{url}/records/consents/new/")
    page.get_by_role("checkbox", name="grades, tests and classes").check(force=True)
    page.get_by_label("Who may get them?").select_option("sro")
    page.get_by_role("radio", name="to do their work at school").check(force=True)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_pages_of_a_family_and_of_the_custodian_have_no_violation(server: Server, new_page, size: str):
    page = new_page(viewport={"width": 390 if size == "phone" else 1280, "height": 844})
    walk.sign_in(page, server.url, PARENT)
    found = []
    for path in ("/records/family/", "/records/consents/", "/records/consents/new/"):
        assert page.goto(server.url + path).status == 200
        found += violations(page)
    page.goto(f"{server.url}/records/family/")
    page.get_by_role("link", name="The whole log").first.click()
    found += violations(page)
    page.goto(f"{server.url}/records/consents/")
    page.get_by_role("link", name=re.compile("Read or print it")).first.click()
    found += violations(page)
    fill_terms(page, server.url)
    page.get_by_role("button", name="Next: read and sign").click()
    found += violations(page)
    page.get_by_role("button", name="Leer y firmar en español").click()
    page.get_by_role("button", name="Sign", exact=True).click()
    found += violations(page)
    walk.sign_in(page, server.url, CUSTODIAN)
    page.goto(f"{server.url}/records/consents/")
    page.get_by_label("Number or name").fill("910")
    page.get_by_role("button", name="Find").click()
    found += violations(page)
    assert found == []


def test_a_parent_signs_and_takes_back_without_javascript(server: Server, page_without_javascript: Page):
    page = page_without_javascript
    walk.sign_in(page, server.url, PARENT)
    signer = page.locator(".site-who__name").text_content()
    fill_terms(page, server.url)
    page.get_by_role("button", name="Next: read and sign").click()
    page.get_by_label("Your full name").fill(signer)
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("Signed. This is your copy")).to_be_visible()
    expect(page.locator(".consent-text")).to_contain_text("grades, tests and classes")
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("From now on it opens nothing")).to_be_visible()
    expect(page.get_by_role("button", name="Take it back")).to_have_count(0)
