"""What is told of one person contacted beyond what happened and how it ended: questioning, search, force, notice.

Every answer may be missing: what a contact calls for is for `rules/interactions_persons` to say. No name, no number
of a person and no free text stands here. All times in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from accord.facts.person_codes import (
    Aid,
    Answer,
    Counsel,
    Extent,
    GivenTo,
    Injury,
    Language,
    NoticeWay,
    Reached,
    RestraintDevice,
    Rights,
    SchoolContact,
    Searcher,
    Standard,
    Urgency,
    Witness,
)
from accord.facts.stop_codes import Contraband, ForceAction, PropertyType, SearchBasis, SeizureBasis


@dataclass(frozen=True)
class Questioning:
    """How the person was questioned about an offense.

    `custodial`: was the person not free to leave? `urgency`: the facts that excuse questions before a lawyer.
    """

    custodial: Answer | None = None
    began_at: datetime | None = None
    counsel: Counsel | None = None
    counsel_from: datetime | None = None
    counsel_until: datetime | None = None
    urgency: tuple[Urgency, ...] = ()
    rights: Rights | None = None
    parent_told_at: datetime | None = None


@dataclass(frozen=True)
class Search:
    """Who searched the person or property, on what ground, how far, before whom, and what was found."""

    by: tuple[Searcher, ...] = ()
    bases: tuple[SearchBasis, ...] = ()
    standard: Standard | None = None
    extent: tuple[Extent, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    found: tuple[Contraband, ...] = ()


@dataclass(frozen=True)
class Force:
    """What force and what restraint device met the person, and who was hurt. `hit`: did a shot hit the person?"""

    types: tuple[ForceAction, ...] = ()
    hit: Answer | None = None
    devices: tuple[RestraintDevice, ...] = ()
    person_hurt: Injury | None = None
    officer_hurt: Injury | None = None
    aid: tuple[Aid, ...] = ()


@dataclass(frozen=True)
class Seizure:
    """What was taken from the person, why, and where it went."""

    what: tuple[PropertyType, ...] = ()
    why: tuple[SeizureBasis, ...] = ()
    given_to: tuple[GivenTo, ...] = ()


@dataclass(frozen=True)
class Offences:
    """For which offenses, by their codes in the state's table, each outcome came."""

    citation: tuple[str, ...] = ()
    arrest: tuple[str, ...] = ()
    referral: tuple[str, ...] = ()


@dataclass(frozen=True)
class SchoolReport:
    """Was the school told of what a student did, when, and whom was it told to?"""

    told: Answer | None = None
    at: datetime | None = None
    to: tuple[SchoolContact, ...] = ()


@dataclass(frozen=True)
class Notice:
    """One attempt to tell a parent or guardian."""

    at: datetime | None = None
    how: NoticeWay | None = None
    language: Language | None = None
    reached: Reached | None = None


@dataclass(frozen=True)
class PersonDetails:
    """What the officer's acts toward one person call for.

    `age` in years as known on that day, None where it is not; never what an officer perceived.
    """

    age: int | None = None
    questioning: Questioning = field(default_factory=Questioning)
    search: Search = field(default_factory=Search)
    force: Force = field(default_factory=Force)
    seizure: Seizure = field(default_factory=Seizure)
    offences: Offences = field(default_factory=Offences)
    report: SchoolReport = field(default_factory=SchoolReport)
    notices: tuple[Notice, ...] = ()
