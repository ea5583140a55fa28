"""What every layout is turned into before its sentences are read: a head, a run of blocks, and a list of warnings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

BlockKind = Literal["heading", "paragraph", "item", "note", "reference"]


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item, note or line of a reference section.

    For an item, `style` names the kind of marker ("1", "a", "ul1"): items of one list share it,
    and `first` says that a list begins here. `author` and `written_at` belong to notes.
    """

    kind: BlockKind
    text: str
    style: str = ""
    first: bool = False
    author: str = ""
    written_at: datetime | None = None


@dataclass
class Head:
    """What a document says about itself. Empty or None where it says nothing."""

    kind: str = ""
    code: str = ""
    title: str = ""
    status: str = ""
    adopted_on: date | None = None
    revised_on: date | None = None
    reviewed_on: date | None = None


@dataclass
class Parsed:
    """One layout, parsed: the reader makes the document from it."""

    head: Head
    blocks: list[Block]
    warnings: list[str] = field(default_factory=list)
