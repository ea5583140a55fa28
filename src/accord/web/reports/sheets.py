"""The tables of an edition as they stand on the page: counts, and beside them rates and ratios where any is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from accord.stats.protected import ProtectedTable
from accord.stats.schema import ALL
from accord.web.reports.printed import Rate

RATE_PLACES, RATIO_PLACES = 1, 2


@dataclass(frozen=True)
class RateRow:
    """One group: its rates for each 1,000 students and its ratios to all others, in the order of the columns."""

    id: str
    label: str
    per_1000: tuple[Rate, ...]
    ratio: tuple[Rate, ...]


@dataclass(frozen=True)
class Sheet:
    """One table on the page. `rated` and `compared` are the labels of the columns that show any rate or ratio."""

    table: ProtectedTable
    rated: tuple[str, ...]
    compared: tuple[str, ...]
    rates: tuple[RateRow, ...]

    @property
    def enrolled(self) -> bool:
        """Whether any group states its enrollment."""
        return any(row.enrolled is not None for row in self.table.rows)

    @property
    def total(self) -> str:
        """The id of the row of totals."""
        return ALL


def sheet(table: ProtectedTable) -> Sheet:
    """Lay one table out. Rate columns that are hidden or undefined for every group are left out."""
    rated = tuple(_shown(table, "per_1000"))
    compared = tuple(_shown(table, "ratio"))
    return Sheet(
        table=table,
        rated=tuple(table.columns[i][1] for i in rated),
        compared=tuple(table.columns[i][1] for i in compared),
        rates=tuple(
            RateRow(row.id, row.label, tuple(row.per_1000[i] for i in rated), tuple(row.ratio[i] for i in compared))
            for row in table.rows
            if rated and row.per_1000
        ),
    )


def _shown(table: ProtectedTable, derived: str) -> Iterator[int]:
    for i in range(len(table.columns)):
        values = [getattr(row, derived)[i] for row in table.rows if getattr(row, derived)]
        if any(isinstance(value, float) for value in values):
            yield i
