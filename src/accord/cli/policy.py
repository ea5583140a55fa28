"""Read, check and compare policies."""

from __future__ import annotations

import typer

from accord.cli import app

policy = typer.Typer(help="Read, check and compare board policies.", no_args_is_help=True)
app.add_typer(policy, name="policy")
