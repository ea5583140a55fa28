"""Run every measurement of this folder and print it beside its goal.

python -m bench.run [--json] [NAME ...]     only the modules named; exit code 1 when a goal is not met
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

import bench
from bench.figure import Figure


def modules(wanted: Sequence[str] = ()) -> Iterator[str]:
    """Names of the modules of this folder that measure something, or of those wanted among them."""
    for found in pkgutil.iter_modules(bench.__path__):
        if found.name not in {"run", "figure"} and (not wanted or found.name in wanted):
            yield found.name


def measure(wanted: Sequence[str] = ()) -> Iterator[tuple[str, Figure]]:
    """Run the measurements one after the other, so that none slows another down."""
    for name in modules(wanted):
        module = importlib.import_module(f"bench.{name}")
        for figure in getattr(module, "figures", list)():
            yield name, figure


def shown(results: Sequence[tuple[str, Figure]]) -> Table:
    """The results as a table for the terminal."""
    table = Table("Measurement", "What", "Figure", "Goal", "Met")
    for name, one in results:
        table.add_row(name, one.name, f"{one.value:,.4g} {one.unit}", one.goal, "yes" if one.met else "NO")
    return table


def main(arguments: list[str]) -> int:
    """Measure, print, and say by the exit code whether every goal is met."""
    wanted = [word for word in arguments if not word.startswith("-")]
    if unknown := set(wanted) - set(modules()):
        sys.stderr.write(
            f"No measurement is called {', '.join(sorted(unknown))}.\nThere are: {', '.join(modules())}.\n"
        )
        return 2
    results = list(measure(wanted))
    if "--json" in arguments:
        rows = [{"measurement": name, **asdict(one), "met": one.met} for name, one in results]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    else:
        Console(width=None if sys.stdout.isatty() else 140).print(shown(results))
    return 0 if all(figure.met for _, figure in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
