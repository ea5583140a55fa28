"""The cells of tables from rows of counts: every margin summed, a margin that tables share once, every sum once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from accord.decision import BadInput
from accord.stats.axes import TOTAL, Axis
from accord.stats.bare import Floats, Ints
from accord.stats.counts import Counts


@dataclass(frozen=True, eq=False)
class Grid:
    """One table: its counts with an axis for each dimension, and of each the codes in all dimensions."""

    dimensions: tuple[str, ...]
    values: Ints
    at: Ints


@dataclass(frozen=True, eq=False)
class Table:
    """One table of a release. `cells` has an axis for each dimension of the table and holds places in the space."""

    dimensions: tuple[str, ...]
    cells: Ints


def named(axes: Sequence[Axis], at: Ints) -> tuple[str, ...]:
    """The names of cells: their codes with a bar between."""
    columns = [np.array(one.codes, dtype=object)[at[:, i]] for i, one in enumerate(axes)]
    return tuple(map("|".join, zip(*columns, strict=True)))


def grid(table: Sequence[str], axes: Sequence[Axis], counts: Counts) -> Grid:
    """Every cell of a table: the rows of leaves that tell of its dimensions, summed along each."""
    inside = [i for i, one in enumerate(axes) if one.name in table]
    inside.sort(key=lambda i: list(table).index(axes[i].name))
    codes = placed(counts, axes)
    rows = _source(inside, axes, counts, codes)
    shape, flat = [], np.zeros(len(rows), dtype=np.int64)
    for i in inside:
        leaves = axes[i].leaves
        spot = np.full(len(axes[i]), -1)
        spot[leaves] = np.arange(len(leaves))
        flat = flat * len(leaves) + spot[codes[rows, i]]
        shape.append(len(leaves))
    made = np.bincount(flat, counts.values[rows], int(np.prod(shape))).reshape(shape)
    for position, i in enumerate(inside):
        if axes[i].additive:
            moved = np.moveaxis(made, position, 0)
            summed = (axes[i].sums @ moved.reshape(len(moved), -1)).reshape(len(axes[i]), *moved.shape[1:])
            made = np.moveaxis(summed, 0, position)
    spots = np.indices(made.shape).reshape(len(inside), -1).T
    at = np.zeros((len(spots), len(axes)), dtype=np.int64)
    at[:, inside] = spots
    return Grid(tuple(table), np.rint(made).astype(np.int64), at)


def placed(counts: Counts, axes: Sequence[Axis]) -> Ints:
    """Of each row its codes as places on the axes."""
    columns = [
        np.array([one.place[code] for code in codes], dtype=np.int64)[counts.at[:, i]]
        for i, (one, codes) in enumerate(zip(axes, counts.codes, strict=True))
    ]
    return np.column_stack(columns)


def _source(inside: Sequence[int], axes: Sequence[Axis], counts: Counts, codes: Ints) -> Ints:
    """The rows to sum a table from: leaves in its dimensions and in as many others as the file breaks down by.

    Raises:
        BadInput: when the file has no such rows.
    """
    additive = [i for i, one in enumerate(axes) if one.additive]
    leaf = np.column_stack([np.isin(codes[:, i], axes[i].leaves) for i in range(len(axes))])
    total = codes == TOTAL
    plain = np.all(leaf[:, additive] | total[:, additive], axis=1)
    for i in (i for i in range(len(axes)) if not axes[i].additive and i not in inside):
        plain &= total[:, i]
    broken = leaf[:, additive] & ~total[:, additive]
    wanted = np.isin(additive, inside)
    fits = plain & broken[:, wanted].all(axis=1)
    if not fits.any():
        names = ", ".join(axes[i].name for i in inside)
        mend = "Give a row for each of its groups, none of them a total."
        raise BadInput(f"No rows break the counts down by {names}.", where=counts.where, mend=mend)
    kinds, kind = np.unique(broken[fits], axis=0, return_inverse=True)
    finest = int(np.argmax(kinds.sum(axis=1)))
    rows: Ints = np.flatnonzero(fits)[kind.ravel() == finest]
    return rows


def merged(grids: Sequence[Grid], axes: Sequence[Axis], where: str, first: int) -> tuple[Ints, list[Ints], Ints]:
    """Each cell once, those of the `first` tables before others: its codes, its place in each table, the counts."""
    every = np.concatenate([grid.at for grid in grids])
    at, place = np.unique(every, axis=0, return_inverse=True)
    ends = np.cumsum([grid.values.size for grid in grids])
    later = np.ones(len(at), dtype=np.bool_)
    later[place.ravel()[: ends[first - 1]]] = False
    order = np.argsort(later, kind="stable")
    at, place = at[order], np.argsort(order)[place.ravel()]
    told = np.concatenate([grid.values.ravel() for grid in grids])
    values = np.zeros(len(at), dtype=np.int64)
    values[place] = told
    if (off := np.flatnonzero(values[place] != told)).size:
        cell = named(axes, every[off[:1]])[0]
        what = f"Two tables disagree: {cell} is {told[off[0]]} in one and {values[place[off[0]]]} in the other."
        raise BadInput(what, where=where, mend="Give counts of the same events for all tables.")
    return at, np.split(place, ends[:-1]), values


def equations(tables: Sequence[Table], axes: Sequence[Axis], cells: int) -> sparse.csr_array:
    """Every total minus its parts, once."""
    rows: list[Ints] = []
    columns: list[Ints] = []
    factors: list[Floats] = []
    count = 0
    done = {one.name: np.zeros(cells, dtype=np.bool_) for one in axes}
    for table in tables:
        for position, name in enumerate(table.dimensions):
            one = next(other for other in axes if other.name == name)
            for parent, children in one.children.items():
                parents = np.take(table.cells, parent, axis=position).ravel()
                new = ~done[name][parents]
                done[name][parents] = True
                parts = np.moveaxis(np.take(table.cells, children, axis=position), position, -1)
                parts = parts.reshape(len(parents), -1)[new]
                number = np.arange(count, count + len(parts))
                count += len(parts)
                rows += [number, np.repeat(number, parts.shape[1])]
                columns += [parents[new], parts.ravel()]
                factors += [np.ones(len(parts)), np.full(parts.size, -1.0)]
    if not count:
        return sparse.csr_array((0, cells))
    spots = (np.concatenate(rows), np.concatenate(columns))
    return sparse.csr_array((np.concatenate(factors), spots), shape=(count, cells))
