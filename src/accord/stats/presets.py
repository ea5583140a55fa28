"""Whose way of comparing groups, and from which ratio on does one ask for review? Read from `presets.toml`, dated.

A number whose source nobody has read is marked [GK], general knowledge. Nothing here is law for a district's officers.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from accord.decision import BadInput
from accord.stats.idea import Minimums


@dataclass(frozen=True)
class Preset:
    """One body's way. `reference` is "all-others" or the code of a group; `threshold` is None where none is set."""

    name: str
    since: date
    sizes: Minimums
    reference: str
    threshold: float | None
    consecutive: int
    source: str


@dataclass(frozen=True)
class Level:
    """A ratio from which on a group is flagged; with `above_one` only where its whole interval lies above 1."""

    name: str
    since: date
    ratio: float
    above_one: bool
    source: str


def preset(name: str, *, on: date | None = None) -> Preset:
    """The preset of that name in force on a day, the newest without one.

    Raises:
        BadInput: naming those there are.
    """
    found = [_preset(row) for row in _in_force("preset", on) if row["name"] == name.upper()]
    if not found:
        names = ", ".join(sorted({row["name"] for row in _rows()["preset"]}))
        raise BadInput(f"there is no preset {name!r}", where="--preset", mend=f"Choose one of {names}.")
    return max(found, key=lambda one: one.since)


def levels(*, on: date | None = None) -> tuple[Level, ...]:
    """The levels in force on a day, the newest without one, lowest ratio first."""
    newest: dict[str, Level] = {}
    for row in sorted(_in_force("level", on), key=lambda one: one["effective"]):
        newest[row["name"]] = Level(row["name"], row["effective"], row["ratio"], row["above_one"], _source(row))
    return tuple(sorted(newest.values(), key=lambda one: one.ratio))


def flag(ratio: float | None, low: float | None, among: Iterable[Level]) -> str | None:
    """The highest level that a ratio with this lower end of its interval reaches; None where it reaches none."""
    reached = [
        one
        for one in among
        if ratio is not None and ratio >= one.ratio and (not one.above_one or (low is not None and low > 1))
    ]
    return max(reached, key=lambda one: one.ratio).name if reached else None


def _preset(row: dict[str, Any]) -> Preset:
    sizes, threshold = Minimums(row["cell"], row["n"]), row.get("threshold")
    return Preset(row["name"], row["effective"], sizes, row["reference"], threshold, row["consecutive"], _source(row))


def _source(row: dict[str, Any]) -> str:
    read: str = row["source"]
    return read if "verified_on" in row else f"{read} [GK]"


def _in_force(kind: str, on: date | None) -> list[dict[str, Any]]:
    return [row for row in _rows()[kind] if on is None or row["effective"] <= on]


@cache
def _rows() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((files("accord.stats") / "presets.toml").read_text(encoding="utf-8"))
