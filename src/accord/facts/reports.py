"""Board reports, published and waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class EditionFact:
    """A published Board report."""

    period_start: date
    period_end: date
    published_on: date
    sections: tuple[str, ...] = ()
    disparities: tuple[str, ...] = ()


@dataclass(frozen=True)
class DraftEdition:
    """A Board report waiting to be published."""

    author: str
    publisher: str
    period_start: date
    period_end: date
    hidden: int
    smallest_width: int | None = None
    unreviewed: int = 0
    published_periods: tuple[tuple[date, date], ...] = ()
