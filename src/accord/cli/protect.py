"""Hide what must be hidden in a release of counts."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import Annotated

import typer

from accord.cli import app, show
from accord.stats import bare_files, certificate
from accord.stats.bare import Policy, Zeros
from accord.stats.pattern import Unsafe
from accord.stats.pattern import protect as search


@app.command(short_help="Hide small counts so that nobody can work them out")
def protect(
    cells: Annotated[Path, typer.Option(help="CSV or Parquet: cell,value[,denom,cost].")],
    equations: Annotated[Path, typer.Option(help="CSV or Parquet: row,cell,coef; each row sums to zero.")],
    out: Annotated[Path, typer.Option(help="Folder for status.csv and certificate.json.")],
    threshold: Annotated[int, typer.Option(min=1, help="Counts from 1 to this are hidden.")] = 10,
    width: Annotated[int, typer.Option(min=2, help="Values that stay possible for each hidden small count.")] = 5,
    zeros: Annotated[Zeros, typer.Option(help="Whether zeros are always printed or may be hidden.")] = Zeros.PRINTED,
    no_small_sums: Annotated[
        bool, typer.Option("--no-small-sums", help="Leave no printed sum whose hidden parts come to a small count.")
    ] = False,
    seconds: Annotated[float, typer.Option("--time", min=0, help="Seconds to search for a cheaper pattern.")] = 60.0,
    json: Annotated[bool, typer.Option("--json", help="Answer with the certificate as JSON.")] = False,
) -> None:
    """Choose which cells to hide at the least loss, prove that no small count can be worked out, and write the result.

    Exit code 1 and no file when nothing safe was found.
    """
    policy = Policy(threshold, width, zeros=zeros, small_sums=not no_small_sums)
    bare = bare_files.read(cells, equations)
    try:
        found = search(bare, policy, seconds=seconds, told=_progress)
    except Unsafe as unsafe:
        sys.stderr.write(f"{unsafe.reason} {len(unsafe.cells)} cells, the first: {', '.join(unsafe.cells[:5])}.\n")
        sys.stderr.write("Nothing was written. Merge groups, outcomes or periods and try again.\n")
        raise typer.Exit(1) from unsafe
    certificate.write(out, certificate.files(bare, found, policy))
    proof = certificate.certificate(found, policy)
    if json:
        show(proof)
        return
    proved = "proved minimal" if found.gap == 0 else f"at most {found.gap:.1%} above minimal"
    sys.stdout.write(
        f"{proof['cells']} cells: {proof['primary']} small ones hidden, {proof['complementary']} more at a cost of "
        f"{found.cost:.2f}, {proved}. Every small count keeps {width} values or more.\n"
    )


def _progress(cost: float, bound: float) -> None:
    best = "none yet" if math.isinf(cost) else f"{cost:.2f}, gap {(cost - bound) / cost if cost else 0:.1%}"
    sys.stderr.write(f"bound {bound:.2f}, best safe pattern {best}\n")
