"""Could the gap between two groups be chance? Tests that count tables instead of trusting a curve, and many at once.

Sources: Fisher 1935; Lancaster 1961 for the mid-p; Holm 1979.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from accord.stats.idea import Count

SMALL = 5
"""Below this expected count the Fisher test is used, its mid-p otherwise."""

_SPREADS = 40.0
"""Standard deviations on either side of what equal risks lead to, and of what was seen, that are gone through."""

_TIED = 1 + 1e-7
"""Tables whose probabilities differ by less are equally likely, as in R and scipy."""


def p_value(one: Count, two: Count) -> float | None:
    """Chance of a gap at least as unlikely when both risks are the same; None where there is nothing to compare.

    Fisher's exact test where an expected count is below 5, its mid-p otherwise. Two-sided.
    """
    if not one.students or not two.students:
        return None
    exact, halved = _two_sided(one, two)
    return exact if least_expected(one, two) < SMALL else halved


def fisher(one: Count, two: Count) -> float:
    """Fisher's exact test, two-sided: all tables at most as likely as the one seen."""
    return _two_sided(one, two)[0]


def mid_p(one: Count, two: Count) -> float:
    """The same with half the weight for tables exactly as likely as the one seen: nearer to its level, not above it
    for sure.
    """
    return _two_sided(one, two)[1]


def least_expected(one: Count, two: Count) -> float:
    """Smallest of the four counts that equal risks would lead to."""
    students, events = one.students + two.students, one.events + two.events
    return min(one.students, two.students) * min(events, students - events) / students


def holm(values: Sequence[float | None]) -> list[float | None]:
    """Each p adjusted for how many comparisons were made; None stays None and is not counted as one."""
    order = sorted((value, place) for place, value in enumerate(values) if value is not None)
    adjusted: list[float | None] = [None] * len(values)
    largest = 0.0
    for rank, (value, place) in enumerate(order):
        largest = max(largest, min(1.0, (len(order) - rank) * value))
        adjusted[place] = largest
    return adjusted


def _two_sided(one: Count, two: Count) -> tuple[float, float]:
    first, chances = _chances(one, two)
    seen = chances[one.events - first]
    tied = (chances <= seen * _TIED) & (chances >= seen / _TIED)
    below = float(chances[chances < seen / _TIED].sum())
    ties = float(chances[tied].sum())
    return min(1.0, below + ties), min(1.0, below + ties / 2)


def _chances(one: Count, two: Count) -> tuple[int, NDArray[np.float64]]:
    """How likely each number of events of the first group is when both risks are the same, and the number it begins at.

    Each chance follows from the one before by a ratio of whole numbers; their sum is 1. Numbers so far from the middle
    that nothing a double can hold happens there are left out.
    """
    students, events = one.students + two.students, one.events + two.events
    middle = one.students * events / students
    spread = math.sqrt(middle * (students - events) / students * two.students / max(1, students - 1))
    reach = abs(one.events - middle) + _SPREADS * spread + _SPREADS
    first = max(0, events - two.students, math.floor(middle - reach))
    last = min(one.students, events, math.ceil(middle + reach))
    at = np.arange(first, last, dtype=np.float64)
    steps = (one.students - at) * (events - at) / ((at + 1) * (two.students - events + at + 1))
    logarithms = np.concatenate([[0.0], np.cumsum(np.log(steps))])
    chances = np.exp(logarithms - logarithms.max())
    return first, chances / chances.sum()
