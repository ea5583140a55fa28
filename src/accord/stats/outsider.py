"""What the outsider can do against a pattern: linear programs over all tables that fit the printed figures.

Every solution is a witness: a complete table of whole numbers that fits. Witnesses are kept, because one often
settles many cells.
"""

from __future__ import annotations

from typing import Any

import highspy
import numpy as np

from accord.stats.cells import Problem
from accord.stats.solver import solver

_SLACK = 1e-6
_FAR = 1000.0
"""How far above its true value a hidden cell may go in a witness. More would only make witnesses odder."""
_NEAR = 1e-3
"""A small price on cells that are hidden anyway, so that a repair takes the short way."""


class Outsider:
    """Tries to narrow hidden cells of one problem; remembers the tables found on the way."""

    def __init__(self, problem: Problem, width: int) -> None:
        self.problem, self.width, self.solved = problem, width, 0
        self._true = np.array(problem.values, dtype=np.float64)
        self._lower = np.minimum(np.array(problem.lower, dtype=np.float64), self._true)
        self._witnesses = np.array([problem.values], dtype=np.int64).reshape(1, len(problem.values))
        self._moves = _model(problem)
        self._n = len(problem.values)

    def first_narrow(self, hidden: frozenset[int]) -> int | None:
        """The first hidden cell for which fewer than `width` values remain, or None when the pattern is safe."""
        shown = np.array([i for i in range(self._n) if i not in hidden], dtype=np.int64)
        fits = np.all(self._witnesses[:, shown] == self._witnesses[0, shown], axis=1)
        low, high = self._witnesses[fits].min(axis=0), self._witnesses[fits].max(axis=0)
        open_already = False
        for i in sorted(hidden):
            for sign in (1, -1):
                if high[i] - low[i] + 1 >= self.width:
                    break
                if not open_already:
                    self._open(hidden)
                    open_already = True
                table = self._furthest(i, sign)
                low, high = np.minimum(low, table), np.maximum(high, table)
            if high[i] - low[i] + 1 < self.width:
                self._interval = int(low[i]), int(high[i])
                return i
        return None

    def repair(self, cell: int, hidden: frozenset[int], movable: frozenset[int]) -> frozenset[int]:
        """Cells to hide so that the cell just found narrow has room: the cheaper of room above and room below."""
        low, high = self._interval
        value = self.problem.values[cell]
        wanted = [(low + self.width - 1 - value), -(value - (high - self.width + 1))]
        found = []
        for move in wanted:
            if value + move >= self._lower[cell]:
                found += self._cheapest(cell, move, hidden, movable)
        if not found:
            return frozenset()
        return min(found)[1]

    def _open(self, hidden: frozenset[int]) -> None:
        """Let exactly the hidden cells move, each from its least value to far above."""
        up, down = np.zeros(self._n), np.zeros(self._n)
        for i in hidden:
            up[i], down[i] = _FAR, self._true[i] - self._lower[i]
        self._bounds(up, down)

    def _bounds(self, up: Any, down: Any) -> None:
        columns = np.arange(2 * self._n, dtype=np.int32)
        self._moves.changeColsBounds(2 * self._n, columns, np.zeros(2 * self._n), np.concatenate([up, down]))

    def _furthest(self, cell: int, sign: int) -> Any:
        """A fitting table in which the cell is as far up (1) or down (-1) as it goes."""
        price = np.full(2 * self._n, 1e-7)
        price[cell], price[self._n + cell] = -sign, sign
        return self._keep(self._solve(price, whole=False), price)

    def _keep(self, moves: Any, price: Any) -> Any:
        table = self._true + moves[: self._n] - moves[self._n :]
        if np.abs(table - np.rint(table)).max() > _SLACK:
            moves = self._solve(price, whole=True)
            table = self._true + moves[: self._n] - moves[self._n :]
        whole = np.rint(table).astype(np.int64)
        if not self._fits(whole):
            return self._witnesses[0]
        self._witnesses = np.vstack([self._witnesses, whole])
        return whole

    def _fits(self, table: Any) -> bool:
        sums = all(table[parent] == table[list(children)].sum() for parent, children in self.problem.sums)
        return bool(sums and all(table[less] <= table[more] for less, more in self.problem.order))

    def _cheapest(
        self, cell: int, move: int, hidden: frozenset[int], movable: frozenset[int]
    ) -> list[tuple[float, frozenset[int]]]:
        """The cells to hide too for the cell to move by `move`, with what hiding them costs; [] if it cannot."""
        up, down, price = np.zeros(self._n), np.zeros(self._n), np.zeros(2 * self._n)
        for i in movable | hidden:
            up[i], down[i] = _FAR, self._true[i] - self._lower[i]
            price[i] = price[self._n + i] = _NEAR if i in hidden else self.problem.cost[i]
        self._bounds(up, down)
        at = cell if move > 0 else self._n + cell
        other = self._n + cell if move > 0 else cell
        self._moves.changeColBounds(at, abs(move), abs(move))
        self._moves.changeColBounds(other, 0, 0)
        for whole in (False, True):
            moves = self._solve(price, whole=whole)
            if moves is None:
                return []
            moved = {i for i in range(self._n) if abs(moves[i]) > _SLACK or abs(moves[self._n + i]) > _SLACK}
            if more := frozenset(moved - hidden):
                return [(sum(self.problem.cost[i] for i in sorted(more)), more)]
        return []

    def _solve(self, price: Any, *, whole: bool) -> Any:
        """The cheapest moves, or None when there are none."""
        columns = np.arange(2 * self._n, dtype=np.int32)
        self._moves.changeColsCost(2 * self._n, columns, price)
        if whole:
            self._moves.changeColsIntegrality(2 * self._n, columns, np.ones(2 * self._n, dtype=np.uint8))
        self._moves.run()
        self.solved += 1
        good = self._moves.getModelStatus() == highspy.HighsModelStatus.kOptimal
        answer = np.array(self._moves.getSolution().col_value) if good else None
        if whole:
            self._moves.changeColsIntegrality(2 * self._n, columns, np.zeros(2 * self._n, dtype=np.uint8))
        return answer


def _model(problem: Problem) -> Any:
    """Moves up and down from the true table: sums stay sums, orders stay orders. Columns: n up, then n down."""
    n = len(problem.values)
    model = solver(presolve="off")
    for _ in range(2 * n):
        model.addVar(0.0, 0.0)
    for parent, children in problem.sums:
        terms = {parent: 1.0} | dict.fromkeys(children, -1.0)
        _row(model, n, terms, 0.0, 0.0)
    for less, more in problem.order:
        room = float(problem.values[more] - problem.values[less])
        _row(model, n, {less: 1.0, more: -1.0}, -highspy.kHighsInf, room)
    return model


def _row(model: Any, n: int, terms: dict[int, float], low: float, high: float) -> None:
    columns = np.array([*terms, *(n + i for i in terms)], dtype=np.int32)
    factors = np.array([*terms.values(), *(-factor for factor in terms.values())])
    model.addRow(low, high, len(columns), columns, factors)
