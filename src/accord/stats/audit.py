"""The attack on a bare release: which whole numbers remain possible for every hidden cell?

Written apart from the search that chooses what to hide, with other solver settings. The hidden values are taken out
before anything else happens, so nothing here can lean on them. Bounds are propagated first, then every component is
one linear program whose objective changes; each solution is a whole table that fits, a witness for all of its cells.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from accord.decision import BadInput
from accord.stats.bare import Bare, Flags, Floats, Ints, On, Policy, Zeros
from accord.stats.propagate import tighten
from accord.stats.solver import solver

_WHOLE = 1e-6
_SWEEPS = 12
"""How many objectives over many cells at once are tried before cells are taken one by one."""
_ROOF = 1e5
"""Short of exact intervals, cells that nothing bounds go no higher, so programs end. Errs to caution."""


@dataclass(frozen=True, eq=False)
class Print:
    """What an outsider has: of each hidden cell its bounds, of each printed cell its value, and the equations.

    Attributes:
        hidden: which cells are hidden.
        known: printed values, 0 where hidden.
        low: the least value allowed; the value itself where printed.
        high: the greatest, infinite where nothing bounds it.
        equations: as in the release.
    """

    hidden: Flags
    known: Ints
    low: Floats
    high: Floats
    equations: sparse.csr_array


@dataclass(frozen=True, eq=False)
class Intervals:
    """The least and greatest possible value of every cell, both attained unless the audit stopped at `need`."""

    low: Floats
    high: Floats
    programs: int

    @property
    def widths(self) -> Floats:
        """How many whole numbers remain possible for each cell."""
        widths: Floats = self.high - self.low + 1
        return widths


def printed(bare: Bare, hidden: Flags, assume: frozenset[str], small_group: int = 0) -> Print:
    """What the release shows when these cells are hidden, to somebody who assumes a0, a1, a2.

    `small_group`: groups of 1 to this many hide their zeros too, so a1 says nothing about them.
    """
    known = np.where(hidden, 0, bare.values)
    least = np.full(len(bare), 1.0 if "a1" in assume else 0.0)
    least[bare.blank | ((bare.denominators >= 1) & (bare.denominators <= small_group))] = 0.0
    most = np.full(len(bare), math.inf)
    if "a2" in assume:
        least[bare.denominators == 0] = most[bare.denominators == 0] = 0.0
    return Print(hidden, known, np.where(hidden, least, known), np.where(hidden, most, known), bare.equations)


def assumptions(policy: Policy) -> frozenset[str]:
    """What an outsider may rightly assume under a policy."""
    return frozenset(("a0", "a1", "a2") if policy.zeros is Zeros.PRINTED else ("a0", "a2"))


def narrow(bare: Bare, hidden: Flags, watched: Flags, policy: Policy) -> Ints:
    """The watched cells that keep fewer than `policy.width` values, as indexes; printed ones among them count."""
    small_group = 0 if policy.on is On.COUNT else policy.threshold
    shown = printed(bare, hidden, assumptions(policy), small_group)
    found = attack(shown, need=policy.width, watched=watched)
    cells: Ints = np.flatnonzero(watched & (found.widths < policy.width))
    return cells


def attack(shown: Print, need: int | None = None, watched: Flags | None = None) -> Intervals:
    """The interval of every hidden cell.

    Args:
        shown: what is printed and assumed.
        need: stop at a cell as soon as this many values are shown to be possible; None for exact intervals.
        watched: only these cells matter; None for all.

    Raises:
        BadInput: when no table of whole numbers fits.
    """
    low, high = tighten(shown.equations, shown.low, shown.high)
    if (low > high).any():
        raise _contradiction()
    open_cells = shown.hidden & (low < high)
    columns = np.flatnonzero(open_cells)
    if not len(columns):
        return Intervals(low, high, 0)
    fixed = np.where(open_cells, 0.0, low)
    right = -(shown.equations @ fixed)
    matrix = shown.equations[:, columns]
    low, high, programs = low.copy(), high.copy(), 0
    for rows, part in _components(matrix):
        cells = columns[part]
        wanted = np.ones(len(cells), dtype=np.bool_) if watched is None else watched[cells]
        if not wanted.any():
            continue
        piece = _Piece(matrix[rows][:, part], right[rows], low[cells], high[cells], need)
        low[cells], high[cells] = piece.intervals(wanted)
        programs += piece.programs
    return Intervals(low, high, programs)


def _contradiction() -> BadInput:
    mend = "Check the equations, the status of the cells and the assumptions."
    return BadInput("No whole numbers fit what is printed.", mend=mend)


def _components(matrix: sparse.csr_array) -> list[tuple[Ints, Ints]]:
    """Rows and columns that hang together, columns without a row as pieces of their own."""
    rows = matrix.shape[0]
    graph = sparse.block_array([[None, matrix], [matrix.T, None]], format="csr")
    count, label = connected_components(graph, directed=False)
    row_order, column_order = np.argsort(label[:rows], kind="stable"), np.argsort(label[rows:], kind="stable")
    row_ends = np.searchsorted(label[:rows][row_order], np.arange(count + 1))
    column_ends = np.searchsorted(label[rows:][column_order], np.arange(count + 1))
    return [
        (row_order[row_ends[i] : row_ends[i + 1]], column_order[column_ends[i] : column_ends[i + 1]])
        for i in range(count)
        if column_ends[i] < column_ends[i + 1]
    ]


class _Piece:
    """One component: a linear program whose objective changes, and the span of all tables found so far."""

    def __init__(self, matrix: Any, right: Floats, low: Floats, high: Floats, need: int | None) -> None:
        self.low, self.high, self.need, self.programs = low.copy(), high.copy(), need, 0
        self._matrix, self._right, self._n = matrix.tocsc(), right, len(low)
        self._seen_low, self._seen_high = np.full(self._n, math.inf), np.full(self._n, -math.inf)
        self._columns = np.arange(self._n, dtype=np.int32)
        roof = np.inf if need is None else max(_ROOF, 4 * float(np.abs(right).max(initial=0)))
        self._model = _model(self._matrix, right, low, np.minimum(high, np.maximum(roof, low)))

    def intervals(self, wanted: Flags) -> tuple[Floats, Floats]:
        """The ends of every cell; with `need`, the span seen where it is wide enough."""
        self._sweep(wanted)
        for sign in (1, -1):
            for cell in np.flatnonzero(wanted):
                if self._unsettled()[cell] and not self._reached(sign)[cell]:
                    self._end(int(cell), sign)
        if self.need is None:
            return self.low, self.high
        enough = self._seen_high - self._seen_low + 1 >= self.need
        return np.where(enough, self._seen_low, self.low), np.where(enough, self._seen_high, self.high)

    def _reached(self, sign: int) -> Flags:
        reached: Flags = self._seen_high >= self.high if sign > 0 else self._seen_low <= self.low
        return reached

    def _unsettled(self) -> Flags:
        done = (self._seen_high >= self.high) & (self._seen_low <= self.low)
        if self.need is not None:
            done |= (self._seen_high - self._seen_low + 1 >= self.need) | (self.high - self.low + 1 < self.need)
        unsettled: Flags = ~done
        return unsettled

    def _sweep(self, wanted: Flags) -> None:
        """Push many cells at once, in varying directions, while that settles many."""
        random = np.random.default_rng(7)
        for turn in range(_SWEEPS):
            left = wanted & self._unsettled()
            if left.sum() < 8:
                return
            signs = np.full(self._n, 1.0 - 2 * (turn % 2)) if turn < 2 else random.choice([-1.0, 1.0], self._n)
            self._solve(np.where(left, signs, 0.0), whole=False)
            if turn > 2 and (wanted & self._unsettled()).sum() > 0.9 * left.sum():
                return

    def _end(self, cell: int, sign: int) -> None:
        """The greatest (1) or least (-1) whole number of a cell."""
        price = np.zeros(self._n)
        price[cell] = sign
        table, best = self._solve(price, whole=False)
        if table is None:
            return
        if not self._is_table(table):
            _, best = self._solve(price, whole=True)
        if sign > 0:
            self.high[cell] = min(self.high[cell], math.floor(best + _WHOLE))
        else:
            self.low[cell] = max(self.low[cell], math.ceil(-best - _WHOLE))

    def _is_table(self, table: Any) -> bool:
        whole = np.rint(table)
        return bool(np.abs(table - whole).max() < _WHOLE and np.abs(self._matrix @ whole - self._right).max() < 0.5)

    def _solve(self, price: Floats, *, whole: bool) -> tuple[Any, float]:
        """A table that is best at a price, and how good it is; None when there is no bound."""
        model = self._model
        model.changeColsCost(self._n, self._columns, price)
        if whole:
            model.changeColsIntegrality(self._n, self._columns, np.ones(self._n, dtype=np.uint8))
        model.run()
        self.programs += 1
        status = model.getModelStatus()
        table = np.array(model.getSolution().col_value)
        best = float(model.getInfo().objective_function_value)
        if whole:
            model.changeColsIntegrality(self._n, self._columns, np.zeros(self._n, dtype=np.uint8))
        if status == highspy.HighsModelStatus.kInfeasible:
            raise _contradiction()
        if status != highspy.HighsModelStatus.kOptimal:
            return None, math.inf
        if self._is_table(table):
            self._seen_low = np.minimum(self._seen_low, np.rint(table))
            self._seen_high = np.maximum(self._seen_high, np.rint(table))
        return table, best


def _model(matrix: Any, right: Floats, low: Floats, high: Floats) -> Any:
    """The tables that fit. Primal simplex, so that a new objective goes on from the last vertex."""
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = np.zeros(matrix.shape[1])
    lp.col_lower_, lp.col_upper_ = low, np.where(np.isinf(high), highspy.kHighsInf, high)
    lp.row_lower_ = lp.row_upper_ = right
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    model = solver(presolve="off", simplex_strategy=4, random_seed=11)
    model.passModel(lp)
    return model
