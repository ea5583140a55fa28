"""What a basis for a release is, and how one is held against a request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

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


@dataclass(frozen=True)
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

    def missing(self, asked: Asked) -> tuple[Say, ...]:
        """What is not on file for this ground; only whom it is for, while that does not hold."""
        if not self.applies.holds(asked):
            return (self.applies.words,)
        general = (IDENTITY,) if self.group else (IDENTITY, NAMED_STUDENT)
        return tuple(need.words for need in (*general, *self.needs) if not need.holds(asked))

    def findings(self, asked: Asked) -> tuple[Finding, ...]:
        """One finding for each missing fact, or a single one that is met."""
        missing = self.missing(asked)
        if not missing:
            return (Finding(self.clause, True, Say("Every fact it needs is on file."), asked.record.id),)
        return tuple(
            Finding(self.clause, False, Say("Not on file: {fact}", {"fact": fact}), asked.record.id) for fact in missing
        )


def register(*bases: Basis) -> tuple[Basis, ...]:
    """Tie each basis to its clause."""
    for basis in bases:
        implements(basis.clause)(_rule(basis))
    return bases


def _rule(basis: Basis) -> Callable[[Asked], Finding]:
    def rule(asked: Asked) -> Finding:
        """Does this ground let the record go? When not, the first fact that is missing."""
        return basis.findings(asked)[0]

    return rule
