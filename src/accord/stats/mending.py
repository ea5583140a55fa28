"""A pattern made safe, one narrow column after the other: either it asks for more, or a circuit shows it is not narrow.

What is found on the way holds for every pattern: cuts for the next choice, circuits for the next question.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from accord.stats.bare import Flags
from accord.stats.circuits import Circuits
from accord.stats.presolve import Cut, Piece
from accord.stats.separation import Separation

_MANY = 20
"""With more narrow columns than this, many are pushed at once..."""
_FEWER = 0.9
"""... when so many of those of the last time are left."""


@dataclass(frozen=True, eq=False)
class Mended:
    """What a pattern violates, and the pattern with more hidden: None where hiding more does not help.

    `safe`: every watched column is shown to keep its whole numbers; otherwise mending ended before that.
    """

    cuts: list[Cut]
    hidden: Flags | None
    safe: bool


class Mending:
    """Mends patterns of one piece."""

    def __init__(self, piece: Piece, circuits: Circuits, separation: Separation) -> None:
        self._rests, self._circuits, self._separation = piece.rests, circuits, separation
        self._random = np.random.default_rng(7)

    def mended(self, hidden: Flags, most: float, until: float) -> Mended:
        """Hide more until the pattern is safe, `most` cuts were found, or the clock passes `until`."""
        asker, circuits = self._separation, self._circuits
        asker.start(hidden)
        if not all(asker.satisfy(cut) for cut in self._rests):
            return Mended([], None, safe=False)
        cuts: list[Cut] = []
        pushed = np.inf
        while len(cuts) < most and time.monotonic() < until:
            left = circuits.left(asker.hidden)
            if _MANY < left.sum() < pushed * _FEWER:
                pushed = left.sum()
                circuits.pushed(asker.hidden, until)
                left = circuits.left(asker.hidden)
            if not left.any():
                return Mended(cuts, asker.hidden, safe=True)
            column = int(self._random.choice(np.flatnonzero(left)))
            if cut := asker.cut(column, until):
                cuts.append(cut)
                if not asker.satisfy(cut):
                    return Mended(cuts, None, safe=False)
            elif not circuits.asked(asker.hidden, column, until) and not self._widened(column, until):
                break
        return Mended(cuts, asker.hidden, safe=False)

    def _widened(self, column: int, until: float) -> bool:
        """Hide for a column that is narrow in whole numbers only what the shortest circuits through it take."""
        while self._circuits.left(self._separation.hidden)[column]:
            more = self._circuits.shortest(self._separation.hidden, column, until) & ~self._separation.hidden
            if not more.any() or time.monotonic() > until:
                return False
            self._separation.hide(np.flatnonzero(more))
        return True
