"""Try to work out what a release of counts hides."""

from __future__ import annotations

import csv
import io
import math
import sys
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from accord.cli import app, show
from accord.decision import BadInput
from accord.stats import audit, bare_files, certificate
from accord.stats.bare import UNKNOWN, Bare, Flags


@app.command(short_help="Try to work out hidden counts of a release")
def attack(
    cells: Annotated[Path, typer.Option(help="CSV or Parquet: cell,value[,denom]; hidden values may be blank.")],
    equations: Annotated[Path, typer.Option(help="CSV or Parquet: row,cell,coef.")],
    status: Annotated[Path, typer.Option(help="CSV or Parquet: cell,status with p published, s suppressed.")],
    assume: Annotated[
        str,
        typer.Option(help="a0 counts are 0 or more; a1 hidden ones 1 or more; a2 a group of nobody has 0."),
    ] = "a0,a1,a2",
    threshold: Annotated[int, typer.Option(min=1, help="Which hidden counts are small, for the exit code.")] = 10,
    width: Annotated[int, typer.Option(min=1, help="Values that must stay possible for each small count.")] = 5,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    out: Annotated[Path | None, typer.Option(help="File for cell,lo,hi; without it they are printed.")] = None,
) -> None:
    """Give the whole numbers that remain possible for each hidden cell: cell,lo,hi, hi empty where nothing bounds it.

    The hidden values are taken out before the attack begins. Exit code 1 when a small count keeps fewer than --width;
    where hidden values are blank, as in a published release, when a cell of which all possible values are small does.
    """
    told = frozenset(part.strip().lower() for part in assume.split(",") if part.strip())
    if unknown := sorted(told - {"a0", "a1", "a2"}):
        raise BadInput(f"There is no assumption {unknown[0]}.", where="--assume", mend="Name a0, a1, a2.")
    bare = bare_files.read(cells, equations, blanks=True)
    hidden = bare_files.read_status(status, bare.names)
    if len(blank := np.flatnonzero(~hidden & (bare.values == UNKNOWN))):
        mend = "Give the value of every published cell."
        raise BadInput(f"{bare.names[blank[0]]} is published and has no value.", where=str(cells), mend=mend)
    found = audit.attack(audit.printed(bare, hidden, told))
    rows = _rows(bare, hidden, found)
    if out:
        certificate.write(out.parent, {out.name: _lines(rows)})
    if json:
        show([{"cell": cell, "lo": low, "hi": high} for cell, low, high in rows])
    elif not out:
        sys.stdout.write(_lines(rows).decode())
    told_small = (bare.values >= 1) & (bare.values <= threshold)
    small = np.where(bare.values == UNKNOWN, ~bare.blank & (found.high <= threshold), told_small)
    narrow = np.flatnonzero(small & (found.widths < width))
    if len(narrow):
        first = ", ".join(bare.names[cell] for cell in narrow[:5])
        sys.stderr.write(f"{len(narrow)} small counts keep fewer than {width} values, the first: {first}.\n")
        raise typer.Exit(1)


def _rows(bare: Bare, hidden: Flags, found: audit.Intervals) -> list[tuple[str, int, int | None]]:
    return [
        (bare.names[cell], int(found.low[cell]), None if math.isinf(found.high[cell]) else int(found.high[cell]))
        for cell in np.flatnonzero(hidden)
    ]


def _lines(rows: list[tuple[str, int, int | None]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([("cell", "lo", "hi"), *rows])
    return text.getvalue().encode()
