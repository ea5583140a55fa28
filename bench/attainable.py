"""Where the interval of a ratio holds 1 more than 97 times in a hundred: could any other interval do with less?

An interval decides, for every pair of counts, whether equal risks are left out. Take every way to decide that leaves
out more when the gap is wider, treats two groups of one size alike, and holds 1 at least 93 times in a hundred at
every risk of a fine grid. The one that holds it least often at a given risk is found by an integer program. What lies
outside the counts looked at is taken as held, which errs to a smaller answer.

python -m bench.attainable     the table of docs/explanation/intervals.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.stats import binom

from bench.coverage import OTHERS, Covered, grid
from bench.figure import Figure

FLOOR, CEILING = 0.93, 0.97
RISKS = tuple(0.0005 * 1.25**step for step in range(28))
"""The risks at which an interval must hold 1 at least `FLOOR` of the time."""

MOST = 14
"""Outcomes of the group that are gone through one by one; `OTHERS` scales those of a larger comparison group."""

_BEYOND = 1e-4
"""A risk is left out of the grid when more outcomes than `MOST` have a chance above this."""


@dataclass(frozen=True)
class Least:
    """How often the score interval holds 1 at one place, and the least that any interval can."""

    times: int
    ours: Covered
    least: float


def least_coverage(n: int, others: int, rate: float) -> float:
    """The least that an interval with `FLOOR` everywhere can cover at this risk."""
    ones, twos = min(n, MOST), min(others, MOST if n == others else 3 * MOST)
    one, two = (at.ravel() for at in np.mgrid[: ones + 1, : twos + 1])
    risks = [p for p in RISKS if binom.sf(ones, n, p) < _BEYOND]
    chances = np.array([binom.pmf(one, n, p) * binom.pmf(two, others, p) for p in risks])
    here = binom.pmf(one, n, rate) * binom.pmf(two, others, rate)
    order, low, high = _order(n, others, ones, twos)
    floor = LinearConstraint(chances, -np.inf, 1 - FLOOR)
    limits = [floor, LinearConstraint(order, low, high)]
    goal = -here / here[(one != 0) | (two != 0)].max()
    found = milp(
        goal, constraints=limits, integrality=np.ones(len(one)), bounds=Bounds(0, 1), options={"mip_rel_gap": 0}
    )
    if found.status != 0:
        raise RuntimeError(found.message)
    return 1 - float(here @ np.rint(found.x))


def _order(n: int, others: int, ones: int, twos: int) -> tuple[sparse.csr_array, Any, Any]:
    """What is left out stays so with a wider gap; equal shares are never left out; equal groups mirror each other."""
    rows: list[tuple[dict[int, float], float]] = []

    def at(x: int, y: int) -> int:
        return x * (twos + 1) + y

    for x in range(ones + 1):
        for y in range(twos + 1):
            gap = x * others - y * n
            if gap == 0:
                rows.append(({at(x, y): 1.0}, 0.0))
            for wider in ((x + 1, y), (x, y - 1)) if gap > 0 else ((x - 1, y), (x, y + 1)):
                if gap and 0 <= wider[0] <= ones and 0 <= wider[1] <= twos:
                    rows.append(({at(x, y): 1.0, at(*wider): -1.0}, -np.inf))
            if n == others and x > y:
                rows.append(({at(x, y): 1.0, at(y, x): -1.0}, 0.0))
    matrix = sparse.dok_array((len(rows), (ones + 1) * (twos + 1)))
    for row, (factors, _) in enumerate(rows):
        for column, factor in factors.items():
            matrix[row, column] = factor
    return matrix.tocsr(), np.array([low for _, low in rows]), np.zeros(len(rows))


def above() -> Iterator[Least]:
    """Every place of the coverage tables where the score interval holds 1 more than `CEILING` of the time."""
    for times in OTHERS:
        for ours in grid(times, "score"):
            if ours.holds > CEILING:
                yield Least(times, ours, least_coverage(ours.n, times * ours.n, ours.rate))


def figures() -> list[Figure]:
    """How far above the least possible the interval lies where it is above the ceiling, and how low that least is."""
    found = list(above())
    return [
        Figure("score interval above 97 %: points over what any interval can do", most(found), "points", at_most=0.1),
        Figure("least coverage possible at those places", 100 * min(one.least for one in found), "%"),
    ]


def most(found: list[Least]) -> float:
    """The largest distance to the least possible, in percentage points."""
    return 100 * max(one.ours.holds - one.least for one in found)


def main() -> None:
    """Print each place as a row of Markdown."""
    sys.stdout.write(
        "| others for each student | n | rate | score interval | least possible |\n|---|---|---|---|---|\n"
    )
    for one in above():
        place = f"| {one.times} | {one.ours.n} | {one.ours.rate:.1%} "
        sys.stdout.write(f"{place}| {100 * one.ours.holds:.3f} | {100 * one.least:.3f} |\n")


if __name__ == "__main__":
    main()
