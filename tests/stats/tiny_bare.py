"""Tiny releases with whole numbers, and what can be said of them by trying every table."""

from __future__ import annotations

from itertools import product

import numpy as np
from scipy import sparse

from accord.stats.bare import UNKNOWN, Bare, usual_cost


def release(inner, most=None) -> Bare:
    """A table of any number of dimensions with all of its margins."""
    full = np.array(inner, dtype=np.int64)
    for axis in range(full.ndim):
        full = np.concatenate([full, full.sum(axis=axis, keepdims=True)], axis=axis)
    spots = list(np.ndindex(full.shape))
    index = {spot: at for at, spot in enumerate(spots)}
    rows = []
    for spot in spots:
        for axis, size in enumerate(full.shape):
            if spot[axis] == size - 1:
                row = np.zeros(len(spots))
                row[index[spot]] = 1
                row[[index[(*spot[:axis], at, *spot[axis + 1 :])] for at in range(size - 1)]] = -1
                rows.append(row)
    values = full.ravel()
    names = tuple("-".join(map(str, spot)) for spot in spots)
    groups = np.full(len(spots), UNKNOWN) if most is None else np.array(most)
    return Bare(names, values, groups, usual_cost(values), sparse.csr_array(np.array(rows)))


def tables(bare: Bare, hidden, low, most: int):
    """Every table up to `most` that fits what is printed, one a row."""
    away = np.flatnonzero(hidden)
    numbers = np.array(list(product(*(range(int(low[cell]), most + 1) for cell in away))), dtype=np.int64)
    right = bare.equations @ np.where(hidden, 0, bare.values)
    fits = (numbers @ bare.equations.toarray()[:, away].T + right == 0).all(axis=1)
    found = np.repeat(bare.values[None], int(fits.sum()), axis=0)
    found[:, away] = numbers[fits]
    return found
