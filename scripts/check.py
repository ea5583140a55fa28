"""Everything `make check` holds the tree against, each step named and timed; the output of those that fall short.

A step that fails does not keep the others from running: one look tells all there is to mend.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
BIN = Path(PYTHON).parent
DJANGO = (PYTHON, "-m", "django")
SETTINGS = ("--settings", "accord.web.settings")

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("format", (str(BIN / "ruff"), "format", "--check", ".")),
    ("lint", (str(BIN / "ruff"), "check", ".")),
    ("types", (str(BIN / "mypy"),)),
    ("types of the tools", (str(BIN / "mypy"), "-p", "scripts", "-p", "bench")),
    ("import contracts", (str(BIN / "lint-imports"), "--no-cache")),
    ("migrations", (*DJANGO, "makemigrations", "--check", "--dry-run", *SETTINGS)),
    ("settings for production", (*DJANGO, "check", "--deploy", "--fail-level", "WARNING", *SETTINGS)),
    ("translations", (PYTHON, "-m", "scripts.messages", "check")),
)
OPTIONAL: tuple[tuple[str, Path, tuple[str, ...]], ...] = (
    ("docs", ROOT / "scripts/docs.py", (PYTHON, "-m", "scripts.docs", "check")),
)


def environment(data: str) -> dict[str, str]:
    """The environment of a production server, with a key that is thrown away."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("ACCORD_")}
    return {
        **inherited,
        "ACCORD_SECRET_KEY": os.urandom(40).hex(),
        "ACCORD_HOSTS": "accord.example",
        "ACCORD_DATA": data,
    }


def run(name: str, command: tuple[str, ...], variables: dict[str, str]) -> bool:
    """Run one step, print its line and, when it falls short, its output."""
    started = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    fine = done.returncode == 0
    sys.stdout.write(f"{'fine' if fine else 'FAILED':7} {name} ({time.monotonic() - started:.1f} s)\n")
    if not fine:
        sys.stdout.write(done.stdout.rstrip() + "\n")
    sys.stdout.flush()
    return fine


def main() -> int:
    """Run every step; exit code 1 when any falls short."""
    steps = STEPS + tuple((name, command) for name, needed, command in OPTIONAL if needed.exists())
    with tempfile.TemporaryDirectory(prefix="accord-check-") as data:
        (Path(data) / "static").mkdir()
        variables = environment(data)
        short = [name for name, command in steps if not run(name, command, variables)]
    if short:
        sys.stderr.write(
            f"{len(short)} of {len(steps)} checks fall short: {', '.join(short)}.\nWhat each found is printed above.\n"
        )
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
