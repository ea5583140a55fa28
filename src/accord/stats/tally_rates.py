"""Risks of all groups of a tally at once, each held against all others: every cross-tab in whole columns.

Each cell is a group, of one dimension or of several together. Its risk is a count among the enrolled, or among another
count; the others are all who are not in the group. Dimensions that are held fixed part the groups: with `school` held,
a group of a school is compared with the others of that school. What is not defined or not known is NaN.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accord.decision import BadInput
from accord.stats.intervals import ratio_score
from accord.stats.tallied import UNKNOWN, Ints, Tally

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Rates:
    """One figure for each cell of a tally: its risk, the ratio to the risk of all others, and that ratio's interval."""

    risk: Array
    ratio: Array
    low: Array
    high: Array


def rates(tally: Tally, measure: str, *, among: str = "", held: Collection[str] = (), level: float = 0.95) -> Rates:
    """The rates of a measure in every cell.

    Args:
        measure: a measure that is no more than what it is among, such as `students`.
        among: another measure of the tally, or "" for the students enrolled.
        held: dimensions to compare within.

    Raises:
        BadInput: when there is no such measure or no enrollment.
    """
    x = _figure(tally, measure)
    n = _figure(tally, among) if among else _enrolled(tally)
    wholes = _wholes(tally, held)
    at = np.searchsorted(tally.cells.numbers, wholes)
    others_x, others_n = x[at] - x, n[at] - n
    with np.errstate(divide="ignore", invalid="ignore"):
        risk = np.where(n > 0, x / n, np.nan)
        others = np.where(others_n > 0, others_x / others_n, np.nan)
        ratio = np.where(others > 0, risk / others, np.nan)
    low, high = (np.full(len(x), np.nan) for _ in range(2))
    fit = (n > 0) & (others_n > 0) & (x <= n) & (others_x <= others_n) & (others_x >= 0)
    low[fit], high[fit] = ratio_score(x[fit], n[fit], others_x[fit], others_n[fit], level)
    return Rates(risk, ratio, low, high)


def _figure(tally: Tally, measure: str) -> Array:
    if measure not in tally.figures:
        raise BadInput(f"{measure} was not counted", where="measure", mend=f"Choose out of {', '.join(tally.figures)}.")
    figure = tally.figures[measure]
    return np.where(figure.states(tally.rows) == 0, figure.counts, np.nan)


def _enrolled(tally: Tally) -> Array:
    if tally.enrolled is None:
        raise BadInput("risks need students", where="enrollment", mend="Add enrollment, or name a measure to be among.")
    return np.where(tally.enrolled == UNKNOWN, np.nan, tally.enrolled)


def _wholes(tally: Tally, held: Collection[str]) -> Ints:
    """For each cell the number of the one that holds it and all others: `all` in every dimension that is not held."""
    number = np.zeros(len(tally.cells.numbers), dtype=np.int64)
    for at, axis in enumerate(tally.axes):
        code = tally.cells.codes(at) if axis.name in held else len(axis) - 1
        number = number * len(axis) + code
    return number
