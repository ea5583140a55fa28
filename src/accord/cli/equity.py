"""Groups of a table held against each other, from the command line."""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accord.cli import app, show
from accord.cli.faults import opening
from accord.decision import BadInput

if TYPE_CHECKING:
    from accord.stats.equity import Measures, Row
    from accord.stats.idea import Count

NEEDED = ("group", "events", "students")
PAIRS = (("state_events", "state_students"), ("state_others_events", "state_others_students"))
OPTIONAL = ("unduplicated", *PAIRS[0], *PAIRS[1])
SUMS = {"all", "total", "all students", "all groups"}
LISTED = (
    "group x n risk risk_ratio ci_low ci_high method alt_risk_ratio risk_difference composition share p_value "
    "p_adjusted status"
).split()


@app.command(short_help="Compare groups: risks, ratios, intervals and tests")
def equity(
    table: Annotated[Path, typer.Argument(help="CSV: group,events,students; also unduplicated, state_events, ...")],
    reference: Annotated[str | None, typer.Option(help="all-others (default), or the group to compare with.")] = None,
    preset: Annotated[str | None, typer.Option(help="Minimum sizes and reference of IDEA, CDE or CRDC.")] = None,
    method: Annotated[str, typer.Option(help="Interval of the ratio: score, katz or exact.")] = "score",
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON, one object for each group.")] = False,
) -> None:
    """Hold every group of a table against all others, or against one group.

    `events` counts students with the outcome, each once; where students can be counted more than once, the column
    `unduplicated` gives the students and risks use it. For alternate risk ratios, `state_events` and `state_students`
    are the same group's counts in the State, or `state_others_events` and `state_others_students` those of all other
    groups there. What is not defined is null, and `status` says why.
    """
    rows = read(table)
    from accord.stats import equity as stats
    from accord.stats import intervals, presets

    if method not in intervals.RATIO:
        raise BadInput(
            f"there is no interval {method!r}", where="--method", mend=f"Choose {', '.join(intervals.RATIO)}."
        )
    chosen = presets.preset(preset) if preset else None
    against = _group(reference or (chosen.reference if chosen else stats.ALL_OTHERS), rows, stats.ALL_OTHERS)
    found = stats.measure(rows, reference=against, sizes=chosen.sizes if chosen else None, method=method)
    if json:
        show([listed(one) for one in found])
    else:
        sys.stdout.write(words(found, against, chosen.source if chosen else ""))


def read(path: Path) -> list[Row]:
    """The rows of the table.

    Raises:
        BadInput: naming every line that cannot be right.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            _check_head(reader.fieldnames, str(path))
            return _rows(((reader.line_num, row) for row in reader), str(path))
    except OSError as error:
        raise opening(error, path) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise BadInput(
            f"this is not a CSV file in UTF-8: {error}", where=str(path), mend="Save it as CSV in UTF-8."
        ) from error


def listed(one: Measures) -> dict[str, Any]:
    """One group as the JSON answer has it. JSON knows no infinity: an interval without an upper end has null there."""
    found = {name: getattr(one, name) for name in LISTED}
    return {name: None if isinstance(v, float) and not math.isfinite(v) else v for name, v in found.items()}


def words(found: list[Measures], reference: str, source: str) -> str:
    """The answer for the terminal."""
    width = max(5, *(len(one.group) for one in found))
    lines = [f"Compared with {reference}." + (f" {source}." if source else "")]
    lines.append(
        f"{'group':{width}} {'x':>7} {'n':>8} {'risk':>8} {'ratio':>7} {'95 % interval':>17} {'p, Holm':>8}  status"
    )
    for one in found:
        between = "-" if one.ci_low is None else f"{_plain(one.ci_low)} to {_plain(one.ci_high)}"
        lines.append(
            f"{one.group:{width}} {one.x:>7,} {one.n:>8,} {_plain(one.risk, 4):>8} {_plain(one.risk_ratio):>7} "
            f"{between:>17} {_plain(one.p_adjusted, 4):>8}  {one.status}"
        )
    return "\n".join(lines) + "\nA high ratio is a reason to review, not a finding of discrimination.\n"


def _plain(value: float | None, digits: int = 3) -> str:
    if value is None:
        return "-"
    return "no limit" if math.isinf(value) else f"{value:.{digits}f}"


def _group(wanted: str, rows: list[Row], all_others: str) -> str:
    if wanted == all_others:
        return wanted
    names = [row.group for row in rows]
    found = [name for name in names if name.casefold() == wanted.casefold()]
    if not found:
        raise BadInput(
            f"the table has no group {wanted!r}", where="--reference", mend=f"Choose {all_others}, {', '.join(names)}."
        )
    return found[0]


def _check_head(head: Iterable[str] | None, where: str) -> None:
    if head is None:
        raise BadInput("the file is empty", where=where, mend=f"Give it the columns {', '.join(NEEDED)}.")
    names = list(head)
    missing = [name for name in NEEDED if name not in names]
    for pair in PAIRS:
        if len({*pair} & {*names}) == 1:
            missing += sorted({*pair} - {*names})
    twice = sorted({name for name in names if names.count(name) > 1})
    strange = [name for name in names if name not in NEEDED + OPTIONAL]
    for words_, columns in (("lacks", missing), ("has twice", twice), ("does not know", strange)):
        if columns:
            raise BadInput(
                f"the table {words_} the column {', '.join(columns)}",
                where=where,
                mend=f"It needs {', '.join(NEEDED)} and may have {', '.join(OPTIONAL)}.",
            )


def _rows(lines: Iterable[tuple[int, dict[Any, Any]]], where: str) -> list[Row]:
    bad: list[str] = []
    rows: list[Row] = []
    for line, cells in lines:
        try:
            row = _row(cells)
            if row.group.casefold() in {other.group.casefold() for other in rows}:
                raise ValueError(f"group {row.group!r} is given twice")
            rows.append(row)
        except ValueError as error:
            bad.append(f"line {line}: {error}")
    if bad:
        raise BadInput("; ".join(bad), where=where, mend="Correct these lines.")
    if len(rows) < 2:
        known = "only one group" if rows else "no group"
        raise BadInput(f"the table has {known}", where=where, mend="Give at least two groups to compare.")
    return rows


def _row(cells: dict[Any, Any]) -> Row:
    from accord.stats.equity import Row

    if cells.get(None) or None in cells.values():
        raise ValueError("it has not as many values as there are columns")
    group = cells["group"].strip()
    if not group:
        raise ValueError("the group has no name")
    if group.casefold() in SUMS:
        raise ValueError(f"{group!r} is the sum of other groups and would be counted twice; leave it out")
    events, students = _number(cells, "events"), _number(cells, "students")
    unduplicated = _number(cells, "unduplicated") if "unduplicated" in cells else None
    if unduplicated is not None and unduplicated > events:
        raise ValueError(f"{unduplicated} students had {events} events: each needs at least one")
    with_outcome = events if unduplicated is None else unduplicated
    if with_outcome > students:
        raise ValueError(
            f"{with_outcome} of {students} students is more than there are; where events of one student are counted "
            "again, add the column unduplicated"
        )
    return Row(group, events, students, unduplicated, *(_of_state(cells, pair) for pair in PAIRS))


def _of_state(cells: dict[Any, Any], pair: tuple[str, str]) -> Count | None:
    """Two cells of the State's counts; None where both are blank or there are no such columns."""
    from accord.stats.idea import Count

    given = [(cells.get(name) or "").strip() for name in pair]
    if not any(given):
        return None
    if not all(given):
        raise ValueError(f"{pair[0]} and {pair[1]} go together")
    events, students = (_number(cells, name) for name in pair)
    if events > students:
        raise ValueError(f"{events} of {students} students of the State is more than there are")
    return Count(events, students)


def _number(cells: dict[Any, Any], name: str) -> int:
    text = cells[name].strip()
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"{name} is {text!r}, not a whole number from 0 up")
    return int(text)
