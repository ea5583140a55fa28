"""What reading a policy gives: the same shape whatever the file looked like."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Modality(StrEnum):
    """What a sentence asks. The words are the ones the catalogue of obligations uses."""

    SHALL = "shall"
    SHALL_NOT = "shall not"
    MAY = "may"
    SHOULD = "should"
    INTENT = "intent"
    STATEMENT = "statement"


@dataclass(frozen=True)
class Citation:
    """A reference to law or to another policy, in its normal form.

    `kind` is `code` (a California code), `usc`, `cfr`, `bill`, `policy` or `other`.
    `section` is the part after the name of the body of law ("49076", "99.1").
    `resolved` is the title in the index of laws, or None: shown as not resolved, never invented.
    """

    text: str
    kind: str
    section: str
    resolved: str | None


@dataclass(frozen=True)
class Sentence:
    """One sentence or list item of the binding text.

    `id` depends on the text (and on how often the same text came before), so it survives re-reading and reordering.
    `parent` is the id of the lead-in sentence when this is a list item.
    """

    id: str
    section: str
    text: str
    modality: Modality
    actor: str
    hedges: tuple[str, ...]
    citations: tuple[str, ...]
    parent: str | None


@dataclass(frozen=True)
class Note:
    """Commentary that is printed with the policy and is not part of it. `before` is the id of the next sentence."""

    id: str
    author: str
    written_at: datetime | None
    text: str
    before: str | None


@dataclass(frozen=True)
class Document:
    """A policy, regulation or exhibit as read from a file. Dates are None when the file does not state them."""

    kind: str
    code: str
    title: str
    status: str
    adopted_on: date | None
    revised_on: date | None
    reviewed_on: date | None
    sections: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    notes: tuple[Note, ...]
    citations: tuple[Citation, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The document in plain values: dates in ISO form or None."""
        return _plain(asdict(self))  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value
