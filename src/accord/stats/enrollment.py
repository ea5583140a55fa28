"""How many students the groups of a release have: public figures, from a file of groups with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from accord.decision import BadInput
from accord.stats import counts
from accord.stats.axes import TOTAL, Axis
from accord.stats.bare import UNKNOWN, Flags, Ints
from accord.stats.bare_files import frame

YEAR = "school_year"


@dataclass(frozen=True, eq=False)
class Enrollment:
    """Students by the dimensions that a file knows. `at` gives the place of each row's code in each dimension."""

    codes: dict[str, tuple[str, ...]]
    at: Ints
    students: Ints
    where: str

    def sizes(self, axes: Sequence[Axis], at: Ints) -> Ints:
        """The size of the group behind each cell: dimensions of outcomes, which no enrollment knows, are passed over.

        A group that no row names has nobody. Of a code that the file does not know at all, nothing is known.

        Raises:
            BadInput: when a row's code has no place on the axis.
        """
        inside = [i for i, one in enumerate(axes) if one.name in self.codes and one.additive]
        sums = self._grid([axes[i] for i in inside])
        sizes: Ints = sums[tuple(at[:, i] for i in inside)]
        strange = np.zeros(len(at), dtype=np.bool_)
        for i in inside:
            strange |= self._strange(axes[i])[at[:, i]]
        return np.where(strange, UNKNOWN, sizes)

    def _strange(self, axis: Axis) -> Flags:
        """The codes under which some leaf is not in the file; not the total, which is that of all students."""
        known = np.isin(np.array(axis.codes, dtype=object)[axis.leaves], self.codes[axis.name])
        flags: Flags = (axis.sums @ (~known).astype(np.float64)) > 0
        flags[TOTAL] = False
        return flags

    def _grid(self, axes: Sequence[Axis]) -> Ints:
        flat = np.zeros(len(self.students), dtype=np.int64)
        shape = []
        for axis in axes:
            column = list(self.codes).index(axis.name)
            spot = {axis.codes[leaf]: at for at, leaf in enumerate(axis.leaves)}
            places = np.array([spot.get(code, -1) for code in self.codes[axis.name]])[self.at[:, column]]
            if (places < 0).any():
                code = self.codes[axis.name][self.at[int(np.argmin(places)), column]]
                what = f"{axis.name} {code!r} is a group of others or a total."
                raise BadInput(
                    what, where=self.where, mend="Give a row for each of the smallest groups, and no totals."
                )
            flat = flat * len(axis.leaves) + places
            shape.append(len(axis.leaves))
        grid = np.bincount(flat, self.students, int(np.prod(shape))).reshape(shape)
        for position, axis in enumerate(axes):
            moved = np.moveaxis(grid, position, 0)
            summed = (axis.sums @ moved.reshape(len(moved), -1)).reshape(len(axis), *moved.shape[1:])
            grid = np.moveaxis(summed, 0, position)
        return np.rint(grid).astype(np.int64)


def read(path: Path, by: Sequence[str]) -> Enrollment:
    """Read the students of each group, from the columns of `by` that the file has and `count` (or `enrolled`).

    Raises:
        BadInput: when it cannot be read, has no column of `by`, holds several school years or what is no number.
    """
    table = frame(path, (), texts=(*by, YEAR))
    names = [name for name in by if name in table.column_names]
    number = next((name for name in ("count", "enrolled", "students") if name in table.column_names), None)
    if not names or number is None:
        mend = f"Give columns out of {', '.join(by)}, and count."
        raise BadInput("The file does not say how many students the groups have.", where=str(path), mend=mend)
    if YEAR in table.column_names and len(years := table.column(YEAR).unique().to_pylist()) > 1:
        mend = "Give the rows of the year that is counted."
        raise BadInput(f"The file has {len(years)} school years.", where=str(path), mend=mend)
    columns = [counts.codes(table, name, str(path)) for name in names]
    students = counts.numbers(table, number, str(path), np.ones(len(table), dtype=np.bool_))
    _refuse_twice(table, number, str(path))
    at = np.column_stack([column for _, column in columns])
    return Enrollment({name: found for name, (found, _) in zip(names, columns, strict=True)}, at, students, str(path))


def _refuse_twice(table: Any, number: str, where: str) -> None:
    """See that no group is given twice; rows that differ in a further column (sex) are added up."""
    keys = [name for name in table.column_names if name != number]
    seen: dict[tuple[Any, ...], int] = {}
    for row, key in enumerate(zip(*(table.column(name).to_pylist() for name in keys), strict=True), 1):
        if key in seen:
            what = f"{', '.join(map(str, key))} stands there twice, first in row {seen[key]}."
            raise BadInput(what, where=f"{where}, row {row}", mend="Give each group once.")
        seen[key] = row
