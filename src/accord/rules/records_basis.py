"""What a basis for a release is, and how one is held against a request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from accord.decision import Finding, Say, implements
from accord.facts.records import Asked, Owed
from accord.rules.records_needs import Need

NAMED_STUDENT = Need(
    Say("The request is about one named student."),
    lambda asked: bool(asked.request.student.id) and not asked.request.whole_group,
)
IDENTITY = Need(
    Say("The identity of whoever asks is verified."), lambda asked: asked.request.asker.identity_verified is True
)


def _nothing(_: Asked) -> tuple[Owed, ...]:
    return ()


@dataclass(frozen=True, eq=False)
class Basis:
    """A ground on which the law lets a record go.

    `applies` says whom the ground is for; while it does not hold, the other needs are not looked at.
    `logged` is whether 34 CFR 99.32 wants an entry, `tell` whether the limits of 99.33 travel with the record,
    `owed` what follows from a release on this ground.
    """

    clause: str
    applies: Need
    needs: tuple[Need, ...]
    logged: bool = True
    tell: bool = True
    sealed: bool = False
    group: bool = False
    court_finding: bool = False
    owed: Callable[[Asked], tuple[Owed, ...]] = field(default=_nothing)

    def missing(self, asked: Asked) -> tuple[Need, ...]:
        """What is not on file for this ground; only whom it is for, while that does not hold."""
        if not self.applies.holds(asked):
            return (self.applies,)
        general = (IDENTITY,) if self.group else (IDENTITY, NAMED_STUDENT)
        return tuple([need for need in (*general, *self.needs) if not need.holds(asked)])

    def findings(self, missing: tuple[Need, ...], record: str) -> tuple[Finding, ...]:
        """One finding for each missing fact, or a single one that is met."""
        if not missing:
            return (_met(self.clause, record),)
        return tuple([_unmet(self.clause, need, record) for need in missing])


@lru_cache(maxsize=8192)
def _met(clause: str, record: str) -> Finding:
    return Finding(clause, True, Say("Every fact it needs is on file."), record)


@lru_cache(maxsize=8192)
def _unmet(clause: str, need: Need, record: str) -> Finding:
    return Finding(clause, False, Say("Not on file: {fact}", {"fact": need.words}), record)


def register(*bases: Basis) -> tuple[Basis, ...]:
    """Tie each basis to its clause."""
    for basis in bases:
        implements(basis.clause)(_rule(basis))
    return bases


def _rule(basis: Basis) -> Callable[[Asked], Finding]:
    def rule(asked: Asked) -> Finding:
        """Does this ground let the record go? When not, the first fact that is missing."""
        return basis.findings(basis.missing(asked), asked.record.id)[0]

    return rule
