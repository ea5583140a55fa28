"""One risk ratio over several schools or years, each compared within itself.

Mantel and Haenszel 1959; interval of Greenland and Robins 1985, which statsmodels does not have for the risk ratio.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from accord.stats.idea import Count
from accord.stats.intervals import critical


@dataclass(frozen=True)
class Pooled:
    """The common ratio and its interval. An end is None where it is not defined."""

    ratio: float | None
    low: float | None
    high: float | None


def mantel_haenszel(strata: Iterable[tuple[Count, Count]], *, level: float = 0.95) -> Pooled:
    """Risk ratio of the first of each pair over the second. A stratum that lacks one of the two groups adds nothing."""
    top = bottom = spread = 0.0
    for one, two in strata:
        total = one.students + two.students
        if not one.students or not two.students:
            continue
        events = one.events + two.events
        top += one.events * two.students / total
        bottom += two.events * one.students / total
        spread += (one.students * two.students * events - one.events * two.events * total) / total**2
    if not bottom:
        return Pooled(None, None, None)
    if not top:
        return Pooled(0.0, None, None)
    ratio, half = top / bottom, critical(level) * math.sqrt(spread / (top * bottom))
    return Pooled(ratio, ratio * math.exp(-half), ratio * math.exp(half))
