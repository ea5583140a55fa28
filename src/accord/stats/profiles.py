"""All that a table tells of each group: its measures, its flag, within its schools, over its years, of its searches.

A table may hold each group once for every school (or any other stratum) and every year. Schools are summed for the
measures and kept apart for the ratio within them; the newest year is compared, and the years together say where the
group stands. A flag is a reason to review, not a finding of discrimination.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from accord.stats.clustered import Clustered, by_school
from accord.stats.equity import (
    Discovery,
    Measures,
    Row,
    Way,
    answer,
    compared_with,
    discovery,
    fewer_to_reach,
    measure,
)
from accord.stats.idea import Answer, Count, Missing, Standing, standing
from accord.stats.presets import Level, flag, levels
from accord.stats.stratified import Pooled, mantel_haenszel

MOST_YEARS = 3
"""Years that may be taken together (34 CFR 300.647: up to three)."""


@dataclass(frozen=True)
class Entry:
    """One line of a table: a group's counts in one stratum and one year, both "" where the table has none.

    `searches` counts the searches (`students`) and those that found something (`events`).
    """

    row: Row
    stratum: str = ""
    year: str = ""
    searches: Count | None = None


@dataclass(frozen=True)
class Question:
    """What is asked of a table.

    Attributes:
        way: whom to compare with, from which sizes on, with which interval.
        levels: when a ratio is flagged.
        reach: the ratio that `Profile.fewer` counts down to.
        threshold: the ratio over which a year counts; None where nobody set one, and then there is no standing.
        consecutive: how many years in a row must be over it.
        fall: drop of the ratio in each of two years that counts as reasonable progress; None where none is set.
        pool: take up to three years together for a group that is too small in the newest alone.
        clustered: whether the strata are schools whose students are taken to be alike, for one more interval.
    """

    way: Way = field(default_factory=Way)
    levels: tuple[Level, ...] = field(default_factory=levels)
    reach: float = 1.25
    threshold: float | None = None
    consecutive: int = 3
    fall: float | None = None
    pool: bool = False
    clustered: bool = False


@dataclass(frozen=True)
class Profile:
    """One group. `within`, `standing` and `discovery` are None where the table has no strata, years or searches,
    `clustered` where it was not asked for.

    `fewer` is how many students with the outcome fewer would bring the ratio to `Question.reach`; `over` pairs each
    year that the standing looked at with whether the ratio was over the threshold (None: no ratio).
    """

    measures: Measures
    flag: str | None
    fewer: int | None
    within: Pooled | None
    standing: Standing | None
    over: tuple[tuple[str, bool | None], ...]
    discovery: Discovery | None
    clustered: Clustered | None = None


def profiles(entries: Sequence[Entry], question: Question = Question()) -> list[Profile]:
    """Every group of the newest year, in the order of the table."""
    years = _years(entries)
    newest = [one for one in entries if one.year == years[-1]]
    rows = summed(newest)
    recent = [one for one in entries if one.year in years[-MOST_YEARS:]]
    several = together(recent) if question.pool and len(years) > 1 else []
    stands = _standings(entries, years, question)
    found = []
    for one in measure(rows, question.way, several=several):
        where, over = stands.get(one.group, (None, ()))
        found.append(
            Profile(
                one,
                _flag(one, question.levels),
                _fewer(one, rows, question),
                _within(one, newest, question.way),
                where,
                over,
                _searches(one.group, newest),
                _clustered(one, newest, question),
            )
        )
    return found


def unknown(group: str, x: int | None, status: str) -> Profile:
    """A group that cannot be compared, for what its status says: it is named all the same."""
    return Profile(Measures(group, x, None, status=status), None, None, None, None, (), None)


def summed(entries: Iterable[Entry]) -> list[Row]:
    """One row for each group, its strata added up. A group's State counts are the same in every stratum."""
    groups: dict[str, list[Row]] = {}
    for one in entries:
        groups.setdefault(one.row.group, []).append(one.row)
    return [_sum(group, rows) for group, rows in groups.items()]


def together(entries: Iterable[Entry]) -> list[Row]:
    """One row for each group, years added up: students of two years count twice, in the State as here."""
    by_year: dict[str, list[Entry]] = {}
    for one in entries:
        by_year.setdefault(one.year, []).append(one)
    groups: dict[str, list[Row]] = {}
    for part in by_year.values():
        for row in summed(part):
            groups.setdefault(row.group, []).append(row)
    return [
        _sum(group, rows, state=_added(rows, "state"), others=_added(rows, "state_others"))
        for group, rows in groups.items()
    ]


def _sum(group: str, rows: Sequence[Row], *, state: Count | None = None, others: Count | None = None) -> Row:
    once = [row.unduplicated for row in rows if row.unduplicated is not None]
    return Row(
        group,
        sum(row.events for row in rows),
        sum(row.students for row in rows),
        sum(once) if len(once) == len(rows) else None,
        state or next((row.state for row in rows if row.state), None),
        others or next((row.state_others for row in rows if row.state_others), None),
        _added(rows, "rest"),
    )


def _added(rows: Sequence[Row], name: str) -> Count | None:
    """Counts of several rows together; None where one lacks them."""
    counts = [getattr(row, name) for row in rows]
    if any(one is None for one in counts):
        return None
    return Count(sum(one.events for one in counts), sum(one.students for one in counts))


def _flag(one: Measures, among: Iterable[Level]) -> str | None:
    if one.status == "reference":
        return None
    if one.risk_ratio is not None:
        return flag(one.risk_ratio, one.ci_low, among)
    return flag(one.alt_risk_ratio, one.alt_low, among)


def _fewer(one: Measures, rows: Sequence[Row], question: Question) -> int | None:
    row = next(row for row in rows if row.group == one.group)
    if one.risk_ratio is None or one.status == "reference" or (one.x, one.n) != (row.count.events, row.count.students):
        return None
    return fewer_to_reach(question.reach, row.count, compared_with(row, rows, question.way.reference)[0])


def _within(found: Measures, entries: Sequence[Entry], way: Way) -> Pooled | None:
    """The common ratio within the strata; None where there are none, for the reference, and without a plain ratio."""
    if found.risk_ratio is None or found.group == way.reference or not any(one.stratum for one in entries):
        return None
    return mantel_haenszel(_pairs(found.group, entries, way))


def _clustered(found: Measures, entries: Sequence[Entry], question: Question) -> Clustered | None:
    """The interval by schools of the ratio; None where it was not asked for, and where there is no such ratio.

    Where groups overlap, the others of a school are known from the line of the group alone.
    """
    if not question.clustered or found.risk_ratio is None or found.group == question.way.reference:
        return None
    own = [one.row for one in entries if one.row.group == found.group]
    of_newest_year = found.n == sum(row.count.students for row in own)
    others_known = not any(row.rest for row in own) or len(own) == len({one.stratum for one in entries})
    if not (of_newest_year and others_known):
        return None
    return by_school(_pairs(found.group, entries, question.way))


def _pairs(group: str, entries: Iterable[Entry], way: Way) -> list[tuple[Count, Count]]:
    """In every stratum the group and whom it is compared with; nobody where the stratum has no line of one of them."""
    strata: dict[str, list[Row]] = {}
    for one in entries:
        strata.setdefault(one.stratum, []).append(one.row)
    return [_pair(group, rows, way) for rows in strata.values()]


def _pair(group: str, rows: Sequence[Row], way: Way) -> tuple[Count, Count]:
    row = next((one for one in rows if one.group == group), Row(group, 0, 0))
    return row.count, compared_with(row, rows, way.reference)[0]


def _searches(group: str, entries: Iterable[Entry]) -> Discovery | None:
    counts = [one.searches for one in entries if one.row.group == group and one.searches is not None]
    if not counts:
        return None
    return discovery(sum(one.events for one in counts), sum(one.students for one in counts))


Stands = tuple[Standing, tuple[tuple[str, bool | None], ...]]


def _standings(entries: Sequence[Entry], years: Sequence[str], question: Question) -> dict[str, Stands]:
    if question.threshold is None or not years[-1]:
        return {}
    by_year = {year: summed(one for one in entries if one.year == year) for year in years}
    found = {}
    for group in {one.row.group: None for one in entries}:
        if group == question.way.reference:
            continue
        answers = [_answer(group, by_year[year], question.way) for year in years]
        stands = standing(answers, threshold=question.threshold, consecutive=question.consecutive, fall=question.fall)
        found[group] = stands, tuple(zip(years[-question.consecutive :], stands.over, strict=True))
    return found


def _answer(group: str, rows: Sequence[Row], way: Way) -> Answer:
    row = next((one for one in rows if one.group == group), None)
    return Missing("no figures of that year") if row is None else answer(row, rows, way)


def _years(entries: Iterable[Entry]) -> list[str]:
    """The years of a table, oldest first, years that nothing is told of among them."""
    told = {year[:4]: year for year in sorted(one.year for one in entries)}
    if "" in told:
        return [""]
    return [told.get(str(year), str(year)) for year in range(int(min(told)), int(max(told)) + 1)]
