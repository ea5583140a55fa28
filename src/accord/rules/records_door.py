"""By which door a request comes: the few facts that decide which grounds are for it at all.

They have few values, so what they settle is worked out once for all requests that share them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from accord.decision import Say
from accord.facts.records import Asked, Capacity, PaperKind, Purpose, RecordKind
from accord.rules.records_consents import for_student
from accord.rules.records_lacking import Need


class Door(NamedTuple):
    """Who asks, for what, with what in hand. `known`: is it verified who asks? `one_student`: about a single student?

    `consent_opens`: did the law of that day let a consent open a record for immigration enforcement?
    """

    capacity: Capacity
    purpose: Purpose
    kind: RecordKind
    paper: PaperKind | None
    known: bool
    one_student: bool
    emergency: bool
    identifiers_removed: bool
    consent_on_file: bool
    enforcement: bool
    consent_opens: bool


Marks = tuple[Capacity, Purpose, RecordKind, PaperKind | None, bool, bool, bool, bool, bool, bool, bool]
"""What a door holds, in its order. A bare tuple is made in a fraction of the time that a door takes."""

# Names of this module are found in a fifth of the time that a member of a closed list takes.
IMMIGRATION, IMMIGRATION_OFFICER = Purpose.IMMIGRATION, Capacity.IMMIGRATION_OFFICER


def for_immigration(asked: Asked) -> bool:
    """Is the request for immigration enforcement, by purpose, by who asks or by whom it is passed to?"""
    request = asked.request
    if request.purpose is IMMIGRATION or request.asker.capacity is IMMIGRATION_OFFICER:
        return True
    return bool(request.passed_to) and any(one.capacity is IMMIGRATION_OFFICER for one in request.passed_to)


def door(asked: Asked) -> Door:
    """By which door a copy would go."""
    return Door(*marks(asked))


def marks(asked: Asked) -> Marks:
    """What settles by which door a copy would go."""
    request, record = asked.request, asked.record
    asker, paper = request.asker, request.paper
    return (
        asker.capacity,
        request.purpose,
        record.kind,
        None if paper is None else paper.kind,
        asker.identity_verified is True,
        bool(request.student.id) and not request.whole_group,
        request.emergency is not None,
        record.identifiers_removed is True,
        bool(asked.on_file.consents and for_student(asked)),
        for_immigration(asked),
        asked.numbers.immigration_judicial_only is False,
    )


@dataclass(frozen=True, eq=False)
class ByDoor(Need):
    """A need that the door settles."""

    fits: Callable[[Door], bool] = field(kw_only=True)


def by_door(words: Say, fits: Callable[[Door], bool]) -> ByDoor:
    """A need, and the test of it that asks for nothing but the door."""
    return ByDoor(words, fits=fits)


def asks_as(words: str, *capacities: Capacity) -> ByDoor:
    """Whoever asks does so in one of these capacities."""
    return by_door(Say(words), lambda door: door.capacity in capacities)


def is_kind(words: str, *kinds: RecordKind) -> ByDoor:
    """The record is of one of these kinds."""
    return by_door(Say(words), lambda door: door.kind in kinds)


def is_for(words: Say, *purposes: Purpose) -> ByDoor:
    """The request states one of these purposes."""
    return by_door(words, lambda door: door.purpose in purposes)


IDENTITY = by_door(Say("The identity of whoever asks is verified."), lambda door: door.known)
NAMED_STUDENT = by_door(Say("The request is about one named student."), lambda door: door.one_student)
