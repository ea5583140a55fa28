"""Invented districts for measuring and for tests: skewed school sizes, mixed groups, rare outcomes, all from a seed."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from accord.facts import Grade, InitiatedBy, Kind
from accord.stats.intake import frame
from accord.stats.schema import BAND_OF, ENROLLMENT, EVENTS, OUTCOMES

_RACES = {
    "hispanic": 52,
    "white": 21,
    "asian": 11,
    "black": 7,
    "two_or_more": 5,
    "pacific_islander": 1,
    "american_indian": 1,
    "unknown": 2,
}
_CHANCE = {
    "arrest": 0.02,
    "referral_for_prosecution": 0.05,
    "citation": 0.06,
    "diversion": 0.04,
    "report_to_school": 0.3,
    "psychiatric_hold": 0.02,
    "transport": 0.03,
    "removed_from_campus": 0.03,
    "search": 0.1,
    "restraint": 0.03,
    "force_used": 0.015,
}
_GRADES = [grade.value for grade in Grade if grade != Grade.UNKNOWN]


def district(seed: int, *, schools: int = 12, students: int = 9800, contacts: int = 900) -> tuple[Any, Any]:
    """Events and enrollment of the school year 2025-26, as frames that went through the same check as a file."""
    chance = random.Random(seed)
    names = [f"School {number:02d}" for number in range(1, schools + 1)]
    sizes = [chance.gammavariate(1.5, 1) + 0.1 for _ in names]
    people = [_student(chance, names, sizes) for _ in range(students)]
    groups: dict[tuple[str, ...], int] = {}
    for person in people:
        groups[person] = groups.get(person, 0) + 1
    columns = ("school", "grade", "race", "sex", "disability", "english_learner")
    enrollment = [
        {**dict(zip(columns, group, strict=True)), "school_year": "2025-26", "count": count}
        for group, count in sorted(groups.items())
    ]
    events = [_event(chance, number, chance.choice(people)) for number in range(contacts)]
    return (
        frame(enumerate(events, 2), EVENTS, where="events"),
        frame(enumerate(enrollment, 2), ENROLLMENT, where="enrollment"),
    )


def _student(chance: random.Random, names: list[str], sizes: list[float]) -> tuple[str, ...]:
    return (
        chance.choices(names, sizes)[0],
        chance.choice(_GRADES),
        chance.choices(list(_RACES), list(_RACES.values()))[0],
        chance.choices(["female", "male", "nonbinary"], [48, 51, 1])[0],
        chance.choices(["none", "idea", "section_504"], [84, 13, 3])[0],
        chance.choices(["yes", "no"], [22, 78])[0],
    )


def _event(chance: random.Random, number: int, person: tuple[str, ...]) -> dict[str, Any]:
    school, grade, race, sex, disability, english_learner = person
    return {
        "interaction": f"i{number // chance.choice([1, 1, 1, 2])}",
        "occurred_on": (date(2025, 8, 11) + timedelta(days=chance.randrange(300))).isoformat(),
        "school": school,
        "kind": chance.choice(list(Kind)).value,
        "initiated_by": chance.choice(list(InitiatedBy)).value,
        "grade_band": BAND_OF[grade],
        "race": race,
        "sex": sex,
        "disability": disability,
        "english_learner": english_learner,
        "role": chance.choices(["subject", "witness", "victim"], [85, 10, 5])[0],
        **{item.name: "yes" if chance.random() < _CHANCE[item.name] else "no" for item in OUTCOMES},
    }
