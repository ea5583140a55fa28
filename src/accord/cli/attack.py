"""Try to work out what a release of counts hides."""

from __future__ import annotations

import csv
import io
import math
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from accord.cli import app, show
from accord.decision import BadInput
from accord.stats import audit, bare_files, certificate, folder, outside, proof, tally_files
from accord.stats.bare import UNKNOWN, Bare, Flags, Ints, On, Policy, Zeros, of_small_group, primary
from accord.stats.ceilings import widths


@app.command(short_help="Try to work out hidden counts of a release")
def attack(
    cells: Annotated[Path, typer.Option(help="CSV or Parquet: cell,value[,denom,most]; hidden values may be blank.")],
    equations: Annotated[Path, typer.Option(help="CSV or Parquet: row,cell,coef.")],
    status: Annotated[Path, typer.Option(help="CSV or Parquet: cell,status with p published, s suppressed.")],
    assume: Annotated[
        str,
        typer.Option(
            help="a0 counts are 0 or more; a1 hidden ones 1 or more; a2 no more students than are enrolled. [as made]"
        ),
    ] = "",
    known: Annotated[Path | None, typer.Option(help="What else is known: CSV or Parquet, cell,lo,hi.")] = None,
    label_threshold: Annotated[
        int, typer.Option(min=0, help="Small counts are labeled as at most this; 0: all hidden ones look the same.")
    ] = 0,
    threshold: Annotated[
        int | None, typer.Option(min=1, help="Which hidden counts are small. [as the release was made; else 10]")
    ] = None,
    on: Annotated[
        On | None, typer.Option(help="Small is the count, the group, or either. [as made; else count]")
    ] = None,
    width: Annotated[
        int | None, typer.Option(min=1, help="Values that each small count must keep. [as made; else 5]")
    ] = None,
    check: Annotated[
        Path | None, typer.Option(help="Check this certificate.json instead, by sums alone and without a solver.")
    ] = None,
    seconds: Annotated[float | None, typer.Option("--time", min=0, help="Stop after so many seconds.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
    out: Annotated[Path | None, typer.Option(help="File for cell,lo,hi; without it they are printed.")] = None,
) -> None:
    """Give the whole numbers that remain possible for each hidden cell: cell,lo,hi, hi empty where nothing bounds it.

    The hidden values are taken out before the attack begins. Exit code 1 when a small count keeps fewer than --width
    values, or time ran out before that was ruled out; where hidden values are blank, as in a published release, when a
    cell of which all possible values are small does. With --check, exit code 1 when the certificate does not hold;
    where hidden values are blank, it is held against what is printed.
    """
    if out:
        folder.refuse_unwritable_file(out)
    bare = bare_files.read(cells, equations, blanks=True)
    hidden = bare_files.read_status(status, bare.names)
    if len(blank := np.flatnonzero(~hidden & (bare.values == UNKNOWN))):
        mend = "Give the value of every published cell."
        raise BadInput(f"{bare.names[blank[0]]} is published and has no value.", where=str(cells), mend=mend)
    if check:
        _check(bare, hidden, check, json=json)
        return
    policy = _policy(status, threshold=threshold, width=width, on=on)
    told = _assumed(assume) if assume else audit.assumptions(policy)
    small = primary(bare, policy)
    prints = audit.printed(bare, hidden, told, bare.blank | of_small_group(bare, policy))
    prints = outside.with_label(prints, small, label_threshold) if label_threshold else prints
    prints = outside.with_known(prints, bare.names, known) if known else prints
    found = audit.attack(prints, deadline=None if seconds is None else time.monotonic() + seconds)
    rows = _rows(bare, hidden, found)
    if out:
        tally_files.whole(out, lambda aside: Path(aside).write_bytes(_lines(rows)))
    if json:
        show([{"cell": cell, "lo": low, "hi": high} for cell, low, high in rows])
    elif not out:
        sys.stdout.write(_lines(rows).decode())
    surely = (found.low >= 1) | of_small_group(bare, policy) | (policy.zeros is Zeros.PRINTED)
    few = ~bare.blank & (found.high <= policy.threshold) & surely
    need = widths(bare, policy) if "a2" in told else np.full(len(bare), policy.width)
    _tell(bare, np.where(bare.values == UNKNOWN, few, small), found, need, policy.width)


def _policy(status: Path, **given: Any) -> Policy:
    """What the release is judged by: what was given, else what the files beside its status say; said on stderr."""
    made = certificate.beside(status)
    asked = {name: value for name, value in given.items() if value is not None}
    policy = Policy(**{**(made[1] if made else {}), **asked})
    source = f" As {made[0]} says, where no option does." if made and len(asked) < len(given) else ""
    sys.stderr.write(
        f"Judged by a threshold of {policy.threshold} on the {policy.on} and a width of {policy.width}.{source}\n"
    )
    return policy


def _assumed(assume: str) -> frozenset[str]:
    told = frozenset(part.strip().lower() for part in assume.split(",") if part.strip())
    if unknown := sorted(told - {"a0", "a1", "a2"}):
        raise BadInput(f"There is no assumption {unknown[0]}.", where="--assume", mend="Name a0, a1, a2.")
    return told


def _tell(bare: Bare, small: Flags, found: audit.Intervals, need: Ints, width: int) -> None:
    """Say what was recovered, and what was not settled, with the exit code. `need`: values that there can be at all."""
    short, late = small & found.settled & (found.widths < width), small & ~found.settled
    every = short & (found.widths >= np.maximum(need, 2))
    narrow = np.flatnonzero(short & ~every)
    if every.any():
        sys.stderr.write(
            f"{every.sum()} small counts keep fewer than {width} values: all that can be in groups of so few.\n"
        )
    if len(narrow):
        first = ", ".join(bare.names[cell] for cell in narrow[:5])
        sys.stderr.write(f"{len(narrow)} small counts keep fewer than {width} values, the first: {first}.\n")
    if late.any():
        sys.stderr.write(f"{late.sum()} small counts were not settled in time, so they are not known to be safe.\n")
    if len(narrow) or late.any():
        raise typer.Exit(1)


def _check(bare: Bare, hidden: Flags, path: Path, *, json: bool) -> None:
    held = certificate.read(path)
    wrong = list(proof.faults(bare, hidden, held))
    if json:
        show({"holds": not wrong, "faults": wrong})
    else:
        sys.stdout.write("".join(f"{fault}\n" for fault in wrong) or _holds(bare, hidden, held))
    if wrong:
        raise typer.Exit(1)


def _holds(bare: Bare, hidden: Flags, held: Mapping[str, Any]) -> str:
    """What was shown. Which hidden counts are small nobody can tell who does not have the counts."""
    if (bare.values[hidden] != UNKNOWN).all():
        return "The certificate holds.\n"
    width, keep = held["policy"]["width"], held["keep"]
    return (
        f"The certificate holds for what is printed and the {len(keep)} small counts that it names: "
        f"{sum(one >= width for one in keep)} keep {width} values or more, {sum(one < width for one in keep)} as many "
        "as it says. Whether it names them all, who has the counts can check.\n"
    )


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
