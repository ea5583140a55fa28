"""What someone wrote down in free text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Narrative:
    """A text, and why a name or number in it has to stay (`kept_because`, "" where nobody said so)."""

    text: str
    kept_because: str = ""
