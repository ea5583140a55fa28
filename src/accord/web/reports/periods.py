"""The periods a Board report can cover: the two halves of a school year, the same for every district and year.

Fixed periods that never overlap are what keeps two reports from giving a small figure away by subtraction, and
nobody chooses dates that leave a bad week out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

OFFERED = 6
"""How many finished periods are offered: three school years."""


@dataclass(frozen=True)
class Period:
    """First and last day, both counted; `slug` stands in the address of the report and never changes."""

    slug: str
    start: date
    end: date


def offered(on: date) -> tuple[Period, ...]:
    """The periods that are over on this day, newest first."""
    return tuple(islice(_back(on), OFFERED))


def find(slug: str, *, on: date) -> Period | None:
    """The offered period of this name, None when it is not offered on this day."""
    return next((one for one in offered(on) if one.slug == slug), None)


def _back(on: date) -> Iterator[Period]:
    year, spring = on.year, on.month >= 7
    if not spring:
        year -= 1
    while True:
        if spring:
            yield Period(f"{year}-spring", date(year, 1, 1), date(year, 6, 30))
            year -= 1
        else:
            yield Period(f"{year}-fall", date(year, 7, 1), date(year, 12, 31))
        spring = not spring
