"""The school year, which runs from July 1 to June 30 and is written "2026-27"."""

from __future__ import annotations

from datetime import date

_JULY = 7


def school_year(day: date) -> str:
    """The school year of a day: "2026-27"."""
    first = day.year - (day.month < _JULY)
    return f"{first}-{(first + 1) % 100:02d}"


def school_year_days(year: str) -> tuple[date, date]:
    """First and last day of a school year such as "2025-26"."""
    first = int(year[:4])
    return date(first, _JULY, 1), date(first + 1, _JULY - 1, 30)
