"""May these counts be told in this way, after all that was published before?

A rounded copy of a count leaves a star nine values at most, and the printed sums around it do the rest; two roundings
of one total together pin it down. So counts of the same events, and of the students behind them, are told in one way.
Counts of periods that share no month are others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from accord.decision import BadInput
from accord.facts.school_years import school_year
from accord.stats import ledger
from accord.stats.counts import PERIOD, behind_of
from accord.stats.ledger import Key, Release, Way
from accord.stats.periods import Period, code
from accord.stats.space import Space

_SAID = {Way.HIDDEN: "exactly or not at all", Way.ROUNDED: "rounded", Way.BANDS: "as bands"}


def refuse_mixed(space: Space, way: Way, earlier: Sequence[Release]) -> None:
    """See that no earlier release tells the same events in another way, or inexactly in the same one.

    Raises:
        BadInput: naming both ways.
    """
    related = {space.measure, behind_of(space.measure)} - {""}
    own = _periods(ledger.keys(space))
    for one in earlier:
        if way == one.way == Way.HIDDEN or not related & {one.measure, behind_of(one.measure)}:
            continue
        if not apart(own, _periods(one.cells)):
            before = _SAID[one.way]
            what = f"Counts of {one.measure} were published {before} ({one.sha256[:12]})"
            raise BadInput(
                f"{what}; published {_SAID[way]} as well, the two would narrow them down.",
                where="--published",
                mend="Leave it at that. Counts of months that no release holds may be published in any way.",
            )


def exactly(earlier: Sequence[Release]) -> list[Release]:
    """The releases that tell counts exactly or not at all."""
    return [one for one in earlier if one.way == Way.HIDDEN]


def apart(some: Iterable[str], others: Iterable[str]) -> bool:
    """Do these periods share no month with those? No, where one of them is no period that is known by its name."""
    first, second = _months(some), _months(others)
    return first is not None and second is not None and first.isdisjoint(second)


def _periods(keys: Iterable[Key]) -> set[str]:
    return {period for key in keys for period in dict(key).get(PERIOD, "").split("+")}


def _months(periods: Iterable[str]) -> set[date] | None:
    """The months of some periods; None where one is no month, quarter or school year by its name.

    2011-12 is a December, and how people write a school year: all months of either.
    """
    found: set[date] = set()
    for period in periods:
        if not _NAMED.match(period):
            return None
        first = int(period[:4])
        months = [date(year, month, 1) for year in (first, first + 1) for month in range(1, 13)]
        own = {month for month in months if period in {code(month, length) for length in Period}}
        if not own:
            return None
        found |= own | {month for month in months if school_year(month) == period}
    return found


_NAMED = re.compile(r"[1-9]\d{3}-\d{2}")
