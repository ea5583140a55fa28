"""May these student records be released? The answer with every finding, and what follows from it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accord.cli import app, show

if TYPE_CHECKING:
    from accord.facts.records import Answer

records = typer.Typer(help="Requests for student records.", no_args_is_help=True)
app.add_typer(records, name="records")


class Side(StrEnum):
    """Which schema: what is read, or what is printed."""

    REQUEST = "request"
    ANSWER = "answer"


@records.command(short_help="Say whether records may be released, and on what ground")
def decide(
    file: Annotated[Path, typer.Argument(help="The request and what is on file, as JSON.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    on: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The day whose law is used; the day of the request if left out."),
    ] = None,
) -> None:
    """Answer a request for student records by the law of its day.

    Release, release in part, deny, counsel review, or not an education record. What nobody stated is no yes.
    What the file states counts as on file: whoever writes it answers for that. What only whoever asks says is named in
    `request.claims`, and counts once the newest of `on_file.confirmations` on it is a yes of somebody else.
    The file is described by docs/reference/records-request.schema.json, the JSON by records-answer.schema.json there.
    Begin from docs/reference/records-request.example.json, an invented request.
    Exit code 0 when all of it may be released, 1 for any other answer, 2 when the file is not such a request.
    """
    from accord.cli.records_read import load
    from accord.facts.records import Ruling
    from accord.rules import records as rule
    from accord.rules.school_days import district_day

    read = load(file)
    made = read.request.made_at
    day = on.date() if on else district_day(made) if made else date.min
    found = rule.decide(read.request, read.on_file, on=day, parameters=rule.numbers(on=day))
    if as_json:
        show(plain(found, day))
    else:
        _print(found)
    raise typer.Exit(0 if found.ruling is Ruling.RELEASE else 1)


@records.command(short_help="Print the JSON Schema of a request or of an answer")
def schema(side: Annotated[Side, typer.Argument(help="request: what is read; answer: what is printed.")]) -> None:
    """Print the JSON Schema of what `records decide` reads, or of what it prints."""
    from accord.cli import records_schema

    show(records_schema.request() if side is Side.REQUEST else records_schema.answer())


def plain(found: Answer, on: date) -> dict[str, Any]:
    """An answer as plain values, as the schema of the answer says."""
    from accord import clauses

    return {
        "decision": found.ruling.value,
        "basis": found.basis,
        "citation": clauses.clause(found.basis).source,
        "on": on.isoformat(),
        "records": [{"record": one.record, "decision": one.ruling.value, "basis": one.basis} for one in found.records],
        "findings": [
            {
                "clause": one.clause,
                "met": one.met,
                "reason": str(one.reason),
                "citation": clauses.clause(one.clause).source,
                "field": one.field,
            }
            for one in found.findings
        ],
        "wanted": [
            {
                "clause": one.clause,
                "record": one.record,
                "fact": str(one.fact),
                "citation": clauses.clause(one.clause).source,
            }
            for one in found.wanted
        ],
        "log": {
            "required": found.log.required,
            "sealed": found.log.sealed,
            "why": str(found.log.why),
            "holds": found.log.holds,
        },
        "duties": [{"what": str(one.what), "who": one.who, "due": str(one.due)} for one in found.duties],
        "limits": [str(limit) for limit in found.limits],
        "rule_version": found.rule_version,
    }


def _print(found: Answer) -> None:
    from accord import clauses

    clause = clauses.clause(found.basis)
    typer.echo(f"{found.ruling.label}: {clause.title} ({found.basis}; {clause.source})")
    if len(found.records) > 1:
        for one in found.records:
            typer.echo(f"  {one.record}: {one.ruling.label} ({one.basis})")
    unmet = [str(one.reason) for one in found.findings if not one.met and one.clause == found.basis]
    for reason in dict.fromkeys(unmet):
        typer.echo(f"  {reason}")
    for wanted in found.wanted:
        typer.echo(f"Needed for {wanted.clause}, {wanted.record}: {wanted.fact}")
    typer.echo(f"Log: {found.log.why}")
    for duty in found.duties:
        typer.echo(f"To do: {duty.what} ({duty.who}, {duty.due})")
    for limit in found.limits:
        typer.echo(f"Limit: {limit}")
