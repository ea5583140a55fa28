"""Equations between whole numbers made smaller before they are attacked: what is fixed goes, what moves alike is one.

Nothing is lost: each unknown is a whole number fixed, or one remaining unknown plus or minus a constant.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from accord.decision import BadInput
from accord.stats.bare import Flags, Floats, Ints
from accord.stats.propagate import tighten

_ENDLESS = 2.0**60
"""Stands for infinity where numbers are multiplied."""


@dataclass(frozen=True, eq=False)
class Reduced:
    """What remains: `matrix @ y == right`, low <= y <= high, y whole; unknown i is `sign[i] * y[place[i]] + shift[i]`.

    `place` is -1 for an unknown that is fixed, whose sign is 0 and whose value is its shift.
    """

    matrix: sparse.csr_array
    right: Floats
    low: Floats
    high: Floats
    place: Ints
    sign: Floats
    shift: Floats

    def each(self, numbers: Floats) -> Floats:
        """The unknowns of the beginning from those that remain."""
        padded = np.append(np.where(np.isinf(numbers), np.copysign(_ENDLESS, numbers), numbers), 0.0)
        told = self.sign * padded[self.place] + self.shift
        ends: Floats = np.where(np.abs(told) > _ENDLESS / 2, np.copysign(np.inf, told), told)
        return ends

    def back(self, numbers: Floats) -> Floats:
        """Those that remain from the unknowns of the beginning."""
        told, left = np.zeros(len(self.low)), self.sign != 0
        told[self.place[left]] = ((numbers - self.shift) * self.sign)[left]
        return told

    def behind(self, flags: Flags) -> Flags:
        """Which of those that remain stand for any of these unknowns of the beginning."""
        told, left = np.zeros(len(self.low), dtype=np.bool_), self.sign != 0
        told[self.place[left & flags]] = True
        return told

    def every(self, flags: Flags) -> Flags:
        """Which unknowns of the beginning are fixed, or told by these of those that remain."""
        told: Flags = np.append(flags, True)[self.place]
        return told

    def members(self) -> sparse.csr_array:
        """For each that remains, the unknowns of the beginning that it stands for."""
        left = np.flatnonzero(self.sign)
        return sparse.csr_array((self.sign[left], (self.place[left], left)), shape=(len(self.low), len(self.sign)))

    def ends(self, low: Floats, high: Floats) -> tuple[Floats, Floats]:
        """Bounds of the unknowns of the beginning from bounds of those that remain."""
        one, other = self.each(low), self.each(high)
        return np.minimum(one, other), np.maximum(one, other)


def contradiction() -> BadInput:
    """The refusal of figures that no table fits."""
    mend = "Check the equations, the status of the cells, the assumptions, and what is said to be known or labeled."
    return BadInput("No whole numbers fit what is printed.", mend=mend)


def reduced(matrix: sparse.csr_array, right: Floats, low: Floats, high: Floats) -> Reduced:
    """The smaller system.

    Raises:
        BadInput: when no whole numbers fit.
    """
    count = matrix.shape[1]
    place, sign, shift = np.arange(count), np.ones(count), np.zeros(count)
    while True:
        low, high = tightened(matrix, right, low, high)
        fixed = low == high
        known = np.where(fixed, low, 0.0)
        to = np.where(fixed, -1, np.cumsum(~fixed) - 1)
        right, matrix = right - matrix @ known, matrix[:, np.flatnonzero(~fixed)]
        shift += sign * known[place] * (place >= 0)
        sign = np.where((place >= 0) & ~fixed[place], sign, 0.0)
        place = np.where(place >= 0, to[place], -1)
        matrix, right = _distinct(matrix, right)
        low, high = low[~fixed], high[~fixed]
        to, factor, offset = _pairs(matrix, right)
        if not len(to) or len(to) == to.max() + 1:
            return Reduced(matrix, right, low, high, place, sign, shift)
        merge = sparse.csr_array((factor, (np.arange(len(to)), to)), shape=(len(to), int(to.max()) + 1))
        right, matrix = right - matrix @ offset, (matrix @ merge).tocsr()
        matrix.eliminate_zeros()
        low, high = _shared(low, high, to, factor, offset)
        shift += sign * offset[place] * (place >= 0)
        sign = sign * np.where(place >= 0, factor[place], 0.0)
        place = np.where(place >= 0, to[place], -1)


def tightened(matrix: sparse.csr_array, right: Floats, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Bounds by propagation; the right-hand side is one more cell, which is 1.

    Raises:
        BadInput: when no whole numbers fit.
    """
    last = sparse.csr_array(-right[:, None])
    low, high = tighten(sparse.hstack([matrix, last], format="csr"), np.append(low, 1.0), np.append(high, 1.0))
    if (low > high).any():
        raise contradiction()
    return low[:-1], high[:-1]


def _distinct(matrix: sparse.csr_array, right: Floats) -> tuple[sparse.csr_array, Floats]:
    """Each equation once, none empty. Factors are divided by the first, so that multiples are told as the same."""
    matrix.sort_indices()
    seen: dict[bytes, int] = {}
    scale = np.ones(matrix.shape[0])
    for row, (start, end) in enumerate(zip(matrix.indptr[:-1].tolist(), matrix.indptr[1:].tolist(), strict=True)):
        if start == end:
            if abs(right[row]) > 0.5:
                raise contradiction()
            continue
        scale[row] = matrix.data[start]
        key = matrix.indices[start:end].tobytes() + (matrix.data[start:end] / scale[row]).tobytes()
        first = seen.setdefault(key, row)
        if abs(right[first] / scale[first] - right[row] / scale[row]) > 1e-6:
            raise contradiction()
    keep = np.fromiter(seen.values(), dtype=np.int64, count=len(seen))
    return matrix[keep], right[keep]


def _pairs(matrix: sparse.csr_array, right: Floats) -> tuple[Ints, Floats, Floats]:
    """For each unknown, by equations of two: which remaining one it is, with which sign, plus what."""
    count = matrix.shape[1]
    rows = np.flatnonzero(np.diff(matrix.indptr) == 2)
    at = matrix.indptr[rows]
    one, other = matrix.indices[at], matrix.indices[at + 1]
    ratio, rest = -matrix.data[at] / matrix.data[at + 1], right[rows] / matrix.data[at + 1]
    alike = (abs(ratio) == 1) & (rest == np.rint(rest))
    one, other, ratio, rest = one[alike], other[alike], ratio[alike], rest[alike]
    graph = sparse.csr_array((np.ones(len(one)), (one, other)), shape=(count, count))
    groups, label = connected_components(graph, directed=False)
    factor, offset, done = np.zeros(count), np.zeros(count), np.zeros(count, dtype=np.bool_)
    first = np.full(groups, count)
    np.minimum.at(first, label, np.arange(count))
    factor[first], done[first] = 1.0, True
    while not done.all():
        on, back = done[one] & ~done[other], done[other] & ~done[one]
        factor[other[on]] = ratio[on] * factor[one[on]]
        offset[other[on]] = ratio[on] * offset[one[on]] + rest[on]
        factor[one[back]] = ratio[back] * factor[other[back]]
        offset[one[back]] = ratio[back] * (offset[other[back]] - rest[back])
        done[other[on]] = done[one[back]] = True
    return label.astype(np.int64), factor, offset


def _shared(low: Floats, high: Floats, to: Ints, factor: Floats, offset: Floats) -> tuple[Floats, Floats]:
    """Bounds of each remaining unknown: those that hold for all that are told by it."""
    count = int(to.max()) + 1
    one, other = (low - offset) * factor, (high - offset) * factor
    least, most = np.full(count, -np.inf), np.full(count, np.inf)
    np.maximum.at(least, to, np.minimum(one, other))
    np.minimum.at(most, to, np.maximum(one, other))
    return least, most
