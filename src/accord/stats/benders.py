"""The cheapest safe pattern of a piece: a 0-1 master problem that grows by what the outsider's programs ask for.

Any-time: a safe pattern is kept as soon as one is known, with a lower bound, so that the result can say how far from
minimal it may be. Linear rounds come first, whole ones after. Every pattern kept is shown safe by circuits in whole
numbers; the audit, which shares no code with the search, is asked once at the end.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from accord.stats.bare import Flags, Floats
from accord.stats.circuits import LARGE, Circuits
from accord.stats.master import Master
from accord.stats.presolve import Cut, Piece
from accord.stats.prune import pruned
from accord.stats.separation import Asked, Separation

_STALLED = 0.002
"""Linear rounds end when one of them raises the bound by less than this share."""
_CLOSE = 1e-6
_FIRST = 0.3
"""The share of the time in which cuts are looked for before there is a safe pattern."""
_LAST = 1.0
"""Seconds in which the last cuts found may still raise the bound."""
_PATIENCE = 40
_WORTH_A_TRY = 0.99
"""A raised choice is made safe if it costs less than this share of the best pattern: safe ones tend to cost more."""


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
        self._circuits = Circuits(piece)
        self._separation = Separation(piece)
        self._master = Master(piece)
        self._best: Flags | None = None
        self._cost, self._bound = math.inf, 0.0
        self._done = np.zeros(len(piece.cost), dtype=np.bool_)
        now = time.monotonic()
        self._first_until = now + _FIRST * (until - now)

    def run(self) -> Found:
        """A safe pattern first, then bounds, then better patterns; hiding everything is the last resort."""
        if len(self._piece.cost) <= LARGE:
            self._done = self._piece.watched & ~self._circuits.narrow(self._piece.given, self._until, far=False)
        self._linear()
        self._whole()
        if not self._proved():
            self._raise_bound(self._master.relaxed(max(self._until, time.monotonic() + _LAST)).bound)
        if self._best is None and math.isfinite(self._bound):
            self._best = np.ones(len(self._piece.cost), dtype=np.bool_)
            self._cost = float(self._piece.cost.sum())
        return Found(self._best, self._cost, min(self._bound, self._cost))

    def _spent(self) -> bool:
        return time.monotonic() > (self._until if self._best is not None else self._first_until)

    def _linear(self) -> None:
        """Rounds of the relaxed master, while they raise the bound."""
        while time.monotonic() < self._until and not self._proved():
            answer, before = self._master.relaxed(self._until), self._bound
            self._raise_bound(answer.bound)
            if answer.chosen is None:
                return
            asked = self._ask(answer.chosen, len(self._done))
            added = self._master.add(asked.cuts)
            if self._best is None:
                self._keep(self._piece.given if asked.raised is None else asked.raised > _CLOSE)
            if not added or (before and self._bound < before * (1 + _STALLED)):
                return

    def _whole(self) -> None:
        """Rounds of the whole master, more exact as the gap closes."""
        while time.monotonic() < self._until and not self._proved():
            gap = (self._cost - self._bound) / self._cost if self._best is not None else 0.1
            answer = self._master.whole(gap / 20 if gap > 0.01 else 0.0, self._until)
            self._raise_bound(answer.bound)
            if answer.chosen is None:
                return
            hidden = answer.chosen > 0.5
            asked = self._ask(answer.chosen, _PATIENCE)
            if self._master.add(asked.cuts):
                if asked.raised is not None and self._piece.cost @ asked.raised < self._cost * _WORTH_A_TRY:
                    self._keep(asked.raised > 0.5)
            elif not self._keep(hidden) and not self._cut_off(hidden | self._piece.given):
                return

    def _ask(self, chosen: Floats, patience: int) -> Asked:
        done = self._done | self._circuits.enough(self._circuits.reached(chosen))
        return self._separation.asked(chosen, done, self._until, self._spent, patience)

    def _keep(self, hidden: Flags) -> bool:
        """Widen a pattern until it is safe, leave out what it does not need; whether it was safe as it came."""
        safe = self._circuits.widened(hidden | self._piece.given, self._until)
        if safe is None:
            return False
        unchanged = bool((safe == (hidden | self._piece.given)).all())
        safe = pruned(self._piece, self._circuits, safe, self._until)
        cost = float(self._piece.cost[safe].sum())
        if cost < self._cost - _CLOSE:
            self._best, self._cost = safe, cost
            self._tell()
        return unchanged

    def _cut_off(self, hidden: Flags) -> bool:
        """Ask for more than a pattern that is not safe in whole numbers; False where that is not proved."""
        refuted = self._circuits.refuted(hidden, self._until)
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

    def _tell(self) -> None:
        self._told(Found(self._best, self._cost, min(self._bound, self._cost)))
