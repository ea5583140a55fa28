"""Groups to compare out of counts in long form, as `accord tally` writes them.

Such a file has a column for each thing that was counted by, `measure`, `count`, `enrolled` and `state`, with the code
`all` in margins. Compared are the groups of one column in the margin of all others; another column may split them into
strata. A group whose enrollment or count is not known cannot be compared. It is named, not dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from accord.decision import BadInput
from accord.stats import hierarchies
from accord.stats.equity_table import Cells, check_head, entries, open_table
from accord.stats.idea import Count
from accord.stats.measures import INSTANCES, STUDENTS
from accord.stats.periods import Period
from accord.stats.profiles import Entry
from accord.stats.schema import ALL, State

_A_YEAR = f" {Period.YEAR}"
"""How the label of a school year ends."""

STRATUM = "stratum"
"""The column of a table of groups that splits them."""

_OTHER = ("measure", "count", "enrolled", "state", "uncounted", "period", "students")


@dataclass(frozen=True)
class Told:
    """What can be compared, and of each group that cannot its count (None if not known) and why.

    Where groups are `overlapping`, each stands against everybody who is not in it.
    """

    entries: list[Entry]
    without: Mapping[str, tuple[int | None, str]] = field(default_factory=dict)
    overlapping: bool = False


@dataclass(frozen=True)
class Choice:
    """Which counts are compared: groups of `by` (the only column if ""), split by `stratum`, of `measure`."""

    by: str = ""
    stratum: str = ""
    measure: str = ""
    hierarchy: Path | None = None


def told(path: Path, choice: Choice, schools: str = "") -> Told:
    """The groups of a file: counts in long form, or a table of groups, which `choice` says nothing about.

    `schools`: the column that must split the groups; in a table of groups it is called stratum.

    Raises:
        BadInput: when the file cannot be read or has lines that cannot be right, when a column or measure is not there
            or has to be chosen, when strata overlap, and when the hierarchy is of neither column.
    """
    head, lines = open_table(path)
    if {"count", "enrolled"} <= {*head} and "events" not in head:
        return _counted(head, lines, replace(choice, stratum=choice.stratum or schools), str(path))
    if choice != Choice():
        mend = "Leave --by, --stratum, --measure and --hierarchy out."
        raise BadInput("this is a table of groups, not of counts by several columns", where=str(path), mend=mend)
    check_head(head, str(path))
    if schools and (schools != STRATUM or STRATUM not in head):
        mend = f"Give a column {STRATUM}, a line for each group in each school, and name it."
        raise BadInput(f"the table has no schools in a column {schools}", where="--clustered", mend=mend)
    return Told(entries(lines, str(path)))


def _counted(head: Sequence[str], lines: Sequence[tuple[int, Cells]], choice: Choice, where: str) -> Told:
    dimensions = [name for name in head if name not in _OTHER]
    by = choice.by or (dimensions[0] if len(dimensions) == 1 else "")
    for option, name in (("--by", by), ("--stratum", choice.stratum or by)):
        if name not in dimensions:
            what = f"the file does not count by {name}" if name else "the file counts by several columns"
            raise BadInput(what, where=option, mend=f"Choose one of {', '.join(dimensions)}.")
    rows = _years(_margin(lines, by, choice, dimensions), where)
    measured = _measured(rows, choice.measure, where)
    _refuse_overlap(measured, by, choice.stratum, where)
    return _told(measured, by, choice.stratum, where)


def _margin(
    lines: Iterable[tuple[int, Cells]], by: str, choice: Choice, dimensions: Sequence[str]
) -> list[tuple[int, Cells]]:
    """The rows of these columns' finest groups and their margins; all other columns at their total."""
    links = hierarchies.read(choice.hierarchy) if choice.hierarchy else {}
    hierarchies.refuse_unused(links, [name for name in (by, choice.stratum) if name], str(choice.hierarchy))
    upper = {name: {*links[name].children} for name in (by, choice.stratum) if name in links}
    others = [name for name in dimensions if name not in (by, choice.stratum)]
    return [
        (line, cells)
        for line, cells in lines
        if all(cells[name] == ALL for name in others)
        and not any(cells[name] in above and cells[name] != ALL for name, above in upper.items())
    ]


def _years(rows: list[tuple[int, Cells]], where: str) -> list[tuple[int, Cells]]:
    """The rows of school years, where there are periods; the shorter ones and the margin of all left out.

    Raises:
        BadInput: when no period is a year.
    """
    if all(cells.get("period", ALL) == ALL for _, cells in rows):
        return rows
    found = [(line, cells) for line, cells in rows if cells["period"].endswith(_A_YEAR)]
    if not found:
        mend = "Count by year, or by what lies in years: accord tally --period."
        raise BadInput("the file counts by periods and by no year", where=where, mend=mend)
    return found


@dataclass
class _Group:
    """One group in one stratum and period: its line, the counts of the measure, and of the students behind it."""

    line: int
    cells: Cells
    behind: Cells | None = None


def _measured(rows: Sequence[tuple[int, Cells]], wanted: str, where: str) -> list[_Group]:
    """The rows of one measure, each with the students behind its events where the file counts them."""
    names = list(dict.fromkeys(cells.get("measure", "") for _, cells in rows))
    events = [name for name in names if not name.startswith(STUDENTS)]
    wanted = wanted or (events or names)[0] if len(events or names) == 1 else wanted
    if wanted not in names:
        what = f"there is no measure {wanted}" if wanted else "the file has several measures"
        raise BadInput(what, where=f"{where}, --measure", mend=f"Choose one of {', '.join(names)}.")
    behind = STUDENTS if wanted == INSTANCES else f"{STUDENTS}.{wanted}"
    students = {_place(cells): cells for _, cells in rows if cells.get("measure") == behind}
    return [
        _Group(line, cells, students.get(_place(cells))) for line, cells in rows if cells.get("measure", "") == wanted
    ]


def _place(cells: Cells) -> tuple[str, ...]:
    return tuple(str(value) for name, value in cells.items() if name == "period" or name not in _OTHER)


def _overlap(groups: Sequence[_Group], along: str, across: str) -> tuple[int, int] | None:
    """Students enrolled in the groups along a column and in all of them, where the former are more: they overlap."""
    parts: dict[tuple[str, str], int] = defaultdict(int)
    total: dict[tuple[str, str], int] = {}
    for one in groups:
        key = (one.cells[across] if across else "", one.cells.get("period", ""))
        if one.cells[along] == ALL:
            total[key] = int(one.cells["enrolled"] or 0)
        else:
            parts[key] += int(one.cells["enrolled"] or 0)
    return next(((parts[key], total[key]) for key in total if parts[key] > total[key]), None)


def _refuse_overlap(groups: Sequence[_Group], by: str, stratum: str, where: str) -> None:
    """Strata that overlap would count students twice."""
    if stratum and (found := _overlap(groups, stratum, by)):
        what = f"{found[0]} students are enrolled in the strata of {stratum}, {found[1]} in all"
        raise BadInput(what, where=where, mend="Name levels above others with --hierarchy.")


def _told(groups: Sequence[_Group], by: str, stratum: str, where: str) -> Told:
    chosen = [one for one in groups if one.cells[by] != ALL and (not stratum or one.cells[stratum] != ALL)]
    without: dict[str, tuple[int | None, str]] = {}
    for one in chosen:
        if why := _unknown(one.cells):
            without[one.cells[by]] = None, why
    for group, (_, why) in without.items():
        counts = [one.cells["count"] for one in chosen if one.cells[by] == group]
        without[group] = sum(map(int, counts)) if all(counts) else None, why
    lines = [(one.line, _line(one, by, stratum)) for one in chosen if one.cells[by] not in without]
    if without and len({row["group"] for _, row in lines}) < 2:
        group, (_, why) = next(iter(without.items()))
        what = f"fewer than two groups can be compared; {group}: {why}"
        raise BadInput(what, where=where, mend="Give accord tally the --enrollment.")
    found = entries(lines, where)
    if _overlap(groups, by, stratum):
        found = _with_rest(found, _everybody(groups, without, by, stratum, where))
    return Told(found, without, overlapping=found[0].row.rest is not None)


def _everybody(
    groups: Sequence[_Group], without: Iterable[str], by: str, stratum: str, where: str
) -> dict[tuple[str, str], Count]:
    """All students of each stratum and period, but for those whose enrollment is not known."""
    found: dict[tuple[str, str], Count] = {}
    for sign, wanted in ((1, [ALL]), (-1, [*without])):
        for one in (one for one in groups if one.cells[by] in wanted):
            count = (one.behind or one.cells)["count"]
            if not count:
                mend = "Compare groups that do not overlap."
                raise BadInput(f"not all students of {by} are counted", where=f"{where}, line {one.line}", mend=mend)
            key = (one.cells[stratum] if stratum else "", _year(one.cells))
            before, students = found.get(key, Count(0, 0)), int(one.cells["enrolled"] or 0)
            found[key] = Count(before.events + sign * int(count), before.students + sign * students)
    return found


def _with_rest(found: Iterable[Entry], everybody: Mapping[tuple[str, str], Count]) -> list[Entry]:
    """The same groups, each beside everybody who is not in it."""
    made = []
    for one in found:
        whole, mine = everybody[one.stratum, one.year], one.row.count
        rest = Count(max(0, whole.events - mine.events), whole.students - mine.students)
        made.append(replace(one, row=replace(one.row, rest=rest)))
    return made


def _year(cells: Cells) -> str:
    label = str(cells.get("period", ""))
    return "" if label == ALL else label.removesuffix(_A_YEAR)


def _unknown(cells: Cells) -> str:
    """Why this group cannot be compared, "" where it can."""
    state = cells.get("state") or State.COUNTED
    if state != State.COUNTED or not cells["count"]:
        return f"not calculated: {state if state != State.COUNTED else 'no count'}"
    return "" if cells["enrolled"] else "not calculated: enrollment is not known"


def _line(one: _Group, by: str, stratum: str) -> dict[str, Any]:
    """The same as a row of a table of groups."""
    cells = one.cells
    row = {"group": cells[by], "events": cells["count"], "students": cells["enrolled"]}
    if one.behind is not None:
        row["unduplicated"] = one.behind["count"]
    if stratum:
        row["stratum"] = cells[stratum]
    if cells.get("period", ALL) != ALL:
        row["year"] = _year(cells)
    return row
