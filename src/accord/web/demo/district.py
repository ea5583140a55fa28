"""The invented district: schools, shares and rates, chosen to be believable and to leave some obligations unmet."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

from accord.facts import Disability, EnglishLearner, Grade, Race, Sex

NAME = "Sierra Vista Unified"
AGENCY = "Sierra Vista Police Department"
MAIL = "@sierravista.example"
"""How every user name of the demo ends: a domain that no district can have, so its database is known by it."""

_ELEMENTARY = (Grade.TK, Grade.KN, Grade.G01, Grade.G02, Grade.G03, Grade.G04, Grade.G05)
_MIDDLE = (Grade.G06, Grade.G07, Grade.G08)
_HIGH = (Grade.G09, Grade.G10, Grade.G11, Grade.G12)


@dataclass(frozen=True)
class InventedSchool:
    """A school: last seven digits of its code, name, level, grades, students, contacts per 100 students a year."""

    code: str
    name: str
    level: str
    grades: tuple[Grade, ...]
    students: int
    contacts: float


SCHOOLS = (
    InventedSchool("0100001", "Sierra Vista High", "High", _HIGH, 1900, 19.0),
    InventedSchool("0100002", "Granite Bay High", "High", _HIGH, 1750, 15.0),
    InventedSchool("0100003", "Pathways Continuation High", "Continuation", _HIGH[1:], 180, 44.0),
    InventedSchool("0100011", "Cedar Middle", "Middle", _MIDDLE, 950, 13.0),
    InventedSchool("0100012", "Dolores Huerta Middle", "Middle", _MIDDLE, 880, 11.0),
    InventedSchool("0100013", "Lakeside Middle", "Middle", _MIDDLE, 760, 9.0),
    InventedSchool("0100021", "Acorn Elementary", "Elementary", _ELEMENTARY, 600, 1.6),
    InventedSchool("0100022", "Bluebird Elementary", "Elementary", _ELEMENTARY, 580, 1.2),
    InventedSchool("0100023", "Canyon View Elementary", "Elementary", _ELEMENTARY, 570, 1.1),
    InventedSchool("0100024", "Juniper Elementary", "Elementary", _ELEMENTARY, 560, 1.4),
    InventedSchool("0100025", "Meadow Elementary", "Elementary", _ELEMENTARY, 540, 1.0),
    InventedSchool("0100026", "Poppy Elementary", "Elementary", _ELEMENTARY, 530, 1.2),
)
"""Twelve schools, 9,800 students. County 99 does not exist, so that no code is anybody's."""

CDS_PREFIX = "9999999"

RACES = {
    Race.HISPANIC: 0.52,
    Race.WHITE: 0.21,
    Race.ASIAN: 0.11,
    Race.BLACK: 0.07,
    Race.TWO_OR_MORE: 0.06,
    Race.PACIFIC_ISLANDER: 0.015,
    Race.AMERICAN_INDIAN: 0.01,
    Race.UNKNOWN: 0.005,
}
CONTACT_WEIGHT = {
    Race.HISPANIC: 1.05,
    Race.WHITE: 0.75,
    Race.ASIAN: 0.4,
    Race.BLACK: 2.6,
    Race.TWO_OR_MORE: 1.1,
    Race.PACIFIC_ISLANDER: 1.3,
    Race.AMERICAN_INDIAN: 1.8,
    Race.UNKNOWN: 1.0,
}
"""How much likelier than average a student of a group is the subject of a contact."""

Student = tuple[Grade, Race, Sex, Disability, EnglishLearner]


def students(school: InventedSchool, rng: random.Random) -> Counter[Student]:
    """The students of a school by grade, race, sex, disability and English learner, as counts."""
    return Counter(_student(school, rng) for _ in range(school.students))


def _student(school: InventedSchool, rng: random.Random) -> Student:
    race = rng.choices(list(RACES), list(RACES.values()))[0]
    sex = rng.choices([Sex.FEMALE, Sex.MALE, Sex.NONBINARY], [48.6, 51.0, 0.4])[0]
    disability = rng.choices(
        [Disability.NONE, Disability.IDEA, Disability.SECTION_504], [0.84, 0.14 if sex is Sex.MALE else 0.10, 0.03]
    )[0]
    learner = 0.34 if race is Race.HISPANIC else 0.22 if race is Race.ASIAN else 0.02
    english = EnglishLearner.YES if rng.random() < learner else EnglishLearner.NO
    return rng.choice(school.grades), race, sex, disability, english


def subject(enrolled: Counter[Student], rng: random.Random) -> Student:
    """A student of the school, drawn with the weights of a contact."""
    groups = list(enrolled)
    weights = [
        count
        * CONTACT_WEIGHT[group[1]]
        * (1.5 if group[2] is Sex.MALE else 1.0)
        * (1.8 if group[3] is Disability.IDEA else 1.0)
        for group, count in enrolled.items()
    ]
    return rng.choices(groups, weights)[0]
