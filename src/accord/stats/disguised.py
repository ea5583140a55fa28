"""Is one code of a dimension the total of the codes beside it, though nobody said so?

A row District beside its schools doubles every sum, and gives back what is hidden in one of them. Names do not tell
(`axes` knows a few), sums do: a code that comes to as much as all codes beside it, wherever anything is counted, is
their total. So is one that comes to half of them, where groups of the others (areas) stand beside them too.

Small counts may do so by chance. The chance that is told is that of an ordinary code whose true share of the events is
that very half (or third): that it has exactly so many of them in each group (binomial). Real chances are smaller.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

from accord.decision import BadInput
from accord.stats.axes import TOTAL, Axis
from accord.stats.bare import Flags, Floats, Ints
from accord.stats.grids import Table
from accord.stats.schema import ALL
from accord.stats.space import Space

SURE = 0.001
"""The chance up to which a code is refused that looks like a total."""
TOLD = 0.2
"""The chance up to which it is told of."""
_FEWEST = {1: 2, 2: 4}
"""How many times the events are counted beside a total, and how many codes there are then at least."""


@dataclass(frozen=True)
class Likeness:
    """A code that looks like the total of those beside it.

    Attributes:
        dimension: the column.
        code: which of its codes.
        chance: that any code of the release would look so.
    """

    dimension: str
    code: str
    chance: float

    @property
    def words(self) -> str:
        """What was found."""
        return f"{self.dimension} {self.code} is just what its other codes come to, wherever anything is counted."

    @property
    def mend(self) -> str:
        """What to do about it."""
        return (
            f"If it is their total, write {ALL} in its place, leave it out, or give a hierarchy (--hierarchy). If "
            f"it is none, say so: --no-total {self.dimension}."
        )


def refuse_totals(space: Space, no_total: Collection[str] = ()) -> str:
    """See that no code is the total of those beside it. What looks so, but may be chance, is given back in words.

    Args:
        space: the release.
        no_total: dimensions of which somebody said that they have no such code.

    Raises:
        BadInput: when it can hardly be chance, or when there is no dimension of such a name.
    """
    if strange := next((name for name in no_total if name not in {one.name for one in space.axes}), None):
        raise BadInput(f"{strange} is not counted by.", where="--no-total", mend="Name dimensions of --by.")
    found = [one for one in likenesses(space) if one.dimension not in no_total]
    if sure := next((one for one in found if one.chance <= SURE), None):
        raise BadInput(sure.words, where=sure.dimension, mend=sure.mend)
    return "".join(f"{one.words} {one.mend}\n" for one in found if one.chance <= TOLD)


def likenesses(space: Space) -> list[Likeness]:
    """The code of each dimension that looks most like the total of those beside it, the surest first."""
    families = [(axis, below) for axis in space.axes if axis.additive for below in axis.children.values()]
    found: dict[str, Likeness] = {}
    for axis, below in families:
        chance = _chances(space, axis, below) * len(families)
        at = int(np.argmin(chance))
        if chance[at] < min(1.0, found[axis.name].chance if axis.name in found else 1.0):
            found[axis.name] = Likeness(axis.name, axis.codes[below[at]], float(chance[at]))
    return sorted(found.values(), key=lambda one: one.chance)


def _chances(space: Space, axis: Axis, below: Ints) -> Floats:
    """Of each of these codes the chance that it is no total, in the table that tells most; infinite if it is none."""
    chances, refuted = np.full(len(below), np.inf), np.zeros(len(below), dtype=np.bool_)
    for table in (one for one in space.tables if axis.name in one.dimensions):
        position = table.dimensions.index(axis.name)
        cells = np.moveaxis(np.take(table.cells, below, axis=position), position, 0).reshape(len(below), -1)
        counts, apart = space.bare.values[cells], _apart(space, table, position)
        here = np.minimum(*(_alike(counts, apart, times) for times in _FEWEST))
        chances, refuted = np.minimum(chances, here), refuted | np.isinf(here)
    return np.where(refuted, np.inf, chances)


def _alike(counts: Ints, apart: Flags, times: int) -> Floats:
    """The chances from counts (codes by groups), if the others come to `times` as much in every group."""
    every = counts.sum(axis=0)
    same = ((times + 1) * counts == every).all(axis=1) & bool(every.any()) & (len(counts) >= _FEWEST[times])
    chance: Floats = np.full(len(counts), np.inf)
    chance[same] = np.exp(binom.logpmf(counts[same][:, apart], every[apart], 1 / (times + 1)).sum(axis=1))
    return chance


def _apart(space: Space, table: Table, position: int) -> Flags:
    """The groups of a table that share no events: codes without parts; where codes overlap, their total alone."""
    apart: Flags = np.ones(1, dtype=np.bool_)
    for name in (name for at, name in enumerate(table.dimensions) if at != position):
        axis = space.axis(name)
        kept = np.isin(np.arange(len(axis)), axis.leaves if axis.additive else [TOTAL])
        apart = (apart[:, None] & kept).ravel()
    return apart
