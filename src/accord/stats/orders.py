"""Cells that nobody prints, beside those of a release: what an outsider knows of figures that do not add up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from accord.decision import BadInput
from accord.stats.bare import UNKNOWN, Bare, Ints, Need


def with_orders(bare: Bare, pairs: Sequence[tuple[int, int]]) -> Bare:
    """The same release to somebody who knows that of each pair the first cell is never more than the second.

    Raises:
        BadInput: when it is.
    """
    if not pairs:
        return bare
    less, more = np.array(pairs, dtype=np.int64).T
    rest = bare.values[more] - bare.values[less]
    if (rest < 0).any():
        wrong = int(np.flatnonzero(rest < 0)[0])
        what = f"{bare.names[less[wrong]]} counts more than its total {bare.names[more[wrong]]}."
        raise BadInput(what, mend="Correct the counts, or leave the dimension out of --overlapping.")
    count, number = len(bare), np.arange(len(pairs))
    spots = (np.tile(number, 3), np.concatenate([more, less, count + number]))
    orders = sparse.csr_array((np.repeat([1.0, -1.0, -1.0], len(pairs)), spots), shape=(len(pairs), count + len(pairs)))
    wide = sparse.hstack([bare.equations, sparse.csr_array((bare.equations.shape[0], len(pairs)))], format="csr")
    names = tuple(f"{bare.names[b]} less {bare.names[a]}" for a, b in pairs)
    return extended(bare, names, rest, sparse.csr_array(sparse.vstack([wide, orders], format="csr")), Need.NEVER)


def extended(bare: Bare, names: tuple[str, ...], values: Ints, equations: sparse.csr_array, need: Need) -> Bare:
    """With further cells that nobody prints; `equations` are those of all cells, the further ones last."""
    more = len(names)

    def grown(given: Any, value: Any) -> Any:
        return np.concatenate([given, np.full(more, value, dtype=given.dtype)])

    return Bare(
        names=bare.names + names,
        values=np.concatenate([bare.values, values]),
        denominators=grown(bare.denominators, UNKNOWN),
        cost=grown(bare.cost, 0.0),
        equations=equations,
        published=grown(bare.published, False),
        hidden=grown(bare.hidden, True),
        blank=grown(bare.blank, True),
        need=grown(bare.need, need),
        contributors=grown(bare.contributors, UNKNOWN),
        most=grown(bare.most, UNKNOWN),
    )
