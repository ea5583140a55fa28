"""What a school tells of a student beside the roster's answers: an officer is told that it is told, and no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accord.facts import Action, Outcome, PersonDetails
from accord.facts.details import ContactDetails
from accord.facts.duties import ReferralBasis
from accord.facts.person_codes import Answer, Counsel, Language, NoticeWay, Reached
from accord.facts.person_details import Notice, Questioning, SchoolReport
from accord.web.interactions import models, reviewing
from accord.web.interactions.times import written
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions.typed import form, held, person, text

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
EARLIER = make.AT - timedelta(minutes=30)
NOTICE = Notice(EARLIER, NoticeWay.TELEPHONE, Language.SPANISH, Reached.REACHED)
ACTS: dict[str, Any] = {"actions": (Action.QUESTIONED,), "outcomes": (Outcome.ARREST,)}
ASKED = Questioning(custodial=Answer.YES, counsel=Counsel.NOT_CONSULTED)
TOLD = SchoolReport(told=Answer.NO)
BY_OFFICER = make.student(**ACTS, details=PersonDetails(questioning=ASKED, report=TOLD))
BY_SCHOOL = make.student(
    **ACTS,
    details=PersonDetails(
        age=13,
        questioning=Questioning(custodial=Answer.YES, counsel=Counsel.NOT_CONSULTED, parent_told_at=EARLIER),
        report=TOLD,
        notices=(NOTICE,),
    ),
)
BASES = ContactDetails(bases=(ReferralBasis.M2,))
MORE = ContactDetails(bases=(ReferralBasis.M2,), special_needs=True, suspended_at=EARLIER)
SECRETS = ("Spanish", "13", written(EARLIER), "12:30")
SENT = person(
    actions=["questioned"],
    outcomes=["arrest"],
    custodial="yes",
    counsel="not_consulted",
    school_told="no",
    was="0",
    **dict.fromkeys(("grade", "race", "sex", "disability", "english_learner"), "school"),
)


def by_the_school() -> models.Interaction:
    """A contact that Bob logged, and that Eve completed from what the school knows."""
    filed = make.contact(people=(BY_OFFICER,), details=BASES)
    make.corrected(filed, make.eve(), people=(BY_SCHOOL,), details=MORE)
    return filed


def current() -> models.Version:
    return models.Version.objects.get(is_current=True)


def test_an_officer_is_told_that_the_school_told_it_and_no_more(as_bob: Client, as_alice: Client) -> None:
    filed = by_the_school()
    shown = text(as_bob.get(f"/interactions/{filed.uid}/").content)
    assert "Age in years Filled in by the school" in shown
    assert "When a student was suspended Filled in by the school" in shown
    assert "Telling a parent or guardian Filled in by the school" in shown
    assert "Spanish" not in shown
    assert "Questioned in custody at 13" not in shown
    told = text(as_alice.get(f"/interactions/{filed.uid}/").content)
    assert "Spanish" in told
    assert "Questioned in custody at 13" in told


@pytest.mark.parametrize("view", ["", "all"])
def test_the_form_of_an_officers_correction_neither_holds_nor_asks_it(as_bob: Client, view: str) -> None:
    filed = by_the_school()
    page = as_bob.get(f"/interactions/{filed.uid}/correct/", {"view": view}).content
    fields = {name for name, values in held(page).items() if any(values)}
    assert not fields & {"special_needs", "suspended_at", "people-0-age", "people-0-questioning_told_at"}
    assert not [name for name in fields if "notice" in name]
    assert "Spanish" not in held(page).get("people-0-notice_1_language", [])


def test_it_outlives_an_officers_correction_whatever_is_sent(as_bob: Client) -> None:
    filed = by_the_school()
    guesses = {"people-0-age": "15", "special_needs": "", "suspended_at": "", "people-0-notice_1_language": "english"}
    sent = form(None, SENT, number="2", reason="It took longer.", duration_minutes="25", bases=["M2"]) | guesses
    assert as_bob.post(f"/interactions/{filed.uid}/correct/", sent).status_code == 302
    version = current()
    row = version.people.get()
    assert (version.number, version.duration_minutes) == (3, 25)
    assert (version.details, row.details["age"]) == (models.Version.objects.get(number=2).details, 13)
    assert row.details["notices"] == models.Person.objects.get(version__number=2).details["notices"]
    eve = str(make.eve().uid)
    assert version.filled_by == {"special_needs": eve, "suspended_at": eve}
    assert {row.filled_by[name] for name in ("age", "notices", "parent_told_at")} == {eve}
    assert "Spanish" not in text(as_bob.get(f"/interactions/{filed.uid}/").content)
    assert make.verify().first_bad is None


def test_what_the_officer_told_stays_the_officers_when_the_school_corrects_something_else(
    as_bob: Client, as_eve: Client
) -> None:
    filed = make.contact(people=(BY_SCHOOL,), details=MORE)
    page = held(as_eve.get(f"/interactions/{filed.uid}/correct/", {"view": "all"}).content)
    sent = page | {"reason": ["It took longer."], "duration_minutes": ["25"], "do": ["file"]}
    assert as_eve.post(f"/interactions/{filed.uid}/correct/", sent).status_code == 302
    assert (current().number, current().duration_minutes) == (2, 25)
    assert "Spanish" in text(as_bob.get(f"/interactions/{filed.uid}/").content)
    assert set(current().filled_by.values()) == {str(make.bob().uid)}


def test_a_reviewer_is_told_everything_and_the_officer_nothing_that_gives_it_away() -> None:
    by_the_school()
    everything = {one.field for one in reviewing.flags(current())}
    assert "people.0.counsel" in everything
    assert "people.0.counsel" not in {one.field for one in reviewing.flags(current(), str(make.bob().uid))}


def test_the_last_step_of_an_officers_correction_gives_nothing_away(as_bob: Client) -> None:
    filed = by_the_school()
    sent = form(None, SENT, number="2", reason="It took longer.", bases=["M2"], do="go-check", step="told")
    page = text(as_bob.post(f"/interactions/{filed.uid}/correct/", sent).content)
    assert "Check your answers" in page
    assert "Questioned in custody at 13" not in page
