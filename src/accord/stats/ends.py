"""Where an interval ends: the place on each side of the estimate at which a score test begins to reject.

Whole columns at once. A good guess is improved by secants; the few rows where that does not settle the end (full
groups, hardly any students) are found by halving, so every answer is one that was checked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Statistic = Callable[..., Array]
"""Takes the columns and a place for each row; answers with the squared score there."""

STEPS = 44
"""Halvings of a bracket; an end found that way is known to eleven digits."""

SECANTS = 4
_AHEAD = 1e-5
_CLOSE = 1e-10
"""How near the score at an end is to the critical one, as a share of it."""


def end(
    statistic: Statistic, columns: Sequence[Array], estimate: Array, guess: Array, far: float, critical: float
) -> Array:
    """The end of an interval between the estimate and `far`; `far` itself where the test does not reject even there."""
    at, left = guess.copy(), np.arange(guess.size)
    with np.errstate(all="ignore"):
        for _ in range(SECANTS):
            part = [column[left] for column in columns]
            score = np.sqrt(statistic(*part, at[left]))
            apart = ~_settled(score, critical)
            if not apart.any():
                break
            left, score, part = left[apart], score[apart], [column[apart] for column in part]
            ahead = np.sqrt(statistic(*part, at[left] + _AHEAD))
            at[left] -= (score - critical) * _AHEAD / (ahead - score)
        part = [column[left] for column in columns]
        wrong = ~_settled(np.sqrt(statistic(*part, at[left])), critical)
        beyond = (at < np.minimum(estimate, far)) | (at > np.maximum(estimate, far))
    beyond[left[wrong]] = True
    left = np.flatnonzero(beyond)
    if len(left):
        at[left] = _halved(statistic, [column[left] for column in columns], estimate[left], far, critical)
    return at


def _settled(score: Array, critical: float) -> NDArray[np.bool_]:
    settled: NDArray[np.bool_] = np.abs(score - critical) <= _CLOSE * critical
    return settled


def _halved(statistic: Statistic, columns: Sequence[Array], estimate: Array, far: float, critical: float) -> Array:
    """Halve the way between a place inside the interval and one outside until the edge is found."""

    def inside(place: Array) -> NDArray[np.bool_]:
        return statistic(*columns, place) <= critical * critical

    near, beyond = estimate.copy(), np.full_like(estimate, far)
    near = np.where(inside(beyond), beyond, near)
    for _ in range(STEPS):
        middle = (near + beyond) / 2
        within = inside(middle)
        near, beyond = np.where(within, middle, near), np.where(within, beyond, middle)
    return near


def ratio_guess(x1: Array, n1: Array, x2: Array, n2: Array, critical: float) -> tuple[Array, Array]:
    """Both ends of the score interval of a ratio in closed form (Nam 1995), good to a few digits or more.

    At an end the risk of the second group is a root of a cubic. Where a group is full or nobody has the outcome the
    cubic says nothing; what comes out then is no end.
    """
    total = n1 + n2
    z = critical * critical * total / (total - 1)
    with np.errstate(all="ignore"):
        a = n2 * (n2 * total * x1 + n1 * (n2 + x1) * z)
        b = -n2 * (n1 * n2 * (x1 + x2) + 2 * total * x1 * x2 + n1 * (n2 + x2 + 2 * x1) * z) / a
        c = (2 * n1 * n2 * x2 * (x1 + x2) + total * x2 * x2 * x1 + n1 * n2 * (x1 + x2) * z) / a
        d = -n1 * x2 * x2 * (x1 + x2) / a
        p, q = c - b * b / 3, d - b * c / 3 + 2 * b**3 / 27
        reach = np.sqrt(-p / 3)
        angle = np.arccos(np.clip(1.5 * q / (p * reach), -1, 1)) / 3
        roots = np.stack([2 * reach * np.cos(angle - turn) - b / 3 for turn in np.arange(3) * 2 * np.pi / 3])
        least, middle = np.sort(roots, axis=0)[:2]
        ends = [(1 - (n1 - x1) * (1 - root) / (x2 + n1 - total * root)) / root for root in (middle, least)]
    return ends[0], ends[1]
