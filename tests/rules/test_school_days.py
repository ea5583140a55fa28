"""Counting school days: weekends, holidays, Saturdays made up, summers, and years nobody knows."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.facts import CalendarDay, DayKind, SchoolCalendar, Term
from accord.facts.school_years import school_year
from accord.rules.school_days import Counted, add_school_days, is_school_day, last_moment, school_calendar

TERM = Term(date(2026, 8, 17), date(2027, 6, 4))
YEAR = SchoolCalendar(terms=(TERM,), closed=(date(2026, 9, 7),), made_up=(date(2026, 9, 12),))


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        (date(2026, 8, 17), True),
        (date(2027, 6, 4), True),
        (date(2026, 9, 7), False),
        (date(2026, 9, 5), False),
        (date(2026, 9, 12), True),
        (date(2026, 8, 14), False),
        (date(2027, 6, 7), False),
        (date(2027, 7, 1), None),
        (date(2026, 6, 30), None),
        (date(2027, 7, 3), False),
    ],
)
def test_a_day_is_a_school_day_or_not_or_nobody_knows(day: date, answer: bool | None):
    assert is_school_day(day, YEAR) is answer


def test_counting_starts_the_day_after_and_steps_over_days_without_school():
    assert add_school_days(date(2026, 9, 4), 1, YEAR) == Counted(date(2026, 9, 8))
    assert add_school_days(date(2026, 9, 11), 1, YEAR) == Counted(date(2026, 9, 12))
    assert add_school_days(date(2026, 9, 7), 5, YEAR) == Counted(date(2026, 9, 12))


def test_counting_into_a_year_nobody_knows_says_so():
    assert add_school_days(date(2027, 6, 4), 1, YEAR) == Counted(date(2027, 7, 1), known=False)


def test_zero_school_days_cannot_be_counted():
    with pytest.raises(ValueError, match="from one on"):
        add_school_days(date(2026, 9, 4), 0, YEAR)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 6, 30), "2025-26"), (date(2026, 7, 1), "2026-27"), (date(2099, 12, 31), "2099-00")],
)
def test_a_school_year_begins_in_july(day: date, year: str):
    assert school_year(day) == year


def listed(*days: tuple[date, DayKind]) -> SchoolCalendar:
    return school_calendar((CalendarDay(day, kind) for day, kind in days), shortest_days=150)


def test_a_listed_year_runs_from_its_first_to_its_last_school_day():
    calendar = listed(
        (date(2027, 6, 4), DayKind.MINIMUM_DAY),
        (date(2026, 8, 17), DayKind.INSTRUCTION),
        (date(2026, 9, 7), DayKind.HOLIDAY),
        (date(2026, 9, 12), DayKind.INSTRUCTION),
        (date(2027, 6, 7), DayKind.STAFF_ONLY),
    )
    assert calendar == SchoolCalendar((TERM,), (date(2026, 9, 7), date(2027, 6, 7)), (date(2026, 9, 12),))


def test_a_year_of_which_only_the_beginning_is_listed_is_not_known():
    calendar = listed((date(2026, 8, 17), DayKind.INSTRUCTION), (date(2026, 10, 9), DayKind.MINIMUM_DAY))
    assert is_school_day(date(2027, 1, 11), calendar) is None


def test_a_day_ends_with_its_last_moment_when_it_has_23_25_or_24_hours():
    for day, hours in ((date(2027, 3, 14), 23), (date(2027, 11, 7), 25), (date(2028, 2, 29), 24)):
        assert last_moment(day) - last_moment(day - timedelta(days=1)) == timedelta(hours=hours)


DAYS = st.dates(date(2026, 1, 1), date(2029, 1, 1))


@given(DAYS, st.integers(1, 30), st.frozensets(DAYS, max_size=30))
def test_the_day_reached_lies_after_and_is_no_day_off(day: date, count: int, closed: frozenset[date]):
    calendar = SchoolCalendar((TERM,), tuple(closed))
    reached = add_school_days(day, count, calendar)
    assert reached.day > day
    assert is_school_day(reached.day, calendar) is not False
    between = [day + timedelta(days=offset) for offset in range(1, (reached.day - day).days + 1)]
    assert sum(is_school_day(one, calendar) is not False for one in between) == count
    assert reached.known == all(is_school_day(one, calendar) is not None for one in between)
