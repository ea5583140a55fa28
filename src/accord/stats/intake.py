"""Rows in, a checked frame out: every value that is not allowed is named, with its line and what may stand there.

The web app and the command line read through the same check.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from accord.decision import BadInput
from accord.stats import arrow, csv_text
from accord.stats.schema import ALL, ENROLLMENT, NOT_RECORDED, Column, Type

_YES = {"yes": True, "true": True, "1": True, "y": True, "no": False, "false": False, "0": False, "n": False}
_SCHOOL_YEAR = re.compile(r"(\d{4})-(\d{4}|\d{2})\Z")


class BadRows(BadInput):
    """Some rows cannot be read. `rows` holds one sentence for each of them, all of them."""

    def __init__(self, rows: tuple[str, ...], *, where: str) -> None:
        self.rows = rows
        super().__init__(
            "; ".join(rows), where=where, mend="Correct these cells; leave a cell blank where nothing was recorded."
        )


def read_csv(path: Path, columns: tuple[Column, ...]) -> pa.Table:
    """Read a CSV file that has the given columns.

    Raises:
        BadInput: when the file cannot be read or its head lacks a column or has one more.
        BadRows: naming every row with a value that is not allowed.
    """
    with csv_text.opened(path) as file:
        reader = csv.DictReader(file, strict=True)
        _check_head(reader.fieldnames, columns, str(path))
        return frame(((reader.line_num, row) for row in reader), columns, where=str(path))


def frame(rows: Iterable[tuple[int, Mapping[Any, Any]]], columns: tuple[Column, ...], *, where: str) -> pa.Table:
    """Check numbered rows of text and make a frame with one typed column for each definition.

    A column that no row has stays out of the frame when it is optional.

    Raises:
        BadRows: naming every row with a value that is not allowed, or a group of students given twice.
    """
    bad: list[str] = []
    values: dict[str, list[Any]] = {item.name: [] for item in columns}
    present: set[str] = set()
    given: dict[tuple[Any, ...], int] = {}
    for line, row in rows:
        problems = [f"line {line}: more values than columns"] if row.get(None) else []
        read = {}
        for item in columns:
            if item.name in row:
                present.add(item.name)
            try:
                read[item.name] = value(item, row.get(item.name))
            except ValueError as error:
                problems.append(f"line {line}, column {item.name}: {error}")
        if not problems and columns is ENROLLMENT:
            problems += _twice(given, tuple(read[item.name] for item in columns[:-1]), line)
        bad += problems
        if not problems:
            for name, one in read.items():
                values[name].append(one)
    if bad:
        raise BadRows(tuple(bad), where=where)
    kept = [item for item in columns if not item.optional or item.name in present]
    table = arrow.table(kept, values)
    return arrow.with_bands(table) if columns is ENROLLMENT else table


def _twice(given: dict[tuple[Any, ...], int], group: tuple[Any, ...], line: int) -> list[str]:
    first = given.setdefault(group, line)
    return [] if first == line else [f"line {line}: the same group of students as line {first}"]


def _check_head(head: Iterable[str] | None, columns: tuple[Column, ...], where: str) -> None:
    names = list(head or ())
    known = {item.name for item in columns}
    missing = [item.name for item in columns if not item.optional and item.name not in names]
    extra = [name for name in names if name not in known]
    twice = sorted({name for name in names if names.count(name) > 1})
    faults = [
        f"{word} {', '.join(map(str, found))}"
        for word, found in (("no column", missing), ("unknown column", extra), ("column twice:", twice))
        if found
    ]
    if faults:
        raise BadInput(
            "; ".join(faults),
            where=f"{where}, line 1",
            mend=f"The first line names columns out of: {', '.join(sorted(known))}.",
        )


def value(item: Column, raw: Any) -> Any:
    """One value as the column means it: a code, a day, a count, True or False; what blank means where it is blank.

    Raises:
        ValueError: saying what is not allowed and what is.
    """
    text = str(raw if raw is not None else "").strip()
    if not text:
        if item.needed:
            raise ValueError("nothing given")
        return NOT_RECORDED if item.type is Type.CODE else None
    return _READ[item.type](item, text)


def _code(item: Column, text: str) -> str:
    padded = text.zfill(2) if text.isdecimal() else text
    for code in item.codes:
        if code.lower() in (text.lower(), padded.lower()):
            return str(code)
    raise ValueError(f"{text!r} is not one of {', '.join(item.codes)}")


def _yes_no(item: Column, text: str) -> bool | None:
    if text.lower() == NOT_RECORDED:
        return None
    if text.lower() not in _YES:
        raise ValueError(f"{text!r} is not one of yes, no")
    return _YES[text.lower()]


def _date(item: Column, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day written as YYYY-MM-DD") from None


def _count(item: Column, text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 9:
        raise ValueError(f"{text!r} is not a whole number from 0 to 999999999")
    return int(text)


def _school_year(item: Column, text: str) -> str:
    match = _SCHOOL_YEAR.match(text)
    if not match or int(match[2][-2:]) != (int(match[1]) + 1) % 100:
        raise ValueError(f"{text!r} is not a school year such as 2025-26")
    return f"{match[1]}-{match[2][-2:]}"


def _text(item: Column, text: str) -> str:
    if text == ALL:
        raise ValueError(f"{text!r} is the name of the total")
    return text


_READ = {
    Type.TEXT: _text,
    Type.DATE: _date,
    Type.CODE: _code,
    Type.YES_NO: _yes_no,
    Type.COUNT: _count,
    Type.SCHOOL_YEAR: _school_year,
}
