"""Look through texts for what must not stand in them, before they are stored or brought in."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from accord.cli import app
from accord.decision import BadInput
from accord.rules.narratives import check as check_text
from accord.rules.narratives import roster_names

narrative = typer.Typer(help="Free text: what must not stand in it.", no_args_is_help=True)
app.add_typer(narrative, name="narrative")

LONGEST = 4_000_000
"""Longest text in bytes; a longer line is not a narrative."""


@narrative.callback()
def _group() -> None:
    """Free text: what must not stand in it."""


@narrative.command()
def check(
    file: Annotated[Path, typer.Argument(help="One text a line, UTF-8.")],
    names: Annotated[
        Path | None, typer.Option("--names", help="The district's students, one full name a line, to look for.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Say where texts tell of immigration, name a person or hold an identifier. Never repeats the words.

    Places count characters of the line from 0; the end is not included.
    Exit code 0 when nothing is found, 1 when something is, 2 when the file cannot be read.
    """
    roster = roster_names([name for _, name in _lines(names)]) if names else frozenset()
    found = False
    number = 0
    for number, text in _lines(file):
        marks = check_text(text, roster)
        found = found or bool(marks)
        findings = [{"kind": mark.kind, "start": mark.start, "end": mark.end} for mark in marks]
        if as_json:
            _print_row({"line": number, "findings": findings}, first=number == 1)
        else:
            for mark in marks:
                typer.echo(f"line {number}, characters {mark.start} to {mark.end}: {mark.kind}")
    if as_json:
        sys.stdout.write("\n]\n" if number else "[]\n")
    elif not found:
        typer.echo("Nothing found. Detection is not proof: let a person look as well.")
    raise typer.Exit(1 if found else 0)


def _print_row(row: dict[str, Any], *, first: bool) -> None:
    sys.stdout.write(("[\n  " if first else ",\n  ") + json.dumps(row))


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    """Each line of a file with its number, one at a time however large the file.

    Raises:
        BadInput: when it cannot be read, is no UTF-8, or has a line longer than any narrative.
    """
    mend = "Give a text file in UTF-8 with one text on each line."
    try:
        with file.open("rb") as stream:
            number = 0
            while line := stream.readline(LONGEST + 2):
                number += 1
                if len(line.rstrip(b"\r\n")) > LONGEST:
                    raise BadInput(f"A line is longer than {LONGEST} bytes.", where=f"{file}:{number}", mend=mend)
                yield number, line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
    except OSError as error:
        raise BadInput(error.strerror or "It cannot be opened.", where=str(file), mend=mend) from error
    except UnicodeDecodeError as error:
        raise BadInput("This line is not UTF-8.", where=f"{file}:{number}", mend=mend) from error
