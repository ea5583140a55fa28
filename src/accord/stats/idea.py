"""May a risk ratio be calculated, against whom, and is a district over the line? The decision of 34 CFR 300.647.

A group is compared with all other groups of its district. Where those others are too few, with all others of the State
(alternate risk ratio). Where the group itself or the State's others are too few, there is no ratio. What is not
calculated is a value of its own that says what was there and what was needed: never 0, never silently None.

A State sets the sizes, the threshold and what counts as progress; they come in as `Minimums` and arguments
(`accord.stats.presets` holds some). This decides nothing about why a ratio is high.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise


@dataclass(frozen=True)
class Count:
    """Students with the outcome (`events`, each once) among the `students` who could have had it."""

    events: int
    students: int

    @property
    def risk(self) -> float | None:
        """Share with the outcome; None without students."""
        return self.events / self.students if self.students else None


@dataclass(frozen=True)
class Minimums:
    """Smallest cell (students with the outcome) and n (students) for which a ratio is calculated.

    `either_fails` is the reading that a group is too small when one of the two falls short; without it, as some notices
    are worded, only when both do.
    """

    cell: int = 0
    n: int = 0
    either_fails: bool = True

    def short(self, count: Count) -> NotCalculated | None:
        """What falls short, n before cell; None where the group is large enough."""
        few = [
            NotCalculated(have, needed, word)
            for have, needed, word in (
                (count.students, self.n, "enrolled"),
                (count.events, self.cell, "with the outcome"),
            )
            if have < needed
        ]
        return few[0] if few and (self.either_fails or len(few) == 2) else None


@dataclass(frozen=True)
class NotCalculated:
    """Why there is no ratio: how many there were of what, how many were needed, and where ("" is the group itself)."""

    have: int
    needed: int
    what: str
    where: str = ""

    def __str__(self) -> str:
        place = f" {self.where}" if self.where else ""
        return f"not calculated: {self.have} {self.what}{place}, {self.needed} needed"


@dataclass(frozen=True)
class Missing:
    """Why there is no ratio when no size is short: what is not known or cannot be divided by."""

    why: str

    def __str__(self) -> str:
        return f"not calculated: {self.why}"


class Against(StrEnum):
    """Whom a ratio compares with."""

    DISTRICT = "risk_ratio"
    STATE = "alternate_risk_ratio"


@dataclass(frozen=True)
class Ratio:
    """A ratio that may be calculated, and whom it compares with. `because` tells why the State stands in."""

    value: float
    against: Against
    because: NotCalculated | Missing | None = None


Answer = Ratio | NotCalculated | Missing


def decide(group: Count, others: Count, state_others: Count | None, sizes: Minimums) -> Answer:
    """The ratio of a group, or why there is none (34 CFR 300.647(a), (b)(3), (c)).

    `others` are all other groups of the district, `state_others` all other groups of the State, None if not known.
    """
    if short := sizes.short(group):
        return short
    if group.risk is None:
        return Missing("nobody is enrolled")
    lacking = _lacking(others, sizes, "in the comparison group")
    if lacking is None:
        return Ratio(_over(group, others), Against.DISTRICT)
    if state_others is None:
        return lacking
    found = alternate(group, state_others, sizes)
    return replace(found, because=lacking) if isinstance(found, Ratio) else found


def alternate(group: Count, state_others: Count, sizes: Minimums) -> Answer:
    """The ratio to all other groups of the State, or why there is none, whether or not it is called for."""
    if short := sizes.short(group):
        return short
    if group.risk is None:
        return Missing("nobody is enrolled")
    short_there = _lacking(state_others, sizes, "in the State's comparison group")
    return short_there or Ratio(_over(group, state_others), Against.STATE)


def _lacking(others: Count, sizes: Minimums, where: str) -> NotCalculated | Missing | None:
    if short := sizes.short(others):
        return NotCalculated(short.have, short.needed, short.what, where)
    return None if others.risk else Missing(f"no student with the outcome {where}")


def _over(group: Count, others: Count) -> float:
    """Ratio of two risks, divided once so that equal risks give exactly 1."""
    return (group.events * others.students) / (group.students * others.events)


def pooled(years: Iterable[Count]) -> Count:
    """Several years as one: outcomes and students are each summed, so a student enrolled in two years counts twice."""
    years = tuple(years)
    return Count(sum(year.events for year in years), sum(year.students for year in years))


@dataclass(frozen=True)
class Standing:
    """Where a district stands after some years. `over` is one answer a year, None where there is no ratio."""

    over: tuple[bool | None, ...]
    progress: bool | None
    significant: bool


def standing(years: Sequence[Answer], *, threshold: float, consecutive: int = 3, fall: float | None = None) -> Standing:
    """Is a group significantly disproportionate after these years, oldest first (34 CFR 300.647(d))?

    It is when the ratio was over the threshold in each of the last `consecutive` years. A year without a ratio is not
    over it. `fall` is the drop in each of the two last steps that the State calls reasonable progress; where it is
    given and was reached, the group is not significant. Without it the State has not decided, and progress is None.
    """
    if consecutive < 1:
        raise ValueError("at least one year is looked at")
    last = years[-consecutive:]
    over = tuple(year.value > threshold if isinstance(year, Ratio) else None for year in last)
    reached = None if fall is None else _fell(years[-3:], fall)
    every = len(last) == consecutive and all(over)
    return Standing(over, reached, every and not reached)


def _fell(years: Sequence[Answer], fall: float) -> bool:
    """Whether the ratio dropped by at least `fall` (and dropped at all) in each of two steps, on one comparison."""
    values = [year.value for year in years if isinstance(year, Ratio)]
    sides = {year.against for year in years if isinstance(year, Ratio)}
    if len(values) < 3 or len(sides) > 1:
        return False
    return all(before - after >= fall and before > after for before, after in pairwise(values))
