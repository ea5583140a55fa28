"""The finest groups of a file: one pass over the rows, on whatever engine holds them.

Rows are grouped by the values as they stand in the file; the few that are left are then read against the definitions.
So engines add up and nothing else, and a value that is not allowed is met once, however many rows have it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from accord.stats import intake
from accord.stats.dimensions import PARTED
from accord.stats.faults import Fault, Kind
from accord.stats.races import rolled_up
from accord.stats.schema import NOT_RECORDED, STUDENT, Column, Type

Ints = NDArray[np.int64]
ROWS = "rows"
MONTH = "month"
DAY = "occurred_on"
RACE = "race"


@dataclass(frozen=True)
class Coded:
    """A column of the groups: its different codes, and for each group the number of its code."""

    codes: tuple[str, ...]
    numbers: Ints


@dataclass(frozen=True)
class Finest:
    """Groups of rows that agree in every key (and the student, where students are told apart).

    `sums` holds a figure for each group, under `rows` how many rows it has. `students` numbers the student of each
    group, -1 where none is given; None where students are not told apart.
    """

    keys: Mapping[str, Coded]
    sums: Mapping[Any, Ints]
    students: Ints | None
    faults: tuple[Fault, ...]

    def leaves(self, key: str, leaves: Sequence[str]) -> Ints:
        """For each group the number that its code has among the leaves of an axis."""
        at = {leaf: number for number, leaf in enumerate(leaves)}
        return np.array([at[code] for code in self.keys[key].codes], dtype=np.int64)[self.keys[key].numbers]


def finest(
    data: nw.LazyFrame[Any],
    keys: Sequence[Column],
    sums: Mapping[Any, nw.Expr],
    *,
    students: bool = False,
    month: bool = False,
) -> Finest:
    """Group the rows of a frame.

    Args:
        keys: the columns to group by; a value that may name several codes is one group for each set of them.
        sums: expressions over rows to add up, by name.
        month: group by the month of `occurred_on` too.
    """
    named = [nw.col(one.name).alias(f"key{at}") for at, one in enumerate(keys)]
    named += [_month(data).alias(MONTH)] if month else []
    named += [nw.col(STUDENT.name).alias(STUDENT.name)] if students else []
    summed = [expression.alias(f"sum{at}") for at, expression in enumerate(sums.values())]
    grouped = [f"key{at}" for at in range(len(keys))] + [MONTH] * month + [STUDENT.name] * students
    table = _summed(data.select(*named, nw.lit(1).cast(nw.Int64).alias(ROWS), *summed), grouped, len(sums))
    rows = _ints(table, ROWS)
    coded, faults = {}, []
    for at, one in enumerate(keys):
        coded[one.name], found = _coded(table[f"key{at}"], rows, one.name, partial(code, one))
        faults += found
    if month:
        coded[MONTH], found = _coded(table[MONTH], rows, DAY, first_of_month)
        faults += found
    figures = {name: _ints(table, f"sum{at}") for at, name in enumerate(sums)} | {ROWS: rows}
    return Finest(coded, figures, _students(table) if students else None, tuple(faults))


def code(column: Column, raw: Any) -> str:
    """The code that a value of a key column means.

    Raises:
        ValueError: when it is not allowed.
    """
    parts = [] if raw is None else str(raw).split(PARTED)
    if column.several and any(part.strip() for part in parts):
        return PARTED.join(sorted({code(_single(column), part) for part in parts}))
    if column.name == RACE and len(parts) > 1:
        return rolled_up(code(column, part) for part in parts)
    read = intake.value(column, raw)
    if read is None:
        return NOT_RECORDED
    return {True: "yes", False: "no"}[read] if column.type is Type.YES_NO else str(read)


def first_of_month(raw: Any) -> str:
    """The first day of a month given as 202509 or as the text of a day in it.

    Raises:
        ValueError: when it is no month.
    """
    text = str(raw if raw is not None else "")
    year, month = (text[:4], text[4:]) if isinstance(raw, int) else (text[:4], text[5:7])
    try:
        return date(int(year), int(month), 1).isoformat()
    except ValueError:
        raise ValueError(f"{text!r} is not a day written as YYYY-MM-DD") from None


def _single(column: Column) -> Column:
    return Column(column.name, column.type, column.meaning, column.privacy, allowed=column.allowed)


def _month(data: nw.LazyFrame[Any]) -> nw.Expr:
    day = nw.col(DAY)
    if isinstance(data.collect_schema()[DAY], (nw.Date, nw.Datetime)):
        return (day.dt.year().cast(nw.Int64) * 100 + day.dt.month().cast(nw.Int64)).cast(nw.Int64)
    return day.cast(nw.String).str.strip_chars().str.slice(0, 7)


def _summed(rows: nw.LazyFrame[Any], grouped: list[str], sums: int) -> pa.Table:
    figures = [nw.col(name).sum() for name in (ROWS, *(f"sum{at}" for at in range(sums)))]
    found = rows.group_by(*grouped).agg(*figures) if grouped else rows.select(*figures)
    return found.collect(backend="pyarrow").to_native()


def _ints(table: pa.Table, name: str) -> Ints:
    column = table[name].cast(pa.int64()).fill_null(0)
    return np.asarray(column.to_numpy(), dtype=np.int64)


def _students(table: pa.Table) -> Ints:
    encoded = _encoded(table[STUDENT.name].cast(pa.string()))
    said = np.array([bool((value or "").strip()) for value in encoded.dictionary.to_pylist()], dtype=np.bool_)
    numbers = np.asarray(encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False), dtype=np.int64)
    return np.where((numbers >= 0) & np.append(said, False)[numbers], numbers, -1)


def _encoded(column: pa.ChunkedArray) -> pa.DictionaryArray:
    whole = column.combine_chunks()
    return whole if isinstance(whole, pa.DictionaryArray) else whole.dictionary_encode()


def _coded(column: pa.ChunkedArray, rows: Ints, where: str, read: Callable[[Any], str]) -> tuple[Coded, list[Fault]]:
    """Read the different values of a column once each. What is not allowed is a fault and counts as not recorded."""
    encoded = _encoded(column)
    raw = [*encoded.dictionary.to_pylist(), None]
    numbers = np.asarray(encoded.indices.fill_null(len(raw) - 1).to_numpy(zero_copy_only=False), dtype=np.int64)
    met = np.bincount(numbers, weights=rows, minlength=len(raw)).astype(np.int64)
    codes: dict[str, int] = {}
    meaning, faults = [], []
    for value, times in zip(raw, met.tolist(), strict=True):
        try:
            said = read(value) if times else NOT_RECORDED
        except ValueError:
            said = NOT_RECORDED
            faults.append(Fault(Kind.OUT_OF_RANGE, where, "" if value is None else str(value), times))
        meaning.append(codes.setdefault(said, len(codes)) if times else 0)
    return Coded(tuple(codes), np.array(meaning, dtype=np.int64)[numbers]), faults
