"""How sure can one be of a risk, of a ratio of two risks, of their difference? Intervals for whole columns at once.

Counts are of unduplicated students: `x` with the outcome among `n`. Every function takes numbers or arrays and answers
with two arrays, low and high. NaN is an end that is not defined (nobody in a group; 0 against 0 in a ratio); infinity
is an end that is defined and unbounded (a ratio to a group that has no outcome). Zero and full groups are included.

Written here and not taken from statsmodels 0.14 to 0.15 and scipy 1.17, because of what those do at the edge:
statsmodels raises in the score interval of a difference when a group has none, takes a risk there
that is not the likeliest one, and ends the score interval of a ratio at the estimate for a full group;
scipy's `relative_risk` answers NaN for a group or comparison without the outcome; neither takes columns.
`tests/stats/test_intervals.py` shows each of these and holds both against this where they are right.

Sources: Wilson 1927; Katz and others 1978; Koopman 1984; Miettinen and Nurminen 1985; Newcombe 1998 (method 10);
Przyborowski and Wilenski 1940 for the conditional ratio of two rates.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from accord.stats import ends
from accord.stats.ends import Array

PIECE = 8_192
"""Rows that are worked on at a time."""

WIDEST = 60.0
"""Natural logarithm of the largest ratio that is looked at: 1e26, past any ratio of two counts."""


class Ends(NamedTuple):
    """Low and high end of an interval, one of each for every pair of counts."""

    low: Array
    high: Array


def critical(level: float) -> float:
    """Standard deviations on either side of an interval of that level: 1.959964 for 0.95."""
    return NormalDist().inv_cdf((1 + level) / 2)


def risk(x: ArrayLike, n: ArrayLike, level: float = 0.95) -> Ends:
    """Wilson score interval of a risk."""
    x, n = _columns(x, n)
    return _wilson(x, n, critical(level))


def _wilson(x: Array, n: Array, z: float) -> Ends:
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (x + z * z / 2) / (n + z * z)
        half = z / (n + z * z) * np.sqrt(x * (n - x) / n + z * z / 4)
    low, high = np.where(x == 0, 0.0, middle - half), np.where(x == n, 1.0, middle + half)
    return _known(Ends(low, high), n > 0)


def ratio_score(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = 0.95) -> Ends:
    """Score interval of risk 1 over risk 2 (Miettinen-Nurminen): every ratio that a score test does not reject."""
    return _by_pieces(_ratio_score, _columns(x1, n1, x2, n2), critical(level))


def _ratio_score(x1: Array, n1: Array, x2: Array, n2: Array, z: float) -> Ends:
    known = (n1 > 0) & (n2 > 0) & (x1 + x2 > 0)
    with np.errstate(all="ignore"):
        estimate = np.clip(np.log(x1 / n1) - np.log(x2 / n2), -WIDEST, WIDEST)
        guess = [np.log(end) for end in ends.ratio_guess(x1, n1, x2, n2, z)]
    columns = (x1, n1, x2, n2)
    low = np.exp(_sought(_at_logarithm, columns, estimate, guess[0], -WIDEST, z, known & (x1 > 0)))
    high = np.exp(_sought(_at_logarithm, columns, estimate, guess[1], WIDEST, z, known & (x2 > 0)))
    return _known(Ends(np.where(x1 == 0, 0.0, low), np.where(x2 == 0, np.inf, high)), known)


def _at_logarithm(x1: Array, n1: Array, x2: Array, n2: Array, logarithm: Array) -> Array:
    return ratio_statistic(x1, n1, x2, n2, np.exp(logarithm))


def ratio_statistic(x1: Array, n1: Array, x2: Array, n2: Array, ratio: Array) -> Array:
    """Squared score statistic of the hypothesis that risk 1 is `ratio` times risk 2 (chi-square, one degree)."""
    total = n1 + n2
    b = n1 * ratio + x1 + n2 + x2 * ratio
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.sqrt(np.maximum(b * b - 4 * total * ratio * (x1 + x2), 0.0))
        p2 = 2 * (x1 + x2) / (b + root)
        p1 = ratio * p2
        gap = x1 / n1 - ratio * x2 / n2
        spread = p1 * np.maximum(1 - p1, 0.0) / n1 + ratio * ratio * p2 * np.maximum(1 - p2, 0.0) / n2
        found = gap * gap / (spread * total / (total - 1))
    return np.where(gap == 0, 0.0, np.where(spread > 0, found, np.inf))


def ratio_katz(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = 0.95) -> Ends:
    """Interval of Katz: normal on the logarithm of the ratio. Not defined where either group has no outcome."""
    x1, n1, x2, n2 = _columns(x1, n1, x2, n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = np.log(x1 / n1) - np.log(x2 / n2)
        half = critical(level) * np.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2)
        found = Ends(np.exp(middle - half), np.exp(middle + half))
    return _known(found, (x1 > 0) & (x2 > 0) & (n1 > 0) & (n2 > 0))


def ratio_exact(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = 0.95) -> Ends:
    """Ratio of two rates, given their sum: Clopper-Pearson on the group's part of all outcomes.

    Exact for events that may happen to one student more than once (Poisson counts), so `x` may pass `n`. For
    unduplicated students it errs on the wide side, as their counts vary less than events do; it is not the exact
    interval of two binomials, which takes minutes at a district's size.
    """
    from scipy.special import betaincinv

    x1, n1, x2, n2 = _columns(x1, n1, x2, n2)
    tail = (1 - level) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(x1 == 0, 0.0, betaincinv(np.maximum(x1, 1), x2 + 1, tail))
        high = np.where(x2 == 0, 1.0, betaincinv(x1 + 1, np.maximum(x2, 1), 1 - tail))
        found = Ends(low / (1 - low) * n2 / n1, high / (1 - high) * n2 / n1)
    return _known(found, (n1 > 0) & (n2 > 0) & (x1 + x2 > 0))


def difference_score(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = 0.95) -> Ends:
    """Score interval of risk 1 minus risk 2 (Miettinen-Nurminen)."""
    return _by_pieces(_difference_score, _columns(x1, n1, x2, n2), critical(level))


def _difference_score(x1: Array, n1: Array, x2: Array, n2: Array, z: float) -> Ends:
    columns, known = (x1, n1, x2, n2), (n1 > 0) & (n2 > 0)
    with np.errstate(all="ignore"):
        estimate = x1 / n1 - x2 / n2
    guess = _newcombe(*columns, z)
    low = _sought(difference_statistic, columns, estimate, guess.low, -1.0, z, known)
    return Ends(low, _sought(difference_statistic, columns, estimate, guess.high, 1.0, z, known))


def difference_statistic(x1: Array, n1: Array, x2: Array, n2: Array, gap: Array) -> Array:
    """Squared score statistic of the hypothesis that risk 1 is risk 2 plus `gap` (chi-square, one degree)."""
    total = n1 + n2
    with np.errstate(divide="ignore", invalid="ignore"):
        p2 = _risk_under_difference(x1, n1, x2, n2, gap)
        p1 = np.clip(p2 + gap, 0.0, 1.0)
        off = x1 / n1 - x2 / n2 - gap
        spread = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * total / (total - 1)
        found = off * off / spread
    return np.where(np.abs(off) < 1e-15, 0.0, np.where(spread > 0, found, np.inf))


def _risk_under_difference(x1: Array, n1: Array, x2: Array, n2: Array, gap: Array) -> Array:
    """The likeliest risk 2 when risk 1 is `gap` more: the root of a cubic, in closed form."""
    total, events = n1 + n2, x1 + x2
    l2 = (n1 + 2 * n2) * gap - total - events
    l1 = (n2 * gap - total - 2 * x2) * gap + events
    l0 = x2 * gap * (1 - gap)
    third = l2 / (3 * total)
    q = third**3 - l1 * l2 / (6 * total * total) + l0 / (2 * total)
    p = np.where(q < 0, -1.0, 1.0) * np.sqrt(np.maximum(third * third - l1 / (3 * total), 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        angle = (np.pi + np.arccos(np.clip(np.where(p == 0, 0.0, q / p**3), -1.0, 1.0))) / 3
    root: Array = 2 * p * np.cos(angle) - third
    return np.clip(root, np.maximum(0.0, -gap), np.minimum(1.0, 1.0 - gap))


def difference_newcombe(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = 0.95) -> Ends:
    """Newcombe's interval of risk 1 minus risk 2: the two Wilson intervals, squared and added."""
    x1, n1, x2, n2 = _columns(x1, n1, x2, n2)
    return _newcombe(x1, n1, x2, n2, critical(level))


def _newcombe(x1: Array, n1: Array, x2: Array, n2: Array, z: float) -> Ends:
    one, two = _wilson(x1, n1, z), _wilson(x2, n2, z)
    with np.errstate(divide="ignore", invalid="ignore"):
        p1, p2 = x1 / n1, x2 / n2
    gap = p1 - p2
    low = gap - np.hypot(p1 - one.low, two.high - p2)
    high = gap + np.hypot(one.high - p1, p2 - two.low)
    return _known(Ends(low, high), (n1 > 0) & (n2 > 0))


RATIO = {"score": ratio_score, "katz": ratio_katz, "exact": ratio_exact}
"""The intervals of a ratio by the name under which they are asked for and reported."""

DIFFERENCE = {"score": difference_score, "newcombe": difference_newcombe}


def _columns(*given: ArrayLike) -> tuple[Array, ...]:
    return tuple(np.broadcast_arrays(*(np.asarray(one, dtype=np.float64) for one in given)))


def _by_pieces(interval: Any, columns: tuple[Array, ...], z: float) -> Ends:
    """Work on a few thousand rows at a time, so that they stay in the processor's cache."""
    shape, size = columns[0].shape, columns[0].size
    if size <= PIECE:
        found: Ends = interval(*columns, z)
        return found
    flat = [column.ravel() for column in columns]
    pieces = [interval(*(column[at : at + PIECE] for column in flat), z) for at in range(0, size, PIECE)]
    low, high = (np.concatenate(parts).reshape(shape) for parts in zip(*pieces, strict=True))
    return Ends(low, high)


def _known(found: Ends, known: Any) -> Ends:
    return Ends(np.where(known, found.low, np.nan), np.where(known, found.high, np.nan))


def _sought(
    statistic: ends.Statistic,
    columns: tuple[Array, ...],
    estimate: Array,
    guess: Array,
    far: float,
    critical_value: float,
    wanted: Any,
) -> Array:
    """One end for the rows where it is wanted, NaN elsewhere."""
    found = np.full(estimate.shape, np.nan)
    rows = [column[wanted] for column in columns]
    found[wanted] = ends.end(statistic, rows, estimate[wanted], guess[wanted], far, critical_value)
    return found
