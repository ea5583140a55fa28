"""A large piece taken apart where only long equations hold it together: districts under a state, say.

An outsider who does not know the long equations knows less. So what a part asks for holds for the whole, and what the
parts cost at least comes together to what the whole costs at least.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from accord.stats.bare import Ints
from accord.stats.presolve import Cut, Piece


def parts(piece: Piece, most: int) -> Iterator[tuple[Ints, Piece]]:
    """The parts of a piece that hold something to protect, each with its columns of the whole, the smallest first.

    As few equations as possible are left out, the longest first, until no part has more than `most` columns.
    """
    rows = piece.matrix.tocsr()
    lengths = np.diff(rows.indptr)
    for longest in np.unique(lengths)[::-1]:
        label = _labels(rows[np.flatnonzero(lengths < longest)])
        if np.bincount(label).max() <= most:
            break
    order = np.argsort(label, kind="stable")
    groups = np.split(order, np.searchsorted(label[order], np.arange(1, label.max() + 1)))
    for columns in sorted(groups, key=len):
        if piece.watched[columns].any():
            yield columns, _part(piece, rows, columns)


def whole(cut: Cut, columns: Ints) -> Cut:
    """A cut of a part as one of the whole."""
    return Cut(columns[cut.columns], cut.weights)


def _labels(rows: sparse.csr_array) -> Ints:
    """Which columns hang together."""
    graph = sparse.block_array([[None, rows], [rows.T, None]], format="csr")
    _, label = connected_components(graph, directed=False)
    _, place = np.unique(label[rows.shape[0] :], return_inverse=True)
    found: Ints = place.astype(np.int64)
    return found


def _part(piece: Piece, rows: sparse.csr_array, columns: Ints) -> Piece:
    """Some columns of a piece, with the equations that hold only these."""
    inside = np.zeros(len(piece.cost), dtype=np.bool_)
    inside[columns] = True
    own = rows[:, columns]
    kept = np.flatnonzero((np.diff(own.indptr) == np.diff(rows.indptr)) & (np.diff(rows.indptr) > 0))
    place = np.cumsum(inside) - 1
    rests = [Cut(place[cut.columns], cut.weights) for cut in piece.rests if inside[cut.columns].all()]
    return Piece(
        own[kept].tocsc(),
        piece.down[columns],
        piece.up[columns],
        piece.cost[columns],
        piece.given[columns],
        piece.watched[columns],
        piece.room[columns],
        rests,
        [piece.members[column] for column in columns],
    )
