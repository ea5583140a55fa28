"""Which finest counts add up to each figure of a release of one table."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from accord.decision import BadInput
from accord.stats.layout import Layout


def sums(now: Layout) -> sparse.csr_array:
    """Cells by cells: 1 where a finest cell is part of a cell. A finest cell is part of itself.

    Raises:
        BadInput: when a figure adds up from finest cells in two ways, as totals that several tables share do, or in
            none.
    """
    size = len(now.bare)
    parts: dict[int, frozenset[int]] = {int(cell): frozenset([int(cell)]) for cell in np.flatnonzero(now.leaf)}
    waiting = list(now.totals)
    while waiting:
        later = []
        for total, members in waiting:
            if not all(cell in parts for cell in members):
                later.append((total, members))
                continue
            found = frozenset().union(*(parts[cell] for cell in members))
            if parts.setdefault(total, found) != found:
                raise _twice(now, total)
        if len(later) == len(waiting):
            raise _twice(now, later[0][0])
        waiting = later
    rows = np.concatenate([np.full(len(below), cell) for cell, below in parts.items()])
    columns = np.concatenate([sorted(below) for below in parts.values()])
    return sparse.csr_array((np.ones(len(rows), dtype=np.int64), (rows, columns)), shape=(size, size))


def _twice(now: Layout, cell: int) -> BadInput:
    what = f"{now.bare.names[cell]} is a total that several tables share, or of parts that do not add up to it."
    return BadInput(what, mend="Round one table at a time, or hide small counts instead.")
