"""The duties that follow from a contact, and whether each was done in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from accord import clauses
from accord.decision import Decision, Finding, Say, implements
from accord.facts import Asker, Completion, Duty, DutyKind, DutyTally, Event, Role, SchoolCalendar, Status, Task
from accord.rules import duties_owed as owed
from accord.rules.controls import Standing
from accord.rules.duties_enforcement import EnforcementNumbers, after_enforcement, enforcement_numbers
from accord.rules.duties_owed import Owed, bases, due_words
from accord.rules.duties_records import RecordsNumbers, after_records, records_numbers
from accord.rules.school_days import district_day

__all__ = [
    "ELSEWHERE",
    "REVIEWS",
    "EnforcementNumbers",
    "Numbers",
    "Owed",
    "RecordsNumbers",
    "after_enforcement",
    "after_records",
    "bases",
    "due_words",
    "earliest",
    "enforcement_numbers",
    "numbers",
    "records_numbers",
    "standing",
    "triggers",
]

REVIEWS = (DutyKind.FORCE_REVIEW, DutyKind.DUTY_REVIEW)
"""Duties that the review of a contact settles."""
ELSEWHERE = (
    DutyKind.WEEK_REVIEW,
    DutyKind.PAPER_SECRECY,
    DutyKind.EMERGENCY_REVIEW,
    DutyKind.EMERGENCY_DANGER,
)
"""Duties that are done on a page of their own, where what was found is filed."""

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Numbers:
    """The dated numbers that duties are reckoned with, as they stood on a day."""

    after_discipline_school_days: int
    immediately_minutes: int
    promptly_hours: int
    abuse_written_hours: int
    place_withheld_hours: int
    follow_up_school_days: int
    review_days: int


def numbers(*, on: date) -> Numbers:
    """The numbers in force on a day.

    Raises:
        KeyError: when one of them had no value in force on that day.
    """

    def value(parameter: str) -> int:
        return int(clauses.parameter(parameter, on=on).value)

    return Numbers(
        after_discipline_school_days=value("duties.after-discipline"),
        immediately_minutes=value("duties.immediately"),
        promptly_hours=value("duties.promptly"),
        abuse_written_hours=value("duties.child-abuse-written"),
        place_withheld_hours=value("duties.place-withheld"),
        follow_up_school_days=value("duties.follow-up"),
        review_days=value("interactions.review-within"),
    )


def standings(event: Event, *, calendar: SchoolCalendar, using: Numbers) -> tuple[Owed, ...]:
    """The answer of every clause on what happened, those that ask for nothing included."""
    at_once, promptly = using.immediately_minutes, using.promptly_hours
    return (
        owed.dhs_alert(event, minutes=at_once),
        owed.threat_report(event, minutes=at_once),
        owed.child_abuse(event, minutes=at_once),
        owed.child_abuse_written(event, hours=using.abuse_written_hours),
        owed.parent_notice(event, minutes=at_once),
        owed.parent_contact(event, minutes=at_once),
        owed.place_told(event, hours=using.place_withheld_hours),
        owed.before_discipline(event),
        owed.after_discipline(event, calendar=calendar, school_days=using.after_discipline_school_days),
        owed.prompt_notice(event, hours=promptly),
        owed.records_with_report(event, hours=promptly),
        owed.employee_attack(event, hours=promptly),
        owed.force_review(event, days=using.review_days),
        owed.officers_work(event, days=using.review_days),
        owed.mental_health(event, calendar=calendar, school_days=using.follow_up_school_days),
    )


def triggers(event: Event, *, calendar: SchoolCalendar, using: Numbers) -> tuple[Duty, ...]:
    """What must be done after this, the most pressing clauses first."""
    found = standings(event, calendar=calendar, using=using)
    return tuple(one.duty for one in found if one.duty is not None)


def earliest(duties: Iterable[Duty]) -> tuple[Duty, ...]:
    """One duty of each kind, the one that is late first: a contact with several people owes each kind once."""
    first: dict[DutyKind, Duty] = {}
    for duty in duties:
        known = first.get(duty.kind)
        if known is None or (duty.late_at or _NEVER) < (known.late_at or _NEVER):
            first[duty.kind] = duty
    return tuple(first.values())


@implements("duties.done")
def done_in_time(task: Task, *, at: datetime) -> Standing:
    """Was the duty done in time, is there still time, or is it late, as of an instant?"""
    clause, duty, done = "duties.done", task.duty, task.done_at
    due_on = district_day(duty.due_at) if duty.due_at else None
    late_at = duty.late_at
    if done is not None:
        if late_at is None or done <= late_at:
            return Standing(Finding(clause, True, Say("Done on {done}, in time.", {"done": done})), Status.MET)
        say = Say("Due on {due} and done on {done}, too late.", {"done": done, "due": duty.due_at})
        return Standing(Finding(clause, False, say), Status.NOT_MET)
    if late_at is not None and at > late_at:
        say = Say("It was due on {due} and is not done.", {"due": duty.due_at})
        return Standing(Finding(clause, False, say), Status.NOT_MET, due_on)
    return Standing(Finding(clause, False, due_words(duty)), Status.DUE, due_on)


def standing(duty: Duty, done_at: datetime | None, *, at: datetime) -> Standing:
    """Where one duty stands at an instant: met, due, or not met when it was or is late."""
    return done_in_time(Task(duty, done_at), at=at)


@implements("duties.all-in-time")
def all_in_time(tally: DutyTally, *, months: int) -> Standing:
    """Were all duties that arose in so many months done in time? One that still has time makes this due."""
    clause = "duties.all-in-time"
    values = {
        "all": tally.all,
        "months": months,
        "late": tally.late,
        "overdue": tally.overdue,
        "waiting": tally.waiting,
    }
    if not tally.all:
        say = Say("In {months} months nothing happened that calls for this.", values)
        return Standing(Finding(clause, True, say), Status.DOES_NOT_APPLY)
    if tally.overdue or tally.late:
        say = Say("Of {all} duties in {months} months, overdue: {overdue}; done late: {late}.", values)
        return Standing(Finding(clause, False, say), Status.NOT_MET)
    if tally.waiting:
        say = Say("Of {all} duties in {months} months, still to be done: {waiting}. None is late.", values)
        return Standing(Finding(clause, False, say), Status.DUE)
    return Standing(
        Finding(clause, True, Say("All {all} duties of {months} months were done in time.", values)), Status.MET
    )


@implements("duties.completion")
def completion_stands(completion: Completion) -> Finding:
    """Does the completion say what was done, at a time between the duty's beginning and now?"""
    clause = "duties.completion"
    if completion.done_at > completion.recorded_at:
        return Finding(clause, False, Say("This time lies in the future."), "done_at")
    if completion.done_at < completion.since:
        say = Say("This time is before {since}, when the duty began.", {"since": completion.since})
        return Finding(clause, False, say, "done_at")
    if not completion.note.strip():
        return Finding(clause, False, Say("Say what was done: whom you told, and how."), "note")
    return Finding(clause, True, Say("Says what was done, and when."), "note")


@implements("duties.reopening")
def reopening_says_why(reason: str) -> Finding:
    """Does opening a task again come with a reason?"""
    met = bool(reason.strip())
    say = Say("Says why.") if met else Say("Say why this task is opened again.")
    return Finding("duties.reopening", met, say, "reason")


@implements("duties.owner")
def is_owner(asker: Asker, *, owner: Role, school: str, on: date) -> Finding:
    """Does this person hold the role that owes the duty, at its school, or answer for the whole program?"""
    for held in asker.roles:
        at_school = held.school in ("", school)
        if held.in_force(on) and at_school and held.role in (owner, Role.SUPERINTENDENT):
            return Finding("duties.owner", True, Say("This is yours to do."))
    return Finding("duties.owner", False, Say("This is for: {role}.", {"role": Say(owner.label)}))


@implements("duties.by-review")
def done_by_hand(kind: DutyKind) -> Finding:
    """May a person mark this done, or open it again, as opposed to what is settled by filing something elsewhere?"""
    if kind in ELSEWHERE:
        return Finding("duties.by-review", False, Say("This is done on the page that the task leads to."))
    if kind not in REVIEWS:
        return Finding("duties.by-review", True, Say("Whoever owes it marks it done."))
    return Finding("duties.by-review", False, Say("This is done by filing the review of the contact."))


def may_complete(
    asker: Asker, completion: Completion, *, kind: DutyKind, owner: Role, school: str, on: date
) -> Decision:
    """May this person record that the duty was done, in these words?"""
    return Decision.of(
        is_owner(asker, owner=owner, school=school, on=on), done_by_hand(kind), completion_stands(completion)
    )
