"""A release together with all earlier ones: what somebody has who kept them.

Cells that count the same are one. What was printed stays printed, what was hidden stays hidden. Larger groups and
longer periods are tied to their parts in other releases, and events to the students behind them, who are never more.
The parts that no release prints stand between them as a rest that anybody could calculate, and that must not come out
small. A figure that was corrected since ties nothing: what an outsider may conclude from the difference of two versions
is not modelled. Where a count that was hidden has become a zero, any hidden one may have: to say which would tell it.

Hidden values of earlier releases are not kept anywhere. Where the new counts do not tell them, any whole numbers that
fit stand in: what can be worked out depends on what is printed, not on what is hidden. Which of them were small is not
known, so every one that the earlier releases kept wide must stay wide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from accord.stats import ledger
from accord.stats.audit import attack, printed
from accord.stats.bare import UNKNOWN, Bare, Flags, Floats, Ints, Need, Policy, upper
from accord.stats.completion import UNTOLD, completed, nothing_in_nothing, open_cells
from accord.stats.counts import PERIOD, behind_of
from accord.stats.hierarchies import Hierarchy
from accord.stats.ledger import Key, Release
from accord.stats.orders import extended
from accord.stats.periods_above import standing
from accord.stats.space import Space

MEASURE = "measure"
"""Where the key of a cell says what is counted."""


@dataclass
class _Cells:
    """Cells by what they count, growing. `told` is what is known of each: a count, or UNTOLD."""

    index: dict[Key, int]
    told: list[int]
    names: list[str]

    def place(self, key: Key) -> int:
        """The cell of that key, made if there is none."""
        if key not in self.index:
            self.index[key] = len(self.told)
            self.told.append(UNTOLD)
            self.names.append("earlier: " + (", ".join(f"{name} {code}" for name, code in key) or "all"))
        return self.index[key]


def joined(space: Space, releases: Sequence[Release], hierarchies: Mapping[str, Hierarchy], policy: Policy) -> Bare:
    """The cells of a space first, as in its `bare`, then all that earlier releases add.

    Raises:
        BadInput: when no whole numbers fit the earlier releases and these counts together.
    """
    related = {space.measure, behind_of(space.measure)}
    own = [_measured(one) for one in releases if related & {one.measure, behind_of(one.measure)} - {""}]
    if not own:
        return space.bare
    bare, named = space.bare, (MEASURE, space.measure)
    placed = {_with(key, *named): at for at, key in enumerate(ledger.keys(space))}
    cells, first = _Cells(placed, bare.values.tolist(), list(bare.names)), len(bare)
    shown, starred, doubtful = _statuses(cells, own, len(space))
    rows = [row for one in own for row in _rows(cells, one)]
    rows += _ties(cells, rows + _of(bare, len(space)), hierarchies)
    orders = [row for one in own for row in _orders(cells, one, first)] + list(_behind(cells))
    equations = _matrix(bare.equations, [*rows, *orders], len(cells.told))
    least, most = _least(first, cells, starred, doubtful), _most(cells, own, bare)
    told = nothing_in_nothing(equations, np.array(cells.told), least)
    values = completed(equations, told, least, most)
    both = extended(bare, tuple(cells.names[first:]), values[first:], equations, Need.BY_COUNT)
    published, hidden = _flags(shown, len(both)), _flags(starred - shown, len(both))
    unsure = _flags(doubtful & starred, len(both))
    if (hidden & (values == 0) & ~unsure).any():
        unsure |= hidden
    both = replace(
        both,
        published=published,
        hidden=(both.hidden | hidden) & ~published,
        blank=((both.blank & ~hidden) | unsure) & ~published,
        cost=np.where(hidden | published, 0.0, both.cost),
        need=np.where(_flags({row[2] for row in orders}, len(both)), Need.NEVER, both.need),
        most=np.where(np.isinf(most), UNKNOWN, most).astype(np.int64),
    )
    unknown = open_cells(equations, told == UNTOLD) & (both.need != Need.NEVER)
    old = published | hidden | (np.arange(len(both)) >= first)
    wide = _kept_wide(both, rows, old, unknown & hidden, policy)
    return replace(both, need=np.where(unknown, np.where(wide | ~hidden, Need.ALWAYS, Need.NEVER), both.need))


def _measured(release: Release) -> Release:
    """The same release, its cells told by what is counted too."""
    named = (MEASURE, release.measure)
    return replace(
        release,
        cells={_with(key, *named): value for key, value in release.cells.items()},
        sums=tuple(tuple(_with(key, *named) for key in row) for row in release.sums),
        orders=tuple((_with(less, *named), _with(more, *named)) for less, more in release.orders),
        most={_with(key, *named): value for key, value in release.most.items()},
    )


def _statuses(cells: _Cells, releases: Sequence[Release], count: int) -> tuple[set[int], set[int], set[int]]:
    """The cells printed before, those hidden before, and those of them that may be zero; prints their values.

    A printed cell of which the count is another one now was corrected: its new count was never printed.
    """
    shown, starred, doubtful = set(), set(), set()
    for one in releases:
        for key, value in one.cells.items():
            cell = cells.place(key)
            if value is None:
                starred.add(cell)
                if not one.above_zero:
                    doubtful.add(cell)
            elif cell >= count or value == cells.told[cell]:
                shown.add(cell)
                cells.told[cell] = value
            else:
                shown.discard(cell)
    return shown, starred, doubtful


def _rows(cells: _Cells, release: Release) -> Iterator[tuple[int, ...]]:
    """The sums of a release, each total first, except those in which a figure was corrected since."""
    corrected = {
        cell
        for key, value in release.cells.items()
        if value is not None and cells.told[cell := cells.index[key]] != value
    }
    for row in release.sums:
        found = tuple(cells.index[key] for key in row)
        if corrected.isdisjoint(found):
            yield found


def _orders(cells: _Cells, release: Release, first: int) -> Iterator[tuple[int, int, int]]:
    """For pairs of which one cell is not in the new release: the greater, the lesser, and the difference."""
    for less, more in release.orders:
        pair = cells.index[more], cells.index[less]
        if max(pair) >= first:
            yield (*pair, cells.place((*more, ("less", cells.names[pair[1]]))))


def _behind(cells: _Cells) -> Iterator[tuple[int, int, int]]:
    """Events, the students behind them, who are never more, and the difference."""
    for key, events in list(cells.index.items()):
        students = behind_of(dict(key)[MEASURE])
        other = cells.index.get(_with(_without(key, MEASURE), MEASURE, students))
        if students and other is not None:
            yield events, other, cells.place((*key, ("less", students)))


def _of(bare: Bare, count: int) -> list[tuple[int, ...]]:
    """The sums of the new release, each total first."""
    rows: list[tuple[int, ...]] = []
    for start, end in zip(bare.equations.indptr[:-1], bare.equations.indptr[1:], strict=True):
        found, factors = bare.equations.indices[start:end], bare.equations.data[start:end]
        if found.max(initial=0) < count:
            rows.append((*found[factors > 0].tolist(), *found[factors < 0].tolist()))
    return rows


def _ties(
    cells: _Cells, rows: Iterable[tuple[int, ...]], hierarchies: Mapping[str, Hierarchy]
) -> list[tuple[int, ...]]:
    """Sums between releases: a larger group or longer period and its parts, where no release has that sum itself."""
    trees = {**hierarchies}
    if PERIOD not in trees and (tree := standing(dict(key).get(PERIOD, "") for key in cells.index)):
        trees[PERIOD] = tree
    names = {cell: key for key, cell in cells.index.items()}
    done = {(row[0], _apart(names[row[0]], names[row[1]])) for row in rows if len(row) > 1}
    found: list[tuple[int, ...]] = []
    for dimension, tree in trees.items():
        lines: dict[Key, set[str]] = defaultdict(set)
        for key in cells.index:
            code = dict(key).get(dimension, "")
            if code in tree.parents or code in tree.children:
                lines[_without(key, dimension)].add(code)
        for others, codes in lines.items():
            found += _line(cells, others, dimension, tree, codes, done)
    return found


def _line(
    cells: _Cells, others: Key, dimension: str, tree: Hierarchy, codes: set[str], done: set[tuple[int, str]]
) -> Iterator[tuple[int, ...]]:
    """The sums along one dimension, all else the same, over the codes that some release tells of."""
    reached = {group for code in codes for group in tree.above(code)} | codes
    for group in tree.groups:
        below = [code for code in tree.children[group] if code in reached]
        above_known = group in codes or any(one in codes for one in tree.above(group))
        if not below or not above_known:
            continue
        total = cells.place(_with(others, dimension, group))
        if (total, dimension) in done:
            continue
        parts = [cells.place(_with(others, dimension, code)) for code in below]
        if len(below) < len(tree.children[group]):
            parts.append(cells.place(_with(others, dimension, f"rest of {group}")))
        yield (total, *parts)


def _without(key: Key, dimension: str) -> Key:
    return tuple(part for part in key if part[0] != dimension)


def _with(key: Key, dimension: str, code: str) -> Key:
    return tuple(sorted((*key, (dimension, code))))


def _apart(one: Key, other: Key) -> str:
    """The dimension in which two cells differ."""
    return next((name for name, _ in sorted({*one} ^ {*other})), "")


def _matrix(old: sparse.csr_array, rows: Iterable[tuple[int, ...]], count: int) -> sparse.csr_array:
    """Some equations and, once each, further sums, each total first."""
    seen = {tuple(sorted(old.indices[a:b].tolist())) for a, b in zip(old.indptr[:-1], old.indptr[1:], strict=True)}
    new = [row for row in {tuple(sorted(row)): row for row in rows}.items() if row[0] not in seen]
    spots = [(at, cell) for at, (_, row) in enumerate(new) for cell in row]
    factors = [1.0 if not place else -1.0 for _, row in new for place in range(len(row))]
    wide = sparse.csr_array((old.data, old.indices, old.indptr), shape=(old.shape[0], count))
    if not new:
        return wide
    at, cell = zip(*spots, strict=True)
    more = sparse.csr_array((factors, (at, cell)), shape=(len(new), count))
    return sparse.csr_array(sparse.vstack([wide, more], format="csr"))


def _least(first: int, cells: _Cells, starred: set[int], doubtful: set[int]) -> Ints:
    """The least value of each cell that is not told: 1 under a star where zeros were printed."""
    least = np.zeros(len(cells.told), dtype=np.int64)
    sure = np.array(sorted(cell for cell in starred - doubtful if cell >= first), dtype=np.int64)
    least[sure] = 1
    return least


def _most(cells: _Cells, releases: Sequence[Release], bare: Bare) -> Floats:
    """What each cell cannot be above, as the new release and the earlier ones have it; infinite where none does.

    An enrollment that a count exceeds was corrected since, and tells nothing.
    """
    most = np.full(len(cells.told), np.inf)
    most[: len(bare)] = upper(bare)
    for one in releases:
        for key, value in one.most.items():
            if value >= cells.told[cell := cells.index[key]]:
                most[cell] = min(most[cell], value)
    return most


def _flags(cells: set[int], count: int) -> Flags:
    flags = np.zeros(count, dtype=np.bool_)
    flags[sorted(cells)] = True
    return flags


def _kept_wide(both: Bare, rows: Sequence[tuple[int, ...]], old: Flags, watched: Flags, policy: Policy) -> Flags:
    """The hidden cells of earlier releases that kept enough values until now."""
    if not watched.any():
        return watched
    earlier = [row for row in rows if old[list(row)].all()]
    alone = replace(both, equations=_matrix(sparse.csr_array((0, len(both))), earlier, len(both)))
    shown = printed(alone, both.hidden & old, frozenset(("a0", "a1", "a2")))
    need = np.clip(shown.high - shown.low + 1, 2, policy.width).astype(np.int64)
    wide: Flags = watched & (attack(shown, need=need, watched=watched).widths >= need)
    return wide
