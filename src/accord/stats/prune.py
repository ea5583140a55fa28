"""A safe pattern made smaller: whatever can be shown again is."""

from __future__ import annotations

import time

import numpy as np

from accord.stats.bare import Flags
from accord.stats.circuits import Circuits
from accord.stats.presolve import Piece

_FEW = 12
"""With more watched columns than this left narrow, a column is taken to be needed without asking further."""


def pruned(piece: Piece, circuits: Circuits, hidden: Flags, until: float) -> Flags:
    """The pattern without the columns that it is safe without, dearest first, as far as time allows."""
    hidden = hidden.copy()
    for column in sorted(np.flatnonzero(hidden & ~piece.given), key=lambda one: -piece.cost[one]):
        if time.monotonic() > until:
            break
        hidden[column] = False
        rests = all(cut.weights @ hidden[cut.columns] >= 1 - 1e-6 for cut in piece.rests if column in cut.columns)
        if not rests or not _safe(circuits, hidden, until):
            hidden[column] = True
    return hidden


def _safe(circuits: Circuits, hidden: Flags, until: float) -> bool:
    left = circuits.left(hidden)
    if left.sum() > _FEW:
        return False
    return all(circuits.shown(hidden, int(column), until) for column in np.flatnonzero(left))
