"""What a school tells of a student beside the answers of the roster: who told it, and who is shown it.

Age as the school knows it, what parents were told and in which language, special education, suspension and expulsion
are student records wherever they stand. An officer is shown of them what the officer told. What somebody else told is
said to be told, is not asked of the officer, and stays as it is when the officer corrects the contact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from accord.decision import Finding
from accord.facts import Action, PersonContacted, PersonKind
from accord.facts.details import ContactDetails
from accord.facts.person_details import PersonDetails
from accord.web.interactions import facts
from accord.web.interactions.models import Person, Version
from accord.web.interactions.person_details_asked import NOTICES, notice_fields

OF_CONTACT = ("special_needs", "suspended_at", "expelled_at")
"""Answers of `ContactDetails`. Each is asked in a field of the same name."""

FIELDS: Mapping[str, frozenset[str]] = {
    "age": frozenset({"age"}),
    "parent_told_at": frozenset({"questioning_told_at"}),
    "notices": frozenset(name for number in NOTICES for name in notice_fields(number)),
}
"""Answers about a person, and the fields in which each is asked."""

_TELLING = {"counsel", "counsel_from", "notice_1_at"}
"""Fields at which what a reviewer must look at turns on these answers."""

Answers = Mapping[str, Any]
"""The answers that were given, by name."""


@dataclass(frozen=True)
class Withheld:
    """The answers that a reader is not shown, about the contact and about each person in it, by position from 0."""

    contact: Answers
    people: tuple[Answers, ...]

    def of(self, position: object) -> Answers:
        """The answers about the person who stood at this position; none about anybody who is new."""
        return self.people[position] if isinstance(position, int) and 0 <= position < len(self.people) else {}

    def gives_away(self, finding: Finding, was: object) -> bool:
        """Would a finding about the person who stood at this position tell of an answer that is not shown?"""
        return finding.field.rpartition(".")[2] in _TELLING and bool(self.of(was))


NOTHING = Withheld({}, ())


def of_details(details: ContactDetails) -> Answers:
    """What is told of the contact."""
    return {name: held for name in OF_CONTACT if (held := getattr(details, name))}


def of_person_details(details: PersonDetails) -> Answers:
    """What is told of one person."""
    told = {
        "age": details.age,
        "parent_told_at": details.questioning.parent_told_at,
        "notices": details.notices or None,
    }
    return {name: held for name, held in told.items() if held is not None}


def of_contact(version: Version, reader: str | None) -> Answers:
    """What is told of the contact and not shown to this reader (`recorded.own_reader`)."""
    return _others(of_details(facts.details(version)), version.filled_by, reader)


def of_person(row: Person, reader: str | None) -> Answers:
    """What is told of one person and not shown to this reader."""
    return _others(of_person_details(facts.person(row).details), row.filled_by, reader)


def _others(told: Answers, filled_by: Mapping[str, str], reader: str | None) -> Answers:
    return {} if reader is None else {name: told[name] for name in told if filled_by.get(name) != reader}


def of_version(version: Version, reader: str | None) -> Withheld:
    """What is told in a version and not shown to this reader."""
    if reader is None:
        return NOTHING
    return Withheld(of_contact(version, reader), tuple(of_person(row, reader) for row in version.people.all()))


def fields(held: Iterable[str]) -> frozenset[str]:
    """The fields in which these answers are asked."""
    return frozenset(field for name in held for field in FIELDS.get(name, (name,)))


def without(details: PersonDetails, held: Iterable[str]) -> PersonDetails:
    """What is told of one person without these answers."""
    return _with(details, {name: () if name == "notices" else None for name in held})


def kept(person: PersonContacted, held: Answers) -> PersonContacted:
    """A person as typed, with the answers that stay. They are about a student, and leave with the questioning."""
    if person.kind is not PersonKind.STUDENT:
        return person
    asked = Action.QUESTIONED in person.actions
    staying = {name: answer for name, answer in held.items() if asked or name != "parent_told_at"}
    return replace(person, details=_with(person.details, staying))


def _with(details: PersonDetails, told: Answers) -> PersonDetails:
    questioning = {name: told[name] for name in ("parent_told_at",) if name in told}
    rest = {name: told[name] for name in ("age", "notices") if name in told}
    return replace(details, questioning=replace(details.questioning, **questioning), **rest)


def tellers_of(details: ContactDetails, before: Version | None, *, by: str) -> dict[str, str]:
    """By which account each answer about the contact is told, where this takes the place of a version `before`."""
    told, told_by = (of_details(facts.details(before)), before.filled_by) if before else ({}, {})
    return tellers(of_details(details), told, told_by, by=by)


def tellers(now: Answers, before: Answers, told_by: Mapping[str, str], *, by: str) -> dict[str, str]:
    """By which account each answer is told: by `by`, where it does not stand as it was told `before`."""
    return {
        name: told_by.get(name, "") if name in before and before[name] == held else by for name, held in now.items()
    }
