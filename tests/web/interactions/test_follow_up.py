"""What a reviewer asks for becomes a task; what a correction changes is reviewed again; who reviews and sees what."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from accord.decision import NotAllowed
from accord.facts import Action, ConductClass, DeEscalation, DutyKind, ReferralBasis, Review, Role, TriedFirst
from accord.facts.details import ContactDetails
from accord.web.duties.models import Duty, StepKind
from accord.web.interactions import facts, models, reviewing
from tests.web import factories as make
from tests.web.interactions.typed import text

pytestmark = pytest.mark.django_db
FORCE = {"people": (make.student(actions=(Action.FORCE,)),), "de_escalation": (DeEscalation.CALM_TALK,)}
ASKED = {
    "follow_up": "talk_with_staff",
    "follow_up_note": "Go through the list of whom to call.",
    "follow_up_by": "principal",
    "follow_up_due": "2099-01-31",
}


def _send(client: Client, filed: models.Interaction, **answers: str):
    sent = {"number": "1", "found": "appropriate", "better_handled_by": "", "note": ""} | answers
    return client.post(f"/interactions/{filed.uid}/review/", sent)


def _open(filed: models.Interaction) -> set[str]:
    rows = Duty.objects.filter(interaction=str(filed.uid), is_current=True).with_last_step().open()
    return set(rows.values_list("kind", flat=True))


def test_a_follow_up_becomes_a_task_of_its_owner_and_is_read_back(as_alice: Client) -> None:
    filed = make.contact()
    assert _send(as_alice, filed, **ASKED).status_code == 302
    duty = Duty.objects.get()
    assert (duty.kind, duty.owner, duty.due_at.date()) == ("review_follow_up", "principal", date(2099, 2, 1))
    page = text(as_alice.get(f"/interactions/{filed.uid}/").content)
    assert "Talk with staff about when to call an officer" in page
    assert "Go through the list of whom to call." in page
    assert "Do what the review of the contact asks for" in page
    assert make.verify().first_bad is None


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("follow_up", "Say what is to be done"),
        ("follow_up_by", "Say who is to do it."),
        ("follow_up_due", "Say by which day."),
    ],
)
def test_half_a_follow_up_is_refused_beside_its_field(as_alice: Client, left_out: str, said: str) -> None:
    answer = _send(as_alice, make.contact(), **(ASKED | {left_out: ""}))
    assert answer.status_code == 422
    assert said in text(answer.content)
    assert not Duty.objects.exists()


def test_a_day_that_cannot_be_read_is_said(as_alice: Client) -> None:
    assert _send(as_alice, make.contact(), **(ASKED | {"follow_up_due": "soon"})).status_code == 400


def test_a_correction_leaves_what_a_review_asked_for_owed(as_alice: Client) -> None:
    filed = make.contact()
    _send(as_alice, filed, **ASKED)
    make.corrected(filed, duration_minutes=25)
    assert _open(filed) == {DutyKind.REVIEW_FOLLOW_UP}


def test_each_review_asks_for_its_own(as_alice: Client) -> None:
    filed = make.contact()
    _send(as_alice, filed, **ASKED)
    make.corrected(filed, duration_minutes=25)
    _send(as_alice, filed, number="2", **(ASKED | {"follow_up": "tell_agency"}))
    assert Duty.objects.filter(is_current=True).count() == 2
    assert make.verify().first_bad is None


# --- corrected after its review


def test_force_told_differently_is_reviewed_again_in_a_time_of_its_own() -> None:
    filed = make.contact(**FORCE)
    make.reviewed(filed)
    assert _open(filed) == set()
    at = make.AT + timedelta(days=3)
    make.corrected(filed, at=at, **(FORCE | {"de_escalation": (DeEscalation.CRISIS_TEAM,)}))
    assert _open(filed) == {DutyKind.FORCE_REVIEW}
    assert Duty.objects.get(is_current=True).since == at
    make.reviewed(filed, at=at + timedelta(hours=1), number=2)
    assert _open(filed) == set()
    assert make.verify().first_bad is None


def test_another_correction_does_not_open_a_review_of_force_again() -> None:
    filed = make.contact(**FORCE)
    make.reviewed(filed)
    make.corrected(filed, at=make.AT + timedelta(hours=3), duration_minutes=25, **FORCE)
    assert _open(filed) == set()
    assert not Duty.objects.filter(steps__kind=StepKind.SUPERSEDED).exists()


def test_whose_work_it_was_told_differently_is_reviewed_again() -> None:
    filed = make.contact(conduct=ConductClass.CODE_OF_CONDUCT)
    make.reviewed(filed, found=Review.NOT_APPROPRIATE)
    make.corrected(filed, at=make.AT + timedelta(hours=3), conduct=ConductClass.MENTAL_HEALTH)
    assert DutyKind.DUTY_REVIEW in _open(filed)


# --- why police were asked


def test_a_forbidden_reason_flags_as_its_conduct_does(as_alice: Client) -> None:
    filed = make.contact(details=ContactDetails(bases=(ReferralBasis.X1,)))
    version = models.Version.objects.get()
    assert facts.is_flagged(version)
    assert next(one.clause for one in reviewing.flags(version)) == "interactions.duty"
    assert _open(filed) == {DutyKind.DUTY_REVIEW}
    assert filed.reference in text(as_alice.get("/interactions/?state=flagged").content)
    assert "Flagged for the reviewer" in text(as_alice.get(f"/interactions/{filed.uid}/").content)


def test_imminent_danger_excuses_a_forbidden_reason_too() -> None:
    danger = {"tried_first": (TriedFirst.NOTHING_DANGER,)}
    filed = make.contact(details=ContactDetails(bases=(ReferralBasis.X1,)), **danger)
    assert not facts.is_flagged(models.Version.objects.get())
    assert _open(filed) == set()


def test_reasons_that_contradict_the_conduct_are_refused_beside_their_field() -> None:
    with pytest.raises(NotAllowed) as refused:
        make.contact(conduct=ConductClass.SERIOUS_CRIME, details=ContactDetails(bases=(ReferralBasis.X1,)))
    assert [one.field for one in refused.value.decision.unmet] == ["bases"]


def test_a_principal_who_is_an_officer_too_does_not_judge_what_is_an_officers_work() -> None:
    make.account("Ann", Role.SRO, at=make.school("Oak High"))
    ann = make.account("Ann", Role.PRINCIPAL, at=make.school())
    assert make.reviewed(make.contact(), ann).pk
    with pytest.raises(NotAllowed, match="not for an officer"):
        make.reviewed(make.contact(conduct=ConductClass.CODE_OF_CONDUCT), ann)


# --- when the school knew, and what was done to each person


def test_times_run_from_when_the_school_knew() -> None:
    known = make.AT - timedelta(days=1)
    make.contact(details=ContactDetails(known_at=known, bases=(ReferralBasis.M4,)), conduct=ConductClass.SERIOUS_CRIME)
    assert Duty.objects.get().since == known


def test_what_the_law_asks_for_a_person_is_shown_to_the_reviewer(as_alice: Client) -> None:
    searched = make.student(actions=(Action.SEARCHED_PERSON,))
    filed = make.contact(people=(make.visitor(), searched))
    fields = {one.field for one in reviewing.flags(models.Version.objects.get())}
    assert "people.1.notice_1_at" in fields
    page = text(as_alice.get(f"/interactions/{filed.uid}/").content)
    assert "Person 2: Taken away or searched, and no attempt to tell a parent or guardian is on file." in page
