"""What a search must come to, found the long way: every column asked, every pattern tried."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np

from accord.stats.audit import attack, shown
from accord.stats.bare import Bare, Flags, Policy, movable, primary
from accord.stats.ceilings import widths
from accord.stats.circuits import Circuits


def narrow(circuits: Circuits, hidden: Flags) -> Flags:
    """The watched columns of which no circuits are found that show them to keep their whole numbers."""
    circuits.pushed(hidden, math.inf)
    for column in np.flatnonzero(circuits.left(hidden)):
        circuits.asked(hidden, int(column), math.inf)
    return circuits.left(hidden)


def cheapest(bare: Bare, policy: Policy) -> float | None:
    """The least cost of a safe pattern, by trying every one; None if there is none."""
    must, need = primary(bare, policy), widths(bare, policy)
    if (need[must] < 2).any():
        return None
    more = np.flatnonzero(movable(bare, policy) & ~must)
    choices = [list(cells) for size in range(len(more) + 1) for cells in combinations(more, size)]
    for cells in sorted(choices, key=lambda cells: bare.cost[cells].sum()):
        hidden = must.copy()
        hidden[cells] = True
        found = attack(shown(bare, hidden, policy), need)
        if (found.widths[must] >= need[must]).all():
            return float(bare.cost[cells].sum())
    return None
