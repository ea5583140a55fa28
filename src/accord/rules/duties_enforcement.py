"""What a request by immigration enforcement obliges to, and until when. One rule for each clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accord import clauses
from accord.decision import Finding, Say, implements
from accord.facts import Duty, DutyKind, Role, Status, Timing
from accord.facts.immigration import EnforcementRequest, Known
from accord.rules.duties_owed import Owed, due_words
from accord.rules.school_days import district_day, last_moment


@dataclass(frozen=True)
class EnforcementNumbers:
    """The dated numbers as they stood on a day. `presence_until`: the day the notice law ends; None outside of it."""

    immediately_minutes: int
    promptly_hours: int
    board_days: int
    presence_until: date | None


def enforcement_numbers(*, on: date) -> EnforcementNumbers:
    """The numbers in force on a day."""

    def value(parameter: str) -> int:
        return int(clauses.parameter(parameter, on=on).value)

    return EnforcementNumbers(
        immediately_minutes=value("duties.immediately"),
        promptly_hours=value("duties.promptly"),
        board_days=value("duties.enforcement-board"),
        presence_until=_presence_until(on),
    )


def _presence_until(on: date) -> date | None:
    """Until when parents and staff are told of a confirmed presence; None on a day before that law."""
    try:
        until: date = clauses.parameter("duties.presence-until", on=on).value
    except KeyError:
        return None
    return until


def after_enforcement(
    request: EnforcementRequest, *, filed_at: datetime, using: EnforcementNumbers
) -> tuple[Duty, ...]:
    """What must be done after this request, the most pressing first. `filed_at`: the first report."""
    at_once = using.immediately_minutes
    found = (
        superintendent_acts(request, filed_at=filed_at, minutes=at_once),
        counsel_told(request, filed_at=filed_at, minutes=at_once),
        presence_told(request, filed_at=filed_at, minutes=at_once, until=using.presence_until),
        family_told(request, filed_at=filed_at, minutes=at_once),
        justice_told(request, filed_at=filed_at, hours=using.promptly_hours),
        board_told(request, filed_at=filed_at, days=using.board_days),
    )
    return tuple(one.duty for one in found if one.duty is not None)


def _owed(
    kind: DutyKind, clause: str, timing: Timing, since: datetime, due_at: datetime, *, late_at: datetime, owner: Role
) -> Owed:
    duty = Duty(kind, clause, owner, timing, since, due_at, late_at)
    return Owed(Finding(clause, False, due_words(duty)), Status.DUE, district_day(due_at), duty)


def _at_once(kind: DutyKind, clause: str, since: datetime, minutes: int, owner: Role) -> Owed:
    late_at = since + timedelta(minutes=minutes)
    return _owed(kind, clause, Timing.IMMEDIATELY, since, since, late_at=late_at, owner=owner)


def _nothing(clause: str, say: Say) -> Owed:
    return Owed(Finding(clause, True, say), Status.DOES_NOT_APPLY)


NO_REQUEST = Say("There is no request by immigration enforcement.")


@implements("duties.enforcement-alert")
def superintendent_acts(request: EnforcementRequest, *, filed_at: datetime, minutes: int) -> Owed:
    """A request was filed, which tells the Superintendent: must the Superintendent see to it at once?"""
    clause = "duties.enforcement-alert"
    if not request.wanted:
        return _nothing(clause, NO_REQUEST)
    return _at_once(DutyKind.ENFORCEMENT_ALERT, clause, filed_at, minutes, Role.SUPERINTENDENT)


@implements("duties.counsel-told")
def counsel_told(request: EnforcementRequest, *, filed_at: datetime, minutes: int) -> Owed:
    """Must counsel be told at once?"""
    clause = "duties.counsel-told"
    if not request.wanted:
        return _nothing(clause, NO_REQUEST)
    return _at_once(DutyKind.COUNSEL_TOLD, clause, filed_at, minutes, Role.SUPERINTENDENT)


@implements("duties.family-told")
def family_told(request: EnforcementRequest, *, filed_at: datetime, minutes: int) -> Owed:
    """Must the parent whose child was asked about be told at once? Owed until it is known that nobody was."""
    clause = "duties.family-told"
    if not request.wanted:
        return _nothing(clause, NO_REQUEST)
    if request.about_family is Known.NO:
        return _nothing(clause, Say("They asked about nobody at the school."))
    if request.notice_barred:
        return _nothing(clause, Say("A court order, or a child abuse investigation, keeps the school from telling."))
    return _at_once(DutyKind.FAMILY_TOLD, clause, filed_at, minutes, Role.PRINCIPAL)


@implements("duties.presence-told")
def presence_told(request: EnforcementRequest, *, filed_at: datetime, minutes: int, until: date | None) -> Owed:
    """The school confirmed that they were on the site: must parents and staff be told? `until`: when that law ends."""
    clause, since = "duties.presence-told", request.confirmed_at or filed_at
    if not request.wanted:
        return _nothing(clause, NO_REQUEST)
    if request.present is not Known.YES:
        return _nothing(clause, Say("Nobody confirmed that they were on the site."))
    if until is None or district_day(since) >= until:
        return _nothing(clause, Say("On that day no law asked for such a notice."))
    return _at_once(DutyKind.PRESENCE_TOLD, clause, since, minutes, Role.PRINCIPAL)


@implements("duties.justice-told")
def justice_told(request: EnforcementRequest, *, filed_at: datetime, hours: int) -> Owed:
    """By when does the Superintendent write to the Bureau of Children's Justice?"""
    clause = "duties.justice-told"
    if not request.wanted:
        return _nothing(clause, NO_REQUEST)
    due_at = filed_at + timedelta(hours=hours)
    owner = Role.SUPERINTENDENT
    return _owed(DutyKind.JUSTICE_TOLD, clause, Timing.PROMPTLY, filed_at, due_at, late_at=due_at, owner=owner)


@implements("duties.board-told")
def board_told(request: EnforcementRequest, *, filed_at: datetime, days: int) -> Owed:
    """By which day does the Superintendent report the request to the Board?"""
    clause = "duties.board-told"
    if not request.wanted:
        return _nothing(clause, NO_REQUEST)
    due_at = last_moment(district_day(filed_at) + timedelta(days=days))
    owner = Role.SUPERINTENDENT
    return _owed(DutyKind.BOARD_TOLD, clause, Timing.BY_DAY, filed_at, due_at, late_at=due_at, owner=owner)
