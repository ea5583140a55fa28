"""Verify the history of acts, note its head outside, hand it to a stranger."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from accord.cli import app, show
from accord.cli.shell import start
from accord.decision import BadInput

audit = typer.Typer(help="Verify the history of acts.", no_args_is_help=True)
app.add_typer(audit, name="audit")

AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


@audit.command()
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
        sys.stdout.write(f"The history is whole: {result.events} events, {result.rows} rows. Head {result.head}\n")
    else:
        where = f" First bad event: {result.first_bad}." if result.first_bad else ""
        sys.stdout.write(f"The history is not whole.{where} {result.reason}\n")
    if not result.whole:
        raise typer.Exit(1)


def _checkpoint(path: Path) -> tuple[int, str]:
    try:
        noted = json.loads(path.read_text(encoding="utf-8"))
        return int(noted["seq"]), str(noted["digest"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadInput(
            "This is not a checkpoint.", where=str(path), mend="Give the file that `accord audit head --json` wrote."
        ) from error


@audit.command()
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


@audit.command()
def export(file: Annotated[Path, typer.Argument(help="Where to write; one event a line.")]) -> None:
    """Write the whole history as lines of JSON, which `accord/web/audit/chain.py` alone can verify."""
    start()
    from accord.web.audit.models import Event

    with file.open("w", encoding="utf-8") as out:
        for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
            row = {"seq": event.seq, "body": event.body, "previous": event.previous, "digest": event.digest}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


@audit.command()
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
