"""Work stored decisions on records out again, and list those whose answer would be another today."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Annotated

import typer

from accord.cli.records import records
from accord.cli.shell import start

LINES = """{reference} of {on}, rule {stored_version}: {part} was "{was}", is "{now}"
  then: {why_was}
  now:  {why_now}"""
SUM = (
    "{decisions:,} decisions worked out again with rule {rule_version}, {other_version:,} of them made by another "
    "version: {different:,} would be answered otherwise."
)


@records.command(short_help="Say which stored decisions the rule would answer otherwise today")
def replay(
    as_json: Annotated[
        bool, typer.Option("--json", help="One line of JSON for each that differs, then the count.")
    ] = False,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Leave out decisions before this day.")
    ] = None,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Use the numbers as they are written now for each decision's day.")
    ] = False,
) -> None:
    """Work every stored decision out again with the rule as it is now, on the facts and numbers stored with it.

    Nothing is written. Exit code 0 when every answer is the same, 1 when any differs; each is named with what differs
    and the first finding that is another.
    """
    start()
    from accord.rules import records as rule
    from accord.web.records import replay as again

    found, day = again.Replayed(), since.date() if since else None
    for one in again.replay(found, since=day, numbers=(lambda on: rule.numbers(on=on)) if numbers else None):
        told = asdict(one)
        _say(json.dumps(told, ensure_ascii=False, default=str) if as_json else LINES.format_map(told))
    summed = asdict(found) | {"rule_version": rule.version()}
    _say(json.dumps(summed) if as_json else SUM.format_map(summed))
    raise typer.Exit(1 if found.different else 0)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
