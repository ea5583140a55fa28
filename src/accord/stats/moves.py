"""The program behind circuits: the move worth most at a price, each step of another column paid for.

It has one variable for each direction of a column. What is paid keeps answers short; short ones tend to be whole.
"""

from __future__ import annotations

import time
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from accord.stats.bare import Flags, Floats
from accord.stats.solver import program, solved

WHOLE = 1e-6
"""How far from a whole number counts as whole."""
_WORTH = 1e4
"""What a step of the columns asked about is worth, in steps of others."""
_SECONDS = 5.0
_FAR = 100
"""How many times as far as asked for other columns may go where that is allowed."""


class Moves:
    """Moves of the columns of one matrix, each at most `up` and `down`, and those asked about `room`."""

    def __init__(self, matrix: sparse.csc_array, down: Floats, up: Floats, room: float, spare: Any = None) -> None:
        self._n, self._down, self._up, self._room = matrix.shape[1], down, up, room
        self._columns = np.arange(2 * self._n, dtype=np.int32)
        self._both = sparse.hstack([matrix, -matrix]).tocsc()
        self._models: dict[bool, Any] = {}
        if spare is not None:
            self._models[False] = program(self._both, highspy.ObjSense.kMinimize, dual=True, into=spare)
        self.late = False
        """Whether an answer was not there in time."""

    def best(
        self, hidden: Flags, price: Floats, steps: Floats | float, until: float, *, wide: bool = False
    ) -> Floats | None:
        """The best move of hidden columns, in fractions; None if none moves. `wide`: the others may go further."""
        return self._answer(False, hidden, price, steps, _FAR * self._room if wide else self._room, until)

    def best_whole(self, hidden: Flags, price: Floats, steps: Floats | float, until: float) -> Floats | None:
        """The best move in whole numbers, the others with room to spare."""
        until = min(until, time.monotonic() + _SECONDS)
        return self._answer(True, hidden, price, steps, _FAR * self._room, until)

    def _answer(
        self, whole: bool, hidden: Flags, price: Floats, steps: Floats | float, room: float, until: float
    ) -> Floats | None:
        model = self._models.get(whole)
        if model is None:
            model = program(self._both, highspy.ObjSense.kMinimize, dual=True, whole=whole)
            model.setOptionValue("mip_rel_gap", 0.5 / max(self._room, 1.0))
            self._models[whole] = model
        up = np.where(hidden & (price >= 0), np.minimum(self._up, np.where(price > 0, self._room, room)), 0.0)
        down = np.where(hidden & (price <= 0), np.minimum(self._down, np.where(price < 0, self._room, room)), 0.0)
        pay = np.concatenate([steps - _WORTH * price.clip(0), steps - _WORTH * (-price).clip(0)])
        model.changeColsBounds(2 * self._n, self._columns, np.zeros(2 * self._n), np.concatenate([up, down]))
        model.changeColsCost(2 * self._n, self._columns, pay)
        answer = solved(model, until)
        if answer is None:
            self.late = True
            return None
        move: Floats = answer[: self._n] - answer[self._n :]
        move[np.abs(move) < WHOLE] = 0.0
        return move if move.any() else None
