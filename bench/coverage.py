"""How often does the 95 % interval of a ratio hold the true one, above all 1 when two groups have the same risk?

No random numbers: every pair of counts with a chance worth counting is gone through with its exact probability, and the
product's own interval is asked whether it holds 1. What is left out adds up to less than 1e-8.

python -m bench.coverage     the tables of docs/explanation/intervals.md
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.stats import binom

from accord.stats.intervals import RATIO
from bench.figure import Figure

SIZES = (20, 50, 100, 200, 500, 1000, 2000, 5000)
"""Students of the group."""

RATES = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)
OTHERS = (1, 9)
"""Others for each student of the group: two groups of one size, and one student in ten."""

RATIOS = (0.5, 2.0, 3.0)
"""True ratios away from equality."""

TAIL = 1e-9
ENOUGH = 2
"""Outcomes expected in the group from which on 93 to 97 % is the goal."""


@dataclass(frozen=True)
class Covered:
    """Chance that the interval holds the true ratio, and that there is one at all, at one size and rate of a group."""

    n: int
    rate: float
    holds: float
    defined: float

    @property
    def expected(self) -> float:
        """Outcomes expected in the group."""
        return self.n * self.rate


def covered(n: int, others: int, rate: float, method: str, ratio: float = 1.0) -> Covered:
    """Go through all pairs of counts. Without an interval (0 against 0) nothing is denied, so it counts as held.

    `rate` is the risk of the others, `ratio` times that the group's.
    """
    (one, chance_one), (two, chance_two) = _likely(n, ratio * rate), _likely(others, rate)
    chance = np.outer(chance_one, chance_two)
    low, high = RATIO[method](one[:, None], n, two[None, :], others)
    missing = np.isnan(low) | np.isnan(high)
    with np.errstate(invalid="ignore"):
        holds = missing | ((low <= ratio) & (high >= ratio))
    return Covered(
        n, ratio * rate, float(chance[holds].sum() / chance.sum()), float(chance[~missing].sum() / chance.sum())
    )


def grid(times: int, method: str) -> Iterator[Covered]:
    """Every size and rate, with `times` as many others as students of the group."""
    for n in SIZES:
        for rate in RATES:
            yield covered(n, times * n, rate, method)


def figures() -> list[Figure]:
    """Least and most coverage where enough is expected, and the least anywhere."""
    found = [one for times in OTHERS for one in grid(times, "score")]
    enough = [one.holds for one in found if one.expected >= ENOUGH]
    apart = [
        one.holds
        for n, rate, times, ratio in product(SIZES, RATES, OTHERS, RATIOS)
        if (one := covered(n, times * n, rate, "score", ratio)).expected >= ENOUGH
    ]
    return [
        Figure(
            f"score interval, least coverage of ratios of 1/2, 2 and 3 where {ENOUGH} are expected",
            100 * min(apart),
            "%",
        ),
        Figure(
            f"score interval, most coverage of ratios of 1/2, 2 and 3 where {ENOUGH} are expected",
            100 * max(apart),
            "%",
        ),
        Figure(f"score interval, least coverage where {ENOUGH} are expected", 100 * min(enough), "%", at_least=93),
        Figure(f"score interval, most coverage where {ENOUGH} are expected", 100 * max(enough), "%", at_most=97),
        Figure("score interval, least coverage at any size and rate", 100 * min(one.holds for one in found), "%"),
    ]


def _likely(n: int, rate: float) -> tuple[np.ndarray, np.ndarray]:
    counts = np.arange(int(binom.ppf(TAIL, n, rate)), int(binom.isf(TAIL, n, rate)) + 1)
    return counts, binom.pmf(counts, n, rate)


def _table(times: int, method: str, value: Callable[[Covered], float]) -> str:
    lines = ["| n | " + " | ".join(f"{rate:.1%}" for rate in RATES) + " |", "|---" * (len(RATES) + 1) + "|"]
    found = {(one.n, one.rate): value(one) for one in grid(times, method)}
    for n in SIZES:
        lines.append(f"| {n:,} | " + " | ".join(f"{100 * found[n, rate]:.1f}" for rate in RATES) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the coverage of each interval as Markdown."""
    for method in RATIO:
        for times in OTHERS:
            sys.stdout.write(f"\n{method}, {times} other(s) for each student of the group, percent\n\n")
            sys.stdout.write(_table(times, method, lambda one: one.holds))
            sys.stdout.flush()


if __name__ == "__main__":
    main()
