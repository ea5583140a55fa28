"""How sure is a ratio when the students of one school are alike?

The usual interval takes every student for a separate draw. Schools differ in what they report and whom they send away,
so students of one school hang together, and the usual interval is then too short. This one leaves out one school after
the other and looks how far the ratio moves (delete-one jackknife of its logarithm; Student's t with one degree of
freedom less than there are schools). Schools may differ as they like; they are taken to be independent of each other,
and as a sample: the answer is about schools like these. bench/clustered.py measures how often it holds the true ratio.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.stats.idea import Count

FEWEST_SCHOOLS = 10
FEWEST_EVENTS = 5
"""Of either side together. With fewer schools or events nothing is known of how often the interval holds."""
_STILL = 1e-9
"""A logarithm that moves less than this does not move."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Clustered:
    """The interval over `schools` of them; both ends None where there are too few, or too few events."""

    low: float | None
    high: float | None
    schools: int


def by_school(pairs: Iterable[tuple[Count, Count]], level: float = 0.95) -> Clustered:
    """The interval of the ratio of the first of each pair over the second, a pair for each school."""
    told = [(one, two) for one, two in pairs if one.students or two.students]
    counts = np.array([(one.events, one.students, two.events, two.students) for one, two in told], dtype=np.float64)
    if len(told) < FEWEST_SCHOOLS:
        return Clustered(None, None, len(told))
    low, high = jackknife(*counts.T, level=level)
    known = bool(np.isfinite(low))
    return Clustered(float(low) if known else None, float(high) if known else None, len(told))


def jackknife(x1: Floats, n1: Floats, x2: Floats, n2: Floats, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """The ends, from counts with schools along the last axis; not a number where events are too few.

    One school that holds all events of a side leaves no ratio without it, and then there is no interval either. Nor is
    there one where the ratio does not move at all: that schools do not differ is no proof of a ratio to the last digit.
    """
    from scipy.special import stdtrit

    schools = x1.shape[-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        whole, without = (
            np.log(a / b) - np.log(c / d)
            for a, b, c, d in (
                [part.sum(axis=-1) for part in (x1, n1, x2, n2)],
                [part.sum(axis=-1, keepdims=True) - part for part in (x1, n1, x2, n2)],
            )
        )
        spread = np.sqrt((schools - 1) / schools * ((without - whole[..., None]) ** 2).sum(axis=-1))
        half = stdtrit(schools - 1, (1 + level) / 2) * spread
    enough = (x1.sum(axis=-1) >= FEWEST_EVENTS) & (x2.sum(axis=-1) >= FEWEST_EVENTS) & np.isfinite(half)
    enough &= half > _STILL
    return np.where(enough, np.exp(whole - half), np.nan), np.where(enough, np.exp(whole + half), np.nan)
