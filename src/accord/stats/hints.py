"""Tables that the attack finds under a pattern of a large piece, as hints: each is believed only after its sums are.

The attack settles whole tables at once where circuits are looked for one by one. What it says of a pattern is not
taken from it, only the tables, and those are held against the equations and bounds of the piece here.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse

from accord.stats.audit import Print, attack
from accord.stats.bare import Flags, Floats, Ints
from accord.stats.presolve import Piece


def reached(piece: Piece, hidden: Flags, until: float) -> tuple[Floats, Floats]:
    """How far above and below its true value each column is, in some table that leaves all printed figures as they are.

    `until` is a time of `time.monotonic`: what was found before it is given.
    """
    true = np.rint(piece.down) + 1
    rest = sparse.csc_array(-(piece.matrix @ true)[:, None])
    found = attack(
        Print(
            hidden=np.append(hidden, False),
            known=np.append(np.where(hidden, 0, true), 1).astype(np.int64),
            low=np.append(np.where(hidden, 1.0, true), 1.0),
            high=np.append(np.where(hidden, true + piece.up, true), 1.0),
            equations=sparse.hstack([piece.matrix, rest], format="csr"),
        ),
        np.append(piece.room + 1, 1).astype(np.int64),
        np.append(piece.watched, False),
        until,
    )
    high, low = np.zeros(len(true)), np.zeros(len(true))
    if found.tables is None:
        return high, low
    first = np.zeros(len(true))
    first[found.tables.cells] = found.tables.first - true[found.tables.cells]
    every = np.arange(len(true))
    if not _stands(piece, hidden, every, first, first):
        return high, low
    high, low = first.clip(0), (-first).clip(0)
    for at, change in found.tables.moves:
        columns = found.tables.cells[at]
        moved = first[columns] + change
        if _stands(piece, hidden, columns, moved, change):
            high[columns] = np.maximum(high[columns], moved)
            low[columns] = np.maximum(low[columns], -moved)
    return high, low


def _stands(piece: Piece, hidden: Flags, columns: Ints, moved: Floats, change: Floats | Ints) -> bool:
    """Whether a change of some columns leaves all sums as they are, and they, moved so far, within what they may."""
    within = (moved >= -piece.down[columns]).all() and (moved <= piece.up[columns]).all()
    still = not moved[~hidden[columns]].any()
    return bool(within and still and np.abs(piece.matrix[:, columns] @ change).max(initial=0) < 0.5)
