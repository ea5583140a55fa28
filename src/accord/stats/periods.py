"""Months, quarters and years of counts. Years are school years, July to June; the first quarter begins in July."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from itertools import pairwise

from accord.facts.school_years import school_year
from accord.stats.hierarchies import Hierarchy

PERIOD = "period"
"""The name of the column that periods go in."""

_JULY = 7
_MONTHS_IN_QUARTER = 3


class Period(StrEnum):
    """The shortest period that is counted by; the longer ones are counted along with it."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


def code(month: date, period: Period) -> str:
    """The period that a month is in: "2025-09", "2025-26 Q1" or "2025-26 year"."""
    year = school_year(month)
    if period is Period.MONTH:
        return f"{month:%Y-%m}"
    if period is Period.QUARTER:
        return f"{year} Q{(month.month - _JULY) % 12 // _MONTHS_IN_QUARTER + 1}"
    return f"{year} year"


def hierarchy(months: Iterable[date], shortest: Period) -> Hierarchy | None:
    """How months, quarters and years of these months lie in one another; None for years, which lie in nothing."""
    levels = list(Period)[list(Period).index(shortest) :]
    links = {code(month, below): code(month, above) for month in sorted(months) for below, above in pairwise(levels)}
    return Hierarchy(PERIOD, links) if links else None


def year_of(period: str) -> str:
    """The school year that a code of a period lies in: "2025-26"."""
    if " " in period:
        return period.partition(" ")[0]
    return school_year(date.fromisoformat(f"{period}-01"))
