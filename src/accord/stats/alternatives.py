"""What else could be published in place of a table with hidden counts, and how much of it would survive?

Coarser groups, whose small counts are hidden in turn; bands; counts rounded to 5. Each is measured on one scale
(`survival`). A Board weighs them; nothing here chooses. A release that cannot be protected at all gets its proposals
from `coarsenings`.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from accord.decision import BadInput
from accord.stats.bare import Bare, Flags, Policy, primary
from accord.stats.coarser import Coarser, Step, coarsened, steps
from accord.stats.layout import Layout, layout
from accord.stats.pattern import Unsafe, protect
from accord.stats.rounding import BASE, banded, rounded
from accord.stats.survival import Survives, detail, near

_OF_ONE = 2
"""Proposals of one dimension before those of others come in."""

Search = Callable[[Bare, Policy, float], Flags]
"""Finds what to hide in about so many seconds. Raises `Unsafe` when nothing safe was found."""


@dataclass(frozen=True, eq=False)
class Proposal:
    """A coarser release that can be protected.

    Attributes:
        words: what is merged or left out.
        bare: the release.
        hidden: a safe pattern for it.
        survives: what readers get. `gain` is the detail it keeps beyond the release as it is (0 where that has no
            safe pattern).
        primary: counts that must be hidden, of those of the release as it is `before`.
    """

    words: str
    bare: Bare
    hidden: Flags
    survives: Survives
    gain: float
    primary: int
    before: int


@dataclass(frozen=True)
class Alternative:
    """One way to publish the same counts. `survives` is None where it cannot be done, and `why` says so."""

    way: str
    words: str
    survives: Survives | None
    why: str = ""


def search(bare: Bare, policy: Policy, seconds: float) -> Flags:
    """The usual search."""
    return protect(bare, policy, seconds=seconds).hidden


def coarsenings(
    bare: Bare,
    policy: Policy,
    *,
    axes: Sequence[str] = (),
    seconds: float = 30.0,
    most: int = 5,
    find: Search = search,
    hidden: Flags | None = None,
) -> list[Proposal]:
    """Coarser releases that can be protected and still tell something, the one that keeps most detail first.

    All are weighed by what would survive if small counts alone were hidden; the best are searched for a safe pattern.

    Args:
        bare: the release. Dimensions are read from the names of its cells; without any there is nothing to merge.
        policy: what must be hidden.
        axes: names of the dimensions.
        seconds: for all searches together.
        most: how many are searched and given.
        find: the search.
        hidden: a safe pattern of the release as it is, None where none was found.
    """
    fine = layout(bare, axes)
    now = detail(fine, Coarser(bare, {}).printed(hidden)) if hidden is not None else 0.0
    ends = time.monotonic() + seconds
    ranked = _best(_candidates(fine, policy), most)
    found = []
    for at, (_, step, made) in enumerate(ranked):
        left = max(0.0, ends - time.monotonic()) / (len(ranked) - at)
        try:
            away = find(made.bare, policy, left)
        except Unsafe:
            continue
        survives = _survives(fine, made, away, policy)
        if not survives.detail:
            continue
        small, before = (int(primary(one, policy).sum()) for one in (made.bare, bare))
        found.append(Proposal(step.words, made.bare, away, survives, survives.detail - now, small, before))
    return sorted(found, key=lambda one: -one.survives.detail)


Candidate = tuple[float, Step, Coarser]


def _candidates(fine: Layout, policy: Policy) -> list[Candidate]:
    """Every step that leaves fewer small counts, with the detail that survives when those alone are hidden."""
    found = []
    before = primary(fine.bare, policy).sum()
    for step in steps(fine):
        made = coarsened(fine, step)
        if made and (small := primary(made.bare, policy)).sum() < before:
            found.append((detail(fine, made.printed(small)), step, made))
    return found


def _best(candidates: Iterable[Candidate], most: int) -> list[Candidate]:
    """Those that keep most, no more than two of one dimension while there are others."""
    ranked = sorted(candidates, key=lambda one: -one[0])
    seen: Counter[int] = Counter()
    first: list[Candidate] = []
    later: list[Candidate] = []
    for one in ranked:
        seen[one[1].axis] += 1
        (first if seen[one[1].axis] <= _OF_ONE else later).append(one)
    return [*first, *later][:most]


def _survives(fine: Layout, made: Coarser, hidden: Flags, policy: Policy) -> Survives:
    printed = made.printed(hidden)
    told = [codes is not None and codes not in made.moved and printed(codes) is not None for codes in fine.at]
    exact = near(fine, np.where(told, fine.bare.values, 0), fine.bare.values)
    shown = int((~hidden & ~made.bare.blank).sum())
    return Survives(int((~fine.bare.blank).sum()), shown, detail(fine, printed), exact, 0, policy.width)


def alternatives(
    bare: Bare,
    policy: Policy,
    *,
    hidden: Flags | None,
    axes: Sequence[str] = (),
    seconds: float = 30.0,
    most: int = 5,
    find: Search = search,
) -> list[Alternative]:
    """Every way to publish these counts: with some hidden (None: no safe pattern was found), coarser, banded, rounded.

    The arguments are those of `coarsenings`.
    """
    fine = layout(bare, axes)
    told = [_hidden(fine, policy, hidden)]
    for one in coarsenings(bare, policy, axes=axes, seconds=seconds, most=most, find=find, hidden=hidden):
        told.append(Alternative("coarser", one.words, one.survives))
    return [*told, _banded(fine, policy), _rounded(fine)]


def _hidden(fine: Layout, policy: Policy, hidden: Flags | None) -> Alternative:
    words = "as they are, small counts and what gives them away hidden"
    if hidden is None:
        return Alternative("hidden", words, None, "no safe pattern was found")
    return Alternative("hidden", words, _survives(fine, Coarser(fine.bare, {}), hidden, policy))


def _banded(fine: Layout, policy: Policy) -> Alternative:
    words = "bands in place of numbers, totals from the ends of the bands"
    try:
        bands = banded(fine, policy)
    except BadInput as error:
        return Alternative("bands", words, None, str(error))
    off = np.maximum(fine.bare.values - bands.low, bands.high - fine.bare.values)
    count = len(fine.bare)
    close = near(fine, bands.low, bands.high)
    return Alternative("bands", words, Survives(count, count, 1.0, close, int(off.max()), policy.threshold))


def _rounded(fine: Layout) -> Alternative:
    words = f"every finest count rounded to a multiple of {BASE}, totals from the rounded counts"
    try:
        figures = rounded(fine, BASE)
    except BadInput as error:
        return Alternative("rounded", words, None, str(error))
    off = int(np.abs(figures.values - fine.bare.values).max(initial=0))
    count = len(fine.bare)
    ends = figures.values - (BASE - 1), figures.values + (BASE - 1)
    return Alternative("rounded", words, Survives(count, count, 1.0, near(fine, *ends), off, BASE))


def words(found: Sequence[Alternative]) -> str:
    """The alternatives as a table for the terminal."""
    lines = [f"{'way':8} {'printed':>15} {'detail':>7} {'near':>6} {'off by':>7} {'values':>7}  what"]
    for one in found:
        if one.survives is None:
            lines.append(f"{one.way:8} {'-':>15} {'-':>7} {'-':>6} {'-':>7} {'-':>7}  {one.words}: {one.why}")
            continue
        of = f"{one.survives.printed:,} of {one.survives.cells:,}"
        lines.append(
            f"{one.way:8} {of:>15} {one.survives.detail:>7.1%} {one.survives.near:>6.1%} {one.survives.off_by:>7,} "
            f"{one.survives.least:>7}  {one.words}"
        )
    return "\n".join([*lines, "", *_KEY]) + "\n"


_KEY = (
    "printed: figures printed, of those of the finest release. detail: how much of where an event lies is still told.",
    "near: events whose finest count is told exactly or within a tenth. off by: the most a figure is off.",
    "values: how many whole numbers stay possible for every small count.",
)


def proposed(found: Sequence[Proposal]) -> str:
    """The proposals in words, the one that keeps most first; what to do when there is none."""
    if not found:
        return "No coarser release was found that can be protected. Publish fewer columns together.\n"
    lines = [
        f"  {one.words}: {one.primary:,} small counts instead of {one.before:,}, {one.survives.printed:,} of "
        f"{len(one.bare):,} figures printed, {one.survives.detail:.0%} of the detail"
        for one in found
    ]
    head = "These coarser releases can be protected, as far as no earlier release stands against them:"
    return "\n".join([head, *lines]) + "\n"
