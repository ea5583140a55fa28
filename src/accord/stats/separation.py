"""The outsider inside the search: which primary columns of a piece are too narrow, and what each one asks for.

For a column the outsider solves for the greatest and least move. By duality each answer is a sum over hidden columns
of what each lends; together they must come to width - 1. That inequality holds for every safe pattern, so it is a cut
(Fischetti and Salazar 2001, doi 10.1287/mnsc.47.7.1008.9805).
"""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np

from accord.stats.bare import Flags, Floats
from accord.stats.presolve import Piece
from accord.stats.solver import solver

_TINY = 1e-3
_OFF = 1e-6
_SWEEPS = 8
Cut = tuple[Floats, float]
"""Weights of the columns that are not primary, and the least they must come to together when hidden."""


class Separation:
    """One linear program over the moves of a piece, its bounds and objective changed for every question."""

    def __init__(self, piece: Piece, width: int) -> None:
        self._piece, self._room, self.programs = piece, width - 1.0, 0
        self._n = len(piece.up)
        self._columns = np.arange(self._n, dtype=np.int32)
        self._model = _model(piece)

    def cuts(self, chosen: Floats, most: int, spent: Any) -> list[Cut]:
        """Up to `most` cuts that this choice (0 to 1 for each column) violates; `spent()` ends the search."""
        up = np.minimum(self._piece.up, self._room) * chosen
        down = np.minimum(self._piece.down, self._room) * chosen
        return [cut for _, cut in self._violated(chosen, up, down, most, spent)]

    def unsafe(self, hidden: Flags, most: int, spent: Any) -> list[tuple[int, Cut]]:
        """Up to `most` primary columns that keep fewer than `width` values in real numbers, each with a cut."""
        return self._violated(hidden.astype(float), self._piece.up * hidden, self._piece.down * hidden, most, spent)

    def _violated(self, chosen: Floats, up: Floats, down: Floats, most: int, spent: Any) -> list[tuple[int, Cut]]:
        self._bounds(
            np.maximum(up, np.minimum(_TINY, self._piece.up)), np.maximum(down, np.minimum(_TINY, self._piece.down))
        )
        high, low = self._sweep(spent)
        found: list[tuple[int, Cut]] = []
        for column in np.flatnonzero(self._piece.primary):
            if high[column] - low[column] >= self._room:
                continue
            if len(found) >= most or spent():
                break
            lent = np.zeros(self._n)
            for sign in (1.0, -1.0):
                price = np.zeros(self._n)
                price[column] = sign
                moves, reduced = self._furthest(price)
                high, low = np.maximum(high, moves), np.minimum(low, moves)
                lent += np.maximum(reduced, 0) * self._piece.up + np.maximum(-reduced, 0) * self._piece.down
            cut = self._cut(lent, chosen)
            if cut is not None:
                found.append((int(column), cut))
        return found

    def _cut(self, lent: Floats, chosen: Floats) -> Cut | None:
        """The cut, or None when the choice satisfies it."""
        primary = self._piece.primary
        least = self._room - float(lent[primary].sum())
        if least <= _OFF:
            return None
        weights = np.where(primary | (lent < _OFF), 0.0, np.minimum(lent, least)) / least
        return (weights, 1.0) if weights @ chosen < 1 - 1e-4 else None

    def _bounds(self, up: Floats, down: Floats) -> None:
        self._model.changeColsBounds(self._n, self._columns, -down, up)

    def _sweep(self, spent: Any) -> tuple[Floats, Floats]:
        """How far columns move when many are pushed at once, in varying directions: settles most of them cheaply."""
        random = np.random.default_rng(5)
        high, low = np.zeros(self._n), np.zeros(self._n)
        for _ in range(_SWEEPS):
            left = self._piece.primary & (high - low < self._room)
            if left.sum() < 8 or spent():
                break
            for price in (signs := np.where(left, random.choice([-1.0, 1.0], self._n), 0.0), -signs):
                moves, _ = self._furthest(price)
                high, low = np.maximum(high, moves), np.minimum(low, moves)
            if (self._piece.primary & (high - low < self._room)).sum() > 0.95 * left.sum():
                break
        return high, low

    def _furthest(self, price: Floats) -> tuple[Floats, Floats]:
        """The moves that are worth most at a price, and what each column's bounds are worth to it."""
        self._model.changeColsCost(self._n, self._columns, price)
        self._model.run()
        self.programs += 1
        solution = self._model.getSolution()
        prices = np.array(solution.row_dual)
        worth = price - self._piece.matrix.T @ prices
        return np.array(solution.col_value), worth


def _model(piece: Piece) -> Any:
    lp = highspy.HighsLp()
    matrix = piece.matrix
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = lp.col_lower_ = lp.col_upper_ = np.zeros(matrix.shape[1])
    lp.row_lower_ = lp.row_upper_ = np.zeros(matrix.shape[0])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    model = solver(presolve="off", simplex_strategy=4)
    model.passModel(lp)
    return model
