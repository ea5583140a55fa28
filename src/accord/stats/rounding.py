"""Counts told inexactly instead of hidden: rounded to a multiple, or as bands. Totals are made from what is told.

Both change the finest counts first and add up the changed ones, so a total tells nothing that its parts do not tell
already, and every sum that a reader forms comes out. That holds where the finest cells are those of one table; tables
that share totals would tell two roundings of one number, which together pin it down, so they are refused.

Never for counts that are also told exactly with some hidden: a rounded copy and the exact sums narrow each other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from accord.decision import BadInput
from accord.stats.bare import Bare, Ints, On, Policy, Zeros
from accord.stats.layout import Layout
from accord.stats.totals import sums


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


def rounded(now: Layout, base: int = 5) -> Rounded:
    """Round the finest counts to one of the two multiples around them, so that running sums stay near the true ones.

    The finest counts are put in the order of their dimensions and summed up; the running sums are rounded down from a
    start that depends on all counts, and each count is the step from one to the next. So a multiple stays as it is, a
    0 stays a 0, and every total of cells that lie side by side (a school, a district) is off by less than `base`.
    Someone who knows the method, but not the start, still has `base` or more values for every count.

    Raises:
        BadInput: when tables share totals.
    """
    order = sorted(np.flatnonzero(now.leaf).tolist(), key=lambda cell: _path(now, cell))
    start = _start(now.bare, base)
    leaves = np.zeros(len(now.bare), dtype=np.int64)
    leaves[order] = stepped(now.bare.values[order], start, base)
    return Rounded(sums(now) @ leaves, base)


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


def _start(bare: Bare, base: int) -> int:
    """Where the running sum begins: the same for the same counts, so that telling them again tells nothing new."""
    return int.from_bytes(hashlib.sha256(bare.values.tobytes()).digest()[:8], "big") % base


def refuse_mixed(way: str, names: Iterable[str], earlier: Iterable[tuple[str, Iterable[str]]]) -> None:
    """Refuse to tell counts in one way that an earlier release tells in another.

    Args:
        way: how they are told now: "hidden" (exactly, some hidden), "rounded" or "banded".
        names: the cells told.
        earlier: of each earlier release its way and its cells.

    Raises:
        BadInput: naming a cell that is told in both ways.
    """
    told = set(names)
    for other, cells in earlier:
        if other != way and (both := next((cell for cell in cells if cell in told), None)):
            raise BadInput(
                f"The count {both} is told {_SAID[other]} already; told {_SAID[way]} as well, the two narrow it down.",
                mend=f"Tell these counts {_SAID[other]}, or other counts.",
            )


_SAID = {"hidden": "exactly or not at all", "rounded": "rounded", "banded": "as a band"}
