"""Which figures of an edition to hide so that nobody can work out a small one.

The outsider knows every printed figure, all sums, that counts are whole numbers, that a hidden figure is at least 1
where zeros are printed, that no outcome is more frequent than the contacts of its group, and the public enrollment. A
pattern is safe when for every hidden figure, small or not, at least `width` different values remain possible, and no
printed sum gives away that the hidden figures under it come to 1..threshold together.

The search is that of every release (`pattern`); the edition is told to it as bare cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy import sparse

from accord.stats import pattern
from accord.stats.audit import narrow
from accord.stats.bare import UNKNOWN, Bare, Flags, Ints, Need, Policy, primary, small_sums
from accord.stats.cells import Problem

SECONDS = 60.0
"""More than enough: a report of 200 schools takes half a second. The same rows give the same bytes because the search
ends by proof, not by the clock."""


class Unsafe(Exception):  # noqa: N818
    """No safe pattern was found. `cells` are the indexes that stay recoverable; nothing may be published."""

    def __init__(self, cells: Iterable[int]) -> None:
        self.cells = tuple(sorted(cells))
        super().__init__(f"{len(self.cells)} figures would stay recoverable")


def protect(problem: Problem, *, threshold: int = 10, width: int = 5, keep: Iterable[int] = ()) -> frozenset[int]:
    """The figures to hide, as indexes into the problem's cells: the primary ones, and others at the least cost.

    The least cost at which every primary figure is safe is proved. Where that leaves another hidden figure too few
    values, it is protected like a primary one, and what is not needed in the end is shown again.

    Args:
        threshold: counts from 1 to this are hidden.
        width: how many values must stay possible for every hidden figure.
        keep: figures that must be shown whatever it costs elsewhere, unless they are primary.

    Raises:
        Unsafe: when that cannot be had, which happens only if `keep` forbids it.
    """
    release, policy = bare(problem, threshold, keep), Policy(threshold=threshold, width=width, small_sums=False)
    also = np.zeros(len(release), dtype=np.bool_)
    while True:
        watched = replace(release, need=np.where(also, Need.ALWAYS, release.need))
        found = _searched(watched, policy)
        more = _narrow(release, found.hidden, policy, besides=found.primary)
        if not len(more):
            break
        also[more] = True
    hidden = _thinned_out(release, found.hidden, policy) if also.any() else found.hidden
    return frozenset(np.flatnonzero(hidden[: len(problem.cells)]).tolist())


def bare(problem: Problem, threshold: int, keep: Iterable[int] = ()) -> Bare:
    """The figures as bare cells, in their order; after them three that everybody knows, and one for each order.

    An order is a sum with a difference that nobody prints. The rule on small sums speaks of parts under a total, not of
    differences, such as the contacts that did not end in an arrest: so two equal figures that everybody knows stand in
    each order, one on either side, and nothing is ever the only hidden cell there.
    """
    count, known = len(problem.cells), threshold + 1
    printed, left, right, first = range(count, count + 4)
    rows = [{parent: -1.0} | dict.fromkeys(children, 1.0) for parent, children in problem.sums]
    rows += [{printed: 1.0, one: -1.0} for one in (left, right)]
    for at, (less, more) in enumerate(problem.order, first):
        rows.append({more: 1.0, less: -1.0, at: -1.0, left: 1.0, right: -1.0})
    differences = [problem.values[more] - problem.values[less] for less, more in problem.order]
    values = np.array([*problem.values, known, known, known, *differences], dtype=np.int64)
    size = len(values)
    least = np.array([*problem.lower, *[0] * (size - count)])
    return Bare(
        names=tuple(str(at) for at in range(size)),
        values=values,
        denominators=np.full(size, UNKNOWN),
        cost=np.array([*problem.cost, *[0.0] * (size - count)]),
        equations=_matrix(rows, size),
        published=_flags(size, [printed, *(frozenset(keep) - problem.primary)]),
        hidden=_flags(size, range(left, size)),
        blank=least == 0,
        need=_needs(size, problem.primary, count),
    )


def _needs(size: int, always: Iterable[int], count: int) -> Ints:
    """Primary figures must keep their values, whatever they are; cells after the first `count` are no figures."""
    needs = np.full(size, Need.BY_COUNT.value)
    needs[list(always)], needs[count:] = Need.ALWAYS, Need.NEVER
    return needs


def _flags(size: int, at: Iterable[int]) -> Flags:
    flags = np.zeros(size, dtype=np.bool_)
    flags[list(at)] = True
    return flags


def _matrix(rows: Sequence[Mapping[int, float]], size: int) -> sparse.csr_array:
    row = np.repeat(np.arange(len(rows)), [len(one) for one in rows])
    column, factor = [at for one in rows for at in one], [factor for one in rows for factor in one.values()]
    return sparse.csr_array((factor, (row, column)), shape=(len(rows), size))


def _searched(release: Bare, policy: Policy) -> pattern.Pattern:
    try:
        return pattern.protect(release, policy, seconds=SECONDS)
    except pattern.Unsafe as error:
        cells = map(int, error.cells)
        raise Unsafe(at for at in cells if release.need[at] != Need.NEVER) from error


def _narrow(release: Bare, hidden: Flags, policy: Policy, *, besides: Flags | bool = False) -> Ints:
    """The hidden figures, small or not, that keep fewer values than the policy asks for; some need no look."""
    return narrow(release, hidden, hidden & (release.need != Need.NEVER) & ~np.asarray(besides), policy)


def _thinned_out(release: Bare, hidden: Flags, policy: Policy) -> Flags:
    """Show again, dearest first, every figure whose hiding turns out not to be needed."""
    more = np.flatnonzero(hidden & ~primary(release, policy) & (release.need != Need.NEVER))
    for at in sorted(more.tolist(), key=lambda at: (-release.cost[at], at)):
        fewer = hidden.copy()
        fewer[at] = False
        if not len(small_sums(release, fewer, policy)) and not len(_narrow(release, fewer, policy)):
            hidden = fewer
    return hidden
