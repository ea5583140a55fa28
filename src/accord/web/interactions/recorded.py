"""What only a school records of a student, who filled it in, and who is shown it.

An officer reads own entries and no student records. So an officer sees of these answers only what the officer typed;
what somebody at the school filled in is said to be filled in, and stays as it is when the officer corrects the entry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from accord.facts import Coded, Disability, EnglishLearner, Grade, PersonKind, Race, Sex
from accord.rules.people import Scope
from accord.web.interactions.models import Person
from accord.web.people.models import School, User

KINDS: dict[str, type[Coded]] = {
    "grade": Grade,
    "race": Race,
    "sex": Sex,
    "disability": Disability,
    "english_learner": EnglishLearner,
}
SCHOOL_RECORDED = tuple(KINDS)
LEFT = "school"
"""The answer that leaves a field to the school."""
NOT_RECORDED = "unknown"


def own_reader(scope: Scope, user: User, school: School) -> str | None:
    """The account of somebody who reaches contacts of this school only as their author; None for anyone else."""
    return None if scope.district or str(school.pk) in scope.schools else str(user.uid)


def is_shown(row: Person, name: str, reader: str | None) -> bool:
    """Is this answer shown to this reader?"""
    return reader is None or not getattr(row, name) or row.filled_by.get(name) == reader


@dataclass(frozen=True)
class Recorded:
    """The answers of one person, and which of them stay as filled in before, and by which account.

    `values` holds beside the answers the `student` on the roster whom the school linked the person to, "" for none.
    """

    values: Mapping[str, Coded | str | None]
    carried: Mapping[str, str]


def recorded(data: Mapping[str, Any], former: Sequence[Person] = (), *, own: bool = False) -> Recorded:
    """What was typed of a person. `former`: the people of the version that it was typed over.

    An answer left to the school stays what the school filled in, and is "not recorded" where it filled in nothing.
    The link to the roster stays with its person, whoever corrects; no form sends it, and only a student has one.
    `own`: typed by somebody who sees own answers only, to whom an answer typed is always the own one.
    """
    before = former_row(data, former)
    linked = before.student if before and data["kind"] == PersonKind.STUDENT else None
    values: dict[str, Coded | str | None] = {"student": str(linked.uid) if linked else ""}
    carried: dict[str, str] = {}
    for name, kind in KINDS.items():
        held = getattr(before, name) if before else ""
        typed = (held or NOT_RECORDED) if data[name] == LEFT else data[name]
        if before and held and typed == held and (data[name] == LEFT or not own):
            carried[name] = before.filled_by.get(name, "")
        values[name] = kind(typed) if typed else None
    return Recorded(values, carried)


def former_row(data: Mapping[str, Any], former: Sequence[Person]) -> Person | None:
    """The person of the former version that these answers were typed over; None for one who is new."""
    was = data.get("was")
    return former[was] if isinstance(was, int) and 0 <= was < len(former) else None
