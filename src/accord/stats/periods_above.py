"""Which period is part of which, told by their names: months, quarters and school years as `accord tally` writes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from accord.facts.school_years import school_year
from accord.stats.hierarchies import Hierarchy
from accord.stats.periods import Period, hierarchy

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])\Z")
_LONGER = re.compile(r"(\d{4})-\d{2} (?:Q[1-4]|year)\Z")


def standing(codes: Iterable[str]) -> Hierarchy | None:
    """The months, quarters and years of every school year that some code is in; None when no code is a period."""
    years = set()
    for code in codes:
        if _MONTH.match(code):
            years.add(int(school_year(date.fromisoformat(f"{code}-01"))[:4]))
        elif found := _LONGER.match(code):
            years.add(int(found[1]))
    months = [date(year + (month < 7), month, 1) for year in sorted(years) for month in range(1, 13)]
    return hierarchy(months, Period.MONTH) if months else None
