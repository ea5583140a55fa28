"""Which columns of a piece to hide at least cost, as far as the cuts found so far say."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from accord.stats.bare import Floats
from accord.stats.presolve import Cut, Piece
from accord.stats.solver import solver


@dataclass(frozen=True, eq=False)
class Answer:
    """A choice of 0 to 1 for every column, None where there is none in time, and what no choice can undercut."""

    chosen: Floats | None
    bound: float


class Master:
    """The 0-1 program over the columns. `cuts` are added, none is ever taken away."""

    def __init__(self, piece: Piece) -> None:
        self._count = len(piece.cost)
        self._columns = np.arange(self._count, dtype=np.int32)
        self._model = solver(presolve="on")
        self._model.addVars(self._count, piece.given.astype(float), np.ones(self._count))
        self._model.changeColsCost(self._count, self._columns, piece.cost)
        self._seen: set[tuple[bytes, bytes]] = set()
        self.cuts: list[Cut] = []
        self.add(piece.rests)

    def add(self, cuts: Sequence[Cut]) -> int:
        """How many of these cuts are new."""
        new = 0
        for cut in cuts:
            columns, weights = cut
            key = columns.tobytes(), np.round(weights, 6).tobytes()
            if key not in self._seen:
                self._seen.add(key)
                self.cuts.append(cut)
                self._model.addRow(1.0, highspy.kHighsInf, len(columns), columns.astype(np.int32), weights)
                new += 1
        return new

    def relaxed(self, until: float) -> Answer:
        """The cheapest choice in fractions."""
        status = self._run(0, until)
        if status == highspy.HighsModelStatus.kInfeasible:
            return Answer(None, math.inf)
        if status != highspy.HighsModelStatus.kOptimal:
            return Answer(None, 0.0)
        return Answer(self._values(), float(self._model.getInfo().objective_function_value))

    def whole(self, gap: float, until: float) -> Answer:
        """The cheapest choice of whole columns, at most a share `gap` above the least."""
        # A start from a known pattern would help, but HiGHS 1.16 forgets the objective of columns that presolve fixed
        # when it weighs a start, and then takes the start for the optimum.
        self._model.clearSolver()
        self._model.setOptionValue("mip_rel_gap", gap)
        status = self._run(1, until)
        if status == highspy.HighsModelStatus.kInfeasible:
            return Answer(None, math.inf)
        info = self._model.getInfo()
        bound = float(info.mip_dual_bound)
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        return Answer(np.rint(self._values()) if found else None, bound if math.isfinite(bound) else 0.0)

    def _run(self, whole: int, until: float) -> object:
        self._model.changeColsIntegrality(self._count, self._columns, np.full(self._count, whole, dtype=np.uint8))
        self._model.setOptionValue("time_limit", self._model.getRunTime() + max(0.05, until - time.monotonic()))
        self._model.run()
        status: object = self._model.getModelStatus()
        return status

    def _values(self) -> Floats:
        values: Floats = np.clip(np.array(self._model.getSolution().col_value), 0, 1)
        return values
