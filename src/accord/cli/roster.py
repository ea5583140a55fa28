"""Bring the district's roster in from the student system, or see first what would come of it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accord.cli import app, show
from accord.cli.shell import start
from accord.decision import BadInput
from accord.facts import Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from accord.web.people.models import User
    from accord.web.students.actions import Imported

roster = typer.Typer(help="The district's students, from its student system.", no_args_is_help=True)
app.add_typer(roster, name="roster")

_TOLD = 20
"""How many problems are printed; --json gives all."""


@roster.callback()
def _group() -> None:
    """The district's students, from its student system."""


@roster.command("import")
def bring_in(
    path: Annotated[Path, typer.Argument(help="A zip, a folder, a CSV file or XML (also .gz).")],
    standard: Annotated[
        str, typer.Option("--format", help="oneroster, edfi, sds or csv; found out from the file when left out.")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come of it and store nothing.")] = False,
    skip_bad_rows: Annotated[
        bool, typer.Option("--skip-bad-rows", help="Store the others where some rows cannot be read.")
    ] = False,
    complete: Annotated[
        bool, typer.Option("--complete", help="The roster names everyone enrolled: whoever is not in it leaves today.")
    ] = False,
    without_names: Annotated[bool, typer.Option("--without-names", help="Keep no given or family name.")] = False,
    by: Annotated[str, typer.Option(help="User name of who brings it in.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Bring in a roster: OneRoster 1.1 or 1.2, Ed-Fi, School Data Sync or plain CSV. All of it or nothing.

    Where a row cannot be read nothing is stored, unless --skip-bad-rows is given. Exit code 1 when a row was rejected.
    Birthplace, citizenship and password columns are dropped unread, and named.
    """
    choices = {
        "source": path,
        "format": standard,
        "keep_names": not without_names,
        "skip_bad_rows": skip_bad_rows,
        "complete": complete,
    }
    start()
    done = _dry(choices) if dry_run else _real(choices, by)
    if as_json:
        show(_plain(done))
    else:
        _tell(done)
    if done.rejected:
        sys.exit(1)


def _now() -> tuple[Any, date]:
    from django.utils import timezone

    from accord.web.base.middleware import DISTRICT_TIME

    at = timezone.now()
    return at, at.astimezone(DISTRICT_TIME).date()


def _dry(choices: dict[str, Any]) -> Imported:
    """Whoever can run this command can read the file, so that looking asks for no account."""
    from django.db import DatabaseError

    from accord.web.students.actions import look

    at, on = _now()
    try:
        with _progress() as tick:
            return look(at=at, on=on, tick=tick, **choices)
    except DatabaseError as error:
        raise _no_database() from error


def _real(choices: dict[str, Any], by: str) -> Imported:
    from django.db import DatabaseError

    from accord.web.students.actions import import_roster

    at, on = _now()
    try:
        importer = _importer(by, on)
        with _progress() as tick:
            return import_roster(by=importer, at=at, on=on, tick=tick, **choices)
    except DatabaseError as error:
        raise _no_database() from error


def _no_database() -> BadInput:
    return BadInput(
        "The database is not there, or not up to date.",
        where="ACCORD_DATABASE_URL",
        mend="Run accord demo, or python -m django migrate, and try again.",
    )


def _importer(username: str, on: date) -> User:
    """Whoever is named; otherwise the one program administrator, or the one person who may bring in a roster."""
    from accord.rules.people import may
    from accord.web.people.models import User

    accounts = User.objects.prefetch_related("grants")
    if username:
        found = accounts.filter(username__iexact=username.strip()).first()
        if found is None:
            raise BadInput("There is no such account.", where="--by", mend="Give the user name of an account.")
        return found
    able = [one for one in accounts if may(one.facts(), "students.import", on=on).allowed]
    running = [one for one in able if any(held.role is Role.PROGRAM_ADMIN for held in one.facts().roles)]
    for group in (running, able):
        if len(group) == 1:
            return group[0]
    raise BadInput(f"{len(able)} accounts may bring in a roster.", where="--by", mend="Say who does: --by USERNAME.")


@contextmanager
def _progress() -> Iterator[Callable[[int], object]]:
    """A line that counts students while a person is watching."""
    if not sys.stderr.isatty():
        yield lambda students: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} students"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda students: bar.advance(task, students)


def _plain(done: Imported) -> dict[str, Any]:
    return {
        "format": done.format,
        "rows": done.rows,
        "imported": done.imported,
        "updated": done.updated,
        "left": done.left,
        "rejected": [{**asdict(one), "problem": str(one.problem)} for one in done.rejected],
        "dropped_columns": done.dropped_columns,
        "unplaced": done.unplaced,
        "unknown_schools": done.unknown_schools,
        "warnings": [str(one) for one in done.warnings],
        "dry_run": done.dry_run,
        "stored": done.stored,
    }


def _tell(done: Imported) -> None:
    say = sys.stdout.write
    would = "would be " if done.dry_run else ""
    say(f"{done.rows} students in {done.format}: {done.imported} {would}new, {done.updated} {would}changed")
    say(f", {done.left} leave.\n" if done.left else ".\n")
    if done.dropped_columns:
        say(f"Dropped without being read: {', '.join(done.dropped_columns)}.\n")
    if done.unplaced:
        schools = ", ".join(done.unknown_schools) or "none is named"
        say(f"{done.unplaced} students are at no school of the district: {schools}.\n")
    for warning in done.warnings:
        say(f"{warning}\n")
    for one in done.rejected[:_TOLD]:
        column = f", column {one.column}" if one.column else ""
        say(f"{one.file}, row {one.row} (line {one.line}){column}: {one.problem}.\n")
    if len(done.rejected) > _TOLD:
        say(f"And {len(done.rejected) - _TOLD} more; --json gives all.\n")
    if done.rejected and not done.stored:
        say("Nothing is stored. Mend the rows, or give --skip-bad-rows.\n")
    elif done.dry_run:
        say("Nothing is stored yet.\n")
