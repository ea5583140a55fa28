"""The answer of the rule as a person reads it: what stands in the way, and each ground, the nearest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accord import clauses
from accord.decision import RULES, Finding, Say
from accord.facts.records import Answer, Ruled, Ruling
from accord.rules.records import BASES
from accord.rules.records_bars import OF_RECORD, OF_REQUEST, OUTSIDE
from accord.rules.records_claims import CONFIRMED
from accord.web.records.plain import Stored

_GROUNDS = frozenset(basis.clause for basis in BASES)


def _clauses_of(rules: Iterable[Any]) -> frozenset[str]:
    wanted = set(rules)
    return frozenset(clause for clause, one in RULES.items() if one in wanted)


_OF_REQUEST, _OF_RECORD, _OUTSIDE = _clauses_of(OF_REQUEST), _clauses_of(OF_RECORD), _clauses_of(OUTSIDE)


@dataclass(frozen=True)
class Ground:
    """One ground: its clause, whether every fact it needs is on file, and what is not."""

    clause: clauses.Clause
    met: bool
    missing: tuple[Say, ...]


@dataclass(frozen=True)
class Looked:
    """What was found of one copy. `meant` are the grounds for whoever asks, the nearest first; `others` the rest."""

    ruled: Ruled
    bars: tuple[Finding, ...]
    outside: tuple[Finding, ...]
    meant: tuple[Ground, ...]
    others: tuple[Ground, ...]

    @property
    def let_go(self) -> bool:
        """Does the rule let this copy go?"""
        return bool(self.ruled.record) and self.ruled.ruling in (Ruling.RELEASE, Ruling.NOT_EDUCATION)

    @property
    def basis(self) -> clauses.Clause:
        """The clause that the answer for this copy rests on."""
        return clauses.clause(self.ruled.basis)


def of_request(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What is asked of the request as a whole, and of each claim of whoever asks."""
    return tuple(one for one in findings if one.clause in _OF_REQUEST or one.clause == CONFIRMED)


def looked(answer: Answer | Stored) -> list[Looked]:
    """What was found, copy by copy."""
    wanted = {(one.record, one.clause) for one in answer.wanted}
    found = {one.record: [each for each in answer.findings if each.field == one.record] for one in answer.records}
    return [_looked(one, found[one.record], wanted) for one in answer.records]


def _looked(ruled: Ruled, findings: list[Finding], wanted: set[tuple[str, str]]) -> Looked:
    grounds: dict[str, list[Finding]] = {}
    for one in findings:
        if one.clause in _GROUNDS:
            grounds.setdefault(one.clause, []).append(one)
    told = [_ground(clause, found) for clause, found in grounds.items()]
    meant = [one for one in told if one.met or (ruled.record, one.clause.id) in wanted]
    return Looked(
        ruled,
        tuple(one for one in findings if one.clause in _OF_RECORD),
        tuple(one for one in findings if one.clause in _OUTSIDE),
        tuple(sorted(meant, key=lambda one: len(one.missing))),
        tuple(one for one in told if one not in meant),
    )


def _ground(clause: str, findings: list[Finding]) -> Ground:
    missing = tuple(one.reason.values["fact"] for one in findings if not one.met)
    return Ground(clauses.clause(clause), not missing, missing)
