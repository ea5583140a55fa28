"""Profiles of districts from the public school file of the federal collection, from the command line."""

from __future__ import annotations

import csv
import io
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accord.cli import show
from accord.cli.crdc import crdc
from accord.cli.protect_words import of_few
from accord.decision import BadInput
from accord.stats.bare import On

if TYPE_CHECKING:
    from accord.exchange.crdc_schools import LeftOut
    from accord.stats.bare import Policy
    from accord.stats.space import Space
    from accord.stats.tallied import Tally


class Outcome(StrEnum):
    """What a profile counts. An arrest is also a referral, so the two bound each other: publish one of them."""

    REFERRALS = "referrals"
    ARRESTS = "arrests"


@crdc.command()
def profile(
    file: Annotated[Path, typer.Argument(help="The public school file: CSV, gzipped or not, or Parquet.")],
    out: Annotated[Path, typer.Option(help="Folder for the profiles.")],
    of: Annotated[Outcome, typer.Option(help="What is counted.")] = Outcome.REFERRALS,
    threshold: Annotated[int, typer.Option(min=1, max=10, help="Counts from 1 to this are hidden.")] = 10,
    width: Annotated[int, typer.Option(min=2, help="Values that stay possible for each hidden small count.")] = 5,
    on: Annotated[
        On, typer.Option(help="Threshold on the count, the group, or both: then a star for one student tells nothing.")
    ] = On.BOTH,
    seconds: Annotated[float, typer.Option("--time", min=0, help="Seconds to search for a cheaper pattern.")] = 5.0,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Students referred or arrested in every district and state, by race, with risks and ratios to all other races.

    Small counts are hidden, and all counts of groups as small, zeros too, unless --on says otherwise. What was written
    is read again and attacked before it appears. Reserve codes are counted as nothing and told. Students who have a
    Section 504 plan alone are counted without a race in the federal file, so a table by race leaves them out.
    """
    from accord.exchange import crdc_schools
    from accord.stats import folder
    from accord.stats.bare import Policy
    from accord.stats.pattern import Unsafe
    from accord.stats.publication import publication, refuse_others

    every = crdc_schools.read(file)
    table, others = crdc_schools.complete(every, of)
    if not len(table):
        mend = "Take another outcome, or a file that was filled in."
        raise BadInput(f"No school has every figure of {of} and of those enrolled.", where=str(file), mend=mend)
    found = counted(table, of)
    policy = Policy(threshold, width, on)
    made = space_of(found, of, crdc_schools.links(table))
    try:
        release = publication(
            made,
            policy,
            seconds=seconds,
            title=f"Students with {of}, by district and race",
            notes=[_without(others, of)] if others else (),
        )
        narrow = attacked(release.files, made, policy)
        if narrow:
            raise Unsafe("The files were attacked, and small counts can be worked out.", tuple(narrow))
    except Unsafe as unsafe:
        first = f" {len(unsafe.cells)} cells, the first: {'; '.join(unsafe.cells[:5])}." if unsafe.cells else ""
        sys.stderr.write(f"{unsafe.reason}{first}\nNothing was written.\n")
        raise typer.Exit(1) from unsafe
    refuse_others(out, release.files)
    folder.write(out, {**release.files, **officers(every), **left_out(others)})
    facts = {"schools": len(table), **told(found, of), **_sizes(others), **release.proof, "recovered": 0}
    if as_json:
        show(facts)
    else:
        sys.stdout.write(_words(facts, f"{_without(others, of)}\n" if others else ""))


def counted(table: Any, of: Outcome) -> Tally:
    """The tally of an outcome by district and race, beside enrollment."""
    import pyarrow.compute as pc

    from accord.exchange import crdc_schools
    from accord.facts import Race
    from accord.stats.hierarchies import hierarchies
    from accord.stats.tally import tally

    rows = crdc_schools.long(table, crdc_schools.outcomes())
    return tally(
        rows.filter(pc.not_equal(rows["race"], str(Race.UNKNOWN))),
        by=["district", "race"],
        measures=[of],
        enrollment=crdc_schools.long(table, crdc_schools.enrolled()),
        hierarchies=hierarchies(crdc_schools.links(table), "the file"),
    )


def left_out(others: Sequence[LeftOut]) -> dict[str, bytes]:
    """A file of the schools that are not counted, and what each lacks; none where all are counted."""
    if not others:
        return {}
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("school", "district", "state", "lacks", "enrolled"))
    writer.writerows((one.school, one.district, one.state, one.lacks, one.enrolled) for one in others)
    return {"left_out.csv": text.getvalue().encode()}


def _sizes(others: Sequence[LeftOut]) -> dict[str, int]:
    """How many schools are left out, and how many students of those of which that is known."""
    return {
        "schools_left_out": len(others),
        "students_left_out": sum(one.enrolled or 0 for one in others),
        "schools_of_unknown_size": sum(one.enrolled is None for one in others),
    }


def _without(others: Sequence[LeftOut], of: str) -> str:
    """Who is left out, in words."""
    sizes = _sizes(others)
    unknown = f", and {sizes['schools_of_unknown_size']:,} of unknown enrollment" * bool(
        sizes["schools_of_unknown_size"]
    )
    return (
        f"{sizes['schools_left_out']:,} schools are left out of every figure, for they did not report all {of} or all "
        f"students by race: {sizes['students_left_out']:,} students{unknown}. They are named in left_out.csv."
    )


def officers(table: Any) -> dict[str, bytes]:
    """A file of the sworn officers of every district and state, full-time equivalents; none where the table lacks them.

    Staff are no students: nothing of it is hidden.
    """
    from accord.exchange import crdc_schools
    from accord.stats.hierarchies import hierarchies
    from accord.stats.tally import tally

    rows = crdc_schools.officers(table)
    if rows is None:
        return {}
    trees = hierarchies(crdc_schools.links(table), "the file")
    found = tally(rows, by=["district"], measures=[crdc_schools.OFFICERS], hierarchies=trees)
    lines = [
        f"{code},{hundredths / 100:.2f}\r\n" if isinstance(hundredths, int) else f"{code},\r\n"
        for (code,), figures in found.each()
        for hundredths in figures.values()
    ]
    return {"officers.csv": "".join(["district,officers\r\n", *lines]).encode()}


def space_of(found: Tally, of: Outcome, links: list[tuple[str, str, str]]) -> Space:
    """The cells to protect; each race is compared with all races beside it."""
    from accord.stats.hierarchies import hierarchies
    from accord.stats.space import space
    from accord.stats.tally_counts import counts

    made = space(counts(found, of, named=f"students.{of}"), hierarchies=hierarchies(links, "the file"))
    return replace(made, groups=("race",))


def attacked(files: Mapping[str, bytes], made: Space, policy: Policy) -> list[str]:
    """The small counts that keep too few values for whoever reads these files, by name."""
    import numpy as np

    from accord.stats import audit, bare_files
    from accord.stats.bare import primary
    from accord.stats.ceilings import widths

    with tempfile.TemporaryDirectory() as aside:
        paths = [Path(aside) / name for name in ("cells.csv", "equations.csv", "status.csv")]
        for path in paths:
            path.write_bytes(files[path.name])
        shown = bare_files.read(paths[0], paths[1], blanks=True)
        hidden = bare_files.read_status(paths[2], shown.names)
    place = {name: at for at, name in enumerate(made.bare.names)}
    same = [place[name] for name in shown.names]
    small, need = primary(made.bare, policy)[same], widths(made.bare, policy)[same]
    found = audit.attack(audit.shown(shown, hidden, policy), need, small)
    return [shown.names[cell] for cell in np.flatnonzero(small & found.narrow(need))]


def told(found: Tally, of: Outcome) -> dict[str, Any]:
    """How many districts there are, and what was counted in all."""
    districts = set(found.axes[0].leaves)
    everything = next(row for row in found.table().to_pylist() if row["district"] == row["race"] == "all")
    return {"districts": len(districts), str(of): everything["count"]}


def _words(facts: Mapping[str, Any], left: str) -> str:
    proved = "proved minimal" if facts["gap"] == 0 else f"at most {facts['gap']:.1%} above minimal"
    return (
        f"{facts['schools']:,} schools of {facts['districts']:,} districts.\n{left}"
        f"{facts['cells']:,} cells: {facts['primary']:,} small ones hidden, {facts['complementary']:,} more, {proved}. "
        f"Attacked as written: every small count keeps {facts['width']} values or more.\n"
        f"{of_few(facts)}"
    )
