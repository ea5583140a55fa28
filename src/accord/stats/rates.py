"""Rates and comparisons between a group and all other students.

`count` is the group's number with the outcome, `enrolled` the group's students, `all_count` and `all_enrolled` the
same for all students. Where a measure is not defined the answer is None, never 0 and never infinity. Sources: risk
ratio against all others, 34 CFR 300.647(a); confidence interval, Katz and others 1978 (log method).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Z95 = 1.96
"""Standard deviations on either side for a 95 percent interval."""


def rate_per_1000(count: int, enrolled: int | None) -> float | None:
    """Contacts for each 1,000 students enrolled; None without students."""
    return 1000 * count / enrolled if enrolled else None


def risk(count: int, enrolled: int | None) -> float | None:
    """Share of the enrolled who have the outcome; None without students."""
    return count / enrolled if enrolled else None


def risk_ratio(count: int, enrolled: int, all_count: int, all_enrolled: int) -> float | None:
    """How many times the risk of all other students; None when the others are nobody or have no outcome."""
    mine, others = risk(count, enrolled), risk(all_count - count, all_enrolled - enrolled)
    return mine / others if mine is not None and others else None


def alternate_risk_ratio(count: int, enrolled: int, state_count: int, state_enrolled: int) -> float | None:
    """The group's risk against all other students of the State, for districts whose own others are too few."""
    mine, others = risk(count, enrolled), risk(state_count, state_enrolled)
    return mine / others if mine is not None and others else None


@dataclass(frozen=True)
class Comparison:
    """One group against all other students. Shares and risks are fractions; `low` and `high` bound the ratio (95 %)."""

    risk: float | None
    risk_others: float | None
    ratio: float | None
    difference: float | None
    share: float | None
    share_enrolled: float | None
    composition_index: float | None
    equality_count: float | None
    low: float | None
    high: float | None


def compare(count: int, enrolled: int, all_count: int, all_enrolled: int) -> Comparison:
    """Hold a group against all others. `equality_count` is the count at which both risks were the same."""
    mine, others = risk(count, enrolled), risk(all_count - count, all_enrolled - enrolled)
    share, share_enrolled = risk(count, all_count), risk(enrolled, all_enrolled)
    low, high = _interval(count, enrolled, all_count, all_enrolled)
    return Comparison(
        risk=mine,
        risk_others=others,
        ratio=risk_ratio(count, enrolled, all_count, all_enrolled),
        difference=mine - others if mine is not None and others is not None else None,
        share=share,
        share_enrolled=share_enrolled,
        composition_index=share / share_enrolled if share is not None and share_enrolled else None,
        equality_count=enrolled * others if others is not None else None,
        low=low,
        high=high,
    )


def large_enough(count: int, enrolled: int, *, cell: int, n: int) -> bool:
    """May a ratio be calculated for this group? Its count reaches the cell size and its students the n size."""
    return count >= cell and enrolled >= n


def _interval(count: int, enrolled: int, all_count: int, all_enrolled: int) -> tuple[float | None, float | None]:
    ratio, others, other_students = (
        risk_ratio(count, enrolled, all_count, all_enrolled),
        all_count - count,
        all_enrolled - enrolled,
    )
    if not ratio or count > enrolled or others > other_students:
        return None, None
    spread = Z95 * math.sqrt(1 / count - 1 / enrolled + 1 / others - 1 / other_students)
    return ratio * math.exp(-spread), ratio * math.exp(spread)
