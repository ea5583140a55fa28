"""The cheapest safe pattern of a piece: a 0-1 master problem that grows by what the outsider's programs ask for.

Any-time: a safe pattern is kept as soon as one is known, with a lower bound, so that the result can say how far from
minimal it may be. Linear rounds come first, whole ones after. Whole-number safety is asked of the audit, which shares
no code with the search; a pattern that fails it is cut off by asking for any further column.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from scipy import sparse

from accord.stats.bare import Flags, Floats
from accord.stats.presolve import Piece
from accord.stats.separation import Cut, Separation
from accord.stats.solver import solver

Narrow = Callable[[Flags], Flags]
"""Which primary columns keep too few whole numbers when these columns are hidden."""
_BATCH = 400


@dataclass(frozen=True, eq=False)
class Found:
    """The best safe pattern of a piece, None if none was found, its cost, and what no safe pattern can undercut."""

    hidden: Flags | None
    cost: float
    bound: float


def search(piece: Piece, width: int, narrow: Narrow, until: float, told: Callable[[Found], None]) -> Found:
    """Search until the optimum is proved or the clock passes `until`. `told` hears of every better state."""
    return _Search(piece, width, narrow, until, told).run()


class _Search:
    def __init__(self, piece: Piece, width: int, narrow: Narrow, until: float, told: Callable[[Found], None]) -> None:
        self._piece, self._narrow, self._until, self._told = piece, narrow, until, told
        self._separation = Separation(piece, width)
        self._master = _master(piece)
        self._pool: list[Floats] = []
        self._best: Flags | None = None
        self._cost, self._bound = math.inf, 0.0

    def run(self) -> Found:
        """A quick pattern first, then bounds and better ones; hiding everything is the last resort."""
        self._repaired(self._piece.primary, 0.6)
        if not self._linear():
            self._whole()
        if self._best is None and math.isfinite(self._bound):
            every = np.ones(len(self._piece.cost), dtype=np.bool_)
            if not self._narrow(every).any():
                self._keep(every)
        return Found(self._best, self._cost, min(self._bound, self._cost))

    def _spent(self) -> bool:
        return time.monotonic() > self._until

    def _left(self) -> float:
        return max(0.05, self._until - time.monotonic())

    def _linear(self) -> bool:
        """Rounds of the relaxed master; True when time ran out."""
        while not self._spent():
            chosen, bound = self._solve(whole=False)
            if chosen is None:
                return True
            self._raise_bound(bound)
            cuts = self._separation.cuts(chosen, _BATCH, self._spent)
            if not cuts:
                self._repaired(chosen > 0.5)
                return self._spent()
            self._add(cuts)
        return True

    def _whole(self) -> None:
        while not self._spent() and self._bound < self._cost - 1e-6:
            chosen, bound = self._solve(whole=True)
            self._raise_bound(bound)
            if chosen is None:
                return
            hidden = chosen > 0.5
            unsafe = self._separation.unsafe(hidden, _BATCH, self._spent)
            if unsafe:
                self._add([cut for _, cut in unsafe])
                self._repaired(hidden)
            elif self._narrow(hidden).any():
                self._add([(np.where(hidden, 0.0, 1.0) * ~self._piece.primary, 1.0)])
            else:
                self._keep(hidden)

    def _repaired(self, hidden: Flags, share: float = 0.2) -> None:
        """Safe patterns not far from an unsafe one: cover what is asked for, drop what nothing asks for, ask again."""
        hidden, until = hidden | self._piece.primary, time.monotonic() + share * self._left()
        for _ in range(200):
            if not self._cover(hidden):
                return
            if self._best is not None:
                self._drop(hidden)
            if float(self._piece.cost[hidden].sum()) >= self._cost - 1e-9:
                return
            unsafe = self._separation.unsafe(hidden, _BATCH, lambda: time.monotonic() > until)
            if unsafe:
                self._add([cut for _, cut in unsafe])
            if time.monotonic() > until:
                return
            if not unsafe:
                first = self._best is None
                if self._narrow(hidden).any():
                    return
                self._keep(hidden)
                if not first:
                    return

    def _cover(self, hidden: Flags) -> bool:
        """Hide, cheapest for what it lends first, until every cut holds; False if that cannot be."""
        cuts = self._cuts()
        while (short := np.maximum(1 - cuts @ hidden, 0)).max(initial=0) > 1e-6:
            lent = cuts[short > 1e-6]
            use = np.where(hidden, 0.0, np.asarray(lent.sum(axis=0)).ravel() / (self._piece.cost + 1e-9))
            if use.max() <= 0:
                return False
            hidden[int(np.argmax(use))] = True
        return True

    def _drop(self, hidden: Flags) -> None:
        """Show again, dearest first, every column that no cut needs."""
        cuts = self._cuts().tocsc()
        held = cuts @ hidden
        for column in sorted(np.flatnonzero(hidden & ~self._piece.primary), key=lambda one: -self._piece.cost[one]):
            span = slice(cuts.indptr[column], cuts.indptr[column + 1])
            rows, weights = cuts.indices[span], cuts.data[span]
            if (held[rows] - weights >= 1 - 1e-9).all():
                held[rows] -= weights
                hidden[column] = False

    def _cuts(self) -> Any:
        """Every cut so far as a sparse row that must come to 1."""
        columns = [np.flatnonzero(weights) for weights in self._pool]
        data = [weights[at] for weights, at in zip(self._pool, columns, strict=True)]
        for at, weights, least in self._piece.rests:
            if not self._piece.primary[at].any():
                columns.append(at)
                data.append(weights / least)
        ends = np.concatenate([[0], np.cumsum([len(one) for one in columns])]).astype(np.int64)
        flat = (np.concatenate([[], *data]), np.concatenate([[], *columns]).astype(np.int64), ends)
        return sparse.csr_array(flat, shape=(len(columns), len(self._piece.cost)))

    def _rests(self, hidden: Flags) -> bool:
        return all(weights @ hidden[columns] >= least - 1e-6 for columns, weights, least in self._piece.rests)

    def _keep(self, hidden: Flags) -> None:
        cost = float(self._piece.cost[hidden].sum())
        if cost < self._cost - 1e-9 and self._rests(hidden):
            self._best, self._cost = hidden.copy(), cost
            self._tell()

    def _raise_bound(self, bound: float) -> None:
        if bound > self._bound:
            self._bound = bound
            self._tell()

    def _tell(self) -> None:
        self._told(Found(self._best, self._cost, self._bound))

    def _add(self, cuts: list[Cut]) -> None:
        for weights, least in cuts:
            self._pool.append(weights / least)
            columns = np.flatnonzero(weights).astype(np.int32)
            self._master.addRow(least, highspy.kHighsInf, len(columns), columns, weights[columns])

    def _solve(self, *, whole: bool) -> tuple[Any, float]:
        """The master's answer and a bound that holds whatever state the solver stopped in."""
        count = len(self._piece.cost)
        columns = np.arange(count, dtype=np.int32)
        self._master.changeColsIntegrality(count, columns, np.full(count, int(whole), dtype=np.uint8))
        self._master.setOptionValue("time_limit", self._master.getRunTime() + self._left())
        self._master.run()
        status, info = self._master.getModelStatus(), self._master.getInfo()
        solved = status == highspy.HighsModelStatus.kOptimal
        if not whole:
            bound = float(info.objective_function_value) if solved else 0.0
        else:
            bound = float(info.mip_dual_bound) if math.isfinite(info.mip_dual_bound) else 0.0
        if status == highspy.HighsModelStatus.kInfeasible:
            return None, math.inf
        values: Floats = np.array(self._master.getSolution().col_value)
        return (np.clip(values, 0, 1) if solved or (whole and len(values)) else None), bound


def _master(piece: Piece) -> Any:
    """Which columns to hide at least cost: so far only the primary ones, and what small rests ask for."""
    model = solver(presolve="on")
    for cost, fixed in zip(piece.cost, piece.primary, strict=True):
        model.addVar(float(fixed), 1.0)
        model.changeColCost(model.getNumCol() - 1, float(cost))
    for columns, weights, least in piece.rests:
        model.addRow(least, highspy.kHighsInf, len(columns), columns.astype(np.int32), weights)
    return model
