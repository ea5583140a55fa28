"""The federal Civil Rights Data Collection, counted from the district's log."""

from __future__ import annotations

import re
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from accord.cli import app, show
from accord.cli.shell import start
from accord.decision import BadInput
from accord.exchange.crdc import Row
from accord.facts.school_years import school_year_days

crdc = typer.Typer(help="The federal civil rights data collection.", no_args_is_help=True)
app.add_typer(crdc, name="crdc")


@crdc.callback()
def _group() -> None:
    """The federal civil rights data collection."""


@crdc.command()
def export(
    year: Annotated[str, typer.Option(help="The school year, as 2025-26.")],
    out: Annotated[Path | None, typer.Option(help="Folder for the table and the trace as CSV files.")] = None,
    not_collected: Annotated[str, typer.Option(help="What to write where nothing was counted; never 0.")] = "",
    first_day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day of the regular year; July 1 if left out.")
    ] = None,
    last_day: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day of the regular year; June 30 if left out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Count referrals to law enforcement and arrests by school, ARRS-1 to ARRS-6, with the contacts behind each figure.

    Empty (JSON: null) is not collected, 0 is counted and none. The figures are exact: for the federal collection only.
    """
    days = _days(year, first_day, last_day)
    if not_collected.strip() == "0":
        raise BadInput(
            "0 already means counted and none.",
            where="--not-collected",
            mend="Leave it out, or write -9 or another code.",
        )
    start()
    from accord.exchange import crdc as collection
    from accord.exchange import crdc_files
    from accord.web.interactions.crdc_rows import rows

    held = rows(*days)
    counts = collection.count(held.rows, year=days, schools=held.schools)
    if held.began_on is None or held.began_on > days[0]:
        began = held.began_on.isoformat() if held.began_on else "no day yet"
        sys.stderr.write(f"The log begins on {began}: nothing before is counted, and 0 does not speak for it.\n")
    _say_who_is_unknown(collection.counting(held.rows, year=days))
    table, trace = crdc_files.table(counts, not_collected=not_collected), crdc_files.trace(counts)
    if out:
        _write(out, {f"crdc-{year}.csv": table, f"crdc-{year}-trace.csv": trace})
    if as_json:
        show(_answer(crdc_files.plain(counts, school_year=year, year=days), held.began_on))
    elif not out:
        sys.stdout.write(table)


def _say_who_is_unknown(rows: list[Row]) -> None:
    """How many of those who may count are not linked to the roster, and how many go by the contact's school."""
    unlinked = sum(row.student is None for row in rows)
    placed = sum(not row.by_enrollment for row in rows)
    if unlinked:
        sys.stderr.write(
            f"{unlinked} of {len(rows)} people counted are not linked to the roster: where they may belong, students "
            "are not collected, and only bounds are given.\n"
        )
    if placed:
        sys.stderr.write(
            f"{placed} of {len(rows)} count at the school of the contact: where they were enrolled is not known.\n"
        )


def _days(year: str, first: datetime | None, last: datetime | None) -> tuple[date, date]:
    """First and last day that count.

    Raises:
        BadInput: for what is no school year, and for a regular year that is not inside it.
    """
    found = re.fullmatch(r"(20\d{2})-(\d{2})", year)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise BadInput("This is no school year.", where=year, mend="Write it like 2025-26.")
    begins, ends = school_year_days(year)
    regular = (first.date() if first else begins, last.date() if last else ends)
    if not begins <= regular[0] <= regular[1] <= ends:
        raise BadInput(
            "The regular year does not lie inside the school year.",
            where=f"{regular[0]} to {regular[1]}",
            mend=f"Give days from {begins} to {ends}.",
        )
    return regular


def _answer(plain: dict[str, Any], began_on: date | None) -> dict[str, Any]:
    return plain | {"log_begins": began_on.isoformat() if began_on else None}


def _write(folder: Path, files: dict[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(
            error.strerror or "It cannot be written.", where=str(folder), mend="Name a folder you may write to."
        ) from error
    sys.stderr.write(f"Written to {folder}: {', '.join(files)}.\n")
