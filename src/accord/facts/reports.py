"""Board reports, published and waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class EditionFact:
    """A published Board report.

    `sections` are ids of the catalogue (P17.1) with at least one printed figure, `breakdowns` the dimensions that have
    one, `disparities` the groups whose printed ratio calls for a plan, and `uncompared` the groups that no printed
    figure compares.
    """

    period_start: date
    period_end: date
    published_on: date
    sections: tuple[str, ...] = ()
    disparities: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    uncompared: tuple[str, ...] = ()


@dataclass(frozen=True)
class DraftEdition:
    """A Board report waiting to be published.

    `attacked` says whether anybody tried to work out its `hidden` figures; `smallest_width` is then the least number of
    values left for one of them, None when no hidden figure has a bound.
    """

    author: str
    publisher: str
    period_start: date
    period_end: date
    hidden: int
    attacked: bool = False
    smallest_width: int | None = None
    unreviewed: int = 0
    published_periods: tuple[tuple[date, date], ...] = ()
