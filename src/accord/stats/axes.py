"""The dimensions of a release: their codes, which code is the sum of which, and which overlap instead of adding up.

The total of a dimension is the code `all`. A hierarchy whose links lead to one code at the top has its total there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from scipy import sparse

from accord.decision import BadInput
from accord.stats.bare import Floats, Ints
from accord.stats.hierarchies import Hierarchy
from accord.stats.schema import ALL

_TOTALS = {ALL, "total", "totals", "grand total"}
TOTAL = 0
"""The place of the total among the codes of an axis."""


@dataclass(frozen=True, eq=False)
class Axis:
    """One dimension.

    Attributes:
        name: the column.
        codes: the total first, then every group right before its parts.
        children: for each code that has any (the total too) the codes right below it.
        additive: whether the codes add up to the total. Where they overlap, a total is only more than each.
        top: how the total is written: the one code at the top of the hierarchy, else `all`.
    """

    name: str
    codes: tuple[str, ...]
    children: Mapping[int, Ints] = field(default_factory=dict)
    additive: bool = True
    top: str = ALL

    @cached_property
    def place(self) -> dict[str, int]:
        """Where each code stands; the name of the total stands for the total."""
        return {code: at for at, code in enumerate(self.codes)} | {self.top: TOTAL}

    @cached_property
    def leaves(self) -> Ints:
        """The codes that rows of data give: those without parts; all of them where they overlap."""
        own = range(len(self.codes)) if not self.additive else (i for i in range(len(self)) if i not in self.children)
        return np.array(list(own), dtype=np.int64)

    @cached_property
    def level(self) -> tuple[str, ...]:
        """For each code whether it is the total (`all`), a group of others (`upper`) or a `leaf`."""
        return tuple("all" if not at else "upper" if at in self.children else "leaf" for at in range(len(self)))

    @cached_property
    def sums(self) -> sparse.csr_array:
        """Codes by leaves: 1 where the leaf is part of the code."""
        place = {int(leaf): at for at, leaf in enumerate(self.leaves)}
        rows, columns = [], []
        for code in range(len(self)):
            for leaf in self._members(code):
                rows.append(code)
                columns.append(place[leaf])
        return sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(self), len(place)))

    def _members(self, code: int) -> list[int]:
        if not self.additive or code not in self.children:
            return [code]
        return [leaf for child in self.children[code] for leaf in self._members(int(child))]

    def weights(self, told: Mapping[str, float]) -> Floats:
        """How dear each code is, from a table of codes and levels; 1 where none is told."""
        return np.array(
            [told.get(code, told.get(level, 1.0)) for code, level in zip(self.codes, self.level, strict=True)]
        )

    def __len__(self) -> int:
        return len(self.codes)


def axis(name: str, seen: Iterable[str], hierarchy: Hierarchy | None, *, overlapping: bool, where: str) -> Axis:
    """The axis of the codes that the data name, and of the groups above them, never in the order of the data.

    Rows are often sorted by their counts, and an order tells of hidden ones.

    Raises:
        BadInput: for a code that the hierarchy does not know or that looks like a total, and for overlapping codes in a
            hierarchy.
    """
    codes = sorted({code for code in seen if code != ALL})
    if not hierarchy and (total := next((code for code in codes if code.casefold() in _TOTALS), None)):
        # As one more group it would double every sum, and give away what is hidden in its parts.
        mend = f"Write {ALL} for the total, or leave its rows out."
        raise BadInput(f"{name} {total!r} looks like a total.", where=where, mend=mend)
    if overlapping:
        if hierarchy:
            mend = "Leave the dimension out of the hierarchy, or out of --overlapping."
            raise BadInput(f"The codes of {name} overlap, so no group is their sum.", where=where, mend=mend)
        return Axis(name, (ALL, *codes), additive=False)
    if not hierarchy:
        return Axis(name, (ALL, *codes), {TOTAL: np.arange(1, len(codes) + 1)})
    known = {*hierarchy.parents, *hierarchy.children}
    if strange := next((code for code in codes if code not in known), None):
        raise BadInput(
            f"{name} {strange!r} is not in the hierarchy.", where=where, mend="Add a link for it, or correct the code."
        )
    return _tree(name, {code for code in codes if code not in hierarchy.children}, hierarchy)


def _tree(name: str, leaves: set[str], hierarchy: Hierarchy) -> Axis:
    """The part of a hierarchy that lies above some leaves, each group right before its parts."""
    wanted = leaves | {group for leaf in leaves for group in hierarchy.above(leaf)}
    tops = list(hierarchy.tops)
    top = tops[0] if len(tops) == 1 else ALL
    codes: list[str] = [ALL]
    children: dict[int, Ints] = {}

    def below(at: int, names: Iterable[str]) -> None:
        placed = []
        for code in (one for one in names if one in wanted):
            placed.append(len(codes))
            codes.append(code)
            if parts := hierarchy.children.get(code):
                below(placed[-1], parts)
        children[at] = np.array(placed, dtype=np.int64)

    below(TOTAL, hierarchy.children[top] if len(tops) == 1 else tops)
    return Axis(name, tuple(codes), children, top=top)
