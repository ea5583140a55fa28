"""Where in a text something stands. A mark never carries the words themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Mark(NamedTuple):
    """A half-open stretch of the original text, counted in characters, and what kind of thing stands there."""

    start: int
    end: int
    kind: str


def merged(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Overlapping marks as one, in order of the text; the kind is that of the mark that begins first."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
        if kept and mark.start < kept[-1].end:
            last = kept[-1]
            kept[-1] = last._replace(end=max(last.end, mark.end))
        else:
            kept.append(mark)
    return tuple(kept)
