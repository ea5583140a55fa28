"""The cell space of an edition: every figure once, and everything an outsider knows about how figures hang together.

A margin that several tables print is one cell. Sums are true sums only: outcomes of one contact overlap, so they do
not add up to the contacts; what holds between them is an order (no outcome is more frequent than the contacts of its
group).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accord.stats.schema import ALL, CONTACTS, NOT_RECORDED
from accord.stats.tally import Cell

TOTAL_COST = 10.0
"""How much dearer it is to hide a total for all students than a group's figure of the same size."""


@dataclass(frozen=True)
class Layout:
    """What one table shows: groups of `dimension` down; across either measures or the groups of another dimension.

    `groups` and `across` hold codes in the order of printing, totals not among them. `other` is "" when measures
    stand across.
    """

    id: str
    dimension: str
    groups: tuple[str, ...]
    across: tuple[str, ...]
    other: str = ""

    def cell(self, group: str, column: str) -> Cell:
        """The cell in a row and column; `ALL` in either means the margin."""
        at = ((self.dimension, group),) if group != ALL else ()
        if not self.other:
            return Cell(column, at)
        return Cell(CONTACTS, (*at, (self.other, column)) if column != ALL else at)


@dataclass(frozen=True)
class Problem:
    """What is to be protected.

    All indexes point into `cells`. `lower` is the least value an outsider can allow a hidden cell. `primary` must be
    hidden. `sums` pairs a parent with its children; `order` pairs a cell with one that is never less. `cost` is the
    loss of hiding.
    """

    cells: tuple[Cell, ...]
    values: tuple[int, ...]
    lower: tuple[int, ...]
    primary: frozenset[int]
    sums: tuple[tuple[int, tuple[int, ...]], ...]
    order: tuple[tuple[int, int], ...]
    cost: tuple[float, ...]


def problem(
    layouts: Sequence[Layout],
    counts: Mapping[Cell, int],
    enrolled: Mapping[tuple[tuple[str, str], ...], int],
    *,
    threshold: int,
) -> Problem:
    """Build the cell space of some tables. A cell that `counts` does not name is zero.

    Primary are counts of 1..threshold, and every count of a group in which 1..threshold students are enrolled as long
    as the count for all students is not zero (a zero for all is a zero for each, and hides nothing).
    """
    sums = _sums(layouts)
    cells = tuple(dict.fromkeys(cell for parent, children in sums for cell in (parent, *children)))
    index = {cell: i for i, cell in enumerate(cells)}
    values = tuple(counts.get(cell, 0) for cell in cells)
    small = tuple(
        _in_small_group(cell, enrolled, threshold) and counts.get(Cell(cell.measure), 0) > 0 for cell in cells
    )
    return Problem(
        cells=cells,
        values=values,
        lower=tuple(0 if is_small else 1 for is_small in small),
        primary=frozenset(i for i, value in enumerate(values) if 1 <= value <= threshold or small[i]),
        sums=tuple((index[parent], tuple(index[child] for child in children)) for parent, children in sums),
        order=tuple(
            (i, index[top])
            for i, cell in enumerate(cells)
            if cell.measure != CONTACTS and (top := Cell(CONTACTS, cell.at)) in index
        ),
        cost=tuple(_cost(cell, value) for cell, value in zip(cells, values, strict=True)),
    )


def is_small(enrolled: int | None, group: str, threshold: int) -> bool:
    """Is this a group of so few students that any count speaks about them? "Not recorded" is no group of students."""
    return enrolled is not None and 1 <= enrolled <= threshold and group != NOT_RECORDED


def _in_small_group(cell: Cell, enrolled: Mapping[tuple[tuple[str, str], ...], int], threshold: int) -> bool:
    return any(is_small(enrolled.get((part,)), part[1], threshold) for part in cell.at)


def _sums(layouts: Sequence[Layout]) -> tuple[tuple[Cell, tuple[Cell, ...]], ...]:
    found: dict[tuple[Cell, tuple[Cell, ...]], None] = {}
    for layout in layouts:
        columns = (*layout.across, ALL) if layout.other else layout.across
        for column in columns:
            found[layout.cell(ALL, column), tuple(layout.cell(group, column) for group in layout.groups)] = None
        if layout.other:
            for group in (*layout.groups, ALL):
                found[layout.cell(group, ALL), tuple(layout.cell(group, column) for column in layout.across)] = None
    return tuple(found)


def _cost(cell: Cell, value: int) -> float:
    weight = 1 + math.log10(1 + value)
    return weight if cell.at else weight * TOTAL_COST
