"""The state's yearly collection of uses of force, drawn from the district's log for the agency that files it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accord.cli import app, show
from accord.cli.shell import start
from accord.decision import BadInput

if TYPE_CHECKING:
    from accord.exchange.ursus import Incident

ursus = typer.Typer(help="The state's collection of uses of force.", no_args_is_help=True)
app.add_typer(ursus, name="ursus")


@ursus.callback()
def _group() -> None:
    """The state's collection of uses of force."""


@ursus.command()
def export(
    year: Annotated[int, typer.Option(help="The calendar year, as 2026.")],
    out: Annotated[Path | None, typer.Option(help="Write the records to this file instead.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON, with what is not collected.")] = False,
) -> None:
    """Write the year's uses of force that the agency must report: shots fired, serious injury, death.

    Every record holds what the log tells; null is not collected here, and the agency fills it in from its own files.
    Contacts of which too little is told to say whether they must be reported are named and not written.
    """
    days = _days(year)
    start()
    from accord.exchange import ursus as collection
    from accord.web.interactions.ursus_events import events

    held = events(*days)
    due = collection.due(held.incidents)
    if out:
        _write(out, collection.write(due))
    if as_json:
        began_on = held.began_on.isoformat() if held.began_on else None
        show({"year": year, "log_begins": began_on, **_answer(due, held.incidents)})
        return
    if not out:
        sys.stdout.write(collection.write(due))
    _tell(due, held.incidents, held.began_on, days[0])


def _days(year: int) -> tuple[date, date]:
    if not 2000 <= year < 2100:
        raise BadInput("There is no such year to report.", where=str(year), mend="Write four digits, as 2026.")
    return date(year, 1, 1), date(year, 12, 31)


def _answer(due: list[Incident], every: tuple[Incident, ...]) -> dict[str, Any]:
    from accord.exchange.ursus import missing, plain, undecided

    open_ = [(one.reference, names) for one in every if (names := undecided(one))]
    return {
        "incidents": [plain(one) | {"not_collected": missing(one)} for one in due],
        "undecided": [{"reference": reference, "not_known": names} for reference, names in open_],
    }


def _tell(due: list[Incident], every: tuple[Incident, ...], began_on: date | None, first: date) -> None:
    """Say beside the records what they do not hold."""
    answer = _answer(due, every)
    if began_on is None or began_on > first:
        began = began_on.isoformat() if began_on else "no day yet"
        sys.stderr.write(f"The log begins on {began}: nothing before is reported.\n")
    for one in answer["incidents"]:
        sys.stderr.write(f"{one['reference']}: not collected: {', '.join(one['not_collected'])}.\n")
    for one in answer["undecided"]:
        names = ", ".join(one["not_known"])
        sys.stderr.write(f"{one['reference']}: left out; whether it must be reported is not known: {names}.\n")


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        mend = "Name a file in a folder you may write to."
        raise BadInput(error.strerror or "It cannot be written.", where=str(file), mend=mend) from error
