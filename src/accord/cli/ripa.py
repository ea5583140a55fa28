"""Check and import records of stops: the state's JSON, and the published CSV files."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accord.cli import app, show
from accord.decision import BadInput

if TYPE_CHECKING:
    from accord.decision import Finding
    from accord.exchange.ripa_json_read import Reading
    from accord.exchange.ripa_plan import Plan
    from accord.exchange.ripa_published import PublishedStop, RowError

ripa = typer.Typer(help="Records of stops as agencies report them (RIPA).", no_args_is_help=True)
app.add_typer(ripa, name="ripa")

AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


@ripa.command()
def check(
    file: Annotated[Path, typer.Argument(help="Records of stops: JSON of the state's collection, or a published CSV.")],
    as_json: AsJson = False,
) -> None:
    """Hold every person stopped in a file against the rules of the state's collection.

    Warnings are told and marked, and never fail the check. A published CSV is held against what it can answer.
    Exit code 0 when nothing is unmet but warnings, 1 otherwise, 2 when the file cannot be read.
    """
    from accord.exchange import ripa_csv

    answers = _of_table(file) if ripa_csv.looks_like_csv(file) else _of_records(file)
    clean = _print_json(answers) if as_json else _print_words(answers)
    raise typer.Exit(0 if clean else 1)


@ripa.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="Records of stops: JSON of the state's collection, or a published CSV.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen and store nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take an agency's records of stops into the log: all of them, or nothing where a record is rejected.

    Exit code 0, 1 when a record is rejected, 2 when the file cannot be read.
    """
    from accord.exchange import ripa_plan

    made = ripa_plan.plan(file)
    if not dry_run and not made.storable:
        raise BadInput(
            "A published file leaves out too much to be stored as stops.",
            where=str(file),
            mend="Hold it against the log with `accord ripa reconcile`, or read it with --dry-run.",
        )
    stored = not dry_run and not made.rejected
    if stored:
        from accord.cli.ripa_log import store

        store(made.stops)
    show(made.as_json() | {"stored": stored}) if as_json else _print_plan(made, stored=stored)
    raise typer.Exit(1 if made.rejected else 0)


def _print_plan(made: Plan, *, stored: bool) -> None:
    for rejected in made.rejected:
        typer.echo(f"{rejected.file}, row {rejected.row}, {rejected.column or 'whole row'}: {rejected.problem}")
    bad = len({one.row for one in made.rejected})
    typer.echo(f"{made.format}: {made.records} records, {made.persons} persons, {bad} rejected.")
    left = "Nothing is stored. Mend the records and import the file again." if bad else "Nothing is stored yet."
    typer.echo("Stored." if stored else left)


def _of_records(file: Path) -> Iterator[dict[str, Any]]:
    from accord.exchange import ripa_json_file, ripa_json_read

    for record in ripa_json_file.load(file):
        yield from _of_reading(ripa_json_read.read_record(record))


def _of_reading(reading: Reading) -> Iterator[dict[str, Any]]:
    from accord.rules import stops

    values = stops.values_read(tuple(str(problem) for problem in reading.problems))
    if reading.stop is None:
        for person in reading.persons or ("",):
            yield _answer(reading.record, person, [values])
        return
    found = [values, *stops.check(reading.stop).findings, *stops.warnings(reading.stop)]
    for index, one in enumerate(reading.stop.people):
        own = [finding for finding in found if _is_about(finding, index)]
        yield _answer(reading.record, one.pid, own)
    if not reading.stop.people:
        yield _answer(reading.record, "", found)


def _is_about(finding: Finding, index: int) -> bool:
    return not finding.field.startswith("people.") or finding.field.startswith(f"people.{index}.")


def _of_table(file: Path) -> Iterator[dict[str, Any]]:
    from accord.exchange import ripa_csv
    from accord.exchange.ripa_published import RowError

    for row in ripa_csv.read(file).rows:
        yield _of_error(row) if isinstance(row, RowError) else _of_row(row)


def _of_error(error: RowError) -> dict[str, Any]:
    from accord.rules.stops import values_read

    place = f"row {error.row}" + (f", {error.column}" if error.column else "")
    return _answer(f"row {error.row}", "", [values_read((f"{place}: {error.problem}",))])


def _of_row(row: PublishedStop) -> dict[str, Any]:
    from accord.exchange.ripa_published_check import as_stop
    from accord.rules.stops import check_published

    return _answer(row.record, row.person, check_published(as_stop(row), timed=row.minutes is not None))


def _answer(record: str, person: str, findings: Iterable[Finding]) -> dict[str, Any]:
    from accord.rules.stops import is_warning

    return {
        "record": record,
        "person": person,
        "findings": [
            {
                "clause": finding.clause,
                "met": finding.met,
                "reason": str(finding.reason),
                "field": finding.field,
                "warning": is_warning(finding),
            }
            for finding in findings
        ],
    }


def _fails(answer: dict[str, Any]) -> bool:
    return any(not finding["met"] and not finding["warning"] for finding in answer["findings"])


def _print_json(answers: Iterator[dict[str, Any]]) -> bool:
    """Print one array, object by object, so that a large file is never held whole. Is nothing unmet?"""
    clean, before = True, "["
    for answer in answers:
        sys.stdout.write(f"{before}\n{json.dumps(answer, ensure_ascii=False)}")
        clean, before = clean and not _fails(answer), ","
    sys.stdout.write("[]\n" if before == "[" else "\n]\n")
    return clean


def _print_words(answers: Iterator[dict[str, Any]]) -> bool:
    persons = failing = 0
    for answer in answers:
        persons, failing = persons + 1, failing + _fails(answer)
        for finding in answer["findings"]:
            if not finding["met"]:
                mark = "warning" if finding["warning"] else "not met"
                who = f"{answer['record']}, person {answer['person']}" if answer["person"] else answer["record"]
                typer.echo(f"{who}: {mark}: {finding['reason']} ({finding['clause']})")
    typer.echo(f"{persons} persons stopped, {failing} with something not met.")
    return not failing
