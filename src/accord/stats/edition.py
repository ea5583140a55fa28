"""An edition: frozen data with a digest over its exact bytes. The same rows and parameters give the same bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from accord.stats.protected import Band, Figure, NotCounted, ProtectedTable, Suppressed

METHOD_VERSION = "3"
"""Changes whenever the same rows would give other figures."""

FORMAT = "accord-board-report/1"


@dataclass(frozen=True)
class Method:
    """The parameters an edition was made with; `width` in values, the others in students."""

    threshold: int
    width: int
    ratio_n: int
    version: str = METHOD_VERSION


WITHHELD = "Withheld: hiding single figures would not keep this table safe."


@dataclass(frozen=True)
class Withheld:
    """A table that is not in the edition because no safe way to print it was found."""

    id: str
    title: str
    reason: str = WITHHELD


@dataclass(frozen=True)
class Edition:
    """A Board report ready to be published, protected figures only.

    `interactions` and `not_reviewed` count interactions of the period. `not_recorded` names outcomes that nobody
    recorded. `figures` and `hidden` count different figures, shared totals once. `not_for_publication` says why the
    edition must not be published; it is part of the data only when it is not empty. `enforcement_requests` counts
    requests by immigration enforcement, `record_emergencies` emergencies that let student records go; each is
    part of the data only where it was asked for.

    Raises:
        TypeError: when a table is anything but a ProtectedTable.
    """

    title: str
    period_start: date
    period_end: date
    school_year: str
    method: Method
    interactions: Figure
    not_reviewed: Figure
    measures: tuple[tuple[str, str, str], ...]
    not_recorded: tuple[str, ...]
    tables: tuple[ProtectedTable, ...]
    withheld: tuple[Withheld, ...]
    figures: int
    hidden: int
    not_for_publication: str = ""
    enforcement_requests: Figure | None = None
    record_emergencies: Figure | None = None

    def __post_init__(self) -> None:
        for table in self.tables:
            if not isinstance(table, ProtectedTable):
                raise TypeError(f"An edition accepts protected tables only, not {type(table).__name__}")

    def as_json(self) -> dict[str, Any]:
        """The edition in plain values, with its digest. A hidden figure is "*", an undefined one None."""
        return {**self._data(), "digest": self.digest}

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the canonical bytes of the data, the digest itself left out."""
        return digest_of(self._data())

    def to_bytes(self) -> bytes:
        """The edition as a JSON file, the same bytes every time."""
        return canonical(self.as_json())

    def _data(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "title": self.title,
            "period": {"start": self.period_start.isoformat(), "end": self.period_end.isoformat()},
            "school_year": self.school_year,
            "method": {
                "name": "suppression",
                "version": self.method.version,
                "threshold": self.method.threshold,
                "width": self.method.width,
                "ratio_n": self.method.ratio_n,
            },
            "interactions": _plain(self.interactions),
            "not_reviewed": _plain(self.not_reviewed),
            "measures": [{"id": name, "label": label, "definition": words} for name, label, words in self.measures],
            "not_recorded": list(self.not_recorded),
            "figures": self.figures,
            "hidden": self.hidden,
            "tables": [_table(table) for table in self.tables],
            "withheld": [{"id": one.id, "title": one.title, "reason": one.reason} for one in self.withheld],
            **self._counted(),
            **({"not_for_publication": self.not_for_publication} if self.not_for_publication else {}),
        }

    def _counted(self) -> dict[str, Any]:
        """Zero is a number; where nobody counted there is none."""
        counted = {"enforcement_requests": self.enforcement_requests, "record_emergencies": self.record_emergencies}
        return {name: _plain(value) for name, value in counted.items() if value is not None}


def canonical(data: Mapping[str, Any]) -> bytes:
    """JSON with sorted keys and no room for two spellings of one value."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def digest_of(data: Mapping[str, Any]) -> str:
    """The digest that belongs to an edition's data, whatever digest it carries."""
    return hashlib.sha256(canonical({key: value for key, value in data.items() if key != "digest"})).hexdigest()


def _table(table: ProtectedTable) -> dict[str, Any]:
    codes = [code for code, _ in table.columns]
    return {
        "id": table.id,
        "title": table.title,
        "dimension": table.dimension,
        "across": table.across,
        "columns": [{"id": code, "label": label} for code, label in table.columns],
        "rows": [
            {
                "id": row.id,
                "label": row.label,
                "enrolled": _plain(row.enrolled),
                "cells": dict(zip(codes, map(_plain, row.cells), strict=True)),
                "per_1000": dict(zip(codes, map(_plain, row.per_1000), strict=False)),
                "ratio": dict(zip(codes, map(_plain, row.ratio), strict=False)),
            }
            for row in table.rows
        ],
        "figures": table.figures,
        "hidden": table.hidden,
        "notes": list(table.notes),
    }


def _plain(value: Figure | float | None) -> int | float | str | None:
    return str(value) if isinstance(value, Suppressed | NotCounted | Band) else value
