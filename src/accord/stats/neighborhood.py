"""A small part of a piece around one column, so that a question about it need not ask the whole piece."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import sparse

from accord.stats.bare import Flags, Ints

_HOPS = 3
_LONG = 12
"""An equation of more columns than this leads too far away, unless the column itself stands in it."""


class Block(NamedTuple):
    """Some equations of a piece, and their entries in some columns."""

    columns: Ints
    rows: Ints
    matrix: sparse.csc_array

    def place(self, column: int) -> int:
        """Where a column of the piece stands in the block."""
        return int(np.searchsorted(self.columns, column))


class Neighborhood:
    """Finds blocks of a matrix."""

    def __init__(self, matrix: sparse.csc_array) -> None:
        self._by_column, self._by_row = matrix, matrix.tocsr()
        self._short = np.diff(self._by_row.indptr) <= _LONG

    def block(self, column: int, within: Flags, enough: int) -> Block:
        """The columns near one column among those `within`, fewer steps away first, until there are `enough`.

        With all equations that touch them: what moves in the block moves in the piece.
        """
        inside = np.zeros(len(within), dtype=np.bool_)
        inside[column] = True
        met = np.zeros(self._by_row.shape[0], dtype=np.bool_)
        front = np.array([column])
        for _ in range(_HOPS):
            rows = np.unique(_picked(self._by_column, front))
            rows = rows[~met[rows]]
            met[rows] = True
            near = _picked(self._by_row, rows)
            front = np.unique(near[within[near] & ~inside[near]])
            inside[front] = True
            if not len(front) or inside.sum() >= enough:
                break
        return self._of_columns(np.flatnonzero(inside))

    def around(self, column: int, hidden: Flags) -> Block:
        """The equations of a column and the short ones of its hidden neighbors, with all their columns.

        Other equations are left out: what cannot move in the block cannot move in the piece.
        """
        rows = _picked(self._by_column, np.array([column]))
        near = np.unique(_picked(self._by_row, rows))
        further = _picked(self._by_column, near[hidden[near]])
        rows = np.union1d(rows, further[self._short[further]])
        columns = np.unique(_picked(self._by_row, rows))
        return Block(columns, rows, self._by_row[rows][:, columns].tocsc())

    def _of_columns(self, columns: Ints) -> Block:
        own = self._by_column[:, columns]
        rows = np.unique(own.indices)
        matrix = sparse.csc_array(
            (own.data, np.searchsorted(rows, own.indices), own.indptr), shape=(len(rows), len(columns))
        )
        return Block(columns, rows, matrix)


def _picked(matrix: sparse.csc_array | sparse.csr_array, lines: Ints) -> Ints:
    """The indices stored in some lines of a compressed matrix, one line after the other."""
    starts, sizes = matrix.indptr[lines], np.diff(matrix.indptr)[lines]
    ends = np.cumsum(sizes)
    at = np.arange(int(sizes.sum())) + np.repeat(starts - (ends - sizes), sizes)
    found: Ints = matrix.indices[at].astype(np.int64)
    return found
