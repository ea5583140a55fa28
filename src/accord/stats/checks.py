"""What is wrong with events and enrollment before they are counted? Every finding is a fault; nobody is asked here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np

from accord.facts.school_years import school_year
from accord.stats.cube import Cells
from accord.stats.faults import Fault, Kind
from accord.stats.finest import DAY, MONTH, ROWS, Finest
from accord.stats.hierarchies import Hierarchy
from accord.stats.measures import FAULTY
from accord.stats.schema import NOT_RECORDED, STUDENT
from accord.stats.tallied import UNKNOWN, Ints

Frame = nw.LazyFrame[Any]
KEY = ("interaction", STUDENT.name)
"""What tells rows of events apart, where they have it."""
_DAY = r"^[1-9][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$"


def day_is_faulty() -> nw.Expr:
    """1 where the text of a day is none."""
    text = nw.col(DAY).cast(nw.String).fill_null("").str.strip_chars()
    return (~text.str.contains(_DAY)).cast(nw.Int64)


def duplicates(data: Frame, keys: Sequence[str]) -> list[Fault]:
    """Keys that more than one row has; [] where the frame lacks a part of the key."""
    if not keys or not set(keys) <= set(data.collect_schema().names()):
        return []
    twice = data.group_by(*keys).agg(nw.len().alias(ROWS)).filter(nw.col(ROWS) > 1)
    found = [
        (", ".join("" if row[key] is None else str(row[key]) for key in keys), int(row[ROWS])) for row in _rows(twice)
    ]
    return [Fault(Kind.DUPLICATE_KEYS, ", ".join(keys), value, rows) for value, rows in sorted(found)]


def out_of_range(data: Frame, found: Finest, sums: Mapping[Any, nw.Expr]) -> list[Fault]:
    """The different values of measured columns that are no counts; the rows are read again only if there are any."""
    faults = []
    for (column, kind), expression in sums.items():
        if kind == FAULTY and found.sums[column, kind].any():
            values = data.filter(expression == 1).group_by(column).agg(nw.len().alias(ROWS))
            said = sorted(("" if row[column] is None else str(row[column]), int(row[ROWS])) for row in _rows(values))
            faults += [Fault(Kind.OUT_OF_RANGE, column, value, rows) for value, rows in said]
    return faults


def strangers(column: str, found: Finest, allowed: Iterable[str], hierarchy: Hierarchy | None) -> list[Fault]:
    """Schools of events that neither enrollment nor a hierarchy knows."""
    known = {*allowed, NOT_RECORDED}
    if hierarchy:
        known &= {*hierarchy.leaves, NOT_RECORDED}
    rows = by_code(found, column)
    return [
        Fault(Kind.UNKNOWN_SCHOOLS, column, code, count) for code, count in sorted(rows.items()) if code not in known
    ]


def uncovered(found: Finest, years: Iterable[str]) -> list[Fault]:
    """School years of events that enrollment does not cover."""
    met: dict[str, int] = {}
    for month, rows in by_code(found, MONTH).items():
        if month != NOT_RECORDED:
            year = school_year(date.fromisoformat(month))
            met[year] = met.get(year, 0) + rows
    return [
        Fault(Kind.MISMATCHED_PERIODS, DAY, year, rows) for year, rows in sorted(met.items()) if year not in set(years)
    ]


def above(cells: Cells, measure: str, counts: Ints, enrolled: Ints) -> list[Fault]:
    """Groups with more students counted than are enrolled."""
    faults = []
    for at in np.flatnonzero((enrolled != UNKNOWN) & (counts > enrolled)).tolist():
        number = cells.numbers[at : at + 1]
        codes = [f"{one.name} {one.codes[int(cells.codes(i, number)[0])]}" for i, one in enumerate(cells.axes)]
        value = f"{measure} {counts[at]} of {enrolled[at]}"
        faults.append(Fault(Kind.NUMERATOR_ABOVE_DENOMINATOR, ", ".join(codes), value, int(cells.values[at, 0])))
    return faults


def by_code(found: Finest, key: str) -> dict[str, int]:
    """Rows of each code of a key."""
    coded = found.keys[key]
    rows = np.bincount(coded.numbers, weights=found.sums[ROWS], minlength=len(coded.codes)).astype(int)
    return dict(zip(coded.codes, rows.tolist(), strict=True))


def _rows(data: Frame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = data.collect(backend="pyarrow").to_native().to_pylist()
    return rows
