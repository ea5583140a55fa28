"""reports:draft. Eve freezes a finished period; nobody else does."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from accord.facts import Role
from accord.web.audit.models import Event
from accord.web.interactions.models import Enrollment
from accord.web.reports import actions, freeze
from accord.web.reports.models import Edition
from tests.web.reports.factories import (
    FALL,
    account,
    contacts,
    draft,
    enrollment,
    eve,
    published,
    schools,
    signed_in,
    verify,
)

pytestmark = pytest.mark.django_db
URL = "/reports/draft/"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-24T18:00:00+00:00", tick=False)


def sent(period: str = "2026-spring", key: object = None) -> dict[str, str]:
    return {"period": period, "key": str(key or uuid4())}


def test_the_superintendent_freezes_a_period_and_reads_the_draft():
    enrollment()
    contacts(300)
    client = signed_in(eve())
    response = client.post(URL, sent())
    edition = Edition.objects.get()
    assert response.status_code == 302
    assert response.url == reverse("reports:read", kwargs={"slug": "2026-spring"})
    assert (edition.counted, edition.unreviewed, edition.is_published) == (300, 0, False)
    event = Event.objects.get(verb="reports.drafted")
    assert event.target == f"reports.edition:{edition.uid}"
    assert edition.digest in event.body
    assert verify().first_bad is None


def test_the_page_tells_what_is_reviewed_and_what_is_taken():
    enrollment()
    contacts(40)
    contacts(7, reviewed=False, seed=2)
    published(FALL)
    text = signed_in(eve()).get(URL).content.decode()
    assert "<dd>40</dd>" in text
    assert "<dd>7 " in text
    assert "7 of 47 contacts are not reviewed yet" in text, "what would stop publication is said before"
    assert "/reports/2025-fall/" in text
    assert 'value="2026-spring"' in text
    assert 'value="2025-fall"' not in text, "a period that is taken has no button"


def test_a_period_in_which_nothing_was_logged_warns_that_the_report_would_say_none():
    enrollment()
    client = signed_in(eve())
    warning = "the report would say that there was no contact at all"
    assert client.get(URL).content.decode().count(warning) == 2, "both halves of the enrolled school year"
    contacts(1)
    assert client.get(URL).content.decode().count(warning) == 1
    assert client.get(URL).content.decode().count("no contacts and no enrollment on file") == 4


def test_sent_twice_it_is_one_draft():
    enrollment()
    contacts(60)
    client, data = signed_in(eve()), sent()
    assert [client.post(URL, data).status_code for _ in range(2)] == [302, 302]
    assert Edition.objects.count() == 1
    assert Event.objects.filter(verb="reports.drafted").count() == 1


def offered_key(page: bytes) -> str:
    found = re.search(r'name="key" value="([^"]+)"', page.decode())
    assert found
    return found[1]


def test_the_key_of_one_draft_makes_no_other_and_a_new_one_is_offered():
    enrollment()
    contacts(60)
    client, data = signed_in(eve()), sent()
    client.post(URL, data)
    response = client.post(URL, sent("2025-fall", data["key"]))
    assert response.status_code == 409
    assert b"led to another draft before" in response.content
    assert Edition.objects.count() == 1
    assert client.post(URL, sent("2025-fall", offered_key(response.content))).status_code == 302
    assert [one.slug for one in Edition.objects.all()] == ["2026-spring", "2025-fall"]


def test_the_key_of_someone_else_gives_nothing_of_theirs():
    enrollment()
    data = sent()
    signed_in(eve()).post(URL, data)
    other = signed_in(account("Frank", Role.SUPERINTENDENT))
    assert other.post(URL, data).status_code == 409
    assert Edition.objects.count() == 1


def test_the_page_of_a_discarded_draft_drafts_again_only_with_a_new_key():
    enrollment()
    client, data = signed_in(eve()), sent()
    client.post(URL, data)
    one = Edition.objects.get()
    client.post(f"/reports/{one.slug}/discard/", {"digest": one.digest})
    response = client.post(URL, data)
    assert response.status_code == 409
    assert client.post(URL, sent(key=offered_key(response.content))).status_code == 302


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Act once between the last check of a draft and its insertion, as another request would at the same moment."""
    real, calls = actions.snapshots.mark, []

    def mark(period: object) -> object:
        calls.append(period)
        if len(calls) == 2:
            act()
        return real(period)

    monkeypatch.setattr(actions.snapshots, "mark", mark)


def test_a_double_tap_that_passes_every_check_is_still_one_draft(monkeypatch):
    enrollment()
    contacts(60)
    client, data = signed_in(eve()), sent()
    meanwhile(monkeypatch, lambda: client.post(URL, data))
    assert client.post(URL, data).status_code == 302
    assert Edition.objects.count() == 1
    assert Event.objects.filter(verb="reports.drafted").count() == 1


def test_of_two_forms_at_the_same_moment_the_later_is_told(monkeypatch):
    enrollment()
    client = signed_in(eve())
    meanwhile(monkeypatch, lambda: client.post(URL, sent()))
    response = client.post(URL, sent())
    assert response.status_code == 409
    assert b"has a draft or a report already" in response.content


def test_nothing_is_counted_inside_the_transaction_that_stores(monkeypatch):
    enrollment()
    contacts(60)
    depth, seen = len(connection.savepoint_ids), []
    real = freeze.board_report.edition
    monkeypatch.setattr(
        freeze.board_report, "edition", lambda *a, **k: (seen.append(len(connection.savepoint_ids)), real(*a, **k))[1]
    )
    signed_in(eve()).post(URL, sent())
    assert seen == [depth]


def test_a_contact_reviewed_while_it_was_counted_is_in_the_draft(monkeypatch):
    enrollment()
    contacts(60)
    real, runs = freeze.board_report.edition, []

    def counted(*arguments, **options):
        made = real(*arguments, **options)
        if not runs:
            contacts(5, seed=9)
        runs.append(made)
        return made

    monkeypatch.setattr(freeze.board_report, "edition", counted)
    assert signed_in(eve()).post(URL, sent()).status_code == 302
    assert (len(runs), Edition.objects.get().counted) == (2, 65)


def test_when_contacts_keep_coming_in_it_says_so_and_stores_nothing(monkeypatch):
    enrollment()
    contacts(60)
    real = freeze.board_report.edition
    monkeypatch.setattr(freeze.board_report, "edition", lambda *a, **k: (real(*a, **k), contacts(1))[0])
    response = signed_in(eve()).post(URL, sent())
    assert response.status_code == 400
    assert b"while it was counted" in response.content
    assert not Edition.objects.exists()


def test_a_period_with_a_draft_is_not_drafted_beside_it():
    draft(count=60)
    response = signed_in(eve()).post(URL, sent())
    assert response.status_code == 409
    assert b"has a draft or a report already" in response.content
    assert Edition.objects.count() == 1


def test_a_published_period_is_not_drafted_again():
    published(count=60)
    response = signed_in(eve()).post(URL, sent())
    assert response.status_code == 422
    assert b"A published report already covers" in response.content
    assert Edition.objects.count() == 1


def test_a_period_that_is_not_over_is_refused():
    enrollment("2026-27")
    response = signed_in(eve()).post(URL, sent("2026-fall"))
    assert response.status_code == 400
    assert b"Choose one of the periods offered" in response.content
    assert not Edition.objects.exists()


def test_without_enrollment_it_says_what_to_bring_and_stores_nothing():
    contacts(60)
    response = signed_in(eve()).post(URL, sent())
    assert response.status_code == 400
    assert b"no enrollment for the school year 2025-26" in response.content
    assert not Edition.objects.exists()
    assert not Event.objects.exists()


def test_a_district_too_small_to_hide_in_gets_no_draft():
    enrollment()
    Enrollment.objects.exclude(pk=Enrollment.objects.first().pk).delete()
    Enrollment.objects.update(count=8)
    contacts(60)
    response = signed_in(eve()).post(URL, sent())
    assert response.status_code == 422
    assert b"Nothing was stored" in response.content
    assert not Edition.objects.exists()
    assert not Event.objects.exists()


def test_drafted_again_from_the_same_rows_it_is_the_same_bytes():
    first = draft(count=300)
    client = signed_in(eve())
    client.post(f"/reports/{first.slug}/discard/", {"digest": first.digest})
    client.post(URL, sent())
    second = Edition.objects.live().get()
    assert second.pk != first.pk
    assert second.body.encode() == first.body.encode()


def test_contacts_nobody_reviewed_change_no_figure():
    first = draft(count=300)
    contacts(25, reviewed=False, seed=3)
    client = signed_in(eve())
    assert Edition.objects.get().body == first.body, "a draft is frozen"
    client.post(f"/reports/{first.slug}/discard/", {"digest": first.digest})
    client.post(URL, sent())
    second = Edition.objects.live().get()
    assert '"not_reviewed":25' in second.body
    told = second.body.replace('"not_reviewed":25', '"not_reviewed":0')
    assert told.replace(second.digest, first.digest) == first.body


@pytest.mark.parametrize("role", [Role.CLERK, Role.PRINCIPAL, Role.SRO, Role.BOARD, Role.PROGRAM_ADMIN])
def test_nobody_else_drafts(role):
    school = schools()[0] if role in (Role.PRINCIPAL, Role.SRO) else None
    client = signed_in(account("Mallory", role, school))
    assert client.get(URL).status_code == 403
    assert client.post(URL, sent()).status_code == 403
    assert not Edition.objects.exists()


def test_signed_out_it_leads_to_sign_in():
    assert Client().post(URL, sent()).url.startswith("/people/sign-in/")


def test_other_methods_are_refused():
    assert signed_in(eve()).put(URL).status_code == 405


def test_looking_stores_nothing_and_asks_the_same_number_of_questions(django_assert_max_num_queries):
    enrollment()
    contacts(3)
    client = signed_in(eve())
    with django_assert_max_num_queries(40) as few:
        client.get(URL)
    contacts(60, seed=5)
    with django_assert_max_num_queries(len(few)):
        client.get(URL)
    assert not Edition.objects.exists()


def test_what_is_missing_in_the_form_is_said():
    response = signed_in(eve()).post(URL, {"period": "2026-spring", "key": "not a key"})
    assert response.status_code == 400
