"""Cells of published files of stops: yes and no, whole numbers, dates, times."""

from __future__ import annotations

from datetime import date, time
from functools import lru_cache

from accord.exchange.ripa_json_values import read_clock, read_day, shown

_YES = frozenset({"1", "1.0", "y", "yes", "t", "true"})
_NO = frozenset({"", "0", "0.0", "n", "no", "f", "false", "na", "n/a", "null"})


class BadCell(ValueError):  # noqa: N818 - the name is what it is
    """A cell that cannot be read; the message says why."""


def yes(cell: str) -> bool:
    """Yes, or no; blank is no."""
    return answer(cell) is True


def answer(cell: str) -> bool | None:
    """Yes or no; None where the cell is blank."""
    word = cell.strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False if word else None
    raise BadCell(f"{shown(cell)} is neither yes nor no")


def whole(cell: str) -> int | None:
    """A whole number, as "12" or "12.0"; None where the cell is blank."""
    word = cell.strip().removesuffix(".0")
    if not word:
        return None
    if not (word.isascii() and word.removeprefix("-").isdigit() and len(word) <= 9):
        raise BadCell(f"{shown(cell)} is not a whole number")
    return int(word)


@lru_cache(maxsize=4096)
def day(cell: str) -> date:
    """A date, MM/DD/YYYY or YYYY-MM-DD, with or without a time of midnight after it."""
    found = read_day(cell.strip().replace("T00:00", " 00:00"))
    if found is None:
        raise BadCell(f"{shown(cell)} is not a date" if cell.strip() else "the date is missing")
    return found


@lru_cache(maxsize=4096)
def clock(cell: str) -> time | None:
    """A time of 24 hours, HH:MM, HH:MM:SS or HHMM; None where the cell is blank."""
    word = cell.strip()
    if not word:
        return None
    found = read_clock(word.zfill(4) if word.isdigit() else word)
    if found is None:
        raise BadCell(f"{shown(cell)} is not a time of 24 hours")
    return found
