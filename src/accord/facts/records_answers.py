"""What a request for student records is answered with, and what follows from the answer.

Most sentences in an answer are said once and shared, so they are tuples. What every decision makes anew has slots and
is not frozen: it is made in half the time of a tuple with names, and in a quarter of that of a frozen class.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from accord.decision import Finding, Say
from accord.facts.records_codes import Ruling

if TYPE_CHECKING:
    from accord.facts.records import Request


@dataclass(slots=True)
class LogEntry:
    """What must be written of a request. `required` is what 34 CFR 99.32 asks; `why` says so in words."""

    required: bool
    sealed: bool
    why: Say
    request: Request
    on: date
    ruling: Ruling

    @property
    def holds(self) -> dict[str, str]:
        """What the entry says, from the request: parties, interests, and of an emergency the threat."""
        request, asker = self.request, self.request.asker
        held = {
            "party": asker.id,
            "capacity": asker.capacity.value,
            "agency": asker.agency,
            "records": ", ".join(record.id for record in request.records),
            "interest": request.purpose.value,
            "answer": self.ruling.value,
            "at": (request.made_at or self.on).isoformat(),
            "passed_to": ", ".join(party.id or party.agency for party in request.passed_to),
        }
        if request.emergency is not None:
            held["threat"] = request.emergency.threat
            held["recipients"] = ", ".join(request.emergency.recipients)
        return {key: value for key, value in held.items() if value}


class Owed(NamedTuple):
    """Something that follows: who does what, by when."""

    what: Say
    who: str
    due: Say


class Wanted(NamedTuple):
    """A fact that would have to be on file for this clause to allow the release of this record."""

    clause: str
    record: str
    fact: Say


class Lack(NamedTuple):
    """A fact that a clause still needs of whatever record is looked at."""

    clause: str
    fact: Say


@dataclass(slots=True)
class Ruled:
    """The answer for one record, the clause that it rests on, everything found of it, and what would change it."""

    record: str
    ruling: Ruling
    basis: str
    findings: tuple[Finding, ...] = ()
    lacks: tuple[Lack, ...] = ()


@dataclass(slots=True)
class Answer:
    """The answer to a request with everything that follows from it.

    `bars` were held against the request as a whole; `word` is what was found of each claim of whoever asks.
    """

    ruling: Ruling
    basis: str
    records: tuple[Ruled, ...]
    bars: tuple[Finding, ...]
    log: LogEntry
    duties: tuple[Owed, ...] = ()
    limits: tuple[Say, ...] = ()
    rule_version: str = ""
    word: tuple[Finding, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found; what is of one record carries its id as its field."""
        of_records = [
            Finding(found.clause, found.met, found.reason, one.record) for one in self.records for found in one.findings
        ]
        return (*self.bars, *self.word, *of_records)

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """What would have to be on file for another answer, record by record."""
        return tuple([Wanted(lack.clause, one.record, lack.fact) for one in self.records for lack in one.lacks])
