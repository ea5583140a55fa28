"""One command for each thing a person does. Answers on stdout, errors on stderr in two lines.

Exit codes: 0 fine, 1 a rule said no or a check fell short, 2 bad input.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from typing import Any

import typer

from accord.cli.faults import told
from accord.cli.overview import Overview

app = typer.Typer(
    cls=Overview,
    help="Run a School Resource Officer program inside its board policy.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
)


def show(value: Any) -> None:
    """Print a value as JSON, characters as they are."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def load() -> None:
    """Have every module of this folder add its commands."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    for group in app.registered_groups:
        if group.typer_instance:
            group.typer_instance.info.cls = Overview


def main() -> None:
    """Run a command. An error that people meet becomes two lines and an exit code."""
    try:
        load()
        code = app(standalone_mode=False)
    except KeyboardInterrupt:
        sys.exit(130)
    except (Exception, SystemExit) as error:
        if isinstance(error, SystemExit) and not isinstance(error.code, str):
            raise
        plain = told(error)
        if plain is None:
            raise
        sys.stderr.write(f"{plain.what}\n{plain.mend}\n")
        sys.exit(plain.code)
    sys.exit(code if isinstance(code, int) else 0)
