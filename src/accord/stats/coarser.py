"""The same release told more coarsely: codes of a dimension merged, or its finest level left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from accord.stats.bare import UNKNOWN, Bare, Flags, Need, usual_cost
from accord.stats.layout import Codes, Layout
from accord.stats.schema import ALL

MOST_SIBLINGS = 12
"""More parts of one total than this are not merged two by two, but the smaller half of them at once."""


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
    sizes = np.array([_size(now, step, cells, place) for cells in members], dtype=np.int64)
    names = ["|".join(moved.get(at, at)) if at else old.names[cell] for cell, at in zip(first, codes, strict=True)]
    return Bare(
        names=tuple(names),
        values=values,
        denominators=sizes,
        cost=usual_cost(values) * weight,
        equations=sparse.csr_array(matrix),
        published=old.published[first],
        hidden=old.hidden[first],
        blank=old.blank[first],
        need=np.array(need, dtype=np.int64),
        contributors=np.array([old.contributors[cells].max() for cells in members], dtype=np.int64),
        most=np.where([(old.most[cells] == UNKNOWN).any() for cells in members], UNKNOWN, sizes),
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
