"""What a request for student records obliges to, and until when. One rule for each clause."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accord import clauses
from accord.decision import Finding, Say, implements
from accord.facts import Duty, DutyKind, RecordsEvent, Role, Status, Timing
from accord.rules.duties_owed import Owed, due_words
from accord.rules.school_days import add_business_days, district_day, last_moment


@dataclass(frozen=True)
class RecordsNumbers:
    """The dated numbers as they stood on a day."""

    immediately_minutes: int
    promptly_hours: int
    parent_days: int
    review_days: int
    danger_days: int
    access_days: int
    truancy_hours: int
    week_days: int


def records_numbers(*, on: date) -> RecordsNumbers:
    """The numbers in force on a day."""

    def value(parameter: str) -> int:
        return int(clauses.parameter(parameter, on=on).value)

    return RecordsNumbers(
        immediately_minutes=value("duties.immediately"),
        promptly_hours=value("duties.promptly"),
        parent_days=value("records.emergency-notice-days"),
        review_days=value("duties.emergency-review"),
        danger_days=value("duties.emergency-danger"),
        access_days=value("records.access-days"),
        truancy_hours=value("records.truancy-notice-hours"),
        week_days=value("openings.review-within"),
    )


def after_records(event: RecordsEvent, *, using: RecordsNumbers, holidays: Collection[date] = ()) -> tuple[Duty, ...]:
    """What must be done after this, the most pressing first. `holidays`: days on which the office is closed."""
    found = (
        emergency_alert(event, minutes=using.immediately_minutes),
        emergency_custodian(event, minutes=using.immediately_minutes),
        truancy_parent(event, hours=using.truancy_hours),
        paper_parent(event, hours=using.promptly_hours),
        paper_pupil(event, hours=using.promptly_hours),
        confidentiality(event, hours=using.promptly_hours),
        signer_copy(event, hours=using.promptly_hours),
        emergency_parent(event, days=using.parent_days),
        record_access(event, days=using.access_days, holidays=tuple(holidays)),
        emergency_review(event, days=using.review_days),
        emergency_danger(event, days=using.danger_days),
        paper_secrecy(event, hours=using.promptly_hours),
        week_review(event, days=using.week_days),
    )
    return tuple(one.duty for one in found if one.duty is not None)


def _owed(
    kind: DutyKind,
    clause: str,
    timing: Timing,
    since: datetime,
    due_at: datetime,
    *,
    late_at: datetime | None = None,
    owner: Role = Role.CUSTODIAN,
) -> Owed:
    duty = Duty(kind, clause, owner, timing, since, due_at, late_at or due_at)
    return Owed(Finding(clause, False, due_words(duty)), Status.DUE, district_day(due_at), duty)


def _nothing(clause: str, say: Say) -> Owed:
    return Owed(Finding(clause, True, say), Status.DOES_NOT_APPLY)


def _at_once(kind: DutyKind, clause: str, since: datetime, minutes: int, owner: Role) -> Owed:
    late_at = since + timedelta(minutes=minutes)
    return _owed(kind, clause, Timing.IMMEDIATELY, since, since, late_at=late_at, owner=owner)


NO_EMERGENCY = Say("No emergency was determined.")
NO_PAPER = Say("Counsel found no court's paper in force.")
BARRED = Say("A court forbids the notice, or excuses it.")


@implements("duties.emergency-alert")
def emergency_alert(event: RecordsEvent, *, minutes: int) -> Owed:
    """Records were released in an emergency: must the Superintendent see to it at once?"""
    clause = "duties.emergency-alert"
    if event.determined_at is None:
        return _nothing(clause, NO_EMERGENCY)
    return _at_once(DutyKind.EMERGENCY_ALERT, clause, event.determined_at, minutes, Role.SUPERINTENDENT)


@implements("duties.emergency-custodian")
def emergency_custodian(event: RecordsEvent, *, minutes: int) -> Owed:
    """Records were released in an emergency: must the custodian see to it at once?"""
    clause = "duties.emergency-custodian"
    if event.determined_at is None:
        return _nothing(clause, NO_EMERGENCY)
    return _at_once(DutyKind.EMERGENCY_CUSTODIAN, clause, event.determined_at, minutes, Role.CUSTODIAN)


@implements("duties.emergency-parent")
def emergency_parent(event: RecordsEvent, *, days: int) -> Owed:
    """Records were released in an emergency: by which day is the parent told?

    Where telling would have put somebody in danger, the days are counted from when that was found to be over.
    """
    clause, since = "duties.emergency-parent", event.danger_over_at or event.determined_at
    if since is None:
        return _nothing(clause, NO_EMERGENCY)
    if event.notice_endangers and event.danger_over_at is None:
        return _nothing(clause, Say("Telling the parent would put somebody in danger, and it is said why."))
    due_at = last_moment(district_day(since) + timedelta(days=days))
    return _owed(DutyKind.EMERGENCY_PARENT, clause, Timing.BY_DAY, since, due_at)


@implements("duties.emergency-review")
def emergency_review(event: RecordsEvent, *, days: int) -> Owed:
    """An emergency release is looked at again: by whom, and by which day after it is over?"""
    clause, since = "duties.emergency-review", event.determined_at
    if since is None:
        return _nothing(clause, NO_EMERGENCY)
    due_at = last_moment(district_day(event.ends_at or since) + timedelta(days=days))
    owner = Role.CUSTODIAN if event.by_superintendent else Role.SUPERINTENDENT
    return _owed(DutyKind.EMERGENCY_REVIEW, clause, Timing.BY_DAY, since, due_at, owner=owner)


@implements("duties.emergency-danger")
def emergency_danger(event: RecordsEvent, *, days: int) -> Owed:
    """Telling the family would still put somebody in danger: by which day is that asked again?"""
    clause, since = "duties.emergency-danger", event.danger_said_at
    if since is None:
        return _nothing(clause, Say("Nobody found that telling the family would still put somebody in danger."))
    due_at = last_moment(district_day(since) + timedelta(days=days))
    return _owed(DutyKind.EMERGENCY_DANGER, clause, Timing.BY_DAY, since, due_at)


def _told_of_paper(event: RecordsEvent, kind: DutyKind, clause: str, hours: int) -> Owed:
    if event.paper_at is None:
        return _nothing(clause, NO_PAPER)
    if event.notice_barred:
        return _nothing(clause, BARRED)
    return _owed(kind, clause, Timing.PROMPTLY, event.paper_at, event.paper_at + timedelta(hours=hours))


@implements("duties.paper-parent")
def paper_parent(event: RecordsEvent, *, hours: int) -> Owed:
    """A court's paper asks for records: by when is the parent told?"""
    return _told_of_paper(event, DutyKind.PAPER_PARENT, "duties.paper-parent", hours)


@implements("duties.paper-pupil")
def paper_pupil(event: RecordsEvent, *, hours: int) -> Owed:
    """A court's paper asks for records: by when is the pupil told?"""
    return _told_of_paper(event, DutyKind.PAPER_PUPIL, "duties.paper-pupil", hours)


@implements("duties.record-access")
def record_access(event: RecordsEvent, *, days: int, holidays: tuple[date, ...] = ()) -> Owed:
    """The family asks to see the record: by which business day is it shown?"""
    clause, since = "duties.record-access", event.access_asked_at
    if since is None:
        return _nothing(clause, Say("Nobody of the family asked to see the record."))
    due_at = last_moment(add_business_days(district_day(since), days, holidays))
    return _owed(DutyKind.RECORD_ACCESS, clause, Timing.BY_DAY, since, due_at)


@implements("duties.truancy-parent")
def truancy_parent(event: RecordsEvent, *, hours: int) -> Owed:
    """Records were released to a judge or probation officer for a truancy case: by when is the parent told?"""
    clause, since = "duties.truancy-parent", event.truancy_released_at
    if since is None:
        return _nothing(clause, Say("Nothing was released for a truancy case before the court."))
    return _owed(DutyKind.TRUANCY_PARENT, clause, Timing.BY_TIME, since, since + timedelta(hours=hours))


@implements("duties.signer-copy")
def signer_copy(event: RecordsEvent, *, hours: int) -> Owed:
    """Whoever signed the consent asked for a copy of what was released: by when?"""
    clause, since = "duties.signer-copy", event.copy_owed_at
    if since is None:
        return _nothing(clause, Say("Whoever signed asked for no copy."))
    return _owed(DutyKind.SIGNER_COPY, clause, Timing.PROMPTLY, since, since + timedelta(hours=hours))


@implements("duties.confidentiality")
def confidentiality(event: RecordsEvent, *, hours: int) -> Owed:
    """Contact data were released under a court's paper: by when is the recipient asked to keep them confidential?"""
    clause, since = "duties.confidentiality", event.contact_data_released_at
    if since is None:
        return _nothing(clause, Say("No contact data were released under a court's paper."))
    return _owed(DutyKind.CONFIDENTIALITY, clause, Timing.PROMPTLY, since, since + timedelta(hours=hours))


@implements("duties.paper-secrecy")
def paper_secrecy(event: RecordsEvent, *, hours: int) -> Owed:
    """Nobody said whether a paper forbids telling the family of a request that is settled: by when is it said?"""
    clause, since = "duties.paper-secrecy", event.secrecy_asked_at
    if since is None:
        return _nothing(clause, Say("Of every settled request it is known whether the family may be told."))
    return _owed(DutyKind.PAPER_SECRECY, clause, Timing.PROMPTLY, since, since + timedelta(hours=hours))


@implements("duties.week-review")
def week_review(event: RecordsEvent, *, days: int) -> Owed:
    """A week of looks at records is over: by which day has somebody looked it over?"""
    clause, since = "duties.week-review", event.week_over_at
    if since is None:
        return _nothing(clause, Say("No week of looks at records is told of."))
    due_at = last_moment(district_day(since) + timedelta(days=days))
    return _owed(DutyKind.WEEK_REVIEW, clause, Timing.BY_DAY, since, due_at)
