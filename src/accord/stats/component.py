"""One component of a system of equations between whole numbers: its parts, its programs, a first table that fits."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import breadth_first_order, connected_components

from accord.stats.bare import Flags, Floats, Ints
from accord.stats.reduced import contradiction
from accord.stats.solver import solver

WHOLE = 1e-6
"""How far from a whole number counts as one: the solver's tolerance."""
_REACH = 8
"""A neighborhood goes on through so many unknowns of an equation: long sums tie together what has little in common."""
REPAIRS = (0, 60, 180, 540, 1620, 4860)
"""How many unknowns around broken ones are let go to make a table whole."""
COLD: dict[str, Any] = {"presolve": "on", "simplex_strategy": 1}
"""For a program that is solved once."""
_VERTICES = 8
_FAR = 1e5
"""How far unknowns that nothing bounds may go in a table. Less than they can: says nothing of where they end."""


class Late(Exception):  # noqa: N818
    """The time is over."""


class Clock:
    """When the time is over, and how many programs were solved until then."""

    def __init__(self, deadline: float | None = None) -> None:
        self.deadline, self.programs = deadline, 0

    def left(self) -> float:
        """Seconds that remain.

        Raises:
            Late: when none do.
        """
        left = np.inf if self.deadline is None else self.deadline - time.monotonic()
        if left <= 0:
            raise Late
        return float(min(left, 1e9))


@dataclass(frozen=True, eq=False)
class Component:
    """`rows @ y == right`, low <= y <= high, y whole. `low` and `high` narrow while more is proved.

    `columns` are the same equations by column; `graph` leads from unknowns to equations and on.
    """

    rows: sparse.csr_array
    columns: sparse.csc_array
    right: Floats
    low: Floats
    high: Floats
    graph: sparse.csr_array

    def __len__(self) -> int:
        return len(self.low)

    def near(self, cell: int, size: int) -> Ints:
        """The unknowns nearest to one, itself first."""
        if size >= len(self):
            return np.append(cell, np.delete(np.arange(len(self)), cell))
        order = breadth_first_order(self.graph, cell, return_predecessors=False)
        found: Ints = order[order < len(self)][:size]
        return found

    def touching(self, cells: Ints) -> Ints:
        """The equations in which any of these unknowns stands."""
        return np.unique(self.columns[:, cells].indices)

    def roofed(self) -> Floats:
        """Upper bounds, none of them infinite."""
        most = max(_FAR, 4 * float(np.abs(self.right).max(initial=0)))
        return np.minimum(self.high, np.maximum(most, self.low + most))

    def endless(self, clock: Clock) -> tuple[Flags, Flags]:
        """Which unknowns nothing bounds below, and which nothing bounds above, given that some table fits.

        They are those that move in a direction in which tables go on for ever. Such directions add up, so one program
        finds them all: each unknown earns what it moves, up to 1.

        Raises:
            Late: when the time is over.
        """
        down, up = np.isinf(self.low), np.isinf(self.high)
        free = np.flatnonzero(up | down)
        if not len(free):
            return down, up
        one = self.columns[:, free] @ sparse.diags_array(np.where(up[free], 1.0, -1.0))
        matrix, count = sparse.hstack([one, one], format="csc"), len(free)
        most, zero = np.repeat([1.0, np.inf], count), np.zeros(len(self.right))
        program = Program(matrix, (np.zeros(2 * count), most), (zero, zero), clock, **COLD)
        moves, _ = program.best(np.repeat([1.0, 0.0], count))
        if moves is None:
            raise Late
        moving = np.zeros(len(self), dtype=np.bool_)
        moving[free] = moves[:count] > 0.5
        return down & moving, up & moving

    def fits(self, table: Floats) -> bool:
        """Whether these are whole numbers that fit."""
        inside = (table >= self.low).all() and (table <= self.high).all() and (table == np.rint(table)).all()
        return bool(inside and np.abs(self.rows @ table - self.right).max(initial=0) < 0.5)


def components(matrix: sparse.csr_array, right: Floats, low: Floats, high: Floats) -> Iterator[tuple[Ints, Component]]:
    """The components of a system, each with the columns it holds, the smallest first."""
    count = matrix.shape[0]
    graph = sparse.block_array([[None, matrix], [matrix.T, None]], format="csr")
    groups, label = connected_components(graph, directed=False)
    rows, columns = _grouped(label[:count], groups), _grouped(label[count:], groups)
    for group in np.argsort([len(part) for part in columns], kind="stable"):
        own, part = rows[group], columns[group]
        if len(part):
            some = matrix[own][:, part]
            yield part, Component(some, some.tocsc(), right[own], low[part].copy(), high[part].copy(), _joins(some))


def _grouped(label: Any, groups: int) -> list[Ints]:
    order = np.argsort(label, kind="stable")
    return np.split(order, np.searchsorted(label[order], np.arange(1, groups)))


def _joins(matrix: sparse.csr_array) -> sparse.csr_array:
    """From each unknown to its equations, and from each equation to its unknowns, from long ones to a few by chance."""
    count, start = matrix.shape[0], matrix.indptr[:-1]
    rows = np.repeat(np.arange(count), np.diff(matrix.indptr))
    shuffled = np.lexsort((np.random.default_rng(3).random(len(rows)), rows))
    kept = shuffled[np.arange(len(rows)) - start[rows] < _REACH]
    some = sparse.csr_array((np.ones(len(kept)), (rows[kept], matrix.indices[kept])), shape=matrix.shape)
    return sparse.csr_array(sparse.block_array([[None, abs(matrix).T], [some, None]], format="csr"))


class Program:
    """Linear or whole-number programs over one set of unknowns, one objective after the other."""

    def __init__(
        self,
        matrix: sparse.csc_array,
        bounds: tuple[Floats, Floats],
        rows: tuple[Floats, Floats],
        clock: Clock,
        **options: Any,
    ) -> None:
        lp = highspy.HighsLp()
        lp.num_row_, lp.num_col_ = matrix.shape
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.zeros(matrix.shape[1])
        lp.col_lower_, lp.col_upper_ = map(_finite, bounds)
        lp.row_lower_, lp.row_upper_ = map(_finite, rows)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
        self._count, self._clock, self._cold = matrix.shape[1], clock, options.get("presolve") == "on"
        self._each = np.arange(self._count, dtype=np.int32)
        self._model = solver(**{"presolve": "off", "simplex_strategy": 4, "random_seed": 11, **options})
        self._model.passModel(lp)

    def best(self, price: Floats, *, whole: bool = False) -> tuple[Floats | None, float]:
        """A best solution at a price and what it comes to.

        None with infinity when nothing bounds it, None with minus infinity when nothing fits.

        Raises:
            Late: when the time is over.
        """
        model, each = self._model, self._each
        if self._cold:
            model.clearSolver()
        model.setOptionValue("time_limit", model.getRunTime() + self._clock.left())
        model.changeColsCost(self._count, each, price)
        if whole:
            model.changeColsIntegrality(self._count, each, np.ones(self._count, dtype=np.uint8))
        model.run()
        if model.getModelStatus() == highspy.HighsModelStatus.kUnknown:
            model.clearSolver()
            model.run()
        self._clock.programs += 1
        status, answer = model.getModelStatus(), np.array(model.getSolution().col_value)
        best = float(model.getInfo().objective_function_value)
        if whole:
            model.changeColsIntegrality(self._count, each, np.zeros(self._count, dtype=np.uint8))
        known = highspy.HighsModelStatus
        if status == known.kOptimal:
            return answer, best
        if status in (known.kUnbounded, known.kUnboundedOrInfeasible):
            return None, np.inf
        if status == known.kInfeasible:
            return None, -np.inf
        raise Late


def _finite(numbers: Floats) -> Floats:
    return np.clip(numbers, -highspy.kHighsInf, highspy.kHighsInf)


def first_table(part: Component, clock: Clock, *, patient: bool = True) -> Floats:
    """Whole numbers that fit: a vertex of all tables, or one near it. Some vertices are whole, so several are tried.

    Raises:
        BadInput: when there are none; when not `patient`, also when none were found soon.
        Late: when none were found in time.
    """
    random = np.random.default_rng(5)
    program = Program(part.columns, (part.low, part.roofed()), (part.right, part.right), clock, **COLD)
    for turn in range(_VERTICES):
        table, _ = program.best(random.normal(size=len(part)) if turn else np.zeros(len(part)))
        if table is None:
            raise contradiction()
        if (made := whole_near(part, table, clock)) is not None:
            return made
    table, _ = program.best(np.zeros(len(part)), whole=True) if patient else (None, 0.0)
    if table is None:
        raise contradiction()
    return np.rint(table)


def whole_near(part: Component, table: Floats, clock: Clock, repairs: Sequence[int] = REPAIRS) -> Floats | None:
    """A fitting table of whole numbers that agrees with a fitting one wherever that is whole, but near its fractions.

    None when it was not found: there may be one all the same.
    """
    close = np.abs(table - np.rint(table)) < WHOLE
    table = np.where(close, np.rint(table), table)
    while (broken := table != np.rint(table)).any():
        cell = int(np.flatnonzero(broken)[0])
        for size in repairs:
            cells, rows = _around(part, cell, size, broken)
            rest = part.right[rows] - part.rows[rows] @ np.where(_among(cells, len(part)), 0.0, table)
            bounds = part.low[cells], part.roofed()[cells]
            local = part.columns[:, cells].tocsr()[rows].tocsc()
            program = Program(local, bounds, (rest, rest), clock, mip_rel_gap=1e9, **COLD)
            answer, _ = program.best(np.zeros(len(cells)), whole=True)
            if answer is not None:
                table[cells] = np.rint(answer)
                break
            if len(cells) == len(part):
                return None
        else:
            return None
    return table if part.fits(table) else None


def whole_parts(part: Component, base: Floats, table: Floats) -> Floats:
    """What of a fitting table can be kept beside whole numbers that fit: the parts of the difference that are whole.

    Parts of the difference that share no equation are moves of their own.
    """
    change = table - base
    moved = np.flatnonzero(np.abs(change) > WHOLE)
    some = part.columns[:, moved]
    graph = sparse.block_array([[None, some], [some.T, None]], format="csr")
    _, label = connected_components(graph, directed=False)
    label = label[some.shape[0] :]
    broken = np.abs(change[moved] - np.rint(change[moved])) > WHOLE
    kept = ~np.isin(label, label[broken])
    made = base.copy()
    made[moved[kept]] += np.rint(change[moved[kept]])
    return made


def _around(part: Component, cell: int, size: int, broken: Flags) -> tuple[Ints, Ints]:
    """The unknowns near one, with all broken ones that hang on them, and the equations they stand in."""
    inside = _among(part.near(cell, size) if size else np.array([cell]), len(part))
    while True:
        rows = part.touching(np.flatnonzero(inside))
        reached = np.zeros(len(part), dtype=np.bool_)
        reached[part.rows[rows].indices] = True
        more = reached & broken & ~inside
        if not more.any():
            return np.flatnonzero(inside), rows
        inside |= more


def _among(cells: Ints, count: int) -> Flags:
    flags = np.zeros(count, dtype=np.bool_)
    flags[cells] = True
    return flags
