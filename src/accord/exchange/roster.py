"""What every roster comes down to: one student in one shape, and what could not be read, by file, row and column.

Names are education records of the highest class: they are kept only where the district chooses, for finding a student
and for warning that a name stands in a narrative.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from accord.decision import Say
from accord.exchange.sensitive import is_sensitive
from accord.facts import Disability, EnglishLearner, Grade, Hispanic, RaceAnswers, Sex

NO_ANSWER = RaceAnswers(Hispanic.UNKNOWN)
ID_LENGTH = 64
NAME_LENGTH = 120
"""Longest identifiers and names, in characters."""


class Place(NamedTuple):
    """Where a row stands: `row` counts students or data rows from 1, `line` is the line a text editor shows."""

    file: str
    row: int
    line: int


@dataclass(frozen=True, slots=True)
class RosterStudent:
    """A student as a roster tells of one. `school` and `school_name` are as the roster has them, not yet looked up.

    `gone` is set where the roster says that the student is no longer there without saying since when.
    """

    place: Place
    local_id: str
    ssid: str = ""
    school: str = ""
    school_name: str = ""
    grade: Grade = Grade.UNKNOWN
    birth_date: date | None = None
    sex: Sex = Sex.UNKNOWN
    race: RaceAnswers = NO_ANSWER
    disability: Disability = Disability.UNKNOWN
    english_learner: EnglishLearner = EnglishLearner.UNKNOWN
    entered_on: date | None = None
    left_on: date | None = None
    given_name: str = ""
    family_name: str = ""
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Rejected:
    """One thing that keeps a row out. `problem` never repeats what stood in the cell."""

    file: str
    row: int
    line: int
    column: str
    problem: Say


@dataclass(frozen=True)
class Choices:
    """What the district decides about an import.

    Args:
        on: the day of the import; nobody is born after it.
        ssid_digits: how long a statewide identifier is.
        keep_names: whether given and family names are read at all.
        drops: which columns are dropped by their name; the answer of `sensitive.is_sensitive` always counts too.
    """

    on: date
    ssid_digits: int
    keep_names: bool = True
    drops: Callable[[str], bool] = is_sensitive

    def dropped(self, column: str) -> bool:
        return is_sensitive(column) or self.drops(column)


@dataclass
class Reading:
    """What has been learned about a roster so far; complete once its students have been gone through."""

    choices: Choices
    format: str
    rows: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    _dropped: dict[str, None] = field(default_factory=dict)
    _warnings: dict[str, Say] = field(default_factory=dict)

    def reject(self, place: Place, column: str, problem: Say) -> None:
        """Keep a row out and say why."""
        self.rejected.append(Rejected(*place, column, problem))

    def drop(self, column: str) -> None:
        """Note that a column was not read because of what it holds."""
        self._dropped[column] = None

    def warn(self, sentence: Say) -> None:
        """Note something that keeps no row out."""
        self._warnings[str(sentence)] = sentence

    @property
    def dropped_columns(self) -> list[str]:
        return list(self._dropped)

    @property
    def warnings(self) -> list[Say]:
        return list(self._warnings.values())


Students = Iterator[RosterStudent]
