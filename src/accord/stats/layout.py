"""A release by its dimensions: the codes of each cell, and which code is part of which.

A cell is named by its codes, one for each dimension, with bars between them. Which code is part of which is read from
the equations: in an equation of a dimension, total and parts differ in that dimension alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy import sparse

from accord.stats.bare import Bare, Flags, Need
from accord.stats.schema import ALL

Codes: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Layout:
    """A release by its dimensions.

    Attributes:
        bare: the release.
        axes: a name for each dimension.
        at: the codes of each cell; None for one that stands for no figure.
        parents: for each dimension, the code that each code is part of. Empty where codes do not add up.
        leaf: cells that are the total of no others.
        totals: of each equation its total and the parts.
        overlapping: dimensions whose codes are each only known to be no more than the total.
        between: of a cell that stands for no figure but for the difference of two, those two.
    """

    bare: Bare
    axes: Codes
    at: tuple[Codes | None, ...]
    parents: tuple[Mapping[str, str], ...]
    leaf: Flags
    totals: tuple[tuple[int, list[int]], ...]
    between: Mapping[int, tuple[Codes, Codes]]
    overlapping: frozenset[int]

    def children(self, axis: int) -> dict[str, list[str]]:
        """The parts of every code of a dimension that has any."""
        found: dict[str, list[str]] = defaultdict(list)
        for child, parent in self.parents[axis].items():
            found[parent].append(child)
        return found

    def above(self, axis: int, code: str) -> tuple[str, ...]:
        """A code and all it is part of, the nearest first."""
        found = [code, ALL] if axis in self.overlapping and code != ALL else [code]
        while found[-1] in self.parents[axis]:
            found.append(self.parents[axis][found[-1]])
        return tuple(found)


def layout(bare: Bare, axes: Sequence[str] = ()) -> Layout:
    """The dimensions of a release, read from the names of its cells and its equations."""
    figures = ~(bare.blank & (bare.need == Need.NEVER))
    parts = [tuple(name.split("|")) for name in bare.names]
    count = next((len(codes) for codes, figure in zip(parts, figures, strict=True) if figure), 0)
    at = tuple(codes if figure and len(codes) == count else None for codes, figure in zip(parts, figures, strict=True))
    parents: list[dict[str, str]] = [{} for _ in range(count)]
    leaf = np.array([codes is not None for codes in at])
    broken: set[int] = set()
    totals = tuple(_sums(bare.equations))
    for total, members in totals:
        leaf[total] = False
        if (found := _links([at[total], *(at[cell] for cell in members)])) is None:
            continue
        axis, parent, children = found
        if any(parents[axis].setdefault(child, parent) != parent for child in children):
            broken.add(axis)
    kept = tuple({} if axis in broken or _in_a_circle(one) else one for axis, one in enumerate(parents))
    names = tuple(axes) or tuple(f"dimension {i + 1}" for i in range(count))
    between = dict(_differences(at, totals))
    pairs = (zip(more, less, strict=True) for more, less in between.values())
    overlapping = frozenset(axis for pair in pairs for axis, (a, b) in enumerate(pair) if a != b)
    return Layout(bare, names, at, kept, leaf, totals, between, overlapping)


def _in_a_circle(parents: Mapping[str, str]) -> bool:
    """Is some code part of itself?"""
    ends: set[str] = set()
    for code in parents:
        seen: set[str] = set()
        while code in parents and code not in ends:
            if code in seen:
                return True
            seen.add(code)
            code = parents[code]
        ends |= seen
    return False


def _sums(equations: sparse.csr_array) -> Iterator[tuple[int, list[int]]]:
    """Of each equation its total, the one cell with a sign of its own, and its parts."""
    for row in range(equations.shape[0]):
        span = slice(equations.indptr[row], equations.indptr[row + 1])
        cells, signs = equations.indices[span].tolist(), (equations.data[span] > 0).tolist()
        alone = signs.index(True) if signs.count(True) == 1 else signs.index(False) if signs.count(False) == 1 else -1
        if alone >= 0:
            yield cells[alone], cells[:alone] + cells[alone + 1 :]


def _differences(
    at: Sequence[Codes | None], totals: Sequence[tuple[int, list[int]]]
) -> Iterator[tuple[int, tuple[Codes, Codes]]]:
    """Cells without codes that stand between a total and one part of it."""
    for total, members in totals:
        more, parts = at[total], [part for cell in members if (part := at[cell])]
        rest = [cell for cell in members if at[cell] is None]
        if more and len(parts) == len(rest) == 1:
            yield rest[0], (more, parts[0])


def _links(codes: Sequence[Codes | None]) -> tuple[int, str, list[str]] | None:
    """The one dimension in which a total differs from each of its parts, and the codes there; None if not one."""
    total, parts = codes[0], [part for part in codes[1:] if part]
    if total is None or len(parts) < len(codes) - 1:
        return None
    apart = {axis for part in parts for axis, pair in enumerate(zip(total, part, strict=True)) if pair[0] != pair[1]}
    axis = apart.pop() if len(apart) == 1 else None
    return None if axis is None else (axis, total[axis], [part[axis] for part in parts])
