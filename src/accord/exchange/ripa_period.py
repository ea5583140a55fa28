"""Which days a period of stops takes in: "2026-spring", "2026-fall", "2026", "2025-26" or "2026-01-05..2026-03-31"."""

from __future__ import annotations

import re
from datetime import date

from accord.decision import BadInput

_MEND = "Write 2026-spring, 2026-fall, 2026, 2025-26 or 2026-01-05..2026-03-31."
_HALVES = {"spring": ((1, 1), (6, 30)), "fall": ((7, 1), (12, 31))}


def days(period: str) -> tuple[date, date]:
    """First and last day. Spring is January to June, fall July to December, a school year July to June.

    Raises:
        BadInput: when it is none of these, or ends before it begins.
    """
    word = period.strip().lower()
    if half := re.fullmatch(r"(\d{4})-(spring|fall)", word):
        (first, last), year = _HALVES[half[2]], int(half[1])
        return _day(year, *first, period), _day(year, *last, period)
    if re.fullmatch(r"\d{4}", word):
        return _day(int(word), 1, 1, period), _day(int(word), 12, 31, period)
    school_year = re.fullmatch(r"(\d{4})-(\d{2})", word)
    if school_year and (int(school_year[1]) + 1) % 100 == int(school_year[2]):
        year = int(school_year[1])
        return _day(year, 7, 1, period), _day(year + 1, 6, 30, period)
    return _span(word, period)


def _span(word: str, period: str) -> tuple[date, date]:
    try:
        start, end = (date.fromisoformat(part.strip()) for part in word.split(".."))
    except ValueError as error:
        raise BadInput("This is no period.", where=period, mend=_MEND) from error
    if end < start:
        raise BadInput("The period ends before it begins.", where=period, mend=_MEND)
    return start, end


def _day(year: int, month: int, number: int, period: str) -> date:
    try:
        return date(year, month, number)
    except ValueError as error:
        raise BadInput("There is no such year.", where=period, mend=_MEND) from error
