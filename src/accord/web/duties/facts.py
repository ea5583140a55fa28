"""Rows as facts: the district calendar, a duty as the rules read it, and how many were done in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date

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


def done_in_time(*, on: date, kinds: Collection[DutyKind] = tuple(DutyKind)) -> DutyTally:
    """How many duties of these kinds arose in the look-back before a day, and where they stood at its end.

    Duties that a correction had closed by then do not count. Two queries.
    """
    end = last_moment(on)
    start = last_moment(add_months(on, -_months(on)))
    wanted = [kind.value for kind in kinds]
    rows = list(models.Duty.objects.filter(kind__in=wanted, raised_at__gt=start, raised_at__lte=end))
    steps = models.Step.objects.filter(duty__in=rows, at__lte=end).order_by("number")
    newest = {step.duty_id: step for step in steps}
    found: Counter[str] = Counter()
    for row in rows:
        step = newest.get(row.pk)
        if step is None or step.kind != models.StepKind.SUPERSEDED:
            done_at = step.done_at if step else None
            status = rule.standing(duty(row), done_at, at=end).status
            found[_part(status, done=done_at is not None)] += 1
    return DutyTally(**found)


def standing(*, on: date, kinds: Collection[DutyKind] = tuple(DutyKind)) -> Standing:
    """Were all duties of these kinds that arose in the look-back before a day done in time?"""
    return rule.all_in_time(done_in_time(on=on, kinds=kinds), months=_months(on))


def _months(on: date) -> int:
    return int(clauses.parameter("controls.look-back", on=on).value)


def _part(status: Status, *, done: bool) -> str:
    if status is Status.NOT_MET:
        return "late" if done else "overdue"
    return "in_time" if done else "waiting"
