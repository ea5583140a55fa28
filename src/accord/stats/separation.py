"""The outsider inside the search: what a watched column that is too narrow asks to be hidden.

For a column the outsider solves for the greatest and least move. By duality each answer is a sum over hidden columns
of what each lends; together they must come to the room the column needs. That inequality holds for every safe pattern,
so it is a cut (Fischetti and Salazar 2001, doi 10.1287/mnsc.47.7.1008.9805).
"""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np

from accord.stats.bare import Flags, Floats, Ints
from accord.stats.neighborhood import Neighborhood
from accord.stats.presolve import Cut, Piece
from accord.stats.solver import program, solved

_FAR = 1000.0
"""How far the outsider lets a hidden column go that nothing else stops."""
_AJAR = 1e-3
"""Columns that are not hidden may move so far: with none at all the answers of the outsider say too little."""
_OFF = 1e-6
_VIOLATED = 1e-4


class Separation:
    """One linear program over the moves of a piece, its bounds and objective changed for every question.

    Attributes:
        hidden: the pattern that is asked of; what a cut asks for is added to it.
    """

    def __init__(self, piece: Piece) -> None:
        self._piece, self._n, self._most = piece, len(piece.cost), float(piece.room.max())
        self._columns = np.arange(self._n, dtype=np.int32)
        self._down, self._up = np.minimum(piece.down, _FAR), np.minimum(piece.up, _FAR)
        self._transposed = piece.matrix.T.tocsr()
        self._model = program(piece.matrix, highspy.ObjSense.kMaximize)
        self._near = Neighborhood(piece.matrix)
        self._spare = program(piece.matrix[:, :1], highspy.ObjSense.kMaximize, dual=True)
        self.hidden: Flags = piece.given.copy()

    def start(self, hidden: Flags) -> None:
        """Ask of another pattern from now on."""
        self.hidden = hidden | self._piece.given
        self._model.changeColsBounds(self._n, self._columns, *self._ends(np.arange(self._n)))

    def cut(self, column: int, until: float) -> Cut | None:
        """What a column asks for beyond what is hidden, None if nothing (or the time is over): those near it first."""
        return self._cut(column, self._lent_near(column, until)) or self._cut(column, self._lent_far(column, until))

    def satisfy(self, cut: Cut) -> bool:
        """Hide what lends most for its cost until the cut holds; False if nothing is left to hide."""
        use = cut.weights * ~self.hidden[cut.columns] / self._piece.cost[cut.columns]
        for at in np.argsort(-use, kind="stable"):
            if cut.weights @ self.hidden[cut.columns] >= 1 - _OFF:
                return True
            self.hide(cut.columns[at : at + 1])
        return bool(cut.weights @ self.hidden[cut.columns] >= 1 - _OFF)

    def hide(self, columns: Ints) -> None:
        """Hide more."""
        self.hidden[columns] = True
        self._model.changeColsBounds(len(columns), columns.astype(np.int32), *self._ends(columns))

    def _lent_far(self, column: int, until: float) -> Floats | None:
        """What all columns lend to one; None when time runs out."""
        lent = np.zeros(self._n)
        for sign in self._ways(column):
            price = np.zeros(self._n)
            price[column] = sign
            self._model.changeColsCost(self._n, self._columns, price)
            if solved(self._model, until) is None:
                return None
            lent += self._worth(price - self._transposed @ _duals(self._model))
        return lent

    def _lent_near(self, column: int, until: float) -> Floats | None:
        """The same where only the equations near by hold: then what is lent near by is all there is."""
        block = self._near.around(column, self.hidden)
        model, at = program(block.matrix, highspy.ObjSense.kMaximize, dual=True, into=self._spare), block.place(column)
        count = len(block.columns)
        model.changeColsBounds(count, self._columns[:count], *self._ends(block.columns))
        lent = np.zeros(self._n)
        for sign in self._ways(column):
            model.changeColCost(at, sign)
            if solved(model, until) is None:
                return None
            worth: Floats = -(block.matrix.T @ _duals(model))
            worth[at] += sign
            lent[block.columns] += self._worth(worth, block.columns)
        return lent

    def _ways(self, column: int) -> tuple[float, ...]:
        """Up and down; a column at its least value lends itself nothing downwards."""
        return (1.0, -1.0) if self._piece.down[column] > 0 else (1.0,)

    def _ends(self, columns: Ints) -> tuple[Floats, Floats]:
        """How far down and up columns may go as they are hidden or not."""
        away, down, up = self.hidden[columns], self._down[columns], self._up[columns]
        return -np.where(away, down, np.minimum(down, 1) * _AJAR), np.where(away, up, np.minimum(up, 1) * _AJAR)

    def _worth(self, worth: Floats, columns: Any = slice(None)) -> Floats:
        """What each of these columns lends when it is hidden; never more than the most that is asked for."""
        falling = np.where(worth < -_OFF, -worth * self._piece.down[columns], 0.0)
        rising = np.where(worth > _OFF, worth, 0.0) * np.where(worth > _OFF, self._piece.up[columns], 0.0)
        lent: Floats = np.minimum(falling + rising, self._most)
        return lent

    def _cut(self, column: int, lent: Floats | None) -> Cut | None:
        """The cut, or None when the pattern satisfies it."""
        if lent is None:
            return None
        least = self._piece.room[column] - float(lent[self._piece.given].sum())
        if least <= _OFF:
            return None
        columns = np.flatnonzero(~self._piece.given & (lent > _OFF))
        weights = np.minimum(lent[columns] / least, 1.0)
        return Cut(columns, weights) if weights @ self.hidden[columns] < 1 - _VIOLATED else None


def _duals(model: Any) -> Any:
    return np.array(model.getSolution().row_dual)
