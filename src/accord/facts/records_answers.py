"""What a request for student records is answered with, and what follows from the answer."""

from __future__ import annotations

from dataclasses import dataclass

from accord.decision import Finding, Say
from accord.facts.records_codes import Ruling


@dataclass(frozen=True)
class LogEntry:
    """What must be written of a request. `required` is what 34 CFR 99.32 asks; `why` says so in words."""

    required: bool
    sealed: bool
    why: Say
    holds: dict[str, str]


@dataclass(frozen=True)
class Owed:
    """Something that follows: who does what, by when."""

    what: Say
    who: str
    due: Say


@dataclass(frozen=True)
class Wanted:
    """A fact that would have to be on file for this clause to allow the release of this record."""

    clause: str
    record: str
    fact: Say


@dataclass(frozen=True)
class Ruled:
    """The answer for one record, and the clause that it rests on."""

    record: str
    ruling: Ruling
    basis: str


@dataclass(frozen=True)
class Answer:
    """The answer to a request with everything that follows from it."""

    ruling: Ruling
    basis: str
    records: tuple[Ruled, ...]
    findings: tuple[Finding, ...]
    wanted: tuple[Wanted, ...]
    log: LogEntry
    duties: tuple[Owed, ...] = ()
    limits: tuple[Say, ...] = ()
    rule_version: str = ""
