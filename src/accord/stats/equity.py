"""Every group of a table held against the others: what each measure is, how sure it is, and where it is not defined.

Risk counts students, each once; volume counts events. Where a table gives both, risks and tests use the students and
only the rate per 1,000 and the repeat rate use the events. What is not defined is None and `status` says why. A high
ratio is a reason to look, not a finding of discrimination.

Sources: 34 CFR 300.647 for the ratios; the intervals and tests are named in `intervals` and `exact`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from accord.stats import exact, intervals, rates
from accord.stats.idea import Against, Answer, Count, Minimums, NotCalculated, Ratio, alternate, decide, pooled

ALL_OTHERS = "all-others"
"""The reference that is every other group of the table together."""

ALPHA = 0.05
"""The level of a test that an interval of 95 percent goes with."""


@dataclass(frozen=True)
class Row:
    """One group: events, students enrolled, students with an event (None: each event is another student).

    `state` is the same group in the whole State; `state_others` all other groups there, when only their sum is known.
    `rest` is everybody who is not in the group, for groups that overlap: there the other rows are not the others.
    """

    group: str
    events: int
    students: int
    unduplicated: int | None = None
    state: Count | None = None
    state_others: Count | None = None
    rest: Count | None = None

    @property
    def count(self) -> Count:
        """Students with the outcome among the enrolled."""
        return Count(self.events if self.unduplicated is None else self.unduplicated, self.students)


@dataclass(frozen=True)
class Measures:
    """One group's figures. Risks, differences and shares are fractions; `ci_low` and `ci_high` bound the risk ratio.

    `composition` is the group's part of all outcomes, `share` its part of all students, `index` one over the other.
    `equal_at` is the number of students with the outcome at which the risks were the same. Of an interval without an
    upper end `ci_high` is infinite. `x` and `n` are None for a group of which they are not known.
    """

    group: str
    x: int | None
    n: int | None
    risk: float | None = None
    risk_low: float | None = None
    risk_high: float | None = None
    composition: float | None = None
    share: float | None = None
    index: float | None = None
    rate_per_1000: float | None = None
    repeat_rate: float | None = None
    risk_ratio: float | None = None
    ci_low: float | None = None
    ci_high: float | None = None
    method: str | None = None
    alt_risk_ratio: float | None = None
    risk_difference: float | None = None
    difference_low: float | None = None
    difference_high: float | None = None
    equal_at: float | None = None
    p_value: float | None = None
    p_adjusted: float | None = None
    status: str = ""
    alt_low: float | None = None
    alt_high: float | None = None


@dataclass(frozen=True)
class Way:
    """How groups are compared.

    Attributes:
        reference: `all-others`, or the group that all are compared with.
        sizes: smallest cell and n; without them every ratio that is defined is given.
        method: interval of the ratio: score, katz or exact.
    """

    reference: str = ALL_OTHERS
    sizes: Minimums = field(default_factory=Minimums)
    method: str = "score"


def measure(rows: Sequence[Row], way: Way = Way(), *, several: Sequence[Row] = ()) -> list[Measures]:
    """Hold every group against all others, or against one group, and adjust the tests for their number (Holm).

    Args:
        rows: one for each group; no student is in two of them.
        way: whom to compare with, from which sizes on, with which interval.
        several: the same groups over several years together, for those that are too small in the newest alone.
    """
    found = [_one(row, rows, several, way) for row in rows]
    adjusted = exact.holm([one.p_value for one in found])
    return [replace(one, p_adjusted=p) for one, p in zip(found, adjusted, strict=True)]


def answer(row: Row, rows: Sequence[Row], way: Way = Way()) -> Answer:
    """The ratio of one group that the rule of minimum sizes gives, or why there is none."""
    return decide(row.count, *compared_with(row, rows, way.reference), way.sizes)


def _one(row: Row, rows: Sequence[Row], several: Sequence[Row], way: Way) -> Measures:
    found = _held(row, rows, way)
    longer = next((one for one in several if one.group == row.group), None)
    if longer is None or row.group == way.reference or not isinstance(answer(row, rows, way), NotCalculated):
        return found
    again = _held(longer, several, way)
    if isinstance(answer(longer, several, way), Ratio):
        return replace(again, status=f"{again.status} over several years ({found.status} in the newest alone)")
    return replace(found, status=f"{found.status}; over several years {again.status}")


def _held(row: Row, rows: Sequence[Row], way: Way) -> Measures:
    mine = row.count
    alone = _alone(row, pooled((mine, row.rest)) if row.rest else pooled(other.count for other in rows))
    if row.group == way.reference:
        return replace(alone, risk_ratio=1.0 if mine.risk else None, status="reference")
    others, state_others = compared_with(row, rows, way.reference)
    found = decide(mine, others, state_others, way.sizes)
    state = alternate(mine, state_others, way.sizes) if state_others else None
    alone = replace(
        alone,
        risk_ratio=found.value if isinstance(found, Ratio) and found.against is Against.DISTRICT else None,
        status=_said(found),
    )
    if isinstance(state, Ratio) and state_others:
        low, high = _ends(
            intervals.RATIO[way.method](mine.events, mine.students, state_others.events, state_others.students)
        )
        alone = replace(alone, alt_risk_ratio=state.value, alt_low=low, alt_high=high)
    if way.sizes.short(mine) or way.sizes.short(others) or not mine.students or not others.students:
        return alone
    return _explained(_compared(alone, mine, others, way.method))


def compared_with(row: Row, rows: Sequence[Row], reference: str) -> tuple[Count, Count | None]:
    """Those that a row is compared with, in the district and in the State (None where a row lacks its State count)."""
    if row.rest and reference == ALL_OTHERS:
        return row.rest, row.state_others
    against = [other for other in rows if other is not row and reference in (ALL_OTHERS, other.group)]
    state = [other.state for other in against if other.state is not None]
    summed = pooled(state) if state and len(state) == len(against) else None
    return pooled(other.count for other in against), row.state_others or summed


def _alone(row: Row, whole: Count) -> Measures:
    """What a group's own counts and its part of the whole tell."""
    mine = row.count
    low, high = _ends(intervals.risk(mine.events, mine.students))
    composition, share = rates.risk(mine.events, whole.events), rates.risk(mine.students, whole.students)
    return Measures(
        group=row.group,
        x=mine.events,
        n=mine.students,
        risk=mine.risk,
        risk_low=low,
        risk_high=high,
        composition=composition,
        share=share,
        index=composition / share if composition is not None and share else None,
        rate_per_1000=rates.rate_per_1000(row.events, row.students),
        repeat_rate=repeat_rate(row.events, row.unduplicated),
    )


def _compared(alone: Measures, mine: Count, others: Count, method: str) -> Measures:
    """The same with what the comparison with the district's others adds."""
    four = (mine.events, mine.students, others.events, others.students)
    other_risk = others.events / others.students
    low, high = _ends(intervals.RATIO[method](*four))
    difference_low, difference_high = _ends(intervals.difference_score(*four))
    return replace(
        alone,
        ci_low=low,
        ci_high=high,
        method=None if low is None else method,
        risk_difference=mine.events / mine.students - other_risk,
        difference_low=difference_low,
        difference_high=difference_high,
        equal_at=mine.students * other_risk,
        p_value=exact.p_value(mine, others),
    )


def _explained(found: Measures) -> Measures:
    """The same with a word on it where the interval and the test do not say the same about equal risks."""
    if found.ci_low is None or found.ci_high is None or found.p_value is None:
        return found
    apart = not found.ci_low <= 1 <= found.ci_high
    if apart == (found.p_value < ALPHA):
        return found
    says, but = ("leaves out", "does not reject") if apart else ("holds", "rejects")
    why = f"; the interval {says} 1 and the exact test {but} equal risks (p {found.p_value:.3f}): too near to call"
    return replace(found, status=found.status + why)


def _said(found: Answer) -> str:
    if not isinstance(found, Ratio):
        return str(found)
    return "calculated" if found.against is Against.DISTRICT else f"compared with the State ({found.because})"


def fewer_to_reach(ratio: float, mine: Count, others: Count) -> int | None:
    """How many fewer of the group's students would have to have the outcome for the ratio to be at most `ratio`.

    The others stay as they are. 0 where it is so already; None where nobody is enrolled on one side.
    """
    if not mine.students or not others.students:
        return None
    allowed = Fraction(str(ratio)) * mine.students * others.events / others.students
    return max(0, mine.events - math.floor(allowed))


def repeat_rate(events: int, unduplicated: int | None) -> float | None:
    """Events for each student who had one; None where students were not counted or there are none."""
    return events / unduplicated if unduplicated else None


@dataclass(frozen=True)
class Discovery:
    """Part of the searches that found something, with its Wilson interval. None where nobody was searched.

    A lower rate for one group suggests that it is searched on less; other reasons are possible.
    """

    rate: float | None
    low: float | None
    high: float | None


def discovery(found: int, searches: int) -> Discovery:
    """How often searches of a group find something."""
    return Discovery(rates.risk(found, searches), *_ends(intervals.risk(found, searches)))


def _ends(ends: intervals.Ends) -> tuple[float | None, float | None]:
    low, high = float(ends.low), float(ends.high)
    return None if math.isnan(low) else low, None if math.isnan(high) else high
