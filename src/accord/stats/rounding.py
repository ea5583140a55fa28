"""Counts told inexactly instead of hidden: rounded to a multiple, or as bands. Totals are made from what is told.

Both change the finest counts first and add up the changed ones, so a total tells nothing that its parts do not tell
already, and every sum that a reader forms comes out. That holds where the finest cells are those of one table; tables
that share totals would tell two roundings of one number, which together pin it down, so they are refused.

Never for counts that are also told exactly with some hidden: a rounded copy and the exact sums narrow each other.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from accord.stats.bare import Ints, On, Policy, Zeros
from accord.stats.layout import Layout
from accord.stats.totals import sums

BASE = 5
"""What counts are rounded to."""


@dataclass(frozen=True, eq=False)
class Rounded:
    """Every figure as a multiple of `base`. It is not a pattern of hidden cells, and nothing makes one of it."""

    values: Ints
    base: int


@dataclass(frozen=True, eq=False)
class Banded:
    """Every figure as a band, ends included."""

    low: Ints
    high: Ints


def rounded(now: Layout, base: int = BASE, start: int = 0) -> Rounded:
    """Round the finest counts to one of the two multiples around them, so that running sums stay near the true ones.

    The finest counts are put in `order` and summed up; the running sums are rounded down from a start, and each count
    is the step from one to the next. So a multiple stays as it is, a 0 stays a 0, and every total of cells that lie
    side by side (a school, a district) is off by less than `base`. Someone who knows the method, but not the start,
    still has `base` or more values for every count. A start that follows from the counts would be known to whoever
    guesses them, and would rule out most guesses: for publication it is drawn at random, and kept nowhere.

    Raises:
        BadInput: when tables share totals.
    """
    cells = order(now)
    leaves = np.zeros(len(now.bare), dtype=np.int64)
    leaves[cells] = stepped(now.bare.values[cells], start, base)
    return Rounded(sums(now) @ leaves, base)


def order(now: Layout) -> list[int]:
    """The finest cells in the order of their dimensions, in which they are rounded."""
    return sorted(np.flatnonzero(now.leaf).tolist(), key=lambda cell: _path(now, cell))


def stepped(counts: Ints, start: int, base: int) -> Ints:
    """Each count as the step between two running sums that are rounded down to a multiple of `base`."""
    running = np.concatenate([[start], start + np.cumsum(counts)])
    steps: Ints = base * np.diff(running // base)
    return steps


def banded(now: Layout, policy: Policy) -> Banded:
    """Tell the finest counts as bands: 0, 1 to the threshold, then each band twice as wide as the one before.

    Where the policy hides zeros too, the first band begins at 0. Totals reach from the sum of the lower ends to that
    of the upper ones.

    Raises:
        BadInput: when tables share totals.
    """
    ends = _ends(policy, int(now.bare.values.max(initial=0)))
    band = np.searchsorted(ends[:, 1], now.bare.values)
    matrix = sums(now)
    low, high = (np.where(now.leaf, ends[band, side], 0) for side in (0, 1))
    return Banded(matrix @ low, matrix @ high)


def _ends(policy: Policy, most: int) -> Ints:
    told = policy.zeros is Zeros.PRINTED and policy.on is On.COUNT
    bands = [(0, 0), (1, policy.threshold)] if told else [(0, policy.threshold)]
    while bands[-1][1] < most:
        low, wide = bands[-1][1] + 1, bands[-1][1] - max(bands[-1][0], 1) + 1
        bands.append((low, low + 2 * wide - 1))
    return np.array(bands, dtype=np.int64)


def _path(now: Layout, cell: int) -> tuple[tuple[str, ...], ...]:
    codes = now.at[cell]
    return tuple(now.above(axis, code)[::-1] for axis, code in enumerate(codes)) if codes else ()
