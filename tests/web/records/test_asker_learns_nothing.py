"""Whoever asked learns the clauses and what is wanted, and nothing of whether the student or a record exists."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accord.facts.records import RecordKind
from accord.web.records.models_requests import Request
from tests.web import factories as make
from tests.web.records import factories as kept

pytestmark = pytest.mark.django_db


def bare(page: str, row: Request) -> str:
    """A page without what each request has of its own: its ids and the token of the session."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)
    return page.replace(row.reference, "R").replace(str(row.uid), "U")


def seen(row: Request) -> tuple[str, int]:
    browser = make.signed_in(make.bob())
    browser.get(reverse("records:list"))
    with CaptureQueriesContext(connection) as asked:
        page = browser.get(reverse("records:read", args=[row.uid])).content.decode()
    return bare(page, row), len(asked)


def known():
    """A request about a student with records, a consent that does not cover it, and a parent on file."""
    kept.link()
    kept.consent(records=[RecordKind.HEALTH.value])
    return kept.identified(kept.asked(), kept.copy(), kept.copy(kind=RecordKind.DISCIPLINE))


@pytest.mark.parametrize("settled", [False, True])
def test_a_student_with_records_looks_like_one_who_does_not_exist(settled: bool):
    there, nowhere = known(), kept.asked()
    if settled:
        kept.decided(there)
        kept.decided(nowhere)
    assert seen(there) == seen(nowhere)


def test_a_denied_asker_reads_the_clauses_and_what_is_wanted_without_ids():
    row = known()
    kept.decided(row)
    page, _ = seen(row)
    assert "Not released" in page
    assert "records.contracted-official" in page
    assert "A written agreement with the party is in force." in page
    assert str(kept.student().uid) not in page
    assert "Health" not in page


def test_what_was_kept_back_is_not_told_from_what_is_not_held():
    kept.link()
    kept.consent()
    copy = kept.copy()
    whole = kept.identified(kept.asked(), copy)
    part = kept.identified(kept.asked(), copy, kept.copy(kind=RecordKind.DISCIPLINE))
    kept.decided(whole, [copy])
    kept.decided(part, [copy])
    assert seen(whole) == seen(part)
    assert "in part" not in seen(part)[0]


def test_the_reason_of_the_custodian_for_giving_less_stays_with_the_custodian():
    kept.link()
    kept.consent()
    row = kept.identified(kept.asked(), kept.copy())
    kept.decided(row, because="The mother called this morning.")
    assert "The mother called" not in seen(row)[0]


def test_the_address_and_the_title_of_a_page_name_no_student():
    row = known()
    browser = make.signed_in(kept.grace())
    for name in ("read", "find"):
        page = browser.get(reverse(f"records:{name}", args=[row.uid])).content.decode()
        title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
        assert title
        assert "1001" not in title[1]
        assert browser.get(reverse(f"records:{name}", args=[row.uid]))["Cache-Control"] == "no-store"
