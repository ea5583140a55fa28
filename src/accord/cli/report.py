"""The Board report without the web app."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from accord import clauses
from accord.cli import app, show
from accord.decision import BadInput, Decision
from accord.facts.school_years import school_year_days
from accord.rules.school_days import DISTRICT_TIME
from accord.stats import attack, intake, published, render, tally
from accord.stats.board_report import TITLE, edition
from accord.stats.schema import ENROLLMENT, EVENTS


@app.command(short_help="Make the Board report, small figures hidden")
def report(
    events: Annotated[Path, typer.Argument(help="CSV: one row for each student contacted in each interaction.")],
    enrollment: Annotated[Path, typer.Option(help="CSV: students enrolled by school, year, grade and group.")],
    title: Annotated[str, typer.Option(help="Title of the report.")] = TITLE,
    threshold: Annotated[
        int | None, typer.Option(help="Counts from 1 to this are hidden; default the number in force.")
    ] = None,
    width: Annotated[
        int | None, typer.Option(help="Values that stay possible for a hidden figure; default the number in force.")
    ] = None,
    start: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day; default 1 July.")] = None,
    end: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day; default 30 June.")] = None,
    keep_totals: Annotated[bool, typer.Option("--keep-totals", help="Never hide a total that is not small.")] = False,
    published_in: Annotated[
        Path | None,
        typer.Option("--published", help="Folder of the editions published before, as JSON; no period may overlap."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for edition.json and one CSV for each table.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer with the edition as JSON.")] = False,
) -> None:
    """Make the Board report of a period, hide small figures, and prove that none can be worked out.

    Without --start and --end the period is the last school year of the enrollment file. With a --threshold or --width
    below the number in force, every file says that it is not for publication.
    """
    before = published.read(published_in) if published_in else ()
    hide, keep, mark = _numbers(threshold, width)
    students = intake.read_csv(enrollment, ENROLLMENT)
    rows = intake.read_csv(events, EVENTS)
    first, last = _period(students, start, end)
    inside = tally.between(rows, first, last)
    reviewed, left_out = tally.split_reviewed(inside)
    if outside := len(rows) - len(inside):
        sys.stderr.write(f"{outside} of {len(rows)} rows lie outside {first} to {last} and are left out.\n")
    made = edition(
        reviewed,
        students,
        period_start=first,
        period_end=last,
        title=title,
        threshold=hide,
        width=keep,
        not_reviewed=left_out,
        keep_totals=keep_totals,
        not_for_publication=mark,
    )
    data = made.as_json()
    verdict = attack.verify(data)
    Decision.of(verdict.finding, published.uncovered(made, before)).require()
    if out:
        _write(out, render.files(data, made.to_bytes()))
    if json:
        show(data)
    else:
        sys.stdout.write(render.words(data) + f"{verdict.finding.reason}\n")


def _numbers(threshold: int | None, width: int | None) -> tuple[int, int, str]:
    """Threshold and width, the ones in force today where none is given, and why not to publish with them ("" if so)."""
    today = datetime.now(DISTRICT_TIME).date()
    found, weak = [], []
    for name, given in (("threshold", threshold), ("width", width)):
        in_force = int(clauses.parameter(f"reports.{name}", on=today).value)
        found.append(in_force if given is None else given)
        if found[-1] < in_force:
            weak.append(f"{name} {found[-1]} is below the {in_force} in force")
    hide, keep = found
    return hide, keep, " and ".join(weak)


def _period(students: object, start: datetime | None, end: datetime | None) -> tuple[date, date]:
    years = tally.school_years(students)
    if not years:
        raise BadInput("the enrollment file has no rows", mend="Add the students enrolled in the school year.")
    first, last = school_year_days(years[-1])
    return (start.date() if start else first), (end.date() if end else last)


def _write(folder: Path, contents: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise BadInput(
            error.strerror or "cannot be written", where=str(folder), mend="Give a folder that can be written."
        ) from error
