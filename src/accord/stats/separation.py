"""The outsider inside the search: which watched columns of a piece are too narrow, and what each one asks for.

For a column the outsider solves for the greatest and least move. By duality each answer is a sum over hidden columns
of what each lends; together they must come to the room the column needs. That inequality holds for every safe pattern,
so it is a cut (Fischetti and Salazar 2001, doi 10.1287/mnsc.47.7.1008.9805).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import highspy
import numpy as np

from accord.stats.bare import Flags, Floats
from accord.stats.neighborhood import Neighborhood
from accord.stats.presolve import Cut, Piece
from accord.stats.solver import program, solved

_SHIFT = 1e-3
"""Every column is taken to be hidden at least this much: at exactly 0 the answers of the outsider say too little."""
_OFF = 1e-6
_VIOLATED = 1e-4
_SWEEPS = 5
_WORTHWHILE = 10
"""Many columns are pushed at once as long as that settles so many of them."""
_LARGE = 5000
"""With more columns than this, what is near a column is asked before all is."""
_NEAR = 600
Lent: TypeAlias = tuple[Floats, tuple[Floats, Floats]]
"""What every column lends, and how far up and down each was seen to go."""


@dataclass(frozen=True, eq=False)
class Asked:
    """Cuts that a choice violates, and the choice raised until it satisfies them: None where that cannot be."""

    cuts: list[Cut]
    raised: Floats | None


class Separation:
    """One linear program over the moves of a piece, its bounds and objective changed for every question."""

    def __init__(self, piece: Piece) -> None:
        self._piece, self._most, self.programs = piece, float(piece.room.max()), 0
        self._n = len(piece.cost)
        self._columns = np.arange(self._n, dtype=np.int32)
        self._down, self._up = np.minimum(piece.down, self._most), np.minimum(piece.up, self._most)
        self._transposed = piece.matrix.T.tocsr()
        self._model = program(piece.matrix, highspy.ObjSense.kMaximize)
        self._near = Neighborhood(piece.matrix)
        self._spare = program(piece.matrix[:, :1], highspy.ObjSense.kMaximize, dual=True)
        self._every = np.ones(self._n, dtype=np.bool_)
        self._lengths = np.diff(piece.matrix.tocsr().indptr)
        self._fine = np.zeros(self._n, dtype=np.int64)
        self._random = np.random.default_rng(5)

    def asked(self, chosen: Floats, done: Flags, until: float, spent: Callable[[], bool], patience: int) -> Asked:
        """What watched columns that are not `done` ask for, one after the other, those that asked lately first.

        For each cut the cheapest columns that satisfy it are raised at once, so that the next column asks only for
        what the cuts so far do not give. After `patience` columns in turn that ask for nothing the rest wait until no
        cut is found without them.
        """
        chosen = chosen.copy()
        cuts: list[Cut] = []
        self._bound(chosen)
        open_ones = self._piece.watched & ~done
        high, low = self._sweep(open_ones, until)
        self._fine[open_ones] += 1
        in_turn, fine = np.flatnonzero(open_ones), 0
        for column in in_turn[np.argsort(self._fine[in_turn], kind="stable")]:
            if high[column] - low[column] >= self._piece.room[column] - _OFF:
                continue
            if spent() or (cuts and fine > patience):
                return Asked(cuts, chosen)
            before = len(cuts)
            moves = self._settled(int(column), chosen, cuts, until)
            if moves is None:
                return Asked(cuts, None)
            high, low = np.maximum(high, moves[0]), np.minimum(low, moves[1])
            fine = fine + 1 if len(cuts) == before else 0
            if not fine:
                self._fine[column] = 0
        return Asked(cuts, chosen)

    def _settled(self, column: int, chosen: Floats, cuts: list[Cut], until: float) -> tuple[Floats, Floats] | None:
        """Cuts of one column until it asks for no more, `chosen` raised; None when columns to hide or time run out."""
        while True:
            near = self._asked_near(column, chosen, until) if self._n > _LARGE else None
            answer = near or self._asked_far(column, until)
            if answer is None:
                return None
            lent, moves = answer
            cut = self._cut(column, lent, chosen)
            if cut is None:
                return moves
            cuts.append(cut)
            if not self._raise(chosen, cut):
                return None

    def _asked_far(self, column: int, until: float) -> Lent | None:
        """What all columns lend to one, and how far they move for it; None when time runs out."""
        lent, high, low = np.zeros(self._n), np.zeros(self._n), np.zeros(self._n)
        for sign in (1.0, -1.0):
            price = np.zeros(self._n)
            price[column] = sign
            answer = self._furthest(price, until)
            if answer is None:
                return None
            moves, worth = answer
            high, low = np.maximum(high, moves), np.minimum(low, moves)
            lent += self._lent(worth)
        return lent, (high, low)

    def _asked_near(self, column: int, chosen: Floats, until: float) -> Lent | None:
        """The same from the columns near by: None where that does not settle it.

        With the others at rest the column may turn out to have room enough. With the equations that lead away taken
        out it may turn out to be narrow all the same: then what is lent near by is all there is.
        """
        block = self._near.block(column, self._every, _NEAR)
        share = np.maximum(chosen[block.columns], _SHIFT)
        model, at = program(block.matrix, highspy.ObjSense.kMaximize, dual=True, into=self._spare), block.place(column)
        count = len(block.columns)
        columns = np.arange(count, dtype=np.int32)
        model.changeColsBounds(count, columns, -self._down[block.columns] * share, self._up[block.columns] * share)
        away = np.flatnonzero(np.diff(block.matrix.tocsr().indptr) < self._lengths[block.rows]).astype(np.int32)
        for free in (False, True):
            if free:
                ends = np.full(len(away), highspy.kHighsInf)
                model.changeRowsBounds(len(away), away, -ends, ends)
            lent, high, low = np.zeros(self._n), np.zeros(self._n), np.zeros(self._n)
            for sign in (1.0, -1.0):
                model.changeColCost(at, sign)
                moves = solved(model, until)
                if moves is None:
                    return None
                high[block.columns] = np.maximum(high[block.columns], moves)
                low[block.columns] = np.minimum(low[block.columns], moves)
                worth = -(block.matrix.T @ np.array(model.getSolution().row_dual))
                worth[at] += sign
                lent[block.columns] += self._lent(worth, block.columns)
            wide = high[column] - low[column] >= self._piece.room[column] - _OFF
            if wide != free:
                return lent, (np.zeros(self._n), np.zeros(self._n)) if free else (high, low)
        return None

    def _lent(self, worth: Floats, columns: Any = slice(None)) -> Floats:
        """What each column lends when it is hidden; never more than the most that is asked for."""
        falling = np.where(worth < -_OFF, -worth * self._piece.down[columns], 0.0)
        rising = np.where(worth > _OFF, worth, 0.0) * np.where(worth > _OFF, self._piece.up[columns], 0.0)
        lent: Floats = np.minimum(falling + rising, self._most)
        return lent

    def _cut(self, column: int, lent: Floats, chosen: Floats) -> Cut | None:
        """The cut, or None when the choice satisfies it."""
        least = self._piece.room[column] - float(lent[self._piece.given].sum())
        if least <= _OFF:
            return None
        columns = np.flatnonzero(~self._piece.given & (lent > _OFF))
        weights = np.minimum(lent[columns] / least, 1.0)
        return Cut(columns, weights) if weights @ chosen[columns] < 1 - _VIOLATED else None

    def _raise(self, chosen: Floats, cut: Cut) -> bool:
        """Hide what lends most for its cost until the cut holds; False if nothing is left to hide."""
        use = cut.weights * (1 - chosen[cut.columns]) / self._piece.cost[cut.columns]
        for at in np.argsort(-use, kind="stable"):
            if cut.weights @ chosen[cut.columns] >= 1 - _OFF:
                return True
            column = int(cut.columns[at])
            chosen[column] = 1.0
            self._model.changeColBounds(column, -self._down[column], self._up[column])
        return bool(cut.weights @ chosen[cut.columns] >= 1 - _OFF)

    def _bound(self, chosen: Floats) -> None:
        share = np.maximum(chosen, _SHIFT)
        self._model.changeColsBounds(self._n, self._columns, -self._down * share, self._up * share)

    def _sweep(self, open_ones: Flags, until: float) -> tuple[Floats, Floats]:
        """How far columns move when many are pushed at once, in varying directions: settles most of them cheaply."""
        high, low = np.zeros(self._n), np.zeros(self._n)
        for _ in range(_SWEEPS):
            left = open_ones & (high - low < self._piece.room - _OFF)
            if left.sum() < 8:
                break
            signs = np.where(left, self._random.choice([-1.0, 1.0], self._n), 0.0)
            for price in (signs, -signs):
                answer = self._furthest(price, until)
                if answer is None:
                    return high, low
                high, low = np.maximum(high, answer[0]), np.minimum(low, answer[0])
            if left.sum() - (open_ones & (high - low < self._piece.room - _OFF)).sum() < _WORTHWHILE:
                break
        return high, low

    def _furthest(self, price: Floats, until: float) -> tuple[Floats, Floats] | None:
        """The moves that are worth most at a price, and what each column's bounds are worth to it."""
        self._model.changeColsCost(self._n, self._columns, price)
        moves = solved(self._model, until)
        self.programs += 1
        if moves is None:
            return None
        prices: Any = np.array(self._model.getSolution().row_dual)
        return moves, price - self._transposed @ prices
