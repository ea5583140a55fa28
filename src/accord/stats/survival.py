"""How much of a release survives its protection, on one scale for every way to protect it.

Think of one event drawn at random. A table in which every finest cell is printed tells in which of them it lies; a
hidden cell only that it lies in the smallest printed sum around. The detail kept is what is still told about that
event, as a share (entropy of the partition over that of the finest cells): 1 where all is printed, 0 where only the
total is. It is the same question for hidden cells and for coarser ones.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product

import numpy as np

from accord.stats.bare import Ints
from accord.stats.layout import Codes, Layout


@dataclass(frozen=True)
class Survives:
    """What readers still get.

    Attributes:
        cells: figures of the release.
        printed: those of them that are printed, rounded and banded ones too.
        detail: share of what the finest cells tell about where an event lies.
        near: share of the events whose finest cell is told exactly or within a tenth.
        off_by: how far a printed figure may lie from the true one; 0 where every printed figure is true.
        least: possible values that every small count keeps.
    """

    cells: int
    printed: int
    detail: float
    near: float
    off_by: int
    least: int


def detail(fine: Layout, printed: Callable[[Codes], int | None]) -> float:
    """Share of what the finest cells tell that survives.

    `printed` answers for the codes of a cell of the fine release with a number for the printed cell that holds all of
    it, the same number for the same cell, or None where none does.
    """
    size: Counter[int] = Counter()
    whole: list[int] = []
    values = fine.bare.values
    totals = {codes: int(values[cell]) for cell, codes in enumerate(fine.at) if codes}
    for cell in np.flatnonzero(fine.leaf):
        codes, count = fine.at[cell], int(values[cell])
        if not codes or not count:
            continue
        whole.append(count)
        size[_smallest(fine, codes, printed, totals)] += count
    most = _entropy(whole)
    return _entropy(size.values()) / most if most else 1.0


def near(fine: Layout, low: Ints, high: Ints) -> float:
    """Share of the events whose finest cell is told between these ends, both within a tenth of the true count."""
    values = np.where(fine.leaf, fine.bare.values, 0)
    close = (10 * (values - low) <= values) & (10 * (high - values) <= values)
    total = int(values.sum())
    return float(values[close].sum()) / total if total else 1.0


def _smallest(fine: Layout, codes: Codes, printed: Callable[[Codes], int | None], totals: dict[Codes, int]) -> int:
    """The smallest printed cell around a finest one; -1 where there is none."""
    best, found = math.inf, -1
    for around in product(*(fine.above(axis, code) for axis, code in enumerate(codes))):
        if around in totals and totals[around] < best and (cell := printed(around)) is not None:
            best, found = totals[around], cell
    return found


def _entropy(counts: Iterable[int]) -> float:
    counts = [count for count in counts if count]
    total = sum(counts)
    return sum(count / total * math.log2(total / count) for count in counts) if total else 0.0
