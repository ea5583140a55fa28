"""What a basis for a release is: whom it is for, which facts it needs, and what follows from a release on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from accord.decision import Finding, Say, implements
from accord.facts.records import Asked, Owed
from accord.rules.records_claims import settled
from accord.rules.records_door import IDENTITY, NAMED_STUDENT, ByDoor, Door, door
from accord.rules.records_lacking import Fact, Need, OfOne

Part = ByDoor | Fact | OfOne
"""What a ground is made of: a need that the door settles, one settled by itself, or several that one paper meets."""


@dataclass(frozen=True, eq=False)
class Basis:
    """A ground on which the law lets a record go.

    `applies` says whom the ground is for; while it does not hold, the other needs are not looked at.
    `logged` is whether 34 CFR 99.32 wants an entry, `tell` whether the limits of 99.33 travel with the record,
    `owed` what follows from a release on this ground. `group`: it needs no single student.
    """

    clause: str
    applies: ByDoor
    wants: tuple[Part, ...]
    logged: bool = True
    tell: bool = True
    sealed: bool = False
    group: bool = False
    court_finding: bool = False
    owed: tuple[Owed, ...] | Callable[[Asked], tuple[Owed, ...]] = ()

    def owes(self, asked: Asked) -> tuple[Owed, ...]:
        """What follows from a release of this copy on this ground."""
        return self.owed(asked) if callable(self.owed) else self.owed

    @property
    def parts(self) -> tuple[Part, ...]:
        """All it needs: who asks is known and, unless it is for groups, about whom; then what is its own."""
        return (IDENTITY, *self.wants) if self.group else (IDENTITY, NAMED_STUDENT, *self.wants)

    def missing(self, at: Door, lacking: int) -> tuple[Need, ...]:
        """What is not on file for this ground; only whom it is for, while that does not hold."""
        if not self.applies.fits(at):
            return (self.applies,)
        needs = [need for part in self.parts for need in (part.needs if isinstance(part, OfOne) else (part,))]
        return tuple([need for need in needs if need.bit & lacking])

    def findings(self, missing: tuple[Need, ...]) -> tuple[Finding, ...]:
        """One finding for each missing fact, or a single one that is met."""
        return tuple([_unmet(self.clause, need) for need in missing]) if missing else (_met(self.clause),)


@cache
def _met(clause: str) -> Finding:
    return Finding(clause, True, Say("Every fact it needs is on file."))


@cache
def _unmet(clause: str, need: Need) -> Finding:
    return Finding(clause, False, Say("Not on file: {fact}", {"fact": need.words}))


@dataclass(frozen=True, eq=False, slots=True)
class Way:
    """A door, and what is tested for a request that comes by it: each need of the grounds that are for it, once."""

    at: Door
    settled: int
    facts: tuple[tuple[Callable[[Asked], bool], int], ...]
    papers: tuple[Callable[[Asked], int], ...]

    def lacking(self, asked: Asked) -> int:
        """The needs that are not on file."""
        found = self.settled
        for holds, bit in self.facts:
            if not holds(asked):
                found |= bit
        for lacks in self.papers:
            found |= lacks(asked)
        return found


def way(at: Door, bases: Iterable[Basis]) -> Way:
    """What is tested, by this door, for some grounds."""
    parts = dict.fromkeys(part for basis in bases if basis.applies.fits(at) for part in basis.parts)
    return Way(
        at,
        sum(part.bit for part in parts if isinstance(part, ByDoor) and not part.fits(at)),
        tuple((part.holds, part.bit) for part in parts if isinstance(part, Fact)),
        tuple(part.lacking for part in parts if isinstance(part, OfOne)),
    )


def register(*bases: Basis) -> tuple[Basis, ...]:
    """Tie each basis to its clause."""
    for basis in bases:
        implements(basis.clause)(_rule(basis))
    return bases


def _rule(basis: Basis) -> Callable[[Asked], Finding]:
    def rule(asked: Asked) -> Finding:
        """Does this ground let the record go? When not, the first fact that is missing."""
        asked = settled(asked)
        by = way(door(asked), (basis,))
        return basis.findings(basis.missing(by.at, by.lacking(asked)))[0]

    return rule
