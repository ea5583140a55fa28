"""A frozen edition read back: its tables as protected tables, and what its printed figures say.

Everything shown of an edition comes from here, so from its frozen text and nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from accord.stats.protected import MARK, Figure, ProtectedTable, Row, Suppressed
from accord.stats.schema import ALL, CONTACTS, EVENTS, OUTCOMES, column

Rate = float | Suppressed | None

_GROUPS = ("race", "sex", "disability", "english_learner")
_HEADINGS = {"race": "Race", "sex": "Sex", "disability": "Disability", "english_learner": "English learner"}
_NAMED = {
    "P17.1": ("arrest", "referral_for_prosecution"),
    "P17.2": ("report_to_school",),
}
_ELSE = "P17.3"


@dataclass(frozen=True)
class Printed:
    """An edition as printed. `data` is the frozen text in plain values; `tables` its tables, checked once more."""

    data: Mapping[str, Any]
    tables: tuple[ProtectedTable, ...]


def read(body: str) -> Printed:
    """Read a frozen edition.

    Raises:
        ValueError: when a table shows a figure that no protected table may show.
    """
    data = json.loads(body)
    threshold = data["method"]["threshold"]
    return Printed(data, tuple(_table(table, threshold) for table in data["tables"]))


def table(body: str, table_id: str) -> Mapping[str, Any] | None:
    """One table of a frozen edition in plain values, None when the edition has none of this id."""
    return next((one for one in json.loads(body)["tables"] if one["id"] == table_id), None)


def checksum(body: str) -> str:
    """SHA-256 of the file as it is served, which anyone can compute with the tools of their computer."""
    return hashlib.sha256(body.encode()).hexdigest()


def figure(value: Any) -> Figure:
    """A printed figure: a number, or hidden."""
    return Suppressed() if value == MARK else int(value)


def totals(edition: Printed) -> list[tuple[str, Figure]]:
    """Label and figure for all students: contacts first, then what came of them. Empty without a table of outcomes."""
    for one in edition.tables:
        if one.across == "measure":
            row = next(row for row in one.rows if row.id == ALL)
            return [(label, cell) for (_, label), cell in zip(one.columns, row.cells, strict=True)]
    return []


def not_recorded(edition: Printed) -> list[str]:
    """Labels of the outcomes that nobody recorded in the period."""
    return [column(OUTCOMES, name).label("yes") for name in edition.data["not_recorded"]]


def sections(edition: Printed) -> tuple[str, ...]:
    """Which parts of what the policy lets a report hold are in it, as ids of the catalogue."""
    shown = {code for one in edition.tables if one.across == "measure" for code, _ in one.columns}
    named = {code for codes in _NAMED.values() for code in codes}
    others = {item.name for item in OUTCOMES} - named
    found = [section for section, codes in _NAMED.items() if shown.issuperset(codes)]
    return (*found, _ELSE) if shown & others else tuple(found)


def disparities(edition: Printed, *, ratio: float) -> tuple[str, ...]:
    """Groups contacted at `ratio` times the rate of all others or more, told from printed figures alone.

    A group whose count or enrollment is too small for a ratio is not named.
    """
    return tuple(
        f"{_HEADINGS[one.dimension]}: {column(EVENTS, one.dimension).label(row.id)}"
        for one in edition.tables
        if one.dimension in _GROUPS and one.across == "measure"
        for row in one.rows
        for (code, _), value in zip(one.columns, row.ratio, strict=False)
        if code == CONTACTS and isinstance(value, float) and value >= ratio
    )


def _table(plain: Mapping[str, Any], threshold: int) -> ProtectedTable:
    codes = [one["id"] for one in plain["columns"]]
    return ProtectedTable(
        id=plain["id"],
        title=plain["title"],
        dimension=plain["dimension"],
        across=plain["across"],
        columns=tuple((one["id"], one["label"]) for one in plain["columns"]),
        rows=tuple(_row(row, codes) for row in plain["rows"]),
        notes=tuple(plain["notes"]),
        threshold=threshold,
    )


def _row(plain: Mapping[str, Any], codes: list[str]) -> Row:
    return Row(
        id=plain["id"],
        label=plain["label"],
        cells=tuple(figure(plain["cells"][code]) for code in codes),
        enrolled=None if plain["enrolled"] is None else figure(plain["enrolled"]),
        per_1000=tuple(_rates(plain["per_1000"], codes)),
        ratio=tuple(_rates(plain["ratio"], codes)),
    )


def _rates(plain: Mapping[str, Any], codes: list[str]) -> Iterator[Rate]:
    for code in codes if plain else ():
        value = plain[code]
        yield Suppressed() if value == MARK else value
