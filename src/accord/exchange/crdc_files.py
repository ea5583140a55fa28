"""The counts of the federal collection as files: a table, the trace behind it, and JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from accord.exchange.crdc import ENGLISH_LEARNER, SECTION_504, TOTAL, Cell, Count, Table
from accord.facts import Race, Sex

RACE = {
    Race.HISPANIC: "HI",
    Race.AMERICAN_INDIAN: "AM",
    Race.ASIAN: "AS",
    Race.PACIFIC_ISLANDER: "HP",
    Race.BLACK: "BL",
    Race.WHITE: "WH",
    Race.TWO_OR_MORE: "TR",
}
SEX = {Sex.MALE: "M", Sex.FEMALE: "F", Sex.NONBINARY: "X"}
DEMOGRAPHICS = "recorded by the school"
"""Whose answers the groups are: the school's, never what an officer perceived."""
COLUMNS = (
    "school", "table", "counts", "of", "group", "sex", "published_as", "count", "demographics",
    "at_least", "at_most", "unlinked", "by_school_of_contact",
)  # fmt: skip
TRACE = ("school", "table", "group", "sex", "interaction", "counted")


def published_as(cell: Cell) -> str:
    """The column that the Office's public files call this figure by, "" for instances, which they do not carry.

    Nonbinary students have no column in the files we know, so X stands where M or F does.
    """
    if cell.table.instances or cell.sex is None:
        return ""
    what, sex = "ARR" if cell.table.arrests else "REF", SEX[cell.sex]
    with_disability = cell.table in (Table.ARRS_3, Table.ARRS_6)
    stem = f"{'DISCWDIS' if with_disability else 'DISCWODIS'}_{what}"
    by_race = f"{stem}_IDEA" if with_disability else stem
    if cell.group == TOTAL:
        return f"TOT_{by_race}_{sex}"
    if cell.group in (SECTION_504, ENGLISH_LEARNER):
        return f"SCH_{stem}_{'504' if cell.group == SECTION_504 else 'LEP'}_{sex}"
    return f"SCH_{by_race}_{RACE[Race(cell.group)]}_{sex}"


def table(counts: Iterable[Count], *, not_collected: str = "") -> str:
    """The counts as CSV, a figure a line. `not_collected` is written where nothing was counted; it is never 0."""
    return _csv(COLUMNS, (_line(one, not_collected) for one in counts))


def _line(one: Count, not_collected: str) -> list[object]:
    cell = one.cell
    kind, what = "arrests" if cell.table.arrests else "referrals", "instances" if cell.table.instances else "students"
    value = not_collected if one.value is None else one.value
    figure = [one.school, cell.table.value, what, kind, cell.group, _sex(cell), published_as(cell), value, DEMOGRAPHICS]
    return [*figure, _bound(one.at_least), _bound(one.at_most), one.unlinked, one.by_contact]


def _bound(value: int | None) -> object:
    return "" if value is None else value


def _sex(cell: Cell) -> str:
    return cell.sex.value if cell.sex else "all"


def trace(counts: Iterable[Count]) -> str:
    """For every figure the contacts it comes from, as CSV; `counted` is no where one only might belong."""
    return _csv(TRACE, (line for one in counts for line in _traced(one)))


def _traced(one: Count) -> Iterator[list[object]]:
    place: list[object] = [one.school, one.cell.table.value, one.cell.group, _sex(one.cell)]
    yield from ([*place, reference, "yes"] for reference in one.interactions)
    yield from ([*place, reference, "no"] for reference in one.undetermined)


def _csv(head: tuple[str, ...], lines: Iterable[list[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(lines)
    return text.getvalue()


def plain(counts: Iterable[Count], *, school_year: str, year: tuple[date, date]) -> dict[str, Any]:
    """The counts for JSON: null where not collected, and the trace with every figure."""
    first, last = year
    return {
        "school_year": school_year,
        "first_day": first.isoformat(),
        "last_day": last.isoformat(),
        "demographics": DEMOGRAPHICS,
        "counts": [
            {
                "school": one.school,
                "table": one.cell.table.value,
                "group": one.cell.group,
                "sex": _sex(one.cell),
                "published_as": published_as(one.cell),
                "count": one.value,
                "interactions": list(one.interactions),
                "undetermined": list(one.undetermined),
                "at_least": one.at_least,
                "at_most": one.at_most,
                "unlinked": one.unlinked,
                "by_school_of_contact": one.by_contact,
            }
            for one in counts
        ],
    }
