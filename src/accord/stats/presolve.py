"""A release made smaller before the search: only what can be hidden, equal cells as one, pieces that hang together.

Everything is told in moves from the true value, so that printed cells drop out of the equations. A cell alone in its
equation cannot move. Two cells that must move alike are one: hiding only one of them protects nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from accord.stats.bare import Bare, Flags, Floats, Ints, Policy, movable, primary
from accord.stats.ceilings import reach, widths


class Cut(NamedTuple):
    """What every safe pattern satisfies: the weights of its hidden columns come to 1 or more, those given aside."""

    columns: Ints
    weights: Floats


@dataclass(frozen=True, eq=False)
class Piece:
    """One component. Arrays are as long as its columns; each column stands for the cells `members` lists.

    Attributes:
        matrix: equations between moves, each row times the moves is 0.
        down: how far below its true value a column may be thought to be when it is hidden.
        up: how far above, infinite where there is no end.
        cost: of hiding a column.
        given: columns that are hidden whatever is chosen.
        watched: those of them that must keep so many values.
        room: how far apart the least and greatest value of a watched column must be, 0 for others.
        rests: what must be hidden so that no printed sum gives a small rest away.
        members: the release's cells behind each column.
    """

    matrix: sparse.csc_array
    down: Floats
    up: Floats
    cost: Floats
    given: Flags
    watched: Flags
    room: Floats
    rests: list[Cut]
    members: list[Ints]


def pieces(bare: Bare, policy: Policy) -> tuple[list[Piece], Ints]:
    """The components that hold a cell to protect, and the cells to protect that nothing can."""
    may, must = movable(bare, policy), primary(bare, policy)
    away = must | (bare.hidden & may)
    group, pinned = _merge(bare.equations, may)
    free = may & ~pinned
    low, high = reach(bare, policy, ~may)
    kept = widths(bare, policy)
    columns, place = np.unique(group[free], return_inverse=True)
    cells = np.flatnonzero(free)
    joined = sparse.csr_array((np.ones(len(cells)), (cells, place)), shape=(len(bare), len(columns)))
    matrix = _distinct((bare.equations @ joined).tocsr())
    down, up, room = (np.full(len(columns), end) for end in (np.inf, np.inf, 0.0))
    np.minimum.at(down, place, (bare.values - low)[cells])
    np.minimum.at(up, place, (high - bare.values)[cells])
    np.maximum.at(room, place, np.where(must, kept - 1.0, 0.0)[cells])
    ways = np.zeros(len(bare))
    ways[cells] = (down + up)[place]
    hopeless = np.flatnonzero(must & ((kept < 2) | (kept - 1 > ways)))
    cost: Floats = np.bincount(place, np.where(away[cells], 0.0, bare.cost[cells]), len(columns)).astype(np.float64)
    watched = np.bincount(place, must[cells], len(columns)) > 0
    given = watched | (np.bincount(place, ~away[cells], len(columns)) == 0)
    rests = [] if policy.small_sums else _rests(bare, policy, away, free, np.searchsorted(columns, group))
    rests = [(least, sums) for least, sums in rests if least > sums_of(sums, given)]
    if any(sums_of(sums, np.ones(len(columns), dtype=np.bool_)) < least for least, sums in rests):
        hopeless = np.flatnonzero(must)
    cuts = [_rest_cut(least, sums, given) for least, sums in rests]
    members = [cells[part] for part in _split(place, len(columns))]
    whole = Piece(matrix.tocsc(), down, up, cost, given, watched, room, cuts, members)
    return [piece for piece in _components(whole) if piece.watched.any()], hopeless


def sums_of(weights: dict[int, float], flags: Flags) -> float:
    """What the flagged columns weigh together."""
    return sum(weight for column, weight in weights.items() if flags[column])


def _rest_cut(least: float, weights: dict[int, float], given: Flags) -> Cut:
    still = least - sums_of(weights, given)
    open_ones = {column: min(weight / still, 1.0) for column, weight in weights.items() if not given[column]}
    return Cut(np.array(list(open_ones), dtype=np.int64), np.array(list(open_ones.values())))


def _merge(equations: sparse.csr_array, may: Flags) -> tuple[Ints, Flags]:
    """For each cell the cell it moves with, and whether it cannot move at all."""
    count = len(may)
    group, pinned = np.arange(count), ~may
    while True:
        keep = np.where(pinned[group], 0.0, 1.0)
        joined = sparse.csr_array((keep, (np.arange(count), group)), shape=(count, count))
        rows = (equations @ joined).tocsr()
        rows.eliminate_zeros()
        size = np.diff(rows.indptr)
        alone = np.unique(rows.indices[rows.indptr[:-1][size == 1]])
        first = rows.indptr[:-1][size == 2]
        equal = rows.data[first] == -rows.data[first + 1]
        one, other = rows.indices[first[equal]], rows.indices[first[equal] + 1]
        if not len(alone) and not len(one):
            return group, pinned[group] | pinned
        pinned[alone] = True
        graph = sparse.csr_array((np.ones(len(one)), (one, other)), shape=(count, count))
        _, label = connected_components(graph, directed=False)
        root = np.full(label.max() + 1, count)
        np.minimum.at(root, label, np.arange(count))
        group = root[label[group]]
        pinned[root[label[alone]]] = True


def _distinct(matrix: sparse.csr_array) -> sparse.csr_array:
    """Each equation once, none empty."""
    matrix.eliminate_zeros()
    matrix.sort_indices()
    seen: dict[bytes, int] = {}
    for row, (start, end) in enumerate(zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True)):
        if end > start:
            seen.setdefault(matrix.indices[start:end].tobytes() + matrix.data[start:end].tobytes(), row)
    return matrix[sorted(seen.values())]


def _rests(bare: Bare, policy: Policy, away: Flags, free: Flags, place: Ints) -> list[tuple[float, dict[int, float]]]:
    """For every sum whose hidden parts come to 1..threshold: how much more must be hidden, and what each adds to it."""
    found = []
    rows = bare.equations
    for start, end in zip(rows.indptr[:-1], rows.indptr[1:], strict=True):
        cells, signs = rows.indices[start:end], np.sign(rows.data[start:end])
        for sign in (1, -1):
            here = signs == sign
            rest = int(bare.values[cells[here & away[cells]]].sum())
            if not 1 <= rest <= policy.threshold or away[cells[~here]].any():
                continue
            least = float(policy.threshold + 1 - rest)
            weights: dict[int, float] = {}
            for cell, same in zip(cells, here, strict=True):
                if free[cell] and not away[cell]:
                    column = int(place[cell])
                    weight = min(float(bare.values[cell]), least) if same else least
                    weights[column] = min(weights.get(column, 0.0) + weight, least)
            found.append((least, weights))
    return found


def _split(label: Ints, count: int) -> list[Ints]:
    order = np.argsort(label, kind="stable")
    return np.split(order, np.searchsorted(label[order], np.arange(1, count)))


def _components(whole: Piece) -> list[Piece]:
    ties = [(int(cut.columns[0]), int(column)) for cut in whole.rests for column in cut.columns[1:]]
    ends = np.array(ties, dtype=np.int64).reshape(-1, 2)
    count = len(whole.down)
    extra = sparse.csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count))
    graph = sparse.block_array([[None, whole.matrix], [whole.matrix.T, extra]], format="csr")
    found, label = connected_components(graph, directed=False)
    rows = whole.matrix.shape[0]
    by_row = whole.matrix.tocsr()
    within = np.zeros(count, dtype=np.int64)
    parts = _split(label[rows:], found)
    rests: dict[int, list[Cut]] = {}
    for part in parts:
        within[part] = np.arange(len(part))
    for cut in whole.rests:
        rests.setdefault(int(label[rows + cut.columns[0]]), []).append(Cut(within[cut.columns], cut.weights))
    return [
        Piece(
            by_row[own][:, part].tocsc(),
            whole.down[part],
            whole.up[part],
            whole.cost[part],
            whole.given[part],
            whole.watched[part],
            whole.room[part],
            rests.get(at, []),
            [whole.members[column] for column in part],
        )
        for at, (own, part) in enumerate(zip(_split(label[:rows], found), parts, strict=True))
    ]
