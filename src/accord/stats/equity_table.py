"""Rows in, groups to compare out: every line that cannot be right is named, with what may stand there.

Needed are `group`, `events` and `students`. `unduplicated` gives the students with an event where events are counted
more than once; the State's counts come with the same group (`state_...`) or as the sum of all other groups there
(`state_others_...`); `stratum` and `year` split a group into lines; `searches` and `found` go together.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from accord.decision import BadInput
from accord.stats.equity import Row
from accord.stats.idea import Count
from accord.stats.profiles import Entry

NEEDED = ("group", "events", "students")
PAIRS = (("state_events", "state_students"), ("state_others_events", "state_others_students"), ("found", "searches"))
OPTIONAL = ("unduplicated", *PAIRS[0], *PAIRS[1], "stratum", "year", "searches", "found")
SUMS = {"all", "total", "all students", "all groups"}

_YEAR = re.compile(r"\d{4}(?!\d)")
Cells = Mapping[Any, Any]


def open_table(path: Path) -> tuple[list[str], list[tuple[int, dict[Any, Any]]]]:
    """The head of a CSV file, or of Parquet by its name, and its rows as text, each with its line.

    Raises:
        BadInput: when it cannot be read.
    """
    if path.suffix.lower() == ".parquet":
        return _parquet(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            head = list(reader.fieldnames or ())
            return head, [(reader.line_num, row) for row in reader]
    except OSError as error:
        what = f"{error.strerror or error}."
        raise BadInput(what, where=str(path), mend="Give the path of a CSV file.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(
            f"this is not a CSV file in UTF-8: {error}", where=str(path), mend="Save it as CSV in UTF-8."
        ) from error


def _parquet(path: Path) -> tuple[list[str], list[tuple[int, dict[Any, Any]]]]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.read_table(path)
    except (OSError, pa.ArrowException) as error:
        raise BadInput(str(error).splitlines()[0], where=str(path), mend="Give a Parquet or CSV file.") from error
    rows = ({name: "" if value is None else str(value) for name, value in row.items()} for row in table.to_pylist())
    return table.column_names, list(enumerate(rows, 1))


def check_head(names: list[str], where: str) -> None:
    """Refuse a head that lacks a column, has one twice, or one that nothing is known about.

    Raises:
        BadInput: naming the columns.
    """
    if not names:
        raise BadInput("the file is empty", where=where, mend=f"Give it the columns {', '.join(NEEDED)}.")
    missing = [name for name in NEEDED if name not in names]
    for pair in PAIRS:
        if len({*pair} & {*names}) == 1:
            missing += sorted({*pair} - {*names})
    twice = sorted({name for name in names if names.count(name) > 1})
    strange = [name for name in names if name not in NEEDED + OPTIONAL]
    for words, columns in (("lacks", missing), ("has twice", twice), ("does not know", strange)):
        if columns:
            raise BadInput(
                f"the table {words} the column {', '.join(columns)}",
                where=where,
                mend=f"It needs {', '.join(NEEDED)} and may have {', '.join(OPTIONAL)}.",
            )


def entries(lines: Iterable[tuple[int, Cells]], where: str) -> list[Entry]:
    """Check numbered rows of text.

    Raises:
        BadInput: naming every line that cannot be right.
    """
    bad: list[str] = []
    found: list[Entry] = []
    taken: set[tuple[str, str, str]] = set()
    state: dict[tuple[str, str], tuple[Count | None, Count | None]] = {}
    for line, cells in lines:
        try:
            one = _entry(cells)
            _fit(one, taken, state)
            found.append(one)
        except ValueError as error:
            bad.append(f"line {line}: {error}")
    if bad:
        raise BadInput("; ".join(bad), where=where, mend="Correct these lines.")
    newest = {one.row.group for one in found if one.year == max(found, key=lambda other: other.year).year}
    if len(newest) < 2:
        known = "only one group" if newest else "no group"
        of = " in its newest year" if found and found[0].year else ""
        raise BadInput(f"the table has {known}{of}", where=where, mend="Give at least two groups to compare.")
    return found


def _fit(one: Entry, taken: set[tuple[str, str, str]], state: dict[tuple[str, str], Any]) -> None:
    """Hold a line against those before it."""
    group, year = one.row.group.casefold(), one.year[:4]
    key = (group, one.stratum.casefold(), year)
    if key in taken:
        place = f" in {one.stratum}" if one.stratum else ""
        raise ValueError(f"group {one.row.group!r} is given twice{place}{f' for {one.year}' if one.year else ''}")
    taken.add(key)
    told = one.row.state, one.row.state_others
    before = state.setdefault((group, year), told)
    if any(new and old and new != old for new, old in zip(told, before, strict=True)):
        raise ValueError(
            "the State's counts of this group differ from those of a line before; they are the same for all"
        )


def _entry(cells: Cells) -> Entry:
    if cells.get(None) or None in cells.values():
        raise ValueError("it has not as many values as there are columns")
    group = cells["group"].strip()
    if not group:
        raise ValueError("the group has no name")
    if group.casefold() in SUMS:
        raise ValueError(f"{group!r} is the sum of other groups and would be counted twice; leave it out")
    row = Row(group, *_counts(cells), *(_pair(cells, pair, "of the State") for pair in PAIRS[:2]))
    return Entry(row, _name(cells, "stratum"), _year(cells), _pair(cells, PAIRS[2], "searched"))


def _counts(cells: Cells) -> tuple[int, int, int | None]:
    events, students = _number(cells, "events"), _number(cells, "students")
    unduplicated = _number(cells, "unduplicated") if "unduplicated" in cells else None
    if unduplicated is not None and unduplicated > events:
        raise ValueError(f"{unduplicated} students had {events} events: each needs at least one")
    with_outcome = events if unduplicated is None else unduplicated
    if with_outcome > students:
        raise ValueError(
            f"{with_outcome} of {students} students is more than there are; where events of one student are counted "
            "again, add the column unduplicated"
        )
    return events, students, unduplicated


def _name(cells: Cells, column: str) -> str:
    if column not in cells:
        return ""
    text: str = cells[column].strip()
    if not text:
        raise ValueError(f"{column} is blank")
    return text


def _year(cells: Cells) -> str:
    text = _name(cells, "year")
    if text and not _YEAR.match(text):
        raise ValueError(f"year is {text!r} and does not begin with four digits, as 2025-26 does")
    return text


def _pair(cells: Cells, pair: tuple[str, str], of: str) -> Count | None:
    """A part and its whole; None where both are blank or there are no such columns."""
    given = [(cells.get(name) or "").strip() for name in pair]
    if not any(given):
        return None
    if not all(given):
        raise ValueError(f"{pair[0]} and {pair[1]} go together")
    part, whole = (_number(cells, name) for name in pair)
    if part > whole:
        raise ValueError(f"{part} of {whole} {'' if of == 'searched' else 'students '}{of} is more than there are")
    return Count(part, whole)


def _number(cells: Cells, name: str) -> int:
    text = cells[name].strip()
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{name} is {text!r}, not a whole number from 0 up")
    return int(text)
