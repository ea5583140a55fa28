"""Set up, serve, and the demo district."""

from __future__ import annotations

import errno
import os
import socket
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from accord.cli import app
from accord.cli.shell import start
from accord.decision import BadInput

Port = Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")]


@app.command()
def migrate() -> None:
    """Create the database, or bring it up to date."""
    start(creating=True)
    _migrate()


def _migrate() -> None:
    from django.conf import settings
    from django.core.management import call_command

    settings.DATA.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)


@app.command()
def serve(
    port: Port = 8000,
    address: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    workers: Annotated[int, typer.Option(min=1, help="Server processes.")] = 2,
) -> None:
    """Serve the site on this machine.

    Put a web server with TLS in front of it for anyone else than this machine.
    """
    if os.environ.get("ACCORD_DEMO") != "1" and not os.environ.get("ACCORD_SECRET_KEY"):
        raise BadInput(
            "The signing key is not set.",
            where="ACCORD_SECRET_KEY",
            mend="Set it to a long random string; for the demo district run make demo or accord demo.",
        )
    _require_free(address, port)
    _run_server(address, port, workers)


def _run_server(address: str, port: int, workers: int) -> None:
    arguments = ["--interface", "wsgi", "--host", address, "--port", str(port), "--workers", str(workers)]
    arguments += ["--blocking-threads", "4", "--log-level", "warning", "accord.web.wsgi:application"]
    os.execv(sys.executable, [sys.executable, "-m", "granian", *arguments])  # noqa: S606


def _require_free(address: str, port: int) -> None:
    """Refuse before anything is announced when nothing can listen there."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            address, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(place)
    except OSError as error:
        if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
            raise BadInput("This machine has no such address.", where=address, mend="Try 127.0.0.1.") from error
        what = "may not be used" if isinstance(error, PermissionError) else "is taken by another program"
        other = port + 10 if 1024 <= port <= 65000 else 8010
        raise BadInput(
            f"Port {port} of {address} {what}.",
            mend=f"Choose another: make demo PORT={other}, or --port {other}.",
        ) from error


@app.command()
def demo(
    serve_it: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve, or print the policy's standing and end.")
    ] = True,
    port: Port = 8000,
    fresh: Annotated[bool, typer.Option("--fresh", help="Throw the demo's database away first.")] = False,
) -> None:
    """Load an invented district and serve it here.

    The district is Sierra Vista Unified. It is served on this machine only, and only on a database of its own.
    """
    began = time.monotonic()
    os.environ["ACCORD_DEMO"] = "1"
    if serve_it:
        _require_free("127.0.0.1", port)
    start(creating=True)
    _require_demo_database()
    if fresh:
        _throw_away()
    _migrate()
    from accord.web.demo.load import load

    load(say=lambda line: sys.stderr.write(line + "\n"))
    if not serve_it:
        from accord.cli.policy_import import print_status

        print_status()
        return
    seconds = time.monotonic() - began
    sys.stdout.write(f"Sierra Vista Unified is at http://127.0.0.1:{port} after {seconds:.1f} s (Ctrl-C ends it)\n")
    sys.stdout.flush()
    _run_server("127.0.0.1", port, workers=2)


def _require_demo_database() -> None:
    """The demo lets people in without a password, so it never opens on a database that holds anybody else."""
    from django.db import connection

    from accord.web.demo.district import MAIL

    if connection.vendor == "sqlite" and not Path(str(connection.settings_dict["NAME"])).is_file():
        return
    if "people_user" not in connection.introspection.table_names():
        return
    from accord.web.people.models import User

    if User.objects.exists() and not User.objects.filter(username__endswith=MAIL).exists():
        raise BadInput(
            "This database is not the demo's.",
            where=str(connection.settings_dict["NAME"]),
            mend="Set ACCORD_DATA to an empty folder and leave ACCORD_DATABASE_URL out.",
        )


def _throw_away() -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        raise BadInput(
            "--fresh works on the demo's SQLite file only.",
            where=str(connection.settings_dict["NAME"]),
            mend="Drop the database and make it anew.",
        )
    connection.close()
    database = Path(str(connection.settings_dict["NAME"]))
    for ending in ("", "-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
