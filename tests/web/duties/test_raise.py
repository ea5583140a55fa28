"""Duties that follow from a contact are put on file once, change with its corrections, and are never lost."""

from datetime import timedelta

import pytest

from accord.facts import DutyKind, DutyTally, Ground, ReferralBasis, Status
from accord.web.audit.models import Event
from accord.web.duties import actions, facts
from accord.web.duties.models import Duty, Step, StepKind
from tests.web import factories as make
from tests.web.duties import factories as tasks

pytestmark = pytest.mark.django_db


def _steps(duty: Duty) -> list[str]:
    return [step.kind for step in duty.steps.all()]


def test_a_duty_is_on_file_with_its_clause_its_time_and_an_event():
    duty = tasks.one()
    assert (duty.kind, duty.clause, duty.owner) == ("parent_notice", "duties.parent-notice", "principal")
    assert facts.duty(duty) == tasks.owed()[0]
    assert Event.objects.get().verb == "duties.raised"
    assert make.verify().first_bad is None


def test_raising_the_same_again_changes_nothing():
    first = tasks.raised(contact=tasks.CONTACT, bases=(ReferralBasis.M7,), force=True)
    before = Event.objects.count()
    again = tasks.raised(contact=tasks.CONTACT, bases=(ReferralBasis.M7,), force=True)
    assert [one.pk for one in again] == [one.pk for one in first]
    assert (Duty.objects.count(), Event.objects.count()) == (3, before)


def test_a_duty_that_no_longer_follows_is_closed_with_a_reason_and_stays():
    duty = tasks.one(contact=tasks.CONTACT)
    (review,) = tasks.raised(contact=tasks.CONTACT, force=True)
    duty.refresh_from_db()
    assert not duty.is_current
    assert duty.steps.get().note == actions.GONE
    assert review.kind == DutyKind.FORCE_REVIEW
    assert make.verify().first_bad is None


def test_a_corrected_time_replaces_the_duty_and_keeps_what_was_done():
    earlier, later = make.AT - timedelta(hours=3), make.AT - timedelta(hours=1)
    old = tasks.one(contact=tasks.CONTACT, released_to_officer_at=later)
    tasks.done(old)
    new = tasks.one(contact=tasks.CONTACT, released_to_officer_at=earlier)
    assert (new.since, new.due_at) == (earlier, earlier)
    assert _steps(old) == ["done", "superseded"]
    step = new.steps.get()
    assert (step.kind, step.by, step.note) == (StepKind.DONE, make.eve(), "Told the mother by telephone.")
    assert facts.done_in_time(on=make.ON) == DutyTally(late=1)


def test_a_school_corrected_moves_its_tasks():
    tasks.one(contact=tasks.CONTACT)
    elm = make.school("Elm High")
    moved = actions.raise_duties(
        interaction_uid=tasks.CONTACT, school=elm, duties=tasks.owed(), by=make.bob(), at=make.AT
    )
    assert [(one.school, one.is_current) for one in Duty.objects.all()] == [
        (make.school(), False),
        (elm, True),
    ]
    assert [one.school for one in moved] == [elm]


def test_several_people_owe_each_kind_once_by_the_first_limit():
    first = tasks.owed(grounds=(Ground.C,), suspended_at=make.AT)
    second = tasks.owed(grounds=(Ground.C,), suspended_at=make.AT + timedelta(days=1))
    common = {"school": make.school(), "by": make.bob(), "at": make.AT}
    (duty,) = actions.raise_duties(interaction_uid="x", duties=[*second, *first], **common)
    assert facts.duty(duty) == first[0]


def test_a_filed_review_settles_its_duty_and_no_other():
    review, notice = sorted(
        tasks.raised(contact=tasks.CONTACT, force=True, released_to_officer_at=make.AT - timedelta(minutes=5)),
        key=lambda one: one.kind,
    )
    act = {"by": make.eve(), "at": make.AT, "note": "Reviewed."}
    for _ in range(2):
        actions.settle(interaction_uid=tasks.CONTACT, kinds=[DutyKind.FORCE_REVIEW], **act)
    assert (_steps(review), _steps(notice)) == (["done"], [])


def test_without_a_history_nothing_is_raised():
    make.lose_the_history()
    with pytest.raises(Exception, match="audit_event"):
        tasks.one()


def test_a_step_changed_behind_the_programs_back_is_found():
    tasks.done(tasks.one())
    Step.objects.update(note="Told nobody.")
    assert "no longer holds" in make.verify().reason


# --- What controls ask


def test_nothing_raised_does_not_apply():
    standing = facts.standing(on=make.ON)
    assert (standing.status, facts.done_in_time(on=make.ON)) == (Status.DOES_NOT_APPLY, DutyTally())


def test_each_duty_counts_where_it_stood_and_is_overdue_from_the_day_after_its_time():
    late_evening = make.AT + timedelta(hours=13, minutes=30)  # half past eleven in the district
    tasks.one(at=make.AT, force=True)
    tasks.one(at=late_evening, dhs_contacted_at=late_evening)
    tasks.one(at=make.AT, bases=(ReferralBasis.M3,))
    assert facts.done_in_time(on=make.ON - timedelta(days=1)) == DutyTally()
    assert facts.done_in_time(on=make.ON) == DutyTally(waiting=3)
    assert facts.done_in_time(on=make.ON + timedelta(days=1)) == DutyTally(waiting=3)
    assert facts.done_in_time(on=make.ON + timedelta(days=2)) == DutyTally(waiting=1, overdue=2)
    assert facts.standing(on=make.ON + timedelta(days=2)).status is Status.NOT_MET
    assert facts.done_in_time(on=make.ON, kinds=[DutyKind.FORCE_REVIEW]) == DutyTally(waiting=1)


def test_a_duty_done_in_time_is_met_and_after_the_look_back_it_is_gone():
    tasks.done(tasks.one())
    assert facts.standing(on=make.ON).status is Status.MET
    assert facts.done_in_time(on=make.ON.replace(year=2027)) == DutyTally()
