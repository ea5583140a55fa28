"""What each kind of happening obliges to, and until when. One rule for each clause; `duties.triggers` asks them all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from accord.decision import Finding, Say, implements
from accord.facts import (
    Asked,
    ConductClass,
    Duty,
    DutyKind,
    Event,
    Ground,
    ReferralBasis,
    Role,
    SchoolCalendar,
    Status,
    Timing,
)
from accord.rules.controls import Standing
from accord.rules.school_days import add_school_days, district_day, last_moment

_BASIS_OF_GROUND = {
    Ground.C: ReferralBasis.M2,
    Ground.D: ReferralBasis.M2,
    Ground.MUST_1: ReferralBasis.M4,
    Ground.MUST_3: ReferralBasis.M3,
    Ground.MUST_5: ReferralBasis.M4,
}
_BASIS_OF_CONDUCT = {
    ConductClass.CODE_OF_CONDUCT: ReferralBasis.X1,
    ConductClass.MENTAL_HEALTH: ReferralBasis.X2,
}
_REPORTED_UNDER_48902 = {ReferralBasis.M1, ReferralBasis.M2, ReferralBasis.M3, ReferralBasis.M4}
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Owed(Standing):
    """Whether a duty follows: with one the status is "due", without one "does not apply"."""

    duty: Duty | None = None


def bases(event: Event) -> frozenset[ReferralBasis]:
    """Every basis for calling police: those stated, and those that follow from grounds and conduct.

    Routine discipline is X1, conduct for mental health professionals is X2. With imminent danger either is D1, stated
    or not.
    """
    found = {*event.bases, *(_BASIS_OF_GROUND[ground] for ground in event.grounds if ground in _BASIS_OF_GROUND)}
    if event.conduct in _BASIS_OF_CONDUCT:
        found.add(_BASIS_OF_CONDUCT[event.conduct])
    kept = {basis for basis in found if not (event.danger and basis.prohibited)}
    return frozenset(kept if kept == found else {*kept, ReferralBasis.D1})


def due_words(duty: Duty) -> Say:
    """When a duty is due, as people say it."""
    due = duty.due_at
    if duty.timing is Timing.IMMEDIATELY:
        return Say("Immediately: owed from {since} on.", {"since": duty.since})
    if due is None:
        return Say("Before anyone is suspended or expelled for it.")
    if duty.timing is Timing.BEFORE_DISCIPLINE:
        return Say("Before {due}, when the student was suspended or expelled.", {"due": due})
    if duty.timing is Timing.PROMPTLY:
        return Say("Promptly, by {due} at the latest.", {"due": due})
    if duty.timing is Timing.BY_TIME:
        return Say("By {due} at the latest.", {"due": due})
    if duty.certain:
        return Say("By the end of {day}.", {"day": district_day(due)})
    say = "By the end of {day}. The district calendar does not cover these days, so this is the earliest possible day."
    return Say(say, {"day": district_day(due)})


def _nothing(clause: str) -> Owed:
    return Owed(Finding(clause, True, Say("Nothing recorded calls for this.")), Status.DOES_NOT_APPLY)


def _owed(
    kind: DutyKind,
    clause: str,
    timing: Timing,
    since: datetime,
    due_at: datetime | None,
    *,
    late_at: datetime | None = None,
    owner: Role = Role.PRINCIPAL,
    certain: bool = True,
) -> Owed:
    duty = Duty(kind, clause, owner, timing, since, due_at, late_at or due_at, certain)
    due_on = district_day(due_at) if due_at else None
    return Owed(Finding(clause, False, due_words(duty)), Status.DUE, due_on, duty)


def _at_once(kind: DutyKind, clause: str, since: datetime, minutes: int, owner: Role = Role.PRINCIPAL) -> Owed:
    late_at = since + timedelta(minutes=minutes)
    return _owed(kind, clause, Timing.IMMEDIATELY, since, since, late_at=late_at, owner=owner)


def _school_days_after(
    kind: DutyKind, clause: str, since: datetime, school_days: int, calendar: SchoolCalendar
) -> Owed:
    counted = add_school_days(district_day(since), school_days, calendar)
    return _owed(kind, clause, Timing.BY_DAY, since, last_moment(counted.day), certain=counted.known)


def _days_after(kind: DutyKind, clause: str, since: datetime, days: int) -> Owed:
    due_at = last_moment(district_day(since) + timedelta(days=days))
    return _owed(kind, clause, Timing.BY_DAY, since, due_at)


@implements("duties.before-discipline")
def before_discipline(event: Event) -> Owed:
    """Assault with a deadly weapon or great force: must the police be told before the student is suspended?"""
    clause, decided = "duties.before-discipline", event.disciplined_at
    if ReferralBasis.M1 not in bases(event):
        return _nothing(clause)
    kind, timing = DutyKind.NOTIFY_BEFORE_DISCIPLINE, Timing.BEFORE_DISCIPLINE
    if decided is None:
        return _owed(kind, clause, timing, event.known_at, None)
    since = min(event.known_at, decided)
    return _owed(kind, clause, timing, since, decided, late_at=decided - _INSTANT)


@implements("duties.after-discipline")
def after_discipline(event: Event, *, calendar: SchoolCalendar, school_days: int) -> Owed:
    """Drugs or alcohol, and a suspension or expulsion: by which school day must the police be told?"""
    clause, decided = "duties.after-discipline", event.disciplined_at
    if ReferralBasis.M2 not in bases(event) or decided is None:
        return _nothing(clause)
    return _school_days_after(DutyKind.NOTIFY_AFTER_DISCIPLINE, clause, decided, school_days, calendar)


@implements("duties.prompt-notice")
def prompt_notice(event: Event, *, hours: int) -> Owed:
    """Weapon, explosive or controlled substance: must the police be told promptly? `hours` is the district's limit."""
    clause, since = "duties.prompt-notice", event.known_at
    if not bases(event) & {ReferralBasis.M3, ReferralBasis.M4}:
        return _nothing(clause)
    return _owed(DutyKind.PROMPT_NOTICE, clause, Timing.PROMPTLY, since, since + timedelta(hours=hours))


@implements("duties.records-with-report")
def records_with_report(event: Event, *, hours: int) -> Owed:
    """A reported student with special needs: must the records be sent with the report?"""
    clause, since = "duties.records-with-report", event.known_at
    if not event.special_needs or not bases(event) & _REPORTED_UNDER_48902:
        return _nothing(clause)
    return _owed(DutyKind.RECORDS_WITH_REPORT, clause, Timing.PROMPTLY, since, since + timedelta(hours=hours))


@implements("duties.threat-report")
def threat_report(event: Event, *, minutes: int) -> Owed:
    """A threat to kill at school: must it be reported at once? `minutes` is how long "at once" may take."""
    clause = "duties.threat-report"
    since = event.threat_known_at or (event.known_at if ReferralBasis.M5 in bases(event) else None)
    if since is None or not event.grades_6_to_12:
        return _nothing(clause)
    return _at_once(DutyKind.THREAT_REPORT, clause, since, minutes)


@implements("duties.employee-attack")
def employee_attack(event: Event, *, hours: int) -> Owed:
    """A student attacked, assaulted or threatened an employee: must it be reported promptly?"""
    clause, since = "duties.employee-attack", event.known_at
    if ReferralBasis.M6 not in bases(event):
        return _nothing(clause)
    return _owed(DutyKind.EMPLOYEE_ATTACK_REPORT, clause, Timing.PROMPTLY, since, since + timedelta(hours=hours))


@implements("duties.child-abuse")
def child_abuse(event: Event, *, minutes: int) -> Owed:
    """Suspected child abuse: must it be reported by telephone at once?"""
    clause = "duties.child-abuse"
    if ReferralBasis.M7 not in bases(event):
        return _nothing(clause)
    return _at_once(DutyKind.CHILD_ABUSE_REPORT, clause, event.known_at, minutes)


@implements("duties.child-abuse-written")
def child_abuse_written(event: Event, *, hours: int) -> Owed:
    """Suspected child abuse: within how many hours is the written report due?"""
    clause, since = "duties.child-abuse-written", event.known_at
    if ReferralBasis.M7 not in bases(event):
        return _nothing(clause)
    return _owed(DutyKind.CHILD_ABUSE_WRITTEN, clause, Timing.BY_TIME, since, since + timedelta(hours=hours))


@implements("duties.parent-notice")
def parent_notice(event: Event, *, minutes: int) -> Owed:
    """A minor was released to an officer: must the school tell the parent at once?"""
    clause, released = "duties.parent-notice", event.released_to_officer_at
    if released is None or event.release_exception:
        return _nothing(clause)
    return _at_once(DutyKind.PARENT_NOTICE, clause, released, minutes)


@implements("duties.parent-contact")
def parent_contact(event: Event, *, minutes: int) -> Owed:
    """A minor was released under the exception: must the officer be given the parent's address and telephone?"""
    clause, released = "duties.parent-contact", event.released_to_officer_at
    if released is None or not event.release_exception:
        return _nothing(clause)
    return _at_once(DutyKind.PARENT_CONTACT_TO_OFFICER, clause, released, minutes)


@implements("duties.place-told")
def place_told(event: Event, *, hours: int) -> Owed:
    """The officer holds back the place under the exception: until when at most?"""
    clause, released = "duties.place-told", event.released_to_officer_at
    if released is None or not event.release_exception or not event.place_withheld:
        return _nothing(clause)
    return _owed(DutyKind.PLACE_TOLD, clause, Timing.BY_TIME, released, released + timedelta(hours=hours))


@implements("duties.force-review")
def force_review(event: Event, *, days: int) -> Owed:
    """Force was used: by which day is it reviewed?"""
    clause = "duties.force-review"
    if not event.force:
        return _nothing(clause)
    since = max(event.known_at, event.force_told_at or event.known_at)
    return _days_after(DutyKind.FORCE_REVIEW, clause, since, days)


@implements("duties.officers-work")
def officers_work(event: Event, *, days: int) -> Owed:
    """The contact was not an officer's work: by which day does an administrator review it?"""
    clause = "duties.officers-work"
    if not any(basis.prohibited for basis in bases(event)):
        return _nothing(clause)
    since = max(event.known_at, event.duty_told_at or event.known_at)
    return _days_after(DutyKind.DUTY_REVIEW, clause, since, days)


@implements("duties.mental-health")
def mental_health(event: Event, *, calendar: SchoolCalendar, school_days: int) -> Owed:
    """Somebody was in crisis: by which school day is follow-up by mental health professionals arranged?"""
    clause = "duties.mental-health"
    if event.conduct is not ConductClass.MENTAL_HEALTH and ReferralBasis.X2 not in event.bases:
        return _nothing(clause)
    return _school_days_after(DutyKind.MENTAL_HEALTH_FOLLOW_UP, clause, event.known_at, school_days, calendar)


@implements("duties.dhs-alert")
def dhs_alert(event: Event, *, minutes: int) -> Owed:
    """Homeland Security was contacted at a school: must the Superintendent look at it at once?"""
    clause, contacted = "duties.dhs-alert", event.dhs_contacted_at
    if contacted is None:
        return _nothing(clause)
    return _at_once(DutyKind.DHS_ALERT, clause, contacted, minutes, Role.SUPERINTENDENT)


@implements("duties.review-follow-up")
def review_follow_up(asked: Asked, *, at: datetime) -> Owed:
    """A reviewer asks at an instant that something be done: by whom, and by which day?"""
    clause = "duties.review-follow-up"
    if asked.owner is None or asked.due_on is None:
        return _nothing(clause)
    due_at = last_moment(asked.due_on)
    return _owed(DutyKind.REVIEW_FOLLOW_UP, clause, Timing.BY_DAY, at, due_at, owner=asked.owner)
