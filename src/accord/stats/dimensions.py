"""One axis of a tally: the codes that groups have in one dimension, and which leaves of the data each of them holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from accord.stats.hierarchies import Hierarchy
from accord.stats.schema import ALL, NOT_RECORDED, Column

PARTED = "|"
"""What parts the codes of a value that may name several."""


@dataclass(frozen=True)
class Axis:
    """Codes of one dimension. Rows of data name leaves; every code holds one or more of them, `all` holds all.

    Attributes:
        leaves: what rows name, such as schools, or "asian|black" where a value may name several codes.
        codes: what the table has: single leaves, groups of a hierarchy, and `all` at the end.
        members: one row for each code: the numbers of the leaves it holds.
        overlapping: whether one leaf may be in several codes, so that codes do not add up to the total.
    """

    name: str
    leaves: tuple[str, ...]
    codes: tuple[str, ...]
    members: tuple[tuple[int, ...], ...]
    overlapping: bool = False

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def matrix(self) -> sparse.csr_array:
        """1 where a code (row) holds a leaf (column)."""
        rows = np.repeat(np.arange(len(self)), [len(held) for held in self.members])
        columns = np.array([leaf for held in self.members for leaf in held], dtype=np.int64)
        ones = np.ones(len(columns), dtype=np.int64)
        return sparse.csr_array((ones, (rows, columns)), shape=(len(self), len(self.leaves)))

    @cached_property
    def holders(self) -> sparse.csr_array:
        """The same from the other side: a row for each leaf, a column for each code that holds it."""
        return self.matrix.T.tocsr()


def axis(column: Column, found: Iterable[str], hierarchy: Hierarchy | None = None) -> Axis:
    """The axis of a column, over the codes that its definition allows, its hierarchy has or the data named."""
    if column.several:
        return _overlapping(column, sorted(set(found)))
    leaves = tuple(dict.fromkeys([*(hierarchy.leaves if hierarchy else column.codes), *sorted(set(found))]))
    at = {leaf: number for number, leaf in enumerate(leaves)}
    groups = hierarchy.groups if hierarchy else ()
    held = [tuple(at[leaf] for leaf in hierarchy.members(group)) for group in groups] if hierarchy else []
    members = (*((number,) for number in range(len(leaves))), *held, tuple(range(len(leaves))))
    return Axis(column.name, leaves, (*leaves, *groups, ALL), members)


def _overlapping(column: Column, leaves: Sequence[str]) -> Axis:
    """Each single code alone or in combination: a leaf that names two codes is held by both."""
    parts = [leaf.split(PARTED) for leaf in leaves]
    codes = (*column.codes, *((NOT_RECORDED,) if [NOT_RECORDED] in parts else ()))
    held = [tuple(number for number, named in enumerate(parts) if code in named) for code in codes]
    return Axis(column.name, tuple(leaves), (*codes, ALL), (*held, tuple(range(len(leaves)))), overlapping=True)
