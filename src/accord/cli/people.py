"""Open the first account and bring the schools in. Everyone else is let in by a program administrator in the site."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from accord.cli import app
from accord.cli.shell import start
from accord.decision import BadInput

people = typer.Typer(help="Accounts from the command line.", no_args_is_help=True)
app.add_typer(people, name="people")


@people.command("first-administrator", short_help="Open the first account of an installation")
def first_administrator(
    username: Annotated[str, typer.Argument(help="Usually the work e-mail address.")],
    name: Annotated[str, typer.Option(help="The person's name.")],
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when left out.")
    ],
) -> None:
    """Open the account of the first program administrator, on an installation that has none yet."""
    start()
    from accord.web.people.first import open_first_administrator

    try:
        open_first_administrator(username=username, name=name, password=password, at=datetime.now(UTC))
    except ValueError as error:
        raise BadInput(str(error), where=username, mend="Mend that and run the command again.") from error
    sys.stdout.write(f"{username} can sign in and open accounts for everyone else.\n")


@people.command()
def schools(
    file: Annotated[Path, typer.Argument(help="CSV in UTF-8, whose first line reads cds,name,level.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change and store nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Bring in the district's schools: new ones are added, changed ones changed. Run again, it changes nothing."""
    from dataclasses import asdict

    text = _text(file)
    start()
    from accord.cli import show
    from accord.web.people.schools import load, read

    try:
        done = load(read(text), at=datetime.now(UTC), dry_run=dry_run)
    except BadInput as error:
        where = f"{file}, {error.where}" if error.where else str(file)
        raise BadInput(error.what, where=where, mend=error.mend) from error
    if as_json:
        show(asdict(done) | {"dry_run": dry_run})
        return
    words = "Would add {added}, change {changed}" if dry_run else "Added {added}, changed {changed}"
    sys.stdout.write(words.format_map(asdict(done)) + f"; {done.unchanged} stay as they are.\n")


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(
            f"The file cannot be opened: {error.strerror}.", where=str(file), mend="Check the name and who may read it."
        ) from error
    except UnicodeDecodeError as error:
        raise BadInput("This is not a text file in UTF-8.", where=str(file), mend="Save it as CSV in UTF-8.") from error


@app.command(short_help="List every rule and every number of law")
def rules(as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False) -> None:
    """List every rule with its clause, and every number of law or policy with source and the day it was last read."""
    from dataclasses import asdict

    from accord import clauses
    from accord.cli import show

    if as_json:
        show(
            {
                "clauses": [asdict(one) for topic in clauses.TOPICS for one in clauses.clauses(topic)],
                "parameters": [asdict(one) for one in clauses.parameters()],
            }
        )
        return
    for topic in clauses.TOPICS:
        for one in clauses.clauses(topic):
            sys.stdout.write(f"{one.id}: {one.title}\n")
    for number in clauses.parameters():
        read = number.verified_on or "never"
        sys.stdout.write(f"{number.id} = {number.value} {number.unit} (since {number.effective}, source read {read})\n")
