"""A family asks to see the record: within five business days, once, and nothing of another child."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.utils import translation

from accord.decision import NotAllowed
from accord.facts import DayKind, DutyKind
from accord.facts.records import RecordKind, SignerRole
from accord.web.duties import actions as duties
from accord.web.duties.models import CalendarDay, Duty
from accord.web.records import access, actions, family
from accord.web.records.models_requests import Request
from tests.web import factories as make
from tests.web.records import factories as kept

pytestmark = pytest.mark.django_db


def asked(by=None, of=None, *, at=make.AT) -> Request:
    who = by or kept.heidi()
    child = family.child(who, of or kept.student(), at=at, on=make.ON)
    return access.ask(by=who, at=at, on=make.ON, key=uuid4().hex, child=child, wanted="All of it")


def test_the_custodian_owes_it_within_five_business_days_that_skip_weekend_and_holidays():
    kept.link()
    for day in (26, 27):
        CalendarDay.objects.create(school_year="2026-27", day=date(2026, 11, day), kind=DayKind.HOLIDAY)
    CalendarDay.objects.create(school_year="2026-27", day=date(2026, 11, 25), kind=DayKind.BREAK)
    row = asked()
    duty = Duty.objects.get(kind=DutyKind.RECORD_ACCESS)
    assert (duty.owner, duty.reference, duty.interaction) == ("custodian", row.reference, str(row.uid))
    assert duty.due_at == datetime(2026, 12, 4, 7, 59, 59, 999999, tzinfo=UTC)


def test_asked_again_while_it_waits_the_first_request_stands_and_after_it_was_shown_a_new_one_is_made():
    kept.link()
    first = asked()
    assert asked() == first
    duty = Duty.objects.get(kind="record_access")
    duties.complete(by=kept.grace(), at=make.AT, on=make.ON, duty=duty, done_at=make.AT, note="Shown at the office.")
    assert asked() != first


def test_the_rule_lets_the_parent_see_all_copies_and_a_custodian_decides_it():
    kept.link()
    copies = [kept.copy(), kept.copy(kind=RecordKind.HEALTH)]
    kept.copy(kept.student("1002"))
    row = asked()
    assert kept.decided(row, copies).given == "release"


def test_why_a_family_asks_is_said_in_the_language_of_whoever_reads_it():
    kept.link()
    with translation.override("es"):
        row = asked()
    assert row.interest == "To see the record."


def test_an_adult_student_asks_for_their_own():
    grown = kept.student("1003", born_on=date(2008, 1, 1))
    kept.link(kept.ivan(), grown, SignerRole.STUDENT)
    copy = kept.copy(grown)
    assert kept.decided(asked(kept.ivan(), grown), [copy]).given == "release"


def test_a_parent_whose_child_has_come_of_age_asks_no_more():
    grown = kept.student("1003", born_on=date(2008, 1, 1))
    kept.link(kept.heidi(), grown)
    with pytest.raises(NotAllowed, match="adult"):
        asked(of=grown)
    assert not Request.objects.exists()


def test_nobody_reaches_a_child_that_is_not_theirs():
    kept.link()
    assert family.child(kept.ivan(), kept.student(), at=make.AT, on=make.ON) is None
    asked()
    assert access.asked(kept.ivan(), family.children(kept.ivan(), at=make.AT, on=make.ON)) == []


def test_the_history_tells_of_it():
    kept.link()
    row = asked()
    assert actions.settled(row).value == "open"
    assert make.verify().whole
