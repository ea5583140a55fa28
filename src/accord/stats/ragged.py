"""Is a file a table at all? Engines differ in what they let pass: some drop a value too many, some move it along."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import csv as arrow
from pyarrow import parquet

from accord.decision import BadInput


def refuse_twice(path: Path, *, is_parquet: bool) -> None:
    """See that no two columns have one name: an engine would take one of them in silence.

    Raises:
        BadInput: naming them.
    """
    names = _names(path, is_parquet=is_parquet)
    if twice := sorted({name for name in names if names.count(name) > 1}):
        mend = "Keep the one that is meant."
        raise BadInput(f"Two columns are named {', '.join(twice)}.", where=str(path), mend=mend)


def refuse_ragged(path: Path, *, blank: bool = True) -> int:
    """See that every row of a CSV file has as many values as its head has names. Reads the file once, in pieces.

    Args:
        path: the file.
        blank: whether lines of nothing are passed over.

    Returns:
        how many rows there are; -1 where it cannot be read, which the engine tells.

    Raises:
        BadInput: telling the first row that has not.
    """
    found: list[Any] = []

    def noted(row: Any) -> str:
        found.append(row)
        return "error"

    read = arrow.ReadOptions(use_threads=False)
    parse = arrow.ParseOptions(newlines_in_values=True, invalid_row_handler=noted, ignore_empty_lines=blank)
    convert = arrow.ConvertOptions(include_columns=["\0"], include_missing_columns=True, check_utf8=False)
    try:
        with arrow.open_csv(path, read_options=read, parse_options=parse, convert_options=convert) as batches:
            return sum(batch.num_rows for batch in batches)
    except pa.ArrowInvalid:
        if found:
            raise _ragged(path, found[0]) from None
        return -1


def refuse_blank(path: Path) -> None:
    """See that no line of a CSV file is blank, for an engine that takes such a line for a row of nothing.

    Raises:
        BadInput: when one is.
    """
    rows = refuse_ragged(path)
    if rows >= 0 and more_lines(path, rows) and refuse_ragged(path, blank=False) > rows:
        mend = "Take blank lines out, or let another engine count."
        raise BadInput("Polars takes a blank line for a row of nothing, and there is one.", where=str(path), mend=mend)


def more_lines(path: Path, rows: int) -> bool:
    """Are there more lines in a CSV file than a head and that many rows? Then a value may go over several of them."""
    plain = gzip.open if path.suffix == ".gz" else open
    lines, last = 0, b"\n"
    with plain(path, "rb") as file:
        while piece := file.read(1 << 20):
            lines, last = lines + piece.count(b"\n"), piece[-1:]
    return lines + (last != b"\n") != rows + 1


def _ragged(path: Path, row: Any) -> BadInput:
    what = f"The row has {row.actual_columns} values and the head names {row.expected_columns}."
    mend = "Give every row a value for each column; put values that hold commas into quotes."
    return BadInput(what, where=f"{path}, row {row.number}", mend=mend)


def _names(path: Path, *, is_parquet: bool) -> list[str]:
    """The head of a file; nothing where it cannot be read, which the engine tells."""
    try:
        if is_parquet:
            return list(parquet.read_schema(path).names)
        plain = gzip.open if path.suffix == ".gz" else open
        with plain(path, "rt", encoding="utf-8-sig", newline="") as file:
            return [name.strip() for name in next(csv.reader(file), [])]
    except (OSError, EOFError, UnicodeDecodeError, csv.Error, pa.ArrowException):
        return []
