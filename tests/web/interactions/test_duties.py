"""What must be done after a contact: raised with it, changed with its corrections, settled by its review."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from accord.decision import NotAllowed
from accord.facts import (
    Action,
    ConductClass,
    DeEscalation,
    DutyKind,
    Ground,
    Kind,
    Outcome,
    PersonDetails,
    ReferralBasis,
    Role,
    TriedFirst,
)
from accord.facts.details import AskedBy, ContactDetails
from accord.facts.person_codes import Language, NoticeWay, Reached
from accord.facts.person_details import Notice
from accord.facts.stop_codes import StopResult
from accord.facts.stops import Result
from accord.web.duties.models import Duty, StepKind
from accord.web.interactions import models
from accord.web.interactions.places import Place
from accord.web.interactions.times import written
from accord.web.people.models import User
from tests.exchange.stops import ALICE
from tests.web import factories as make
from tests.web.interactions.test_own_stops import STOP
from tests.web.interactions.typed import form, held, now, person, text

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NEW = "/interactions/new/"
FORCE = {"people": (make.student(actions=(Action.FORCE,)),), "de_escalation": (DeEscalation.CALM_TALK,)}


def owed(filed: models.Interaction) -> set[str]:
    """The kinds of what is owed after a contact as it now stands."""
    return set(Duty.objects.filter(interaction=str(filed.uid), is_current=True).values_list("kind", flat=True))


def test_a_talk_owes_nothing() -> None:
    assert owed(make.contact()) == set()


def test_force_owes_a_review_that_filing_one_settles() -> None:
    filed = make.contact(**FORCE)
    assert owed(filed) == {DutyKind.FORCE_REVIEW}
    make.reviewed(filed)
    duty = Duty.objects.with_last_step().get()
    assert duty.step == StepKind.DONE
    assert make.verify().first_bad is None


def test_routine_discipline_is_stored_and_owes_a_review() -> None:
    filed = make.contact(conduct=ConductClass.CODE_OF_CONDUCT)
    assert owed(filed) == {DutyKind.DUTY_REVIEW}


def test_imminent_danger_owes_no_review_of_duty() -> None:
    danger = {"conduct": ConductClass.MENTAL_HEALTH, "tried_first": (TriedFirst.NOTHING_DANGER,)}
    assert owed(make.contact(**danger)) == {DutyKind.MENTAL_HEALTH_FOLLOW_UP}


def test_a_correction_closes_what_is_no_longer_owed() -> None:
    filed = make.contact(**FORCE)
    make.corrected(filed)
    assert owed(filed) == set()
    assert Duty.objects.with_last_step().get().step == StepKind.SUPERSEDED


def test_what_followed_is_typed_stored_shown_and_owed(as_bob: Client, sign_in: SignIn) -> None:
    released = written(now() - timedelta(minutes=5))
    sent = form(
        make.school(),
        person(outcomes=["transport"]),
        asked_by="teacher",
        bases=["M2"],
        grounds=["48900(c)"],
        offences="48024, 35013",
        suspended_at=released,
        released_to_officer_at=released,
    )
    assert as_bob.post(NEW, sent).status_code == 302
    version = models.Version.objects.get()
    assert version.details["offences"] == ["48024", "35013"]
    assert owed(version.interaction) == {DutyKind.NOTIFY_AFTER_DISCIPLINE, DutyKind.PARENT_NOTICE}
    page = text(sign_in(make.alice()).get(f"/interactions/{version.interaction.uid}/").content)
    assert "Tell the parent that the student was released to an officer" in page
    assert "48024, 35013" in page
    assert make.verify().first_bad is None


def test_the_correction_page_holds_what_was_told(as_bob: Client) -> None:
    filed = make.contact(details=told())
    sent = held(as_bob.get(f"/interactions/{filed.uid}/correct/").content)
    assert sent["suspended_at"] == [written(make.AT)]
    assert (sent["bases"], sent["asked_by"], sent["offences"]) == (["M4"], ["teacher"], ["52"])


def told() -> ContactDetails:
    return ContactDetails(
        asked_by=AskedBy.TEACHER,
        bases=(ReferralBasis.M4,),
        grounds=(Ground.MUST_1,),
        offences=("52",),
        suspended_at=make.AT,
    )


def test_what_was_told_is_the_same_when_filed_twice() -> None:
    first = make.contact(key="the-very-same-key-01", details=told())
    assert make.contact(key="the-very-same-key-01", details=told()) == first


def test_tasks_are_shown_to_those_who_see_tasks_only(as_bob: Client, as_alice: Client) -> None:
    filed = make.contact(**FORCE)
    link = f'/duties/{Duty.objects.get().uid}/"'
    assert link in as_alice.get(f"/interactions/{filed.uid}/").content.decode()
    assert link not in as_bob.get(f"/interactions/{filed.uid}/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("suspended_at", "2031-01-05T10:00"),
        ("suspended_at", "yesterday"),
        ("release_exception", "child_abuse_victim"),
        ("place_withheld", "on"),
        ("offences", "PC 242"),
        ("offences", "52, 52"),
        ("bases", "M99"),
        ("grounds", "48900(z)"),
    ],
)
def test_what_cannot_have_followed_is_refused_beside_its_field(as_bob: Client, field: str, value: str) -> None:
    answer = as_bob.post(NEW, form(make.school(), person(outcomes=["arrest"]), **{field: value}))
    assert answer.status_code in (400, 422)
    assert "usa-error-message" in answer.content.decode()
    assert not models.Interaction.objects.exists()


def test_the_action_refuses_it_too() -> None:
    with pytest.raises(NotAllowed) as refused:
        make.contact(details=ContactDetails(place_withheld=True))
    assert [one.field for one in refused.value.decision.unmet] == ["released_to_officer_at"]


def test_homeland_security_at_a_school_alerts_the_superintendent() -> None:
    filed = make.contact(details=ContactDetails(dhs_contacted_at=make.AT))
    duty = Duty.objects.get(interaction=str(filed.uid))
    assert (duty.kind, duty.owner) == (DutyKind.DHS_ALERT, "superintendent")


def test_the_alert_stands_above_every_page_of_the_superintendent_alone(as_eve: Client, as_alice: Client) -> None:
    make.contact(details=ContactDetails(dhs_contacted_at=make.AT))
    link = f'href="/duties/{Duty.objects.get().uid}/"'
    assert link in as_eve.get("/interactions/").content.decode()
    assert link in as_eve.get("/reports/").content.decode()
    assert link not in as_alice.get("/interactions/").content.decode()
    assert link not in Client().get("/").content.decode()


def test_a_stop_that_ended_with_a_call_to_homeland_security_alerts_whoever_forgot_its_time() -> None:
    called = replace(ALICE, results=(Result(StopResult.HOMELAND_SECURITY),))
    filed = make.contact(stop=replace(STOP, people=(called,)), kind=Kind.STOP, duration_minutes=STOP.minutes)
    duty = Duty.objects.get(interaction=str(filed.uid), kind=DutyKind.DHS_ALERT)
    assert (duty.owner, duty.since) == (Role.SUPERINTENDENT, make.AT - timedelta(hours=1))
    assert duty.due_at == duty.since


def test_whoever_wrote_a_contact_does_not_settle_its_review(as_alice: Client) -> None:
    filed = make.contact(make.alice(), **FORCE)
    duty = Duty.objects.get(interaction=str(filed.uid))
    page = f"/duties/{duty.uid}/"
    shown = text(as_alice.get(page).content)
    assert "It is done" not in shown
    assert "by filing the review" in shown
    sent = {"done_at": written(make.AT), "note": "I looked at it myself."}
    assert as_alice.post(f"{page}done/", sent).status_code == 422
    assert not duty.steps.exists()
    make.reviewed(filed, make.eve())
    assert as_alice.post(f"{page}reopen/", {"reason": "I want it open."}).status_code == 422
    assert [one.kind for one in duty.steps.all()] == [StepKind.DONE]


def test_a_student_taken_away_without_a_word_to_the_parents_owes_them_one() -> None:
    taken = make.student(outcomes=(Outcome.ARREST,))
    filed = make.contact(people=(taken,))
    duty = Duty.objects.get(interaction=str(filed.uid))
    assert (duty.kind, duty.since) == (DutyKind.PARENT_NOTICE, make.AT - timedelta(hours=1))
    tried = Notice(make.AT, NoticeWay.TELEPHONE, Language.ENGLISH, Reached.REACHED)
    make.corrected(filed, people=(replace(taken, details=PersonDetails(notices=(tried,))),))
    assert owed(filed) == set()


def test_of_a_grown_student_a_visitor_or_somebody_taken_elsewhere_nobody_is_told() -> None:
    grown = make.student(outcomes=(Outcome.ARREST,), details=PersonDetails(age=18))
    assert owed(make.contact(people=(grown, make.visitor()))) == set()
    assert owed(make.contact(people=(make.student(outcomes=(Outcome.TRANSPORT,)),), place=Place.OFF_CAMPUS)) == set()
