"""A release made smaller before the search: only what can be hidden, equal cells as one, pieces that hang together.

Everything is told in moves from the true value, so that printed cells drop out of the equations. A cell alone in its
equation cannot move. Two cells that must move alike are one: hiding only one of them protects nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from accord.stats.bare import Bare, Flags, Floats, Ints, Policy, lower, movable, primary

FAR = 1000.0
"""How far above its true value a hidden cell may go: farther than any width that is asked for."""


@dataclass(frozen=True, eq=False)
class Piece:
    """One component. Arrays are as long as its columns; each column stands for the cells `members` lists.

    Attributes:
        matrix: equations between moves, each row times the moves is 0.
        up, down: how far a column may move when it is hidden.
        cost: of hiding a column that is not primary.
        primary: columns hidden already, each to keep `width` values.
        rests: rows of (columns, weights, least): hidden columns must weigh at least `least`, so that no printed sum
            gives a small rest away.
        members: the release's cells behind each column.
    """

    matrix: sparse.csc_array
    up: Floats
    down: Floats
    cost: Floats
    primary: Flags
    rests: list[tuple[Ints, Floats, float]]
    members: list[Ints]


def pieces(bare: Bare, policy: Policy) -> tuple[list[Piece], Ints]:
    """The components that hold a primary cell, and the primary cells that nothing can protect."""
    may, must = movable(bare, policy), primary(bare, policy)
    group, pinned = _merge(bare.equations, may)
    hopeless = np.flatnonzero(must & pinned)
    free = may & ~pinned
    columns, place = np.unique(group[free], return_inverse=True)
    cells = np.flatnonzero(free)
    joined = sparse.csr_array((np.ones(len(cells)), (cells, place)), shape=(len(bare), len(columns)))
    matrix = _distinct((bare.equations @ joined).tocsr())
    slack = np.minimum(bare.values - np.minimum(lower(bare, policy), bare.values), FAR)
    down = np.full(len(columns), FAR)
    np.minimum.at(down, place, slack[cells])
    cost: Floats = np.bincount(place, np.where(must[cells], 0.0, bare.cost[cells]), len(columns)).astype(np.float64)
    fixed = np.bincount(place, must[cells], len(columns)) > 0
    behind = [cells[part] for part in _split(place, len(columns))]
    rests = [] if policy.small_sums else _rests(bare, policy, must, free, group, columns)
    if any(not len(columns) for columns, _, _ in rests):
        hopeless = np.flatnonzero(must)
    made = _components(matrix, rests, down, cost, fixed, behind)
    return [piece for piece in made if piece.primary.any()], hopeless


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


def _rests(
    bare: Bare, policy: Policy, must: Flags, free: Flags, group: Ints, columns: Ints
) -> list[tuple[Ints, Floats, float]]:
    """For every sum whose primary parts come to 1..threshold: what more must be hidden."""
    found = []
    place = {int(column): at for at, column in enumerate(columns)}
    rows = bare.equations
    for start, end in zip(rows.indptr[:-1], rows.indptr[1:], strict=True):
        cells, signs = rows.indices[start:end], np.sign(rows.data[start:end])
        for sign in (1, -1):
            here = signs == sign
            rest = int(bare.values[cells[here & must[cells]]].sum())
            if not 1 <= rest <= policy.threshold or must[cells[~here]].any():
                continue
            least = float(policy.threshold + 1 - rest)
            weights: dict[int, float] = {}
            for cell, same in zip(cells, here, strict=True):
                if free[cell] and not must[cell]:
                    column = place[int(group[cell])]
                    weight = min(float(bare.values[cell]), least) if same else least
                    weights[column] = min(weights.get(column, 0.0) + weight, least)
            found.append((np.array(list(weights), dtype=np.int64), np.array(list(weights.values())), least))
    return found


def _split(label: Ints, count: int) -> list[Ints]:
    order = np.argsort(label, kind="stable")
    return np.split(order, np.searchsorted(label[order], np.arange(1, count)))


def _components(
    matrix: sparse.csr_array, rests: list[Any], down: Floats, cost: Floats, fixed: Flags, behind: list[Ints]
) -> list[Piece]:
    linked = [(columns[0], column) for columns, _, _ in rests for column in columns[1:]]
    ties = np.array(linked, dtype=np.int64).reshape(-1, 2)
    extra = sparse.csr_array((np.ones(len(ties)), (ties[:, 0], ties[:, 1])), shape=(len(down), len(down)))
    count, label = connected_components((abs(matrix).T @ abs(matrix)) + extra, directed=False)
    row_label = label[matrix.indices[matrix.indptr[:-1]]] if matrix.shape[0] else np.zeros(0, dtype=np.int64)
    rows, parts, within = _split(row_label, count), _split(label, count), np.zeros(len(label), dtype=np.int64)
    made = []
    for part in parts:
        within[part] = np.arange(len(part))
    for own_rows, part in zip(rows, parts, strict=True):
        own = set(part.tolist()) if rests else set()
        mine = [
            (within[columns], weights, least) for columns, weights, least in rests if columns.size and columns[0] in own
        ]
        made.append(
            Piece(
                matrix[own_rows][:, part].tocsc(),
                np.full(len(part), FAR),
                down[part],
                cost[part],
                fixed[part],
                mine,
                [behind[column] for column in part],
            )
        )
    return made
