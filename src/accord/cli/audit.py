"""Verify the history of acts, note its head outside, hand it to a stranger."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from accord.cli import app, show
from accord.cli.shell import start
from accord.decision import BadInput

audit = typer.Typer(help="Verify the history of acts.", no_args_is_help=True)
app.add_typer(audit, name="audit")

_HEAD = re.compile(r"Event (?P<seq>\d+)(?: \S+)?\s+(?P<digest>[0-9a-f]{64})")

AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


@audit.command(short_help="Say whether the history is whole")
def verify(
    checkpoint: Annotated[Path | None, typer.Option(help="A file that `accord audit head` wrote earlier.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check that events follow from each other and rows hold what was recorded. Names the first bad event."""
    head = _checkpoint(checkpoint) if checkpoint else None
    start()
    from accord.web.audit.verify import verify as walk

    result = walk(head=head)
    answer = {
        "whole": result.whole,
        "events": result.events,
        "rows": result.rows,
        "head": result.head,
        "first_bad": result.first_bad,
        "reason": result.reason,
    }
    if as_json:
        show(answer)
    elif result.whole:
        sys.stdout.write(f"The history is whole: {result.events:,} events, {result.rows:,} rows. Head {result.head}\n")
    else:
        where = f" First bad event: {result.first_bad:,}." if result.first_bad else ""
        sys.stdout.write(f"The history is not whole.{where} {result.reason}\n")
    if not result.whole:
        raise typer.Exit(1)


def _checkpoint(path: Path) -> tuple[int, str]:
    """Number and hash of the event that `accord audit head` printed, as text or as JSON."""
    try:
        noted = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        noted = ""
    if match := _HEAD.fullmatch(noted.strip()):
        return int(match["seq"]), match["digest"]
    try:
        data = json.loads(noted)
        return int(data["seq"]), str(data["digest"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadInput(
            "This is not a checkpoint.", where=str(path), mend="Give what `accord audit head` printed, saved as a file."
        ) from error


@audit.command(short_help="Print the newest event, to be kept outside")
def head(as_json: AsJson = False) -> None:
    """Print number, time and hash of the newest event, to be kept outside: in the Board packet, by mail, on paper."""
    start()
    from accord.web.audit.models import Event

    newest = Event.objects.order_by("-seq").first()
    noted = {
        "seq": newest.seq if newest else 0,
        "at": newest.at.isoformat() if newest else "",
        "digest": newest.digest if newest else "0" * 64,
    }
    if as_json:
        show(noted)
    else:
        sys.stdout.write(f"Event {noted['seq']} {noted['at']}\n{noted['digest']}\n")


@audit.command(short_help="Write the whole history as lines of JSON")
def export(file: Annotated[Path, typer.Argument(help="Where to write; one event a line.")]) -> None:
    """Write the whole history as lines of JSON, which `accord/web/audit/chain.py` alone can verify."""
    start()
    from accord.web.audit.models import Event

    with file.open("w", encoding="utf-8") as out:
        for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
            row = {"seq": event.seq, "body": event.body, "previous": event.previous, "digest": event.digest}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


@audit.command(short_help="Let a PostgreSQL role only add to the history")
def protect(role: Annotated[str, typer.Argument(help="The database role that Accord signs in with.")]) -> None:
    """On PostgreSQL: let a role append events and never change them, and use everything else. Run as the owner."""
    start()
    from django.db import connection

    from accord.web.audit.grants import grant

    if connection.vendor != "postgresql":
        raise BadInput(
            "Only PostgreSQL has roles.",
            where="ACCORD_DATABASE_URL",
            mend="On SQLite the triggers of the database already refuse changes to events; nothing is to be done.",
        )
    grant(role)
    sys.stdout.write(f"{role} may append events and cannot change or delete them.\n")
