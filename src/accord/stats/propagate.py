"""Bounds of whole numbers that must satisfy equations: what each equation alone says, until nothing changes."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from accord.stats.bare import Flags, Floats

_ROUNDS = 60


def tighten(equations: sparse.csr_array, low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Narrower bounds for `equations @ x == 0`, x whole, low <= x <= high. Never cuts off a solution."""
    entries = equations.tocoo()
    rows, cells, factors = entries.coords[0], entries.coords[1], entries.data
    up = factors > 0
    for _ in range(_ROUNDS):
        at_least = factors * np.where(up, low[cells], high[cells])
        at_most = factors * np.where(up, high[cells], low[cells])
        others_least = _rest(rows, at_least, equations.shape[0])
        others_most = _rest(rows, at_most, equations.shape[0])
        most, least = -others_least / factors, -others_most / factors
        new_low, new_high = low.copy(), high.copy()
        np.maximum.at(new_low, cells, np.ceil(np.where(up, least, most) - 1e-9))
        np.minimum.at(new_high, cells, np.floor(np.where(up, most, least) + 1e-9))
        if (_same(new_low, low) and _same(new_high, high)) or (new_low > new_high).any():
            return new_low, new_high
        low, high = new_low, new_high
    return low, high


def _rest(rows: np.ndarray, parts: Floats, count: int) -> Floats:
    """For each entry, the sum of the other entries of its row; infinite when one of them is."""
    far: Flags = np.isinf(parts)
    finite = np.where(far, 0.0, parts)
    sums = np.bincount(rows, finite, count)
    unbounded = np.bincount(rows, far, count)
    sign = np.sign(parts[far][0]) if far.any() else 1.0
    rest: Floats = np.where(unbounded[rows] - far > 0, sign * np.inf, sums[rows] - finite)
    return rest


def _same(one: Floats, other: Floats) -> bool:
    return bool(np.array_equal(one, other))
