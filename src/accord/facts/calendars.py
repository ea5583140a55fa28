"""The district's calendar: which days are school days, and how far that is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from accord.facts.coded import Coded


class DayKind(Coded):
    """What a calendar says of a day."""

    INSTRUCTION = "instruction", "School day"
    MINIMUM_DAY = "minimum_day", "Minimum day"
    HOLIDAY = "holiday", "Holiday"
    BREAK = "break", "Break"
    STAFF_ONLY = "staff_only", "Staff only, no students"

    @property
    def has_school(self) -> bool:
        """Do students attend on such a day?"""
        return self in (DayKind.INSTRUCTION, DayKind.MINIMUM_DAY)


@dataclass(frozen=True)
class CalendarDay:
    """One line of a district calendar."""

    day: date
    kind: DayKind
    name: str = ""


@dataclass(frozen=True)
class Term:
    """The first and the last day of instruction of one school year."""

    first: date
    last: date


@dataclass(frozen=True)
class SchoolCalendar:
    """Where school is held: weekdays of the terms, without `closed`, and with the weekend days in `made_up`.

    A school year without a term is not known.
    """

    terms: tuple[Term, ...] = ()
    closed: tuple[date, ...] = ()
    made_up: tuple[date, ...] = ()

    @cached_property
    def without_school(self) -> frozenset[date]:
        return frozenset(self.closed)

    @cached_property
    def with_school(self) -> frozenset[date]:
        return frozenset(self.made_up)
