"""Events counted by every cross-tab of some columns, from the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accord.cli import app, show
from accord.decision import BadInput
from accord.stats.engines import Engine, Reading
from accord.stats.faults import CARRIED, Fault, Faulty, Kind, listed
from accord.stats.folder import refuse_unwritable_file
from accord.stats.periods import Period

if TYPE_CHECKING:
    from accord.stats.tallied import Tally

LEFT_OUT = {"role": "rows of people who were not the subject", "reviewed": "rows that nobody has reviewed"}


@app.command(short_help="Count events by every cross-tab of some columns")
def tally(
    events: Annotated[Path, typer.Argument(help="CSV or Parquet: a row for each student in each event.")],
    by: Annotated[str, typer.Option(help="Columns to count by, parted by commas: school,race,sex.")],
    measure: Annotated[
        str, typer.Option(help="instances, students, the name of a column, or students. and the name of a column.")
    ] = "instances",
    enrollment: Annotated[
        Path | None, typer.Option(help="CSV or Parquet: students by group (column count), or a roster of students.")
    ] = None,
    hierarchy: Annotated[Path | None, typer.Option(help="CSV: dimension,child,parent.")] = None,
    period: Annotated[Period | None, typer.Option(help="Count by month, quarter or school year too.")] = None,
    carry: Annotated[str, typer.Option(help=f"Faults to count in spite of: {', '.join(Kind)}.")] = "",
    faults: Annotated[Path | None, typer.Option(help="Where to list every fault, as CSV.")] = None,
    engine: Annotated[Engine, typer.Option(help="What counts. All give the same figures.")] = Engine.DUCKDB,
    master: Annotated[str, typer.Option(help="Where Spark works.")] = "local[2]",
    memory: Annotated[str, typer.Option(help="The most that DuckDB may hold, such as 2GB.")] = "",
    out: Annotated[Path | None, typer.Option(help="Where to write the counts: CSV, or Parquet by its name.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Count events, and students once each, in every group: single columns, all cross-tabs, hierarchies, totals.

    A row of the answer is a group and a measure; a group that has no row has no events and nobody enrolled. The
    figures are exact and show single students: for the district alone. accord protect makes them fit to publish.
    """
    from accord.stats import hierarchies, tally_files
    from accord.stats import tally as stats
    from accord.stats.engines import opened

    reading = Reading(engine, master, memory)
    for path in (out, faults):
        if path:
            refuse_unwritable_file(path)
    links = hierarchies.read(hierarchy) if hierarchy else {}
    hierarchies.refuse_unused(links, _names(by, "--by"), str(hierarchy))
    kinds = _kinds(carry)
    try:
        with opened([events, *([enrollment] if enrollment else [])], reading) as frames:
            found = stats.tally(
                frames[0],
                by=_names(by, "--by"),
                measures=_names(measure, "--measure"),
                enrollment=frames[1] if enrollment else None,
                hierarchies=links,
                period=period,
                carry=kinds,
            )
    except Faulty as faulty:
        _list(faulty.faults, faults)
        raise
    _list(found.faults, faults)
    _tell(found)
    if out:
        tally_files.write(found, out)
    if json:
        show(answer(found))
    elif not out:
        sys.stdout.write(tally_files.text(found))


def answer(found: Tally) -> dict[str, Any]:
    """The tally as JSON: null where there is no number."""
    return {
        "rows": found.table().to_pylist(),
        "overlapping": [axis.name for axis in found.axes if axis.overlapping],
        "left_out": dict(found.left_out),
        "faults": [
            {"fault": one.kind, "where": one.where, "value": one.value, "rows": one.rows} for one in found.faults
        ],
    }


def _list(found: Sequence[Fault], path: Path | None) -> None:
    from accord.stats.tally_files import whole

    text = listed(found)
    if path:
        whole(path, lambda temporary: Path(temporary).write_text(text, encoding="utf-8"))


def _tell(found: Tally) -> None:
    if not found.rows.any() and not found.left_out:
        sys.stderr.write("There are no events: the file has a head and no rows. Every count is 0.\n")
    for name, rows in found.left_out.items():
        sys.stderr.write(f"Not counted: {rows:,} {LEFT_OUT[name]}.\n")
    for kind in dict.fromkeys(one.kind for one in found.faults):
        sys.stderr.write(f"Carried, {kind}: {sum(one.kind is kind for one in found.faults):,}. {CARRIED[kind]}\n")
    for axis in found.axes:
        if axis.overlapping:
            sys.stderr.write(f"Groups of {axis.name} overlap: they add up to more than the total.\n")


def _names(text: str, where: str) -> list[str]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    if not names:
        raise BadInput("no column is named", where=where, mend="Name columns, parted by commas.")
    return names


def _kinds(text: str) -> list[Kind]:
    names = [name.strip() for name in text.split(",") if name.strip()]
    strange = [name for name in names if name not in set(Kind)]
    if strange:
        raise BadInput(
            f"there is no fault {', '.join(strange)}", where="--carry", mend=f"Choose out of {', '.join(Kind)}."
        )
    return [Kind(name) for name in names]
