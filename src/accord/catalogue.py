"""The obligations of a policy, in our own words, as data: who must do what, how it is hedged, what shows it.

`catalogue.toml` holds the obligations of BP 3515.31. Another policy brings another file of the same shape and no code.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from accord.decision import BadInput


@dataclass(frozen=True)
class Item:
    """A part of an obligation that is looked for on its own, such as one of the six terms of the agreement."""

    id: str
    words: str


@dataclass(frozen=True)
class Obligation:
    """One thing the policy (P..) or a note printed with it (N..) says.

    `modality` is one of shall, shall not, may, should, intent, statement.
    `kept_by` is the part of Accord that keeps the evidence: a noun of the vocabulary.
    `cadence` is the id of a dated parameter in `rules/controls.toml`, or "".
    `hedge` is the word that leaves room ("periodically", "when possible"), or "".
    """

    id: str
    title: str
    words: str
    actor: str
    modality: str
    hedge: str
    condition: str
    evidence: str
    cadence: str
    kept_by: str
    citations: tuple[str, ...]
    items: tuple[Item, ...]

    @property
    def is_note(self) -> bool:
        return self.id.startswith("N")


@dataclass(frozen=True)
class Catalogue:
    """The obligations of one policy, keyed by its code."""

    code: str
    title: str
    obligations: tuple[Obligation, ...]

    def __getitem__(self, obligation_id: str) -> Obligation:
        return {obligation.id: obligation for obligation in self.obligations}[obligation_id]


def read(path: Path) -> Catalogue:
    """Read a catalogue from a TOML file.

    Raises:
        BadInput: when the file is not TOML or an obligation lacks a field, naming it.
    """
    try:
        return _catalogue(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise BadInput(
            f"This is not a catalogue of obligations: {error}",
            where=str(path),
            mend="Compare it with catalogue.toml of Accord: every [[obligation]] has the same fields.",
        ) from error


@cache
def bp_3515_31() -> Catalogue:
    """The obligations of BP 3515.31, School Resource Officers."""
    return _catalogue(tomllib.loads((files("accord") / "catalogue.toml").read_text(encoding="utf-8")))


def _catalogue(data: dict[str, Any]) -> Catalogue:
    return Catalogue(
        code=data["code"],
        title=data["title"],
        obligations=tuple(_obligation(row) for row in data["obligation"]),
    )


def _obligation(row: dict[str, Any]) -> Obligation:
    return Obligation(
        id=row["id"],
        title=row["title"],
        words=row["words"],
        actor=row["actor"],
        modality=row["modality"],
        hedge=row.get("hedge", ""),
        condition=row.get("condition", ""),
        evidence=row["evidence"],
        cadence=row.get("cadence", ""),
        kept_by=row["kept_by"],
        citations=tuple(row.get("citations", ())),
        items=tuple(Item(item["id"], item["words"]) for item in row.get("items", ())),
    )
