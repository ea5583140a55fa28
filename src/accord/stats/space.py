"""The cell space of a release: every figure once, however many tables print it, and every sum between figures once.

A cell is a code in each dimension, the total where a table does not have the dimension; so a margin that tables share
is one cell. Dimensions whose codes overlap (outcomes of one contact) have no sums: there the outsider knows only that
no part is more than the total, which is an equation with a difference that nobody prints.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from accord.decision import BadInput
from accord.stats import rows
from accord.stats.axes import TOTAL, Axis, axis
from accord.stats.bare import UNKNOWN, Bare, Ints, Need, usual_cost
from accord.stats.counts import PERIOD, Counts, of_students
from accord.stats.enrollment import Enrollment
from accord.stats.grids import Table, equations, grid, merged, named
from accord.stats.hierarchies import Hierarchy
from accord.stats.orders import with_orders
from accord.stats.periods_above import standing
from accord.stats.schema import ALL

MOST_CELLS = 5_000_000
_BYTES_PER_CELL = 600
"""What building a space was seen to need at its height."""
USUAL_WEIGHTS: Mapping[str, float] = {"all": 2.0, "upper": 2.0, "leaf": 1.0}
"""How many times dearer it is to hide a total or a larger group than a part of the same size, in each dimension."""

Weights = Mapping[str, Mapping[str, float]]
"""For each dimension (or `*`) how dear its codes and levels (`all`, `upper`, `leaf`) are to hide."""


@dataclass(frozen=True, eq=False)
class Space:
    """A release as one cell space.

    Attributes:
        axes: the dimensions.
        at: of each cell its code in each dimension.
        tables: what is printed.
        bare: the cells in the same order, and after them what nobody prints: tables beneath, differences.
        denominators: how many students the group of each cell has, `UNKNOWN` where not told.
        states: of cells that were not counted, why; they are 0 in every sum.
        orders: pairs of cells, the second never less than the first.
        measure, period: what is counted, and when, "" where not told.
        groups: the dimensions that enrollment knows.
    """

    axes: tuple[Axis, ...]
    at: Ints
    tables: tuple[Table, ...]
    bare: Bare
    denominators: Ints
    states: Mapping[int, str]
    orders: tuple[tuple[int, int], ...]
    measure: str
    period: str
    groups: tuple[str, ...] = ()

    def __len__(self) -> int:
        """How many cells can be printed."""
        return len(self.at)

    def axis(self, name: str) -> Axis:
        """The dimension of that name."""
        return next(one for one in self.axes if one.name == name)


def space(
    counts: Counts,
    tables: Sequence[Sequence[str]] = (),
    *,
    hierarchies: Mapping[str, Hierarchy] | None = None,
    enrollment: Enrollment | None = None,
    overlapping: Sequence[str] = (),
    weights: Weights | None = None,
    beneath: Sequence[Sequence[str]] = (),
) -> Space:
    """The cell space of some tables of counts (one table of all dimensions when none is named).

    Args:
        counts: rows of leaves, summed to every margin; rows of margins are checked against those sums.
        tables: the dimensions of each table.
        hierarchies: which codes are sums of others, by dimension.
        enrollment: how many students the groups have, for the dimensions it knows.
        overlapping: dimensions whose codes do not add up to the total.
        weights: what makes cells dear, on top of their size.
        beneath: tables that nobody prints, but that everybody knows to lie under those that are printed: their cells
            are at least 0, which narrows what the printed ones can be.

    Raises:
        BadInput: when the counts do not fit the tables, the hierarchies, each other or the enrollment, and when the
            space is larger than memory allows.
    """
    wanted = [tuple(table) for table in tables] or [counts.dimensions]
    every = [*wanted, *(tuple(table) for table in beneath)]
    _refuse_odd(every, counts, overlapping)
    axes = _axes(counts, hierarchies or {}, enrollment, overlapping)
    _refuse_large(every, axes, counts.where)
    at, drawn, values = _cells(every, axes, counts, len(wanted))
    count = 1 + max(int(table.cells.max()) for table in drawn[: len(wanted)])
    bare = _unprinted(_bare(axes, at, values, equations(drawn, axes, len(at)), weights or {}), count)
    denominators = enrollment.sizes(axes, at) if enrollment else rows.told(counts.enrolled, counts, axes, at)
    _refuse_more_than_enrolled(axes, at, values, denominators, counts)
    states = rows.states(counts, axes, at, bare)
    pairs = _orders(axes, at)
    return Space(
        axes=axes,
        at=at[:count],
        tables=tuple(drawn[: len(wanted)]),
        bare=with_orders(_told(bare, counts, axes, at, denominators, states), pairs),
        denominators=denominators[:count],
        states=states,
        orders=tuple(pair for pair in pairs if max(pair) < count),
        measure=counts.measure,
        period=counts.period,
        groups=tuple(name for name in counts.dimensions if enrollment and name in enrollment.codes),
    )


def _cells(
    tables: Sequence[Sequence[str]], axes: Sequence[Axis], counts: Counts, first: int
) -> tuple[Ints, list[Table], Ints]:
    """The codes of every cell, the tables, and the counts; cells of the `first` tables come before others."""
    grids = [grid(table, axes, counts) for table in tables]
    at, places, values = merged(grids, axes, counts.where, first)
    rows.check(counts, axes, at, values)
    drawn = [Table(one.dimensions, place.reshape(one.values.shape)) for one, place in zip(grids, places, strict=True)]
    return at, drawn, values


def _told(
    bare: Bare, counts: Counts, axes: Sequence[Axis], at: Ints, denominators: Ints, states: Mapping[int, str]
) -> Bare:
    """With sizes of groups (nobody where nothing was counted, so that it stays 0), students behind, and ceilings."""
    known = denominators.copy()
    known[list(states)] = 0
    behind = rows.students(rows.told(counts.students, counts, axes, at), bare)
    most = known if of_students(counts.measure) else bare.most
    return replace(bare, denominators=known, contributors=behind, most=most)


def _refuse_odd(tables: Sequence[Sequence[str]], counts: Counts, overlapping: Sequence[str]) -> None:
    for where, names in (("--overlapping", overlapping), *(("--tables", table) for table in tables)):
        if strange := next((name for name in names if name not in counts.dimensions), None):
            raise BadInput(f"{strange} is not counted by.", where=where, mend="Name dimensions of --by.")
        if len(set(names)) < len(names):
            raise BadInput("A table names a dimension twice.", where=where, mend="Name each once.")
    for name in overlapping:
        if ALL not in counts.codes[counts.dimensions.index(name)]:
            mend = f"Give a row with {ALL} in {name} for each group: the total is not the sum of codes that overlap."
            raise BadInput(f"There is no total over {name}.", where=counts.where, mend=mend)
    used = {name for table in tables for name in table}
    if unused := next((name for name in counts.dimensions if name not in used), None):
        mend = "Leave it out of --by, or add it to a table."
        raise BadInput(f"{unused} is in no table.", where="--tables", mend=mend)


def _axes(
    counts: Counts, hierarchies: Mapping[str, Hierarchy], enrollment: Enrollment | None, overlapping: Sequence[str]
) -> tuple[Axis, ...]:
    made = []
    for name, codes in zip(counts.dimensions, counts.codes, strict=True):
        tree = hierarchies.get(name) or (standing(codes) if name == PERIOD else None)
        seen = [*codes, *(enrollment.codes.get(name, ()) if enrollment else ())]
        made.append(axis(name, seen, tree, overlapping=name in overlapping, where=counts.where))
    return tuple(made)


def _refuse_large(tables: Sequence[Sequence[str]], axes: Sequence[Axis], where: str) -> None:
    size = {one.name: len(one) for one in axes}
    cells = sum(int(np.prod([float(size[name]) for name in table])) for table in tables)
    if cells > MOST_CELLS:
        need = cells * _BYTES_PER_CELL / 2**30
        what = f"These tables have {cells:,} cells, which needs about {need:,.0f} GiB of memory."
        raise BadInput(what, where=where, mend="Publish fewer dimensions together, or larger groups.")


def _bare(axes: Sequence[Axis], at: Ints, values: Ints, equations: sparse.csr_array, weights: Weights) -> Bare:
    """The cells with what hiding them costs; the cheapest kind of cell has a weight of 1."""
    dear = np.ones(len(at))
    for i, one in enumerate(axes):
        told = {**USUAL_WEIGHTS, **weights.get("*", {}), **weights.get(one.name, {})}
        dear *= one.weights(told)[at[:, i]]
    cost = usual_cost(values) * dear / dear.min()
    return Bare(named(axes, at), values, np.full(len(at), UNKNOWN), cost, equations)


def _unprinted(bare: Bare, count: int) -> Bare:
    """The cells from `count` on as such that nobody prints and that need no protection of their own."""
    away = np.arange(len(bare)) >= count
    need = np.where(away, Need.NEVER, bare.need)
    return replace(bare, hidden=away, blank=away, need=need, cost=np.where(away, 0.0, bare.cost))


def _orders(axes: Sequence[Axis], at: Ints) -> list[tuple[int, int]]:
    """Pairs of a cell and the total of overlapping codes that it is part of."""
    index = {tuple(codes): i for i, codes in enumerate(at.tolist())}
    pairs = []
    for axis_at in (i for i, one in enumerate(axes) if not one.additive):
        for cell in np.flatnonzero(at[:, axis_at] != TOTAL):
            codes = at[cell].tolist()
            codes[axis_at] = TOTAL
            if (more := index.get(tuple(codes))) is not None:
                pairs.append((int(cell), more))
    return pairs


def _refuse_more_than_enrolled(
    axes: Sequence[Axis], at: Ints, values: Ints, denominators: Ints, counts: Counts
) -> None:
    """See that what every reader takes for granted is true."""
    over = (denominators != UNKNOWN) & (values > (denominators if of_students(counts.measure) else values))
    if (wrong := np.flatnonzero(over | ((denominators == 0) & (values > 0)))).size:
        cell = int(wrong[0])
        group = f"of {denominators[cell]} students enrolled" if denominators[cell] else "in which nobody is enrolled"
        what = f"{named(axes, at[[cell]])[0]} counts {values[cell]} in a group {group}."
        mend = "Correct the count, give all who were enrolled at any time, or leave the group out of the enrollment."
        raise BadInput(what, where=counts.where, mend=mend)
