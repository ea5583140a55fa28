"""The same release told more coarsely: codes of a dimension merged, or its finest level left out.

A cell is named by its codes, one for each dimension, with bars between them. Which code is part of which is read from
the equations: in an equation of a dimension, total and parts differ in that dimension alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy import sparse

from accord.stats.bare import UNKNOWN, Bare, Flags, Need, usual_cost
from accord.stats.schema import ALL

Codes: TypeAlias = tuple[str, ...]

MOST_SIBLINGS = 12
"""More parts of one total than this are not merged two by two, but the smaller half of them at once."""


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


@dataclass(frozen=True)
class Step:
    """One way to be coarser: what becomes of the codes of a dimension (None: left out)."""

    axis: int
    into: Mapping[str, str | None]
    words: str


@dataclass(frozen=True, eq=False)
class Coarser:
    """A coarser release, and which codes of the fine one have become which of it."""

    bare: Bare
    moved: Mapping[Codes, Codes]

    def printed(self, hidden: Flags) -> Callable[[Codes], int | None]:
        """Answers for the codes of a fine cell with the printed cell of this release that holds it, if any."""
        place = {tuple(name.split("|")): cell for cell, name in enumerate(self.bare.names)}

        def find(codes: Codes) -> int | None:
            cell = place.get(self.moved.get(codes, codes))
            return None if cell is None or hidden[cell] else cell

        return find


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


def steps(now: Layout) -> Iterator[Step]:
    """Ways to be coarser: leave out the finest level of a dimension, or merge its smallest codes."""
    for axis, name in enumerate(now.axes):
        children = now.children(axis)
        ends = {code for code in now.parents[axis] if code not in children}
        if ends:
            yield Step(axis, dict.fromkeys(ends), _left_out(name, now, axis, ends))
        if inner := {code for code in now.parents[axis] if code in children}:
            yield Step(axis, dict.fromkeys(ends | inner), f"{name}: only the total")
        if axis in now.overlapping:
            yield Step(axis, dict.fromkeys({at[axis] for at in now.at if at} - {ALL}), f"{name}: only the total")
        sizes = _sizes(now, axis)
        families = [[code for code in below if code in ends] for below in children.values()]
        families = [sorted(below, key=lambda code: (sizes[code], code)) for below in families]
        yield from _merges(axis, name, [below for below in families if len(below) > 2])


def _merges(axis: int, name: str, families: list[list[str]]) -> Iterator[Step]:
    if len(families) == 1 and len(families[0]) <= MOST_SIBLINGS:
        below = families[0]
        for count in range(2, len(below)):
            yield Step(axis, _into(below[:count]), f"{name}: {_listed(below[:count])} together")
    elif families:
        into = {code: new for below in families for code, new in _into(below[: (len(below) + 1) // 2]).items()}
        yield Step(axis, into, f"{name}: the smaller half of each group together")


def _into(codes: Sequence[str]) -> dict[str, str | None]:
    return dict.fromkeys(codes, "+".join(sorted(codes)))


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(codes[:-1]) + f" and {codes[-1]}"


def _left_out(name: str, now: Layout, axis: int, ends: set[str]) -> str:
    tops = {now.above(axis, code)[-1] for code in ends}
    flat = all(now.parents[axis][code] in tops for code in ends)
    return f"{name}: only the total" if flat else f"{name}: without its finest level"


def _sizes(now: Layout, axis: int) -> dict[str, int]:
    """The finest counts of each code together."""
    sizes: dict[str, int] = defaultdict(int)
    for cell in np.flatnonzero(now.leaf):
        codes = now.at[cell]
        if codes:
            sizes[codes[axis]] += int(now.bare.values[cell])
    return sizes


def coarsened(now: Layout, step: Step) -> Coarser | None:
    """The release after a step.

    None when the step touches what an earlier release decided, or when the cells do not fill a grid, so that merged
    parts would not add up.
    """
    changed = {codes: _moved(codes, step) for codes in now.at if codes and codes[step.axis] in step.into}
    into: dict[object, list[int]] = {}
    gone: set[int] = set()
    for cell, codes in enumerate(now.at):
        if codes in changed and (now.bare.published[cell] or now.bare.hidden[cell]):
            return None
        ends = (codes,) if codes else now.between.get(cell, ())
        new = tuple(changed.get(end, end) for end in ends)
        if None in new:
            gone.add(cell)
        else:
            into.setdefault(new or cell, []).append(cell)
    members = list(into.values())
    matrix = _equations(now.bare, members, gone)
    used = np.zeros(len(members), dtype=np.bool_)
    used[matrix.indices] = True
    kept = np.flatnonzero(used)
    moved = {codes: new for codes, new in changed.items() if new}
    made = _bare(now, step, [members[at] for at in kept], matrix[:, kept], moved)
    return Coarser(made, moved) if len(kept) and not (made.equations @ made.values).any() else None


def _moved(codes: Codes, step: Step) -> Codes | None:
    code = step.into[codes[step.axis]]
    return None if code is None else (*codes[: step.axis], code, *codes[step.axis + 1 :])


def _equations(bare: Bare, members: list[list[int]], gone: set[int]) -> sparse.csr_array:
    """The equations between what is left; those of parts that are merged become one."""
    place = {cell: at for at, cells in enumerate(members) for cell in cells}
    rows: dict[tuple[tuple[int, float], ...], None] = {}
    for row in range(bare.equations.shape[0]):
        span = slice(bare.equations.indptr[row], bare.equations.indptr[row + 1])
        cells = bare.equations.indices[span].tolist()
        if not gone.isdisjoint(cells):
            continue
        factors = {place[cell]: float(f) for cell, f in zip(cells, bare.equations.data[span], strict=True)}
        rows[tuple(sorted(factors.items()))] = None
    spots = [(row, cell, factor) for row, factors in enumerate(rows) for cell, factor in factors]
    row_at, cell_at, data = zip(*spots, strict=True) if spots else ((), (), ())
    shape = (len(rows), len(members))
    return sparse.csr_array((np.array(data, dtype=float), (list(row_at), list(cell_at))), shape=shape)


def _bare(
    now: Layout, step: Step, members: list[list[int]], matrix: sparse.csr_array, moved: Mapping[Codes, Codes]
) -> Bare:
    old, first = now.bare, [cells[0] for cells in members]
    place = {codes: cell for cell, codes in enumerate(now.at) if codes}
    values = np.array([old.values[cells].sum() for cells in members], dtype=np.int64)
    weight = np.array([(old.cost[cells] / usual_cost(old.values[cells])).max() for cells in members])
    need = [Need.ALWAYS if (old.need[cells] == Need.ALWAYS).any() else old.need[cells].min() for cells in members]
    codes = [now.at[cell] for cell in first]
    names = ["|".join(moved.get(at, at)) if at else old.names[cell] for cell, at in zip(first, codes, strict=True)]
    return Bare(
        names=tuple(names),
        values=values,
        denominators=np.array([_size(now, step, cells, place) for cells in members], dtype=np.int64),
        cost=usual_cost(values) * weight,
        equations=sparse.csr_array(matrix),
        published=old.published[first],
        hidden=old.hidden[first],
        blank=old.blank[first],
        need=np.array(need, dtype=np.int64),
        contributors=np.array([old.contributors[cells].max() for cells in members], dtype=np.int64),
    )


def _size(now: Layout, step: Step, cells: list[int], place: Mapping[Codes, int]) -> int:
    """The group behind merged counts: that of their total where the parts share it (outcomes), else their sum."""
    sizes, codes = now.bare.denominators[cells], now.at[cells[0]]
    if len(cells) == 1 or codes is None or (sizes == UNKNOWN).any():
        return int(sizes[0]) if len(cells) == 1 else UNKNOWN
    above = now.parents[step.axis].get(codes[step.axis], "")
    total = place.get((*codes[: step.axis], above, *codes[step.axis + 1 :]))
    shared = total is not None and bool((sizes == now.bare.denominators[total]).all())
    return int(sizes[0]) if shared else int(sizes.sum())
