"""Which period is part of which, told by their names: months, quarters and school years as `accord tally` writes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from accord.facts.school_years import school_year
from accord.stats.hierarchies import Hierarchy
from accord.stats.periods import Period, hierarchy

_JULY = 7
_MONTH = re.compile(r"(?P<month>\d{4}-(?:0[1-9]|1[0-2]))\Z")
_LONGER = re.compile(r"(?P<year>\d{4})-\d{2} (?P<length>Q[1-4]|year)\Z")


def standing(codes: Iterable[str]) -> Hierarchy | None:
    """How the periods of every school year that some code is in lie in one another, from the shortest that is named.

    None when no code is a month or quarter.
    """
    years, lengths = set(), set()
    for code in codes:
        if found := _MONTH.match(code):
            years.add(int(school_year(date.fromisoformat(f"{found['month']}-01"))[:4]))
            lengths.add(Period.MONTH)
        elif found := _LONGER.match(code):
            years.add(int(found["year"]))
            lengths.add(Period.YEAR if found["length"] == "year" else Period.QUARTER)
    shortest = next((length for length in Period if length in lengths), Period.YEAR)
    months = [date(year + (month < _JULY), month, 1) for year in sorted(years) for month in range(1, 13)]
    return hierarchy(months, shortest) if months else None
