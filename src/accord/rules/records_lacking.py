"""What a ground for a release needs: facts in words, each with its test, and which of them are not on file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from accord.decision import Say
from accord.facts.records import Asked, Party

Test = Callable[[Asked, Any, Party], bool]
"""Does this paper meet a need of this request, for this party?"""

_places = count()


def _next_bit() -> int:
    return 1 << next(_places)


@dataclass(frozen=True, eq=False)
class Need:
    """A fact that must be on file, in words. `bit` stands for it where a set of needs is one integer."""

    words: Say
    bit: int = field(default_factory=_next_bit)


@dataclass(frozen=True, eq=False)
class Fact(Need):
    """A need that is settled by itself."""

    holds: Callable[[Asked], bool] = field(kw_only=True)


def fact(words: Say, holds: Callable[[Asked], bool]) -> Fact:
    """A need and the test of whether it is on file."""
    return Fact(words, holds=holds)


@dataclass(frozen=True, eq=False)
class OfOne:
    """Needs that one and the same paper on file has to meet.

    `papers` are those that may be meant; each test gets the request, a paper and the party it is for. `all` is every
    one of the needs.
    """

    papers: Callable[[Asked], Sequence[Any]]
    needs: tuple[Need, ...]
    tests: tuple[tuple[int, Test], ...]
    all: int

    def lacking(self, asked: Asked, party: Party | None = None) -> int:
        """The needs that the paper lacks which lacks the fewest; all of them where no paper is on file."""
        whom = asked.request.asker if party is None else party
        least = self.all
        for paper in self.papers(asked):
            lacks = 0
            for bit, test in self.tests:
                if not test(asked, paper, whom):
                    lacks |= bit
            if lacks.bit_count() < least.bit_count():
                least = lacks
        return least


def of_one(papers: Callable[[Asked], Sequence[Any]], *needs: tuple[Say, Test]) -> OfOne:
    """Needs of one paper, each in words and with its test."""
    stated = tuple(Need(words) for words, _ in needs)
    bits = [need.bit for need in stated]
    return OfOne(papers, stated, tuple(zip(bits, (test for _, test in needs), strict=True)), sum(bits))
