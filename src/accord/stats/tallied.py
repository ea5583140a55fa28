"""What a tally answers: for every group and measure a count, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from accord.stats.cube import Cells
from accord.stats.dimensions import Axis
from accord.stats.faults import Fault
from accord.stats.schema import State

Ints = NDArray[np.int64]

UNKNOWN = -1
"""The number of students enrolled in a group whose enrollment is not known."""

REASONS = tuple(state for state in State if state is not State.COUNTED)

OWN = ("measure", "count", "enrolled", "state", "uncounted")
"""The columns of the long form beside those that are counted by."""


@dataclass(frozen=True)
class Figure:
    """A measure over all cells: counts, and for each reason how many rows have no count for it."""

    counts: Ints
    uncounted: Mapping[State, Ints]

    def states(self, rows: Ints) -> NDArray[np.int64]:
        """The number of each cell's state in `State`: counted where any row was, or where there are no rows."""
        apart = np.stack([self.uncounted.get(reason, np.zeros_like(rows)) for reason in REASONS])
        nothing = (rows > 0) & (apart.sum(axis=0) >= rows)
        return np.where(nothing, apart.argmax(axis=0) + 1, 0)


@dataclass(frozen=True)
class Tally:
    """Cells with their figures. A cell that is not there has no rows and nobody enrolled.

    Attributes:
        cells: the axes, and the number of each cell in their grid; its values are rows of data.
        figures: by measure.
        enrolled: students of each cell's group, `UNKNOWN` where not known; None where no enrollment was given.
        left_out: how many rows were not counted at all, by the reason.
        faults: what is wrong with the data and was carried.
    """

    cells: Cells
    figures: Mapping[str, Figure]
    enrolled: Ints | None
    left_out: Mapping[str, int]
    faults: tuple[Fault, ...]

    @property
    def axes(self) -> tuple[Axis, ...]:
        return self.cells.axes

    @cached_property
    def rows(self) -> Ints:
        """Rows of data in each cell."""
        return self.cells.values[:, 0]

    def codes(self, axis: int) -> list[str]:
        """The code of each cell on an axis."""
        names = self.axes[axis].codes
        return [names[at] for at in self.cells.codes(axis).tolist()]

    def table(self) -> pa.Table:
        """The long form: a row for each cell and measure, its codes first; blank where there is no number."""
        parts = [self._part(name, figure) for name, figure in self.figures.items()]
        return pa.concat_tables(parts)

    def _part(self, measure: str, figure: Figure) -> pa.Table:
        states, size = figure.states(self.rows), len(self.rows)
        columns: dict[str, Any] = {
            one.name: pa.DictionaryArray.from_arrays(self.cells.codes(at).astype(np.int32), list(one.codes)).cast(
                "string"
            )
            for at, one in enumerate(self.axes)
        }
        enrolled = np.full(size, UNKNOWN) if self.enrolled is None else self.enrolled
        columns["measure"] = pa.array([measure] * size, type=pa.string())
        columns["count"] = pa.array(figure.counts, type=pa.int64(), mask=states > 0)
        columns["enrolled"] = pa.array(enrolled, type=pa.int64(), mask=enrolled == UNKNOWN)
        columns["state"] = pa.DictionaryArray.from_arrays(states.astype(np.int32), list(State)).cast("string")
        columns["uncounted"] = pa.array(sum(figure.uncounted.values(), np.zeros(size, dtype=np.int64)))
        return pa.table(columns)

    def each(self) -> Iterator[tuple[tuple[str, ...], dict[str, int | State]]]:
        """Each cell: its codes, and its figures by measure: the count, or the state where there is none."""
        states = {name: figure.states(self.rows) for name, figure in self.figures.items()}
        named = list(State)
        for at, codes in enumerate(zip(*(self.codes(axis) for axis in range(len(self.axes))), strict=True)):
            yield (
                codes,
                {
                    name: int(figure.counts[at]) if not states[name][at] else named[states[name][at]]
                    for name, figure in self.figures.items()
                },
            )
