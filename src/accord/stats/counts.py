"""Counts in long form, as `accord tally` writes them: a row for each group, with a code in every dimension or `all`.

Columns: those that are counted by, `count`, and if there are any `measure`, `state` (what is not "counted" has no
number), `period`, `students` (how many different students stand behind the count) and `enrolled`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from accord.decision import BadInput
from accord.stats.bare import UNKNOWN, Flags, Ints
from accord.stats.bare_files import frame
from accord.stats.schema import ALL

COUNTED = "counted"
PERIOD = "period"
EVENTS, STUDENTS = "instances", "students"
"""The measures that count events, and the different students behind them; behind `arrest` stand `students.arrest`."""
_MOST = 2**53
_ROW = "row of the file"


@dataclass(frozen=True, eq=False)
class Counts:
    """Counts of one measure.

    Attributes:
        dimensions: what is counted by.
        codes: the codes of each dimension in the order of their appearance.
        at: of each row its code in each dimension, as an index into `codes`.
        values: the counts, 0 where `state` says that nothing was counted.
        students: different students behind each count, `UNKNOWN` where not told.
        enrolled: size of the group, `UNKNOWN` where not told.
        states: why a row has no count, "" where it has one.
        measure: what is counted.
        period: the one period that all rows are of, "" where none is named.
        where: the file.
        places: of each row its number in the file, the head left out; None where each has its own.
    """

    dimensions: tuple[str, ...]
    codes: tuple[tuple[str, ...], ...]
    at: Ints
    values: Ints
    students: Ints
    enrolled: Ints
    states: tuple[str, ...]
    measure: str
    period: str
    where: str
    places: Ints | None = None

    def __len__(self) -> int:
        return len(self.values)

    def row(self, at: int) -> str:
        """A row in words, for messages."""
        codes = (self.codes[axis][code] for axis, code in enumerate(self.at[at]))
        return ", ".join(f"{name} {code}" for name, code in zip(self.dimensions, codes, strict=True))

    def place(self, at: int) -> str:
        """Where a row stands, for messages."""
        return f"{self.where}, row {at + 1 if self.places is None else self.places[at]}"


def read(path: Path, by: Sequence[str], measure: str = "") -> Counts:
    """Read the counts of one measure; `measure` may be left out where the file has one, or events and students.

    Raises:
        BadInput: for a column that is missing, several measures or periods and none chosen, a count that is no whole
            number of at least 0, an empty code, and a group given twice.
    """
    if len(set(by)) < len(by) or not all(by):
        raise BadInput("A dimension stands there twice or is empty.", where="--by", mend="Name each column once.")
    table = frame(path, (*by, "count"), texts=(*by, "measure", "state", PERIOD))
    table = table.append_column(_ROW, pa.array(np.arange(1, len(table) + 1)))
    table, behind, measure = _measured(table, by, measure, str(path))
    columns = [codes(table, name, str(path)) for name in by]
    at = np.column_stack([column for _, column in columns]) if by else np.zeros((len(table), 0), dtype=np.int64)
    states = _states(table)
    counted = np.array([not state for state in states], dtype=np.bool_)
    made = Counts(
        dimensions=tuple(by),
        codes=tuple(codes for codes, _ in columns),
        at=at,
        values=numbers(table, "count", str(path), counted),
        students=_optional(table, "students", str(path)),
        enrolled=_optional(table, "enrolled", str(path)),
        states=tuple(states),
        measure=measure,
        period=_period(table, by, str(path)),
        where=str(path),
        places=table.column(_ROW).to_numpy().astype(np.int64),
    )
    _refuse_twice(made, table.column_names)
    return made if behind is None else _with_students(made, behind)


def _measured(table: Any, by: Sequence[str], measure: str, where: str) -> tuple[Any, Any, str]:
    """The rows of one measure, those of the students behind its events if the file has them, and its name."""
    if "measure" not in table.column_names or "measure" in by:
        if measure:
            raise BadInput("The file has no column measure.", where=where, mend="Leave --measure out.")
        return table, None, "count"
    found = [str(name) for name in table.column("measure").unique().to_pylist()]
    told = {behind_of(name) for name in found}
    events = [name for name in found if name not in told] or found
    if not measure and len(events) == 1:
        measure = events[0]
    if measure not in found:
        what = f"There is no measure {measure}." if measure else "The file has several measures."
        raise BadInput(what, where=where, mend=f"Choose one with --measure: {', '.join(found)}.")
    behind = behind_of(measure)
    if behind not in found or STUDENTS in table.column_names:
        behind = ""
    return _of(table, measure), _of(table, behind) if behind else None, measure


def behind_of(measure: str) -> str:
    """The measure that counts the different students behind another one; "" where that counts students itself."""
    if of_students(measure):
        return ""
    return STUDENTS if measure == EVENTS else f"{STUDENTS}.{measure}"


def of_students(measure: str) -> bool:
    """Does a measure count different students, who are never more than those enrolled? Events may be."""
    return measure.startswith(STUDENTS)


def _of(table: Any, measure: str) -> Any:
    return table.filter(pc.equal(table.column("measure"), measure))


def codes(table: Any, name: str, where: str) -> tuple[tuple[str, ...], Ints]:
    """The codes of a column, and of each row its code as an index into them."""
    column = table.column(name)
    empty = pc.fill_null(pc.equal(column, ""), True).to_numpy(zero_copy_only=False)
    if empty.any():
        line = int(np.flatnonzero(empty)[0])
        raise BadInput(
            f"{name} is empty in row {_row(table, line)}.",
            where=where,
            mend=f"Write the group's code, or {ALL} for a total.",
        )
    coded = column.combine_chunks().dictionary_encode()
    codes = tuple(coded.dictionary.to_pylist())
    if barred := next((code for code in codes if "|" in code), None):
        raise BadInput(f"The code {barred} holds a bar (|).", where=where, mend="Use another sign in its place.")
    return codes, coded.indices.to_numpy(zero_copy_only=False).astype(np.int64)


def _row(table: Any, at: int) -> int:
    """The number that a row has in its file, where rows of another measure were left out too."""
    return int(table.column(_ROW)[at].as_py()) if _ROW in table.column_names else at + 1


def _states(table: Any) -> list[str]:
    if "state" not in table.column_names:
        return [""] * len(table)
    return ["" if state in (None, COUNTED) else str(state) for state in table.column("state").to_pylist()]


def numbers(table: Any, name: str, where: str, wanted: Flags) -> Ints:
    """Whole numbers of at least 0, wherever they are wanted; 0 elsewhere."""
    try:
        column = table.column(name).cast(pa.float64())
    except pa.ArrowException as error:
        mend = "Write numbers with digits alone, and nothing where there is none."
        raise BadInput(f"{name} holds what is no number.", where=where, mend=mend) from error
    filled = column.is_valid().to_numpy(zero_copy_only=False)
    numbers = np.nan_to_num(pc.fill_null(column, 0.0).to_numpy(zero_copy_only=False), nan=-1.0)
    fine = filled & (numbers >= 0) & (numbers <= _MOST) & (numbers == np.rint(numbers))
    if (bad := np.flatnonzero(wanted & ~fine)).size:
        told = f"{numbers[bad[0]]:g}" if filled[bad[0]] else "empty"
        what = f"{name} in row {_row(table, int(bad[0]))} is {told}, which is no count."
        raise BadInput(what, where=where, mend="Give whole numbers of at least 0.")
    counts: Ints = np.where(wanted & fine, numbers, 0).astype(np.int64)
    return counts


def _optional(table: Any, name: str, where: str) -> Ints:
    if name not in table.column_names:
        return np.full(len(table), UNKNOWN, dtype=np.int64)
    filled = table.column(name).is_valid().to_numpy(zero_copy_only=False)
    counts: Ints = np.where(filled, numbers(table, name, where, filled), UNKNOWN).astype(np.int64)
    return counts


def _period(table: Any, by: Sequence[str], where: str) -> str:
    if PERIOD not in table.column_names or PERIOD in by:
        return ""
    periods = [str(period) for period in table.column(PERIOD).unique().to_pylist() if period is not None]
    if len(periods) > 1:
        mend = f"Name {PERIOD} in --by, or give the counts of one period."
        raise BadInput(f"The file counts {len(periods)} periods.", where=where, mend=mend)
    return periods[0] if periods else ""


def _refuse_twice(counts: Counts, columns: Sequence[str]) -> None:
    _, first = np.unique(counts.at, axis=0, return_index=True)
    if len(first) == len(counts):
        return
    again = int(np.setdiff1d(np.arange(len(counts)), first)[0])
    known = {*counts.dimensions, "count", "measure", "state", PERIOD, STUDENTS, "enrolled", "uncounted", _ROW}
    left = [name for name in columns if name not in known]
    mend = f"The file also has {', '.join(left)}: add what it counts by to --by." if left else "Give each group once."
    raise BadInput(f"{counts.row(again)} stands there twice.", where=counts.place(again), mend=mend)


def _with_students(counts: Counts, behind: Any) -> Counts:
    """Students in rows of their own, put beside the events of the same group."""
    columns = [dict(zip(codes, range(len(codes)), strict=True)) for codes in counts.codes]
    told = {}
    rows = zip(*(behind.column(name).to_pylist() for name in counts.dimensions), strict=True)
    for row, number in zip(rows, _optional(behind, "count", counts.where), strict=True):
        at = tuple(column.get(code, -1) for column, code in zip(columns, row, strict=True))
        told[at] = int(number)
    students = np.array([told.get(tuple(at), UNKNOWN) for at in counts.at.tolist()], dtype=np.int64)
    return Counts(**{**counts.__dict__, "students": students})
