"""What a school's discipline file says of police, before anything is made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from accord.cli import app, show
from accord.decision import BadInput

discipline = typer.Typer(help="Discipline files of the student system.", no_args_is_help=True)
app.add_typer(discipline, name="discipline")


@discipline.callback()
def _group() -> None:
    """Discipline files of the student system."""


@discipline.command()
def check(
    file: Annotated[Path, typer.Argument(help="An Ed-Fi interchange of student discipline, .xml or .xml.gz.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Say which incidents a school reported to law enforcement, and which records cannot be read. Stores nothing.

    Names and free descriptions are never read. Exit code 0, 1 when a record cannot be read, 2 for a file that is no
    such interchange.
    """
    from accord.exchange import edfi_discipline as edfi

    counts: Counter[str] = Counter()
    reported: list[dict[str, str]] = []
    problems: list[dict[str, Any]] = []
    for where, one in _records(file):
        if isinstance(one, edfi.Problem):
            problems.append({"file": where} | asdict(one))
            continue
        counts[type(one).__name__] += 1
        if isinstance(one, edfi.Incident) and one.reported:
            reported.append(_told(one))
    answer = {
        "incidents": counts["Incident"],
        "students": counts["Involved"],
        "actions": counts["Action"],
        "reported": reported,
        "problems": problems,
    }
    show(answer) if as_json else _print(answer)
    raise typer.Exit(1 if problems else 0)


def _records(file: Path) -> Iterator[tuple[str, Any]]:
    """Every record of discipline in the file, zip or folder, with the file it stands in.

    Raises:
        BadInput: when nothing in it is an interchange of student discipline.
    """
    from accord.exchange import edfi_discipline as edfi
    from accord.exchange.bundle import opened
    from accord.exchange.xml_records import interchange

    found = False
    with opened(file) as bundle:
        for name in bundle.ending(".xml", ".xml.gz"):
            found = found or interchange(bundle, name) == "InterchangeStudentDiscipline"
            where = bundle.where(name)
            with bundle.open(name) as stream:
                for one in edfi.read(stream, where=where):
                    found = True
                    yield where, one
    if not found:
        mend = "Give the interchange of student discipline, StudentDiscipline.xml, alone or in a folder or zip."
        raise BadInput("No file is an Ed-Fi interchange of student discipline.", where=file.name, mend=mend)


def _told(incident: Any) -> dict[str, str]:
    school, identifier = incident.key
    return {
        "school": school,
        "incident": identifier,
        "occurred_on": incident.occurred_on.isoformat(),
        "case_number": incident.case_number,
    }


def _print(answer: dict[str, Any]) -> None:
    typer.echo(
        f"{answer['incidents']} incidents, {answer['students']} students in them, {answer['actions']} actions; "
        f"{len(answer['reported'])} incidents reported to law enforcement."
    )
    for one in answer["reported"]:
        case = f", case {one['case_number']}" if one["case_number"] else ""
        typer.echo(f"{one['occurred_on']}: incident {one['incident']} at school {one['school']}{case}")
    for one in answer["problems"]:
        typer.echo(
            f"{one['file']}, line {one['line']}: {one['kind']} {one['number']}, {one['element']}: {one['problem']}"
        )
