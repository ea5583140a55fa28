"""All cross-tabs at once: counts of the finest groups, added up over every axis, in arrays.

A cell is a code on each axis, `all` included, and has a number: its place in the grid of all codes. While the grid is
small it is an array and each axis is one product with the matrix of who holds whom. A larger grid is never laid out:
the finest groups that occur are spread over the codes that hold them, axis after axis. Rows of data are not read again.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.decision import BadInput
from accord.stats.dimensions import Axis

Ints = NDArray[np.int64]

DENSE = 10_000_000
"""The largest grid, in cells, that is laid out as an array."""

SPREAD = 4_000_000
"""How many pairs of a student and a cell are held at a time, about."""


@dataclass(frozen=True)
class Cells:
    """Figures of the cells that have any. `numbers` rises; each row of `values` belongs to the cell beside it."""

    axes: tuple[Axis, ...]
    numbers: Ints
    values: Ints

    def at(self, numbers: Ints) -> Ints:
        """Figures of any cells, 0 where there are none."""
        return _looked_up(self.numbers, self.values, numbers)

    def codes(self, axis: int, numbers: Ints | None = None) -> Ints:
        """The number of the code that each cell has on an axis."""
        below = math.prod(len(one) for one in self.axes[axis + 1 :])
        return (self.numbers if numbers is None else numbers) // below % len(self.axes[axis])


def added_up(axes: Sequence[Axis], leaves: Ints, values: Ints) -> Cells:
    """Add the values of the finest groups up into every cell.

    Args:
        leaves: one row for each group (any may occur twice): the number of its leaf on each axis.
        values: one row for each group, one column for each figure.

    Raises:
        BadInput: when cells can no longer be numbered.
    """
    shape = [len(one) for one in axes]
    _refuse_unnumbered(axes, times=1)
    if math.prod(shape) * max(values.shape[1], 1) > DENSE:
        numbers, spread = _spread(axes, leaves, values, np.zeros(len(leaves), dtype=np.int64), np.add)
        return _kept(axes, numbers, spread)
    grid = _grid([len(one.leaves) for one in axes], leaves, values)
    for place, one in enumerate(axes):
        grid = _along(grid, place, one)
    return _kept(axes, np.arange(math.prod(shape)), grid.reshape(math.prod(shape), values.shape[1]))


def unduplicated(axes: Sequence[Axis], students: Ints, leaves: Ints, flags: Ints) -> Cells:
    """Count in every cell the students for whom a flag is set in any of its groups, each student once.

    A student of a single finest group is added up like any count. One of several groups counts once in what holds more
    than one of them, so these few are spread over the cells and counted there.

    Args:
        students: one number from 0 for each row; a student has a row for each finest group.
        leaves, flags: as in `added_up`; flags are 0 or 1.
    """
    several = np.bincount(students)[students] > 1
    once = added_up(axes, leaves[~several], flags[~several])
    parts = [(once.numbers, once.values)]
    students, leaves, flags = students[several], leaves[several], flags[several]
    for rows in _chunks(students, _cells_of_a_row(axes)):
        different, own = np.unique(students[rows], return_inverse=True)
        _refuse_unnumbered(axes, times=len(different))
        numbers, spread = _spread(axes, leaves[rows], flags[rows], own, np.maximum)
        parts.append(_summed(numbers % math.prod(len(one) for one in axes), spread, np.add))
    all_numbers, all_values = (np.concatenate(both) for both in zip(*parts, strict=True))
    return _kept(axes, *_summed(all_numbers, all_values, np.add))


def _refuse_unnumbered(axes: Sequence[Axis], times: int) -> None:
    if times * math.prod(max(len(one), len(one.leaves)) for one in axes) > np.iinfo(np.int64).max:
        raise BadInput("there are more groups than can be numbered", where="--by", mend="Count by fewer columns.")


def _cells_of_a_row(axes: Sequence[Axis]) -> float:
    """How many cells hold a finest group, on average."""
    return math.prod(float(one.holders.nnz) / max(len(one.leaves), 1) for one in axes)


def _chunks(students: Ints, cells: float) -> list[Ints]:
    """The rows of as many students as may be spread at a time, never parting those of one."""
    if not len(students):
        return []
    order = np.argsort(students, kind="stable")
    first = np.flatnonzero(np.diff(students[order], prepend=-1))
    at_a_time = max(1, int(SPREAD / (cells * len(students) / len(first))))
    return np.split(order, first[at_a_time::at_a_time])


def _grid(shape: list[int], leaves: Ints, values: Ints) -> Ints:
    at = np.ravel_multi_index(tuple(leaves.T), shape) if shape else np.zeros(len(leaves), dtype=np.int64)
    size = math.prod(shape)
    sums = [np.bincount(at, weights=column, minlength=size).astype(np.int64) for column in values.T]
    return np.stack(sums, axis=-1).reshape(*shape, len(sums))


def _along(grid: Ints, place: int, axis: Axis) -> Ints:
    """The grid with the codes of an axis in place of its leaves."""
    moved = np.moveaxis(grid, place, 0)
    rolled = axis.matrix @ moved.reshape(len(axis.leaves), math.prod(moved.shape[1:]))
    return np.moveaxis(rolled.reshape(len(axis), *moved.shape[1:]), 0, place)


def _spread(axes: Sequence[Axis], leaves: Ints, values: Ints, apart: Ints, join: np.ufunc) -> tuple[Ints, Ints]:
    """Spread groups over all cells that hold them; rows that differ in `apart` are not joined.

    Gives numbers of cells, with `apart` before the first axis, and values joined by sum or by maximum.
    """
    numbers, left = apart, leaves
    for place, one in enumerate(axes):
        holders = one.holders
        count = np.diff(holders.indptr)[left[:, 0]]
        rows = np.repeat(np.arange(len(left)), count)
        first = np.repeat(holders.indptr[left[:, 0]] - (np.cumsum(count) - count), count)
        codes = holders.indices[first + np.arange(len(rows))]
        rest = np.concatenate([(numbers[rows] * len(one) + codes)[:, None], left[rows, 1:]], axis=1)
        keys = _joined(rest, [len(later.leaves) for later in axes[place + 1 :]])
        keys, values = _summed(keys, values[rows], join)
        numbers, left = _parted(keys, [len(later.leaves) for later in axes[place + 1 :]])
    return numbers, values


def _joined(columns: Ints, shape: list[int]) -> Ints:
    """One number for each row: the first column, then places in a grid."""
    key = columns[:, 0]
    for place, size in enumerate(shape, 1):
        key = key * size + columns[:, place]
    return key


def _parted(keys: Ints, shape: list[int]) -> tuple[Ints, Ints]:
    """The first column, and the others, that `_joined` made a number of."""
    others = np.empty((len(keys), len(shape)), dtype=np.int64)
    for place in range(len(shape) - 1, -1, -1):
        keys, others[:, place] = np.divmod(keys, shape[place])
    return keys, others


def _summed(keys: Ints, values: Ints, join: np.ufunc) -> tuple[Ints, Ints]:
    """Join the rows of one key. Gives keys that rise."""
    if not len(keys):
        return keys, values
    order = np.argsort(keys)
    keys = keys[order]
    first = np.flatnonzero(np.diff(keys, prepend=keys[0] - 1))
    return keys[first], join.reduceat(values[order], first, axis=0)


def _kept(axes: Sequence[Axis], numbers: Ints, values: Ints) -> Cells:
    some = values.any(axis=1)
    return Cells(tuple(axes), numbers[some], values[some])


def _looked_up(known: Ints, values: Ints, wanted: Ints) -> Ints:
    if not len(known):
        return np.zeros((len(wanted), values.shape[1]), dtype=np.int64)
    at = np.minimum(np.searchsorted(known, wanted), len(known) - 1)
    return np.where((known[at] == wanted)[:, None], values[at], 0)
