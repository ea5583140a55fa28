"""Which figures to hide so that nobody can work out a small one.

The outsider knows every printed figure, all sums, that counts are whole numbers, that a hidden figure is at least 1
where zeros are printed, that no outcome is more frequent than the contacts of its group, and the public enrollment. A
pattern is safe when for every hidden figure at least `width` different values remain possible, and no printed sum
gives away that the hidden figures under it come to 1..threshold together. Possible means proved: for both ends there
is a whole table of whole numbers that fits all that is printed.

Sources: the attacker's problem as in Fischetti and Salazar 2001, doi 10.1287/mnsc.47.7.1008.9805; the repair by a
cheapest circuit is a heuristic, so the pattern is safe but not proved minimal.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accord.stats.cells import Problem
from accord.stats.outsider import Outsider


class Unsafe(Exception):  # noqa: N818
    """No safe pattern was found. `cells` are the indexes that stay recoverable; nothing may be published."""

    def __init__(self, cells: Iterable[int]) -> None:
        self.cells = tuple(sorted(cells))
        super().__init__(f"{len(self.cells)} figures would stay recoverable")


@dataclass(frozen=True)
class Pattern:
    """The cells to hide, as indexes into the problem's cells, and how many linear programs it took."""

    hidden: frozenset[int]
    solved: int


def protect(problem: Problem, *, threshold: int = 10, width: int = 5, keep: Iterable[int] = ()) -> Pattern:
    """Choose the cells to hide: the primary ones, and as few and as small others as the search finds.

    Args:
        threshold: counts from 1 to this are hidden.
        width: how many values must stay possible for every hidden cell.
        keep: cells that must be shown whatever it costs elsewhere.

    Raises:
        Unsafe: when that cannot be had, which happens only if `keep` forbids it.
    """
    movable = problem.movable - (frozenset(keep) - problem.primary)
    outsider = Outsider(problem, width)
    hidden = _close(problem, problem.primary, movable, threshold)
    while (cell := outsider.first_narrow(hidden)) is not None:
        more = outsider.repair(cell, hidden, movable) - hidden or movable - hidden
        if not more:
            raise Unsafe({cell})
        hidden = _close(problem, hidden | more, movable, threshold)
    return Pattern(_thin_out(problem, outsider, hidden, threshold), outsider.solved)


def given_away(problem: Problem, hidden: frozenset[int], threshold: int) -> tuple[int, tuple[int, ...]] | None:
    """The first printed sum under which the hidden figures come to 1..threshold together (or to a hidden zero)."""
    for parent, children in problem.sums:
        under = [child for child in children if child in hidden]
        if under and parent not in hidden and sum(problem.values[child] for child in under) <= threshold:
            return parent, children
    return None


def _close(problem: Problem, hidden: frozenset[int], movable: frozenset[int], threshold: int) -> frozenset[int]:
    """Hide the cheapest further figure under every printed sum that gives a small rest away, else the sum itself."""
    while found := given_away(problem, hidden, threshold):
        parent, children = found
        choices = [child for child in children if child in movable and child not in hidden and problem.values[child]]
        if not choices and parent not in movable:
            raise Unsafe(child for child in children if child in hidden)
        hidden |= {min(choices, key=lambda i: (problem.cost[i], i), default=parent)}
    return hidden


def _thin_out(problem: Problem, outsider: Outsider, hidden: frozenset[int], threshold: int) -> frozenset[int]:
    """Show again, dearest first, every figure whose hiding turns out not to be needed."""
    for i in sorted(hidden - problem.primary, key=lambda i: (-problem.cost[i], i)):
        fewer = hidden - {i}
        if given_away(problem, fewer, threshold) is None and outsider.first_narrow(fewer) is None:
            hidden = fewer
    return hidden
