"""An edition as files: one CSV for each table, the whole as JSON, and plain text for the terminal.

Drawn from the edition's plain values only, so a file can hold nothing that the edition does not.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\x00", "＝", "＋", "－", "＠")


def inert(value: Any) -> str:
    """A value as text that no spreadsheet runs as a formula: text that starts like one gets a leading apostrophe."""
    text = "" if value is None else str(value)
    return "'" + text.replace("\x00", "") if text.lstrip(" ").startswith(_FORMULA) else text.replace("\x00", "")


def table_csv(table: Mapping[str, Any], *, not_for_publication: str = "") -> str:
    """One table as CSV: groups down, then enrollment, counts, rates for each 1,000 students and ratios.

    `not_for_publication` is said in a last column, in every row.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    columns = table["columns"]
    rated = [column for column in columns if any(column["id"] in row["per_1000"] for row in table["rows"])]
    head = [table["dimension"], "group", *(["enrolled"] if rated else [])]
    head += [column["id"] for column in columns]
    head += [f"{column['id']}_per_1000" for column in rated] + [f"{column['id']}_ratio" for column in rated]
    marks = [not_for_publication] if not_for_publication else []
    writer.writerow([inert(name) for name in (*head, *(["not_for_publication"] if marks else []))])
    for row in table["rows"]:
        values = [row["id"], row["label"], *([row["enrolled"]] if rated else [])]
        values += [row["cells"][column["id"]] for column in columns]
        values += [_rounded(row["per_1000"].get(column["id"])) for column in rated]
        values += [_rounded(row["ratio"].get(column["id"])) for column in rated]
        writer.writerow([inert(value) for value in (*values, *marks)])
    return out.getvalue()


def files(edition: Mapping[str, Any], whole: bytes) -> dict[str, bytes]:
    """Every file of an edition by name: `edition.json` and a CSV for each table."""
    mark = edition.get("not_for_publication", "")
    tables = {f"{table['id']}.csv": table_csv(table, not_for_publication=mark).encode() for table in edition["tables"]}
    return {"edition.json": whole, **tables}


def words(edition: Mapping[str, Any]) -> str:
    """The edition as plain text: what it covers, what is hidden and why, each table with its notes."""
    period, method = edition["period"], edition["method"]
    mark = edition.get("not_for_publication", "")
    lines = [
        *([f"NOT FOR PUBLICATION: {mark}"] if mark else []),
        _line(edition["title"]),
        f"Period: {period['start']} to {period['end']} (school year {edition['school_year']})",
        f"Interactions: {edition['interactions']}; not yet reviewed and left out: {edition['not_reviewed']}",
        *_counted(edition),
        f"Hidden: {edition['hidden']} of {edition['figures']} figures. Counts from 1 to {method['threshold']} are "
        "hidden, and what would let someone work one out;",
        f"every hidden figure keeps at least {method['width']} possible values. Enrollment is public and never hidden.",
    ]
    if edition["not_recorded"]:
        lines.append(f"Not recorded in this period, so not shown: {', '.join(edition['not_recorded'])}")
    lines += [f"{one['title']}: {one['reason']}" for one in edition["withheld"]]
    for table in edition["tables"]:
        lines += ["", *_text_table(table)]
    return "\n".join([*lines, "", f"Digest: {edition['digest']}"]) + "\n"


_COUNTED = {
    "enforcement_requests": "Requests by immigration enforcement",
    "record_emergencies": "Emergencies in which student records were released",
}


def _counted(edition: Mapping[str, Any]) -> list[str]:
    return [f"{label}: {edition[name]}" for name, label in _COUNTED.items() if edition.get(name) is not None]


def _text_table(table: Mapping[str, Any]) -> list[str]:
    columns = table["columns"]
    grid = [["", *(column["label"] for column in columns)]]
    grid += [[_line(row["label"]), *(str(row["cells"][column["id"]]) for column in columns)] for row in table["rows"]]
    widths = [max(len(line[i]) for line in grid) for i in range(len(grid[0]))]
    body = [
        "  ".join(
            [line[0].ljust(widths[0]), *(text.rjust(size) for text, size in zip(line[1:], widths[1:], strict=True))]
        )
        for line in grid
    ]
    return [table["title"], *(line.rstrip() for line in body), *(f"  {note}" for note in table["notes"])]


def _line(text: str) -> str:
    """Text from a file without control characters, which a terminal would obey."""
    return "".join(character for character in text if character.isprintable())


def _rounded(rate: Any) -> Any:
    return round(rate, 3) if isinstance(rate, float) else rate
