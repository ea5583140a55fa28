"""The circuits found so far: what they show of each pattern. Only moves in whole numbers: so it holds for counts."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from accord.stats.bare import Flags, Floats, Ints
from accord.stats.moves import WHOLE
from accord.stats.presolve import Piece

_FACTORS = (1, 2, 3, 4, 6)
_MOST = 100_000


class Kept:
    """Circuits of a piece, and how far they take its columns, up to what any must move."""

    def __init__(self, piece: Piece) -> None:
        self._piece, self._most, self._n = piece, float(piece.room.max()), len(piece.cost)
        self._kept: list[tuple[Ints, Floats, Floats]] = []
        self._flat: tuple[Ints, Ints, Floats, Floats] | None = None
        self._asked_of: Flags | None = None
        self._seen = np.zeros(self._n), np.zeros(self._n)

    def left(self, hidden: Flags) -> Flags:
        """The watched columns that kept circuits do not show to keep their whole numbers."""
        if self._asked_of is None or not np.array_equal(self._asked_of, hidden):
            self._asked_of, self._seen = hidden.copy(), self._reached(hidden)
        flags: Flags = self._piece.watched & (self._seen[0] + self._seen[1] < self._piece.room - WHOLE)
        return flags

    def _reached(self, hidden: Flags) -> tuple[Floats, Floats]:
        """How far above and below its true value each column goes, by circuits whose columns are all hidden."""
        high, low = np.zeros(self._n), np.zeros(self._n)
        if self._kept:
            owner, columns, up, down = self._flattened()
            whole = np.ones(len(self._kept), dtype=np.bool_)
            whole[owner[~hidden[columns]]] = False
            stands = whole[owner]
            np.maximum.at(high, columns[stands], up[stands])
            np.maximum.at(low, columns[stands], down[stands])
        return high, low

    def keep(self, columns: Ints, move: Floats, at: int | None = None) -> bool:
        """Keep the parts of a move that are whole; whether the one with the column at `at` is among them."""
        own = np.flatnonzero(move)
        one = np.zeros(len(own), dtype=np.int64)
        label = _parts(self._piece.matrix, columns[own]) if at is None else one
        kept = False
        for part in range(int(label.max(initial=-1)) + 1):
            here = own[label == part]
            steps = self._whole_steps(move[here], columns[here])
            if steps is None:
                continue
            forth, back = self._times(steps, columns[here]), self._times(-steps, columns[here])
            high = np.where(steps > 0, steps * forth, -steps * back)
            low = np.where(steps > 0, steps * back, -steps * forth)
            self._remember(columns[here], high, low)
            kept |= at is not None and bool((here == at).any())
        return kept

    def _remember(self, columns: Ints, high: Floats, low: Floats) -> None:
        self._kept.append((columns, high, low))
        self._flat = None
        if self._asked_of is not None and self._asked_of[columns].all():
            self._seen[0][columns] = np.maximum(self._seen[0][columns], high)
            self._seen[1][columns] = np.maximum(self._seen[1][columns], low)

    def _whole_steps(self, steps: Floats, columns: Ints) -> Floats | None:
        """The steps as they are or a few times as long, if that makes them whole and stays within what they may."""
        for factor in _FACTORS:
            whole = np.rint(steps * factor)
            if np.abs(whole - steps * factor).max() < WHOLE:
                fits = (whole >= -self._piece.down[columns]).all() and (whole <= self._piece.up[columns]).all()
                return whole if fits else None
        return None

    def _times(self, steps: Floats, columns: Ints) -> float:
        """How many times these steps may be taken, no more often than any width asks for."""
        ends = np.where(steps < 0, self._piece.down[columns], self._piece.up[columns])
        return float(np.floor((ends / np.abs(steps)).min(initial=self._most)))

    def _flattened(self) -> tuple[Ints, Ints, Floats, Floats]:
        if self._flat is None:
            self._kept = self._kept[-_MOST:]
            sizes = [len(columns) for columns, _, _ in self._kept]
            columns, high, low = (np.concatenate(part) for part in zip(*self._kept, strict=True))
            self._flat = np.repeat(np.arange(len(sizes)), sizes), columns, high, low
        return self._flat


def _parts(matrix: sparse.csc_array, columns: Ints) -> Ints:
    """Which columns of a move hang together: each part is a move by itself."""
    own = matrix[:, columns]
    graph = sparse.block_array([[None, own], [own.T, None]], format="csr")
    _, label = connected_components(graph, directed=False)
    _, part = np.unique(label[matrix.shape[0] :], return_inverse=True)
    parts: Ints = part
    return parts
