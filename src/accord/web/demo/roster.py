"""The invented roster: some six hundred students with names nobody has, and who of them was in a contact this year."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from accord.exchange.crdc import is_referral
from accord.facts import PersonKind, PersonRole, Race
from accord.web.demo.contacts import InventedContact
from accord.web.demo.district import Student

PER_SCHOOL = 50
"""Students on the roster of each school; more where more were in contacts."""
_FIRST_NUMBER = 910_001
_COLUMNS = (
    "local_id", "school", "grade", "sex", "hispanic", "race", "race2", "disability", "english_learner",
    "given_name", "family_name", "birth_date",
)  # fmt: skip
_RACES: Mapping[Race, tuple[str, str, str]] = {
    Race.HISPANIC: ("Y", "700", ""),
    Race.AMERICAN_INDIAN: ("N", "100", ""),
    Race.ASIAN: ("N", "201", ""),
    Race.PACIFIC_ISLANDER: ("N", "301", ""),
    Race.BLACK: ("N", "600", ""),
    Race.WHITE: ("N", "700", ""),
    Race.TWO_OR_MORE: ("N", "600", "700"),
    Race.UNKNOWN: ("", "", ""),
}
"""What a family answered, for each group that the answers roll up to."""
_GIVEN = (
    "Agate Alder Amberleaf Aster Basil Beryl Birchley Bramble Briar Calico Cinder Clover Cobalt Comet Coral Cypressa "
    "Dahlia Drizzle Ember Fennel Fernley Flint Garnet Gingko Hazelnut"
).split()
_FAMILY = (
    "Acornwell Brookstone Cloudberry Dewmeadow Elmhollow Foxglovely Graniteson Hillmoss Inkberry Juniperson Kelpworth "
    "Lanternly Marigolden Nutmegger Oakapple Pebblecreek Quartzley Riverreed Sagebrushel Thistledown Umberfield "
    "Violetwood Willowmere Yarrowby Zinnialand"
).split()
"""Plants, stones and weather: names that read as names and are nobody's."""


@dataclass(frozen=True)
class Roster:
    """The roster as a file, and for each school and group the numbers of its students who were in contacts."""

    text: str
    numbers: Mapping[tuple[int, Student], list[str]]


@dataclass
class _Making:
    year: int
    rows: list[list[str]] = field(default_factory=list)
    numbers: dict[tuple[int, Student], list[str]] = field(default_factory=lambda: defaultdict(list))
    per_school: Counter[int] = field(default_factory=Counter)

    def add(self, key: int, cds: str, group: Student, name: tuple[str, str]) -> str:
        number = str(_FIRST_NUMBER + len(self.rows))
        grade, race, sex, disability, english = (code.value for code in group)
        born = _born(grade, self.year, len(self.rows))
        self.rows.append([number, cds, grade, sex, *_RACES[Race(race)], disability, english, *name, born])
        self.per_school[key] += 1
        return number


def _born(grade: str, year: int, number: int) -> str:
    """A day on which a student of this grade may have been born, for the school year that begins in `year`."""
    age = 5 + int(grade) if grade.isdecimal() else {"TK": 4, "KN": 5}.get(grade)
    return "" if age is None else date(year - age, 1 + number % 8, 1 + number * 5 % 28).isoformat()


def counts(person: Mapping[str, object], contact: InventedContact) -> bool:
    """Does the federal collection count this person of a contact?"""
    entry = contact.entry
    subject = person["kind"] is PersonKind.STUDENT and person["role"] is PersonRole.SUBJECT
    outcomes: Iterable[object] = person["outcomes"]  # type: ignore[assignment]
    return subject and is_referral(entry["kind"], entry["initiated_by"], outcomes)  # type: ignore[arg-type]


def group(person: Mapping[str, object]) -> Student:
    """The group of a student of a contact."""
    return tuple(person[name] for name in ("grade", "race", "sex", "disability", "english_learner"))  # type: ignore[return-value]


def invent(
    contacts: Iterable[InventedContact],
    enrolled: Mapping[int, Counter[Student]],
    cds: Mapping[int, str],
    rng: random.Random,
    *,
    year: int,
) -> Roster:
    """A roster on which everybody of these contacts whom the federal collection counts can be found.

    `year` is the one in which the school year begins.
    """
    names = [(given, family) for given, family in product(_GIVEN, _FAMILY)]
    rng.shuffle(names)
    spare = iter(names * 4)
    made = _Making(year)
    for contact in contacts:
        met = Counter(group(one) for one in contact.entry["people"] if counts(one, contact))
        for one, several in met.items():
            held = made.numbers[contact.school, one]
            held += [
                made.add(contact.school, cds[contact.school], one, next(spare)) for _ in range(several - len(held))
            ]
    for key, groups in enrolled.items():
        missing = max(0, PER_SCHOOL - made.per_school[key])
        for one in rng.choices(list(groups), list(groups.values()), k=missing):
            made.add(key, cds[key], one, next(spare))
    return Roster(_csv(made.rows), made.numbers)


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows(rows)
    return text.getvalue()
