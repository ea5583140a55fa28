"""School days and days of the district: arithmetic on dates and instants, standard library only."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accord.facts import CalendarDay, SchoolCalendar, Term
from accord.facts.school_years import school_year

DISTRICT_TIME = ZoneInfo("America/Los_Angeles")
_SATURDAY = 5


@dataclass(frozen=True)
class Counted:
    """A day reached by counting school days; `known` is False where the calendar did not tell on the way."""

    day: date
    known: bool = True


def school_calendar(days: Iterable[CalendarDay], *, shortest_days: int) -> SchoolCalendar:
    """What a list of days says about school days.

    A school year's term runs from its first to its last listed day with school, and is taken for the whole only when
    that is at least `shortest_days` days. A weekday of the term that is not listed is a school day: the careful
    reading, since it never makes a deadline later than it is.
    """
    held: dict[str, list[date]] = {}
    closed, made_up = [], []
    for one in days:
        if not one.kind.has_school:
            closed.append(one.day)
            continue
        held.setdefault(school_year(one.day), []).append(one.day)
        if one.day.weekday() >= _SATURDAY:
            made_up.append(one.day)
    terms = sorted((Term(min(dates), max(dates)) for dates in held.values()), key=lambda term: term.first)
    whole = tuple(term for term in terms if (term.last - term.first).days + 1 >= shortest_days)
    return SchoolCalendar(whole, tuple(sorted(closed)), tuple(sorted(made_up)))


def is_school_day(day: date, calendar: SchoolCalendar) -> bool | None:
    """Is school held on this day? None when the calendar does not know the school year."""
    if day in calendar.without_school:
        return False
    if day in calendar.with_school:
        return True
    if day.weekday() >= _SATURDAY:
        return False
    if any(term.first <= day <= term.last for term in calendar.terms):
        return True
    known = {school_year(term.first) for term in calendar.terms}
    return False if school_year(day) in known else None


def add_school_days(day: date, count: int, calendar: SchoolCalendar) -> Counted:
    """The last of so many school days after a day, which itself never counts.

    A weekday of which the calendar knows nothing counts as a school day, so the answer is the earliest possible.

    Raises:
        ValueError: when `count` is less than one.
    """
    if count < 1:
        raise ValueError(f"count school days from one on, not {count}")
    known = True
    while count:
        day += timedelta(days=1)
        held = is_school_day(day, calendar)
        known = known and held is not None
        count -= held is not False
    return Counted(day, known)


def add_business_days(day: date, count: int, holidays: Collection[date]) -> date:
    """The last of so many business days after a day, which itself never counts.

    A business day is a weekday that is no holiday; the office is open when school is out.

    Raises:
        ValueError: when `count` is less than one.
    """
    if count < 1:
        raise ValueError(f"count business days from one on, not {count}")
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY and day not in holidays
    return day


def district_day(at: datetime) -> date:
    """The day of an instant in the district."""
    return at.astimezone(DISTRICT_TIME).date()


def last_moment(day: date) -> datetime:
    """The last instant, in UTC, of a day in the district. Such a day has 23 or 25 hours when the clocks change."""
    following = datetime.combine(day + timedelta(days=1), time.min, DISTRICT_TIME)
    return following.astimezone(UTC) - timedelta(microseconds=1)
