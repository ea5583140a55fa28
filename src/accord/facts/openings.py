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
    """A week that was to be looked over: its last day, and the day somebody did; None while nobody has.

    `own_looks`: did whoever looked it over look at records in that week themselves? None where nobody wrote it down.
    `second_on`: the day somebody else looked those over. `second_person`: may anybody else? None where nobody asked.
    """

    last_day: date
    reviewed_on: date | None = None
    own_looks: bool | None = None
    second_on: date | None = None
    second_person: bool | None = None


@dataclass(frozen=True)
class Looking:
    """Somebody about to look over a week. `first` looked it over before; "" while nobody has.

    `keeps`: do they keep the records? `own_looks`: did `first` look at records in that week themselves?
    """

    by: str
    keeps: bool = False
    first: str = ""
    own_looks: bool = False
