"""Rows as facts: the district calendar, a duty as the rules read it, and how many were done in time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from accord import clauses
from accord.facts import CalendarDay, DayKind, Duty, DutyKind, DutyTally, Role, SchoolCalendar, Status, Timing
from accord.rules import duties as rule
from accord.rules.controls import Standing, add_months
from accord.rules.school_days import last_moment, school_calendar
from accord.web.duties import models


def calendar(*, on: date) -> SchoolCalendar:
    """The district calendar as it is on file, read by the numbers of a day. One query."""
    rows = models.CalendarDay.objects.values_list("day", "kind", "name")
    days = (CalendarDay(day, DayKind(kind), name) for day, kind, name in rows)
    return school_calendar(days, shortest_days=int(clauses.parameter("duties.shortest-year", on=on).value))


def duty(row: models.Duty) -> Duty:
    """What is owed, as the rules read it."""
    return Duty(
        kind=DutyKind(row.kind),
        clause=row.clause,
        owner=Role(row.owner),
        timing=Timing(row.timing),
        since=row.since,
        due_at=row.due_at,
        late_at=row.late_at,
        certain=row.certain,
    )


@dataclass(frozen=True)
class Tasks:
    """Duties that were raised by a day, each with its steps in order, as they are on file."""

    held: tuple[tuple[models.Duty, tuple[models.Step, ...]], ...]


def tasks(*, until: date, since: date | None = None) -> Tasks:
    """Every duty raised by the end of a day, after the end of `since` where that is given. Two queries."""
    rows = models.Duty.objects.filter(raised_at__lte=last_moment(until))
    if since:
        rows = rows.filter(raised_at__gt=last_moment(since))
    steps: defaultdict[int, list[models.Step]] = defaultdict(list)
    for step in models.Step.objects.filter(duty__in=rows.values("pk")).order_by("number"):
        steps[step.duty_id].append(step)
    return Tasks(tuple((row, tuple(steps[row.pk])) for row in rows))


def tally(tasks: Tasks, *, on: date, known_on: date, kinds: Collection[DutyKind]) -> DutyTally:
    """How many duties of these kinds arose in the look-back before a day, and where they stood, by what is on file.

    A duty is overdue from the day after its time. Those that a correction had closed do not count.

    Args:
        on: the day the tally is about.
        known_on: the day at whose end the file is looked at.
    """
    start, end, known = last_moment(add_months(on, -months(on))), last_moment(on), last_moment(known_on)
    morning = last_moment(on - timedelta(days=1)) + timedelta(microseconds=1)
    found: Counter[str] = Counter()
    for row, steps in tasks.held:
        if row.kind not in kinds or not start < row.raised_at <= end:
            continue
        step = next((one for one in reversed(steps) if one.at <= known), None)
        if step is None or step.kind != models.StepKind.SUPERSEDED:
            done_at = step.done_at if step and step.done_at and step.done_at <= end else None
            status = rule.standing(duty(row), done_at, at=morning).status
            found[_part(status, done=done_at is not None)] += 1
    return DutyTally(**found)


def done_in_time(*, on: date, kinds: Collection[DutyKind] = tuple(DutyKind)) -> DutyTally:
    """Where the duties of these kinds that arose in the look-back stand at the end of a day. Two queries."""
    return tally(tasks(until=on, since=add_months(on, -months(on))), on=on, known_on=on, kinds=kinds)


def standing(*, on: date, kinds: Collection[DutyKind] = tuple(DutyKind)) -> Standing:
    """Were all duties of these kinds that arose in the look-back before a day done in time?"""
    return rule.all_in_time(done_in_time(on=on, kinds=kinds), months=months(on))


def months(on: date) -> int:
    """The look-back in force on a day, in months."""
    return int(clauses.parameter("controls.look-back", on=on).value)


def _part(status: Status, *, done: bool) -> str:
    if status is Status.NOT_MET:
        return "late" if done else "overdue"
    return "in_time" if done else "waiting"
