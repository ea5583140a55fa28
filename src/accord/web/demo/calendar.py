"""The invented district's calendar, made for whatever years the demo covers, and the acts that bring it in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial

from accord.facts import CalendarDay, DayKind
from accord.web.duties.calendar_actions import import_calendar
from accord.web.people.models import User

_MONDAY, _THURSDAY, _FRIDAY = 0, 3, 4
_JULY = 7


def acts(by: User, *, first: date, today: date) -> list[tuple[datetime, Callable[[], object]]]:
    """Each school year from the one of `first` to the one of `today`, brought in when the demo begins."""
    at = datetime(first.year, first.month, first.day, 16, tzinfo=UTC)
    years = range(first.year - (first.month < _JULY), today.year - (today.month < _JULY) + 1)
    return [(at, partial(import_calendar, by=by, at=at, on=first, days=list(days(year)))) for year in years]


def days(year: int) -> Iterator[CalendarDay]:
    """The days that the calendar of the school year beginning in `year` lists."""
    opening, closing = _nth(year, 8, _MONDAY, 3), _nth(year + 1, 6, _FRIDAY, 1)
    thanksgiving = _nth(year, 11, _THURSDAY, 4)
    christmas = date(year, 12, 25)
    winter, spring = christmas - timedelta(days=christmas.weekday()), _nth(year + 1, 4, _MONDAY, 1)
    yield CalendarDay(opening - timedelta(days=3), DayKind.STAFF_ONLY, "Staff development")
    yield CalendarDay(opening, DayKind.INSTRUCTION, "First day of school")
    yield CalendarDay(_nth(year, 9, _MONDAY, 1), DayKind.HOLIDAY, "Labor Day")
    yield from _week(thanksgiving - timedelta(days=3), DayKind.BREAK, "Thanksgiving break")
    for week in (winter, winter + timedelta(days=7)):
        yield from _week(week, DayKind.BREAK, "Winter break")
    yield CalendarDay(_nth(year + 1, 1, _MONDAY, 3), DayKind.HOLIDAY, "Martin Luther King Jr. Day")
    yield CalendarDay(_nth(year + 1, 2, _MONDAY, 3), DayKind.HOLIDAY, "Presidents’ Day")
    yield CalendarDay(_nth(year + 1, 3, _FRIDAY, 2), DayKind.MINIMUM_DAY, "Parent conferences")
    yield from _week(spring, DayKind.BREAK, "Spring break")
    yield CalendarDay(closing, DayKind.MINIMUM_DAY, "Last day of school")


def _nth(year: int, month: int, weekday: int, count: int) -> date:
    """The first, second, … such weekday of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (count - 1))


def _week(monday: date, kind: DayKind, name: str) -> Iterator[CalendarDay]:
    yield from (CalendarDay(monday + timedelta(days=offset), kind, name) for offset in range(5))
