"""What waits for this person's review stands above the list, with the day by which the first is due."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from accord import clauses
from accord.facts import Role
from accord.web.interactions import waiting
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.typed import text

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LIST = "/interactions/"
DAYS = clauses.parameter("interactions.review-within", on=make.ON).value


def _page(user: User, *, days: int = 0) -> HttpResponse:
    """The list as this person sees it so many days after AT."""
    with time_machine.travel(make.AT + timedelta(days=days), tick=False):
        return make.signed_in(user).get(LIST)


def _told(user: User, *, days: int = 0) -> waiting.Waiting | None:
    return _page(user, days=days).context["waiting"]


def test_a_principal_is_told_how_many_and_by_when() -> None:
    make.contact(at=make.AT - timedelta(days=2))
    make.contact(at=make.AT - timedelta(days=4))
    told = _told(make.alice())
    assert (told.count, told.first_due, told.overdue) == (2, date(2026, 11, 20) + timedelta(days=DAYS), False)
    page = text(_page(make.alice()).content)
    assert "2 contacts wait for your review" in page
    assert "The first is due on Nov. 30, 2026." in page


def test_the_last_day_is_in_time_and_the_next_is_not() -> None:
    make.contact()
    assert not _told(make.alice(), days=DAYS).overdue
    assert _told(make.alice(), days=DAYS + 1).overdue


def test_what_one_wrote_or_corrected_or_what_is_reviewed_does_not_wait() -> None:
    make.contact(make.alice())
    make.reviewed(make.contact())
    mine = make.contact(make.eve())
    make.corrected(mine, make.eve())
    assert _told(make.eve()).count == 1
    assert _told(make.alice()).count == 1


def test_a_correction_waits_anew_from_its_own_day() -> None:
    contact = make.contact(at=make.AT - timedelta(days=9))
    make.reviewed(contact, make.alice(), at=make.AT - timedelta(days=8))
    make.corrected(contact, at=make.AT, occurred_at=contact.versions.get().occurred_at, late_reason="Out sick.")
    assert _told(make.alice()).first_due == make.ON + timedelta(days=DAYS)


def test_who_reviews_nothing_is_told_nothing() -> None:
    make.contact(make.alice())
    make.contact()
    assert _told(make.bob()) is None


def test_the_link_leads_to_exactly_those_contacts(as_alice: Client, sign_in: SignIn) -> None:
    make.contact(make.alice())
    make.reviewed(make.contact())
    make.contact(make.account("Heidi", Role.SRO, at=make.school("Elm High")), where=make.school("Elm High"))
    waits = make.contact()
    rows = as_alice.get(LIST, {"state": "for_you", "order": "oldest"}).context["rows"]
    assert [row.version.interaction for row in rows] == [waits]
    assert as_alice.get(LIST).context["waiting"].count == 1
    assert list(sign_in(make.bob()).get(LIST, {"state": "for_you"}).context["rows"]) == []


def test_beyond_the_limit_it_says_more_than(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "MOST", 2)
    for _ in range(2):
        make.contact()
    assert (_told(make.alice()).count, _told(make.alice()).more) == (2, False)
    make.contact()
    assert (_told(make.alice()).count, _told(make.alice()).more) == (2, True)
    assert "More than 2 contacts wait for your review" in text(_page(make.alice()).content)
