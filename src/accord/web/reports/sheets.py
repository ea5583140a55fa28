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
    """One table on the page. `rated` and `compared` are the labels of the columns that show any rate or ratio.

    `notes` are those that are not said above all tables already.
    """

    table: ProtectedTable
    rated: tuple[str, ...]
    compared: tuple[str, ...]
    rates: tuple[RateRow, ...]
    notes: tuple[str, ...]

    @property
    def enrolled(self) -> bool:
        """Whether any group states its enrollment."""
        return any(row.enrolled is not None for row in self.table.rows)

    @property
    def total(self) -> str:
        """The id of the row of totals."""
        return ALL


def common_notes(tables: tuple[ProtectedTable, ...]) -> tuple[str, ...]:
    """The notes that every table of outcomes carries, so that the page says them once."""
    outcomes = [table.notes for table in tables if table.across == "measure"]
    return tuple(note for note in outcomes[0] if all(note in notes for notes in outcomes)) if outcomes else ()


def sheet(table: ProtectedTable, *, said: tuple[str, ...] = ()) -> Sheet:
    """Lay one table out. Columns in which no group shows a rate above zero are left out of the rates."""
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
        notes=tuple(note for note in table.notes if note not in said),
    )


def _shown(table: ProtectedTable, derived: str) -> Iterator[int]:
    for i in range(len(table.columns)):
        values = [getattr(row, derived)[i] for row in table.rows if getattr(row, derived)]
        if any(isinstance(value, float) and value > 0 for value in values):
            yield i
