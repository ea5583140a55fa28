"""The cheapest safe pattern of a piece: a 0-1 master problem that grows by what the outsider's programs ask for.

Any-time: each choice of the master is made safe by hiding more, so that a safe pattern is known early and better ones
follow, with a lower bound that says how far from minimal they may be. Every pattern kept is shown safe by circuits in
whole numbers. Only where none is found in time all is hidden that may be, and then the audit alone, which shares no
code with the search and is asked of every pattern, says whether that is safe.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from accord.stats.bare import Flags
from accord.stats.circuits import Circuits
from accord.stats.master import Master
from accord.stats.mending import Mended, Mending
from accord.stats.parts import parts, whole
from accord.stats.presolve import Cut, Piece
from accord.stats.prune import pruned
from accord.stats.separation import Separation

_CLOSE = 1e-6
_CUTS = 60
"""So many cuts of one choice are enough, once a safe pattern is known: then the master chooses anew."""
_LARGE, _PART, _SHARE = 4000, 1600, 0.5
"""A piece of more columns is taken apart: into parts of so many at most, in so much of the time."""
_LAST = 1.0
"""Seconds in which the last cuts found may still raise the bound."""
_SMALL = 0.01
"""With a smaller gap than this the master chooses exactly."""
_PROMISING = 1.03
"""A safe pattern that costs no more than this share of the best is worth making smaller."""


@dataclass(frozen=True, eq=False)
class Found:
    """The best safe pattern of a piece, None if none was found, its cost, and what no safe pattern can undercut."""

    hidden: Flags | None
    cost: float
    bound: float


Told = Callable[[Found], None]


def search(piece: Piece, until: float, told: Told) -> Found:
    """Search until the optimum is proved or the clock (`time.monotonic`) passes `until`; `told` hears of progress."""
    return _Search(piece, until, told).run()


class _Search:
    def __init__(self, piece: Piece, until: float, told: Told) -> None:
        self._piece, self._until, self._told = piece, until, told
        self._circuits, self._master = Circuits(piece), Master(piece)
        self._mending = Mending(piece, self._circuits, Separation(piece))
        self._best: Flags | None = None
        self._cost, self._bound, self._exact = math.inf, 0.0, False

    def run(self) -> Found:
        """Choose and mend in turn; hiding everything is the last resort."""
        chosen: Flags | None = self._piece.given
        if len(self._piece.cost) > _LARGE:
            chosen = self._by_parts()
        else:
            self._circuits.pushed(self._piece.given, self._until)
        while chosen is not None and self._improved(chosen) and time.monotonic() < self._until and not self._proved():
            chosen = self._choice()
        if not self._proved():
            self._raise_bound(self._master.relaxed(max(self._until, time.monotonic() + _LAST)).bound)
        if self._best is None and math.isfinite(self._bound):
            self._best = np.ones(len(self._piece.cost), dtype=np.bool_)
            self._cost = float(self._piece.cost.sum())
        return Found(self._best, self._cost, min(self._bound, self._cost))

    def _by_parts(self) -> Flags:
        """What the parts choose, each by itself; what they ask for is asked of the whole."""
        chosen, bound = self._piece.given.copy(), 0.0
        columns_left, ends = len(chosen), time.monotonic() + _SHARE * (self._until - time.monotonic())
        for columns, part in parts(self._piece, _PART):
            now = time.monotonic()
            share = (ends - now) * len(columns) / columns_left
            one = _Search(part, now + share, lambda found: None)
            found = one.run()
            columns_left -= len(columns)
            bound += found.bound
            self._master.add([whole(cut, columns) for cut in one.cuts])
            if found.hidden is not None:
                chosen[columns[found.hidden]] = True
            self._raise_bound(bound)
        return chosen

    @property
    def cuts(self) -> list[Cut]:
        """What every safe pattern satisfies, as far as it was found."""
        return self._master.cuts

    def _choice(self) -> Flags | None:
        """What the master chooses, the more exactly the smaller the gap; None when it has no choice, or no time."""
        gap = 0.1 if self._best is None else (self._cost - self._bound) / self._cost
        self._exact = gap <= _SMALL
        answer = self._master.whole(0.0 if self._exact else gap / 20, self._until)
        self._raise_bound(answer.bound)
        return None if answer.chosen is None else (answer.chosen > 0.5) | self._piece.given

    def _improved(self, chosen: Flags) -> bool:
        """Mend a choice; False when there is nothing more to be had."""
        if self._proved():
            return False
        most = math.inf if self._best is None else _CUTS
        made = self._mending.mended(chosen, most, self._until)
        added = self._master.add(made.cuts)
        self._keep(made)
        if added:
            return True
        if made.safe and made.hidden is not None and np.array_equal(made.hidden, chosen):
            return not self._exact
        return self._cut_off(chosen)

    def _keep(self, made: Mended) -> None:
        """Keep a safe pattern that is cheaper than the best, without what it does not need."""
        if made.hidden is None or not made.safe or self._price(made.hidden) > self._cost * _PROMISING:
            return
        smaller = pruned(self._piece, self._circuits, made.hidden, self._until)
        if self._price(smaller) < self._cost - _CLOSE:
            self._best, self._cost = smaller, self._price(smaller)
            self._tell()

    def _cut_off(self, chosen: Flags) -> bool:
        """Ask for more than a pattern that is not safe in whole numbers; False where that is not proved."""
        refuted = self._circuits.refuted(chosen, self._until)
        if refuted is None:
            return False
        columns = np.flatnonzero(~refuted)
        return bool(self._master.add([Cut(columns, np.ones(len(columns)))]))

    def _proved(self) -> bool:
        return self._bound >= self._cost - _CLOSE

    def _raise_bound(self, bound: float) -> None:
        if bound > self._bound:
            self._bound = bound
            self._tell()

    def _price(self, hidden: Flags) -> float:
        return float(self._piece.cost[hidden].sum())

    def _tell(self) -> None:
        self._told(Found(self._best, self._cost, min(self._bound, self._cost)))
