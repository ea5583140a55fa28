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

from accord.cli.overview import Overview
from accord.decision import BadInput, NotAllowed

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


def main() -> None:
    """Run a command; turn the two families of errors into two lines and an exit code."""
    load()
    try:
        app()
    except BadInput as error:
        sys.stderr.write(f"{error}\n{error.mend}\n")
        sys.exit(2)
    except NotAllowed as error:
        sys.stderr.write(f"{error}\nClauses: {', '.join(finding.clause for finding in error.decision.unmet)}\n")
        sys.exit(1)
