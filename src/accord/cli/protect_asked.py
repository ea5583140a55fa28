"""What can be asked of `accord protect`, and what does not go together."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from accord.decision import BadInput
from accord.stats.folder import refuse_unwritable_file

if TYPE_CHECKING:
    from accord.stats.bare import Policy


class Instead(StrEnum):
    """How counts are told where none is hidden."""

    ROUNDED = "rounded"
    BANDS = "bands"


def refuse_unread(**given: Path | str | None) -> None:
    """Options that go with counts: who gives --published with bare cells would believe that the ledger was asked."""
    if unread := next((name for name, value in given.items() if value), None):
        mend = "Leave it out, or give a file of counts."
        raise BadInput("Bare cells are protected without it.", where=f"--{unread.replace('_', '-')}", mend=mend)


def refuse_published(proof: Path | None, *folders: Path | None) -> None:
    """A proof names the small counts among the hidden ones, so it must not lie with what is published."""
    if proof is None:
        return
    place = proof.resolve()
    if any(folder and folder.resolve() in (place, *place.parents) for folder in folders):
        mend = "Name a file in a folder where the counts themselves are kept."
        raise BadInput("A proof tells which hidden counts are small.", where="--proof", mend=mend)
    refuse_unwritable_file(proof)


@dataclass(frozen=True)
class Asked:
    """What is asked of any release."""

    policy: Policy
    seconds: float
    json: bool
    alternatives: bool
    instead: Instead | None = None
    proof: Path | None = None

    def __post_init__(self) -> None:
        if self.instead and self.proof:
            mend = "Leave --proof out."
            raise BadInput("Where no count is hidden there is nothing to prove.", where="--proof", mend=mend)
        if self.instead and self.alternatives:
            mend = "Weigh the alternatives first, then choose one."
            raise BadInput("This weighs and chooses at once.", where="--alternatives", mend=mend)


@dataclass(frozen=True)
class Chosen:
    """Which counts are published."""

    path: Path
    by: tuple[str, ...]
    tables: list[tuple[str, ...]]
    measure: str
    overlapping: tuple[str, ...]
    beneath: list[tuple[str, ...]]
    title: str
    no_total: tuple[str, ...] = ()


def listed(text: str) -> tuple[str, ...]:
    """What is given with commas between."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def listed_tables(text: str) -> list[tuple[str, ...]]:
    """Tables with semicolons between, the columns of each with commas."""
    return [listed(table) for table in text.split(";") if table]
