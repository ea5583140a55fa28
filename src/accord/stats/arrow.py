"""Checked values to an Arrow table, each column in the one type that its definition means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import pyarrow as pa

from accord.stats.schema import BAND_OF, Column, Type

_ARROW: dict[Type, Any] = {
    Type.TEXT: pa.string(),
    Type.DATE: pa.date32(),
    Type.CODE: pa.string(),
    Type.YES_NO: pa.bool_(),
    Type.COUNT: pa.int64(),
    Type.SCHOOL_YEAR: pa.string(),
}


def table(columns: Iterable[Column], values: Mapping[str, list[Any]]) -> pa.Table:
    """One typed column for each definition, with the values given under its name."""
    return pa.table({one.name: pa.array(values[one.name], type=_ARROW[one.type]) for one in columns})


def with_bands(enrollment: pa.Table) -> pa.Table:
    """Enrollment with the band of each grade beside it, as the tables of the report group it."""
    bands = [str(BAND_OF[grade]) for grade in enrollment.column("grade").to_pylist()]
    return enrollment.append_column("grade_band", pa.array(bands, type=pa.string()))


def rows(columns: Iterable[Column], values: Iterable[Sequence[Any]], *, at_a_time: int = 50_000) -> pa.Table:
    """Rows of values in the order of the columns, such as `queryset.values_list(*names).iterator()`, as one table.

    No more than so many rows are held as Python values at a time.
    """
    columns = tuple(columns)
    schema = pa.schema([(one.name, _ARROW[one.type]) for one in columns])
    batches = []
    stream = iter(values)
    while chunk := list(islice(stream, at_a_time)):
        arrays = [
            pa.array(held, type=_ARROW[one.type]) for one, held in zip(columns, zip(*chunk, strict=True), strict=True)
        ]
        batches.append(pa.record_batch(arrays, schema=schema))
    return pa.Table.from_batches(batches, schema=schema)
