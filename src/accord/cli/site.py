"""Set up, serve, and the demo district."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from accord.cli import app
from accord.cli.shell import start

Port = Annotated[int, typer.Option(help="Port on this machine.")]


@app.command()
def migrate() -> None:
    """Create the database or bring it up to this version."""
    start()
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
    workers: Annotated[int, typer.Option(help="Server processes.")] = 2,
) -> None:
    """Serve the site. Put a web server with TLS in front of it for anyone else than this machine."""
    arguments = ["--interface", "wsgi", "--host", address, "--port", str(port), "--workers", str(workers)]
    arguments += ["--blocking-threads", "4", "--log-level", "warning", "accord.web.wsgi:application"]
    os.execv(sys.executable, [sys.executable, "-m", "granian", *arguments])  # noqa: S606


@app.command()
def demo(
    serve_it: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Serve, or print the policy's standing and end.")
    ] = True,
    port: Port = 8000,
) -> None:
    """Load the invented district Sierra Vista Unified and serve it on this machine only."""
    os.environ["ACCORD_DEMO"] = "1"
    start()
    _migrate()
    from accord.web.demo.load import load

    load(say=lambda line: sys.stderr.write(line + "\n"))
    if not serve_it:
        from accord.cli.policy_import import print_status

        print_status()
        return
    sys.stdout.write(f"Sierra Vista Unified is at http://127.0.0.1:{port} (Ctrl-C ends it)\n")
    sys.stdout.flush()
    serve(port=port, address="127.0.0.1", workers=2)
