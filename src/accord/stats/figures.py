"""Every figure of a tally, added up over its axes from the finest groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from accord.stats.cube import Cells, added_up, unduplicated
from accord.stats.dimensions import Axis
from accord.stats.finest import ROWS, Finest
from accord.stats.measures import FAULTY, Measure
from accord.stats.schema import State
from accord.stats.tallied import REASONS, Figure, Ints

NAMELESS = "nameless"
"""The sum of rows that count for students and name none."""


def figures_of(
    axes: Sequence[Axis], found: Finest, wanted: Sequence[Measure], also: Ints | None
) -> tuple[Cells, dict[str, Figure]]:
    """Add everything up over the axes: the cells that have rows, and others besides."""
    leaves = _leaves(axes, found)
    all_sums = {**found.sums} | _nameless(found, wanted)
    some = [name for name, column in all_sums.items() if name == ROWS or column.any()]
    some.sort(key=lambda name: name != ROWS)
    added = added_up(axes, leaves, np.stack([all_sums[name] for name in some], axis=1))
    numbers = added.numbers if also is None else np.union1d(added.numbers, also)
    values = added.at(numbers)
    summed = {name: values[:, at] for at, name in enumerate(some)}
    nothing = np.zeros(len(numbers), dtype=np.int64)
    counts = _unduplicated(axes, found, leaves, wanted, numbers)
    figures = {}
    for one in wanted:
        total = summed[ROWS] if not one.column else summed.get((one.column, State.COUNTED.value), nothing)
        apart = {reason: summed.get((one.column, reason.value), nothing) for reason in REASONS}
        for name in (FAULTY, *([NAMELESS] if one.unduplicated else [])):
            apart[State.MISSING] = apart[State.MISSING] + summed.get((one.column, name), nothing)
        figures[one.name] = Figure(
            counts.get(one.name, total), {why: rows for why, rows in apart.items() if rows.any()}
        )
    return Cells(tuple(axes), numbers, values[:, :1]), figures


def _nameless(found: Finest, wanted: Sequence[Measure]) -> dict[Any, Ints]:
    """Rows that count for a measure of students and name no student, by the column of the measure."""
    if found.students is None:
        return {}
    none = found.students < 0
    columns = {one.column for one in wanted if one.unduplicated}
    return {(name, NAMELESS): np.where(none, _counting(found, name), 0) for name in columns}


def _unduplicated(
    axes: Sequence[Axis], found: Finest, leaves: Ints, wanted: Sequence[Measure], numbers: Ints
) -> dict[str, Ints]:
    measures = [one for one in wanted if one.unduplicated]
    if found.students is None or not measures:
        return {}
    named = found.students >= 0
    flags = np.stack([_counting(found, one.column) > 0 for one in measures], axis=1).astype(np.int64)
    values = unduplicated(axes, found.students[named], leaves[named], flags[named]).at(numbers)
    return {one.name: values[:, at] for at, one in enumerate(measures)}


def _counting(found: Finest, column: str) -> Ints:
    return found.sums[column, State.COUNTED.value] if column else found.sums[ROWS]


def _leaves(axes: Sequence[Axis], found: Finest) -> Ints:
    columns = [found.leaves(one.name, one.leaves) for one in axes]
    return np.stack(columns, axis=1) if columns else np.zeros((len(found.sums[ROWS]), 0), dtype=np.int64)
