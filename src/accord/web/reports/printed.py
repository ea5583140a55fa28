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
from accord.stats.schema import ALL, CONTACTS, EVENTS, NOT_RECORDED, OUTCOMES, column

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


def requests(edition: Printed) -> Figure | None:
    """Requests by immigration enforcement; None in an edition from before the register, or made without it."""
    counted = edition.data.get("enforcement_requests")
    return None if counted is None else figure(counted)


def emergencies(edition: Printed) -> Figure | None:
    """Emergencies in which student records were released; None in an edition made without counting them."""
    counted = edition.data.get("record_emergencies")
    return None if counted is None else figure(counted)


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
    """Which parts of what the policy lets a report hold are in it with a printed figure, as ids of the catalogue."""
    shown = {code for one in _of_outcomes(edition) for row in one.rows for code in _printed(one, row)}
    named = {code for codes in _NAMED.values() for code in codes}
    others = {item.name for item in OUTCOMES} - named
    found = [section for section, codes in _NAMED.items() if shown.issuperset(codes)]
    return (*found, _ELSE) if shown & others else tuple(found)


def breakdowns(edition: Printed) -> tuple[str, ...]:
    """The dimensions by which contacts are told with at least one printed figure beside the total."""
    return tuple(
        one.dimension
        for one in _of_outcomes(edition)
        if any(row.id != ALL and CONTACTS in _printed(one, row) for row in one.rows)
    )


def disparities(edition: Printed, *, ratio: float) -> tuple[str, ...]:
    """Groups contacted at `ratio` times the rate of all others or more, told from printed figures alone."""
    return tuple(name for name, value in _ratios(edition) if isinstance(value, float) and value >= ratio)


def uncompared(edition: Printed) -> tuple[str, ...]:
    """Groups with students whose rate of contacts no printed figure compares with that of all others."""
    return tuple(name for name, value in _ratios(edition) if not isinstance(value, float))


def _of_outcomes(edition: Printed) -> list[ProtectedTable]:
    return [one for one in edition.tables if one.across == "measure"]


def _printed(table: ProtectedTable, row: Row) -> list[str]:
    return [code for (code, _), cell in zip(table.columns, row.cells, strict=True) if isinstance(cell, int)]


def _ratios(edition: Printed) -> Iterator[tuple[str, Rate]]:
    """Each group of students with its ratio of contacts; groups that nobody is enrolled in are left out."""
    for one in _of_outcomes(edition):
        if one.dimension not in _GROUPS:
            continue
        place = [code for code, _ in one.columns].index(CONTACTS)
        for row in one.rows:
            if row.id not in (ALL, NOT_RECORDED) and row.enrolled != 0:
                name = column(EVENTS, one.dimension).label(row.id)
                yield f"{_HEADINGS[one.dimension]}: {name}", row.ratio[place] if row.ratio else None


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
