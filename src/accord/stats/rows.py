"""What single rows of a file of counts say of the cells of a space: margins, students, what was not counted."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from accord.decision import BadInput
from accord.stats.axes import Axis
from accord.stats.bare import UNKNOWN, Bare, Ints
from accord.stats.counts import Counts
from accord.stats.grids import placed


def _lookup(counts: Counts, axes: Sequence[Axis], at: Ints) -> tuple[Ints, Ints]:
    """The rows that are cells of the space, and those cells."""
    codes = placed(counts, axes)
    both = np.concatenate([at, codes])
    _, label = np.unique(both, axis=0, return_inverse=True)
    label = label.ravel()
    cell = np.full(label.max(initial=-1) + 1, -1)
    cell[label[: len(at)]] = np.arange(len(at))
    found = cell[label[len(at) :]]
    rows = np.flatnonzero(found >= 0)
    return rows, found[rows]


def check(counts: Counts, axes: Sequence[Axis], at: Ints, values: Ints) -> None:
    """Every row that is a cell says what the sums say."""
    rows, cells = _lookup(counts, axes, at)
    counted = np.array([not counts.states[row] for row in rows], dtype=np.bool_)
    off = np.flatnonzero(counted & (counts.values[rows] != values[cells]))
    if off.size:
        row, cell = int(rows[off[0]]), int(cells[off[0]])
        what = f"{counts.row(row)} is {counts.values[row]}, but its parts come to {values[cell]}."
        mend = "Correct the counts; or tell which codes are groups of others (--hierarchy) or overlap (--overlapping)."
        raise BadInput(what, where=counts.place(row), mend=mend)


def told(numbers: Ints, counts: Counts, axes: Sequence[Axis], at: Ints) -> Ints:
    """What a column of the counts tells of each cell."""
    told = np.full(len(at), UNKNOWN, dtype=np.int64)
    if (numbers != UNKNOWN).any():
        rows, cells = _lookup(counts, axes, at)
        told[cells] = numbers[rows]
    return told


def students(told: Ints, bare: Bare) -> Ints:
    """The students behind each count: as told, else at least as many as behind its largest part."""
    known = (told != UNKNOWN) | (bare.values == 0)
    if (told == UNKNOWN).all():
        return told
    behind = np.where(bare.values == 0, 0, told)
    parent, child = _families(bare)
    while True:
        most = np.full(len(behind), UNKNOWN)
        np.maximum.at(most, parent, behind[child])
        more = np.where(known, behind, np.maximum(behind, most))
        if np.array_equal(more, behind):
            return behind
        behind = more


def _families(bare: Bare) -> tuple[Ints, Ints]:
    """Pairs of a total and one of its parts."""
    entries = bare.equations.tocoo()
    row, cell, part = entries.coords[0], entries.coords[1], entries.data < 0
    total = np.full(bare.equations.shape[0], -1)
    total[row[~part]] = cell[~part]
    return total[row[part]], cell[part]


def states(counts: Counts, axes: Sequence[Axis], at: Ints, bare: Bare) -> dict[int, str]:
    """Why cells were not counted: as their rows say; a total of which no part was counted was not counted either."""
    rows, cells = _lookup(counts, axes, at)
    pairs = zip(rows.tolist(), cells.tolist(), strict=True)
    found = {cell: counts.states[row] for row, cell in pairs if counts.states[row] and not bare.values[cell]}
    if not found:
        return found
    parent, child = _families(bare)
    while True:
        away = np.zeros(len(bare), dtype=np.bool_)
        away[list(found)] = True
        empty = np.ones(len(bare), dtype=np.bool_)
        np.logical_and.at(empty, parent, away[child])
        more = {
            int(one): found[int(part)] for one, part in zip(parent, child, strict=True) if empty[one] and away[part]
        }
        if not more.keys() - found.keys():
            return found
        found |= {one: why for one, why in more.items() if one not in found}
