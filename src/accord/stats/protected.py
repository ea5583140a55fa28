"""A hidden figure is a type, never 0 and never blank; a protected table is the only kind an edition accepts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

MARK = "*"
"""What is printed for every hidden figure, whatever the reason for hiding it."""


class _NoNumber:
    """Something in the place of a figure with which no calculation and no comparison is possible."""

    def _refuse(self, *_: Any) -> NoReturn:
        raise TypeError("A figure that is not shown has no value to calculate with.")

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __pow__ = __rpow__ = __neg__ = __abs__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = __int__ = __float__ = __index__ = __bool__ = __round__ = _refuse


@dataclass(frozen=True)
class Suppressed(_NoNumber):
    """A figure that is not shown. Arithmetic and comparisons with it fail, so it cannot slip into a sum as zero.

    `reason` is for people; it is the same for a figure that is small and one that is hidden to protect another.
    """

    reason: str = "Hidden to protect students"

    def __str__(self) -> str:
        return MARK


@dataclass(frozen=True)
class NotCounted(_NoNumber):
    """A figure that nobody counted, such as one that was not collected. It is neither 0 nor hidden."""

    state: str

    def __str__(self) -> str:
        return self.state


@dataclass(frozen=True)
class Band(_NoNumber):
    """A figure that is told by the numbers it lies between, both included."""

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}\u2013{self.high}"


Figure = int | Suppressed | NotCounted | Band
Derived = float | Suppressed | None


def derive(formula: Callable[..., float | None], *inputs: Figure | float | None) -> Derived:
    """What a formula makes of figures: hidden when any of them is, None when any is not known or not counted."""
    if any(isinstance(one, Suppressed) for one in inputs):
        return Suppressed()
    if any(one is None or isinstance(one, NotCounted | Band) for one in inputs):
        return None
    return formula(*inputs)


@dataclass(frozen=True)
class Row:
    """One group in a table: its figures in the order of the columns.

    `enrolled` is None where enrollment does not say (or the group is "not recorded"); it is public and so never hidden,
    except in editions frozen by the first version of the method. `per_1000` and `ratio` are None
    where they are not defined and Suppressed where a figure they need is hidden. `at` holds the group's code in each of
    the table's `down`; `derived` further figures by their names.
    """

    id: str
    label: str
    cells: tuple[Figure, ...]
    enrolled: Figure | None = None
    per_1000: tuple[Derived, ...] = ()
    ratio: tuple[Derived, ...] = ()
    at: tuple[str, ...] = ()
    derived: Mapping[str, tuple[Derived, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class ProtectedTable:
    """A table that may be printed: every count is a number above `threshold`, a zero, a band, or Suppressed.

    The last row is the total of the others. `columns` pairs codes with labels. `down` names the dimensions of the rows
    where there are several.

    Raises:
        ValueError: when a small figure is shown, a rate would give a hidden count back, a row does not fit the
            columns, or the table has no notes.
    """

    id: str
    title: str
    dimension: str
    across: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    threshold: int
    down: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.notes:
            raise ValueError(f"Table {self.id} has no notes")
        for row in self.rows:
            self._check(row)

    def _check(self, row: Row) -> None:
        where = f"Table {self.id}, row {row.id}"
        if len(row.cells) != len(self.columns):
            raise ValueError(f"{where}: {len(row.cells)} figures for {len(self.columns)} columns")
        for figure in row.cells:
            _check_figure(figure, self.threshold, where)
        for derived in (row.per_1000, row.ratio, *row.derived.values()):
            if derived and len(derived) != len(self.columns):
                raise ValueError(f"{where}: rates do not fit the columns")
            for cell, rate in zip(row.cells, derived, strict=False):
                if isinstance(cell, Suppressed) and isinstance(rate, float):
                    raise ValueError(f"{where}: a rate is shown for a hidden figure")

    @property
    def hidden(self) -> int:
        """How many figures of the table are hidden."""
        return sum(isinstance(cell, Suppressed) for row in self.rows for cell in row.cells)

    def order(self, column: int) -> tuple[str, ...]:
        """The rows from the greatest figure of a column down: those without a figure last, as they stand in the table.

        Equal figures stay as they stand too, so that no place tells of a hidden figure.
        """
        shown = [(row.cells[column], row.id) for row in self.rows]
        ranked = sorted(((figure, id) for figure, id in shown if isinstance(figure, int)), key=lambda one: -one[0])
        return (*(id for _, id in ranked), *(id for figure, id in shown if not isinstance(figure, int)))

    @property
    def figures(self) -> int:
        return len(self.rows) * len(self.columns)


def guarded(count: int, threshold: int) -> Figure:
    """A count that stands alone (in no table), hidden when it is 1..threshold."""
    return Suppressed() if 1 <= count <= threshold else count


def _check_figure(figure: Any, threshold: int, where: str) -> None:
    if isinstance(figure, Suppressed | NotCounted | Band):
        return
    if not isinstance(figure, int) or isinstance(figure, bool) or figure < 0:
        raise ValueError(f"{where}: {figure!r} is neither a count nor suppressed")
    if 1 <= figure <= threshold:
        raise ValueError(f"{where}: a figure from 1 to {threshold} is shown")
