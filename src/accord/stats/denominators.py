"""How many students are enrolled in each group that is counted? Blank where that is not known, never 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.stats.cube import Cells, added_up
from accord.stats.dimensions import Axis
from accord.stats.finest import Finest
from accord.stats.periods import PERIOD, year_of
from accord.stats.schema import ALL, NOT_RECORDED, Column, State, Type, known
from accord.stats.tallied import UNKNOWN

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

COUNT = "count"
YEAR = "school_year"
SCHOOL = "school"
ONLY_YEAR = ""
ANY_YEAR, NO_YEAR = -1, -2


@dataclass(frozen=True)
class Denominators:
    """Students enrolled by every cross-tab of the dimensions that enrollment has, and by school year.

    `years` are those of the enrollment, `ONLY_YEAR` alone where it does not tell.
    """

    cells: Cells
    years: tuple[str, ...]
    known: tuple[Flags, ...]

    def populated(self, axes: Sequence[Axis]) -> Ints:
        """Numbers of the cells of a tally in whose group anybody is enrolled."""
        cells = self.cells
        numbers, rows = np.zeros(len(cells.numbers), dtype=np.int64), np.arange(len(cells.numbers))
        places = {one.name: at for at, one in enumerate(cells.axes[:-1])}
        year = cells.codes(len(cells.axes) - 1)
        rows = rows[year < len(self.years)]
        numbers = numbers[rows]
        for one in axes:
            if one.name in places:
                numbers = numbers * len(one) + cells.codes(places[one.name])[rows]
                continue
            years = self._years(one)
            keep = (years == year[rows][:, None]) | (years == ANY_YEAR)
            at, codes = np.nonzero(keep)
            numbers, rows = numbers[at] * len(one) + codes, rows[at]
        return np.unique(numbers)

    def of(self, counted: Cells) -> Ints:
        """Students of each counted cell's group: its codes in the dimensions of enrollment, in its school year."""
        year, known_ = self._year(counted)
        number = np.zeros(len(counted.numbers), dtype=np.int64)
        places = {one.name: at for at, one in enumerate(counted.axes)}
        for axis, flags in zip(self.cells.axes[:-1], self.known, strict=True):
            codes = counted.codes(places[axis.name])
            number, known_ = number * len(axis) + codes, known_ & flags[codes]
        number = number * len(self.cells.axes[-1]) + year
        students, missing = self.cells.at(number).T
        return np.where(known_ & (missing == 0), students, UNKNOWN)

    def _year(self, counted: Cells) -> tuple[Ints, Flags]:
        """The number of each cell's school year, and whether it lies in one that has enrollment."""
        year = np.full(len(counted.numbers), ANY_YEAR)
        for at, one in enumerate(counted.axes):
            if one.name == PERIOD:
                year = self._years(one)[counted.codes(at)]
        known_ = (year >= 0) | ((year == ANY_YEAR) & (len(self.years) == 1))
        return np.maximum(year, 0), known_

    def _years(self, axis: Axis) -> Ints:
        """The number of the school year that each code of an axis lies in; `ANY_YEAR` for an axis without periods.

        The total lies in a year if everything counted does.
        """
        if axis.name != PERIOD or self.years == (ONLY_YEAR,):
            return np.full(len(axis), ANY_YEAR)
        numbers = [self._number(code) for code in axis.codes[:-1]]
        return np.array([*numbers, numbers[0] if len(set(numbers)) == 1 else NO_YEAR], dtype=np.int64)

    def _number(self, period: str) -> int:
        if period == NOT_RECORDED:
            return NO_YEAR
        year = year_of(period)
        return self.years.index(year) if year in self.years else NO_YEAR


def denominators(found: Finest, axes: Sequence[Axis]) -> Denominators:
    """Add enrollment up over the axes of a tally that it has."""
    shared = [one for one in axes if one.name in found.keys]
    told = YEAR in found.keys and all(one.name != YEAR for one in shared)
    years = found.keys[YEAR].codes if told else (ONLY_YEAR,)
    by_year = Axis(YEAR, years, (*years, ALL), (*((at,) for at in range(len(years))), tuple(range(len(years)))))
    size = len(found.sums[COUNT])
    leaves = [found.leaves(one.name, one.leaves) for one in shared]
    leaves.append(found.keys[YEAR].numbers if told else np.zeros(size, dtype=np.int64))
    figures = [found.sums[COUNT], found.sums.get(State.MISSING.value, np.zeros(size, dtype=np.int64))]
    cells = added_up([*shared, by_year], np.stack(leaves, axis=1), np.stack(figures, axis=1))
    return Denominators(cells, years, tuple(_known(one, found) for one in shared))


def _known(axis: Axis, found: Finest) -> Flags:
    """For which codes of an axis the number of enrolled is known.

    A group without a row has no students, if the enrollment tells the groups of a column at all; but a school without
    a row is missing, and so is every group that holds it.
    """
    column, told = known(axis.name), set(found.keys[axis.name].codes)
    closed = column.type in (Type.CODE, Type.YES_NO) and bool(told - {NOT_RECORDED})
    leaves = np.array([_told(leaf, told, column, closed=closed) for leaf in axis.leaves], dtype=np.bool_)
    counts = leaves | np.array([leaf == NOT_RECORDED for leaf in axis.leaves], dtype=np.bool_)
    held = [bool(leaves[list(one)].all() if len(one) == 1 else counts[list(one)].all()) for one in axis.members]
    if axis.name != SCHOOL:
        held[-1] = True
    return np.array(held, dtype=np.bool_)


def _told(leaf: str, told: set[str], column: Column, *, closed: bool) -> bool:
    return leaf in told or (closed and leaf != NOT_RECORDED)
