"""From a student of a roster to a row of ours: the school looked up, the race rolled up, the digest taken."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from accord.exchange.roster import RosterStudent
from accord.rules import students as rules
from accord.web.people.models import School
from accord.web.students.models import Student, name_key

_SCHOOL_CODE = 7
"""Digits of a school within its CDS code, which exports often give alone."""

FIELDS = (
    "ssid",
    "school_id",
    "school_stated",
    "grade",
    "birth_date",
    "sex",
    "hispanic",
    "race_codes",
    "several_races",
    "race",
    "state_race",
    "disability",
    "english_learner",
    "given_name",
    "family_name",
    "entered_on",
    "left_on",
)
"""What a roster says of a student, beside the number it is known by."""


@dataclass(frozen=True)
class Schools:
    """The district's schools by CDS code, by the last seven digits of it, and by name."""

    by_key: dict[str, int]

    def find(self, student: RosterStudent) -> int | None:
        """The school a roster means, None when the district has none of that code or name."""
        return next(
            (self.by_key[key] for key in map(_plain, (student.school, student.school_name)) if key in self.by_key), None
        )


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def schools() -> Schools:
    """The schools as they stand. What two schools share finds neither."""
    found: dict[str, int] = {}
    shared: set[str] = set()
    for school in School.objects.all():
        for key in {school.cds, school.cds[-_SCHOOL_CODE:], _plain(school.name)} - {""}:
            if found.setdefault(key, school.pk) != school.pk:
                shared.add(key)
    return Schools({key: pk for key, pk in found.items() if key not in shared})


def maker(*, at: datetime, on: date) -> Callable[[RosterStudent], Student]:
    """How a student of a roster becomes a row, with the schools and settings as they stand on a day."""
    known, apart = schools(), rules.filipino_apart(on=on)

    def row(student: RosterStudent) -> Student:
        school = known.find(student)
        made = Student(
            local_id=student.local_id,
            ssid=student.ssid,
            school_id=school,
            school_stated="" if school else student.school_name or student.school,
            grade=student.grade.value,
            birth_date=student.birth_date,
            sex=student.sex.value,
            hispanic=student.race.hispanic.value,
            race_codes=[code.value for code in student.race.codes],
            several_races=student.race.several,
            race=rules.federal(student.race).value,
            state_race=rules.state(student.race, filipino_apart=apart).value,
            disability=student.disability.value,
            english_learner=student.english_learner.value,
            given_name=student.given_name,
            family_name=student.family_name,
            name_key=name_key(student.given_name, student.family_name),
            entered_on=student.entered_on,
            left_on=student.left_on,
            updated_at=at,
        )
        made.digest = _digest(made, gone=student.gone)
        if student.gone and student.left_on is None:
            made.left_on = on
        return made

    return row


def _digest(row: Student, *, gone: bool) -> str:
    """The same for the same content, on whatever day it is brought in."""
    said = [gone, *(getattr(row, name) for name in FIELDS)]
    return hashlib.sha256(json.dumps(said, default=str, separators=(",", ":")).encode()).hexdigest()
