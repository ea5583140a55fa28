"""What one person looked at in a week of student records, and what is usual for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class PersonWeek:
    """One person's week. `usual` is the median of the weeks before, of everything they looked at; None without weeks.

    `looked` counts openings of records, of files and of students' names; `students` the students behind the openings.
    """

    looked: int = 0
    refused: int = 0
    students: int = 0
    out_of_hours: int = 0
    usual: float | None = None


@dataclass(frozen=True)
class WeekReview:
    """A week that was to be looked over: its last day, and the day somebody did; None while nobody has."""

    last_day: date
    reviewed_on: date | None = None
