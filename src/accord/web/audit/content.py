"""What rows say, for the history to hold them against: one registry, one kind for each thing that acts store."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any


@dataclass(frozen=True)
class Kind:
    """How one kind of row is read for verification.

    Attributes:
        read: what is stored under ids today, as plain values; an id that is absent is not there.
        ids: every id there is today, so that a row nobody recorded is found.
    """

    read: Callable[[list[str]], dict[str, Any]]
    ids: Callable[[], Iterable[str]]


CONTENT: dict[str, Kind] = {}
"""By what the target of an event begins with (`interactions.version`)."""


def instant(at: datetime | None) -> str:
    """An instant in UTC, the same text whatever zone it was given in; "" for none."""
    return at.astimezone(UTC).isoformat() if at else ""


def day(on: date | None) -> str:
    """A day as YYYY-MM-DD; "" for none."""
    return on.isoformat() if on else ""
