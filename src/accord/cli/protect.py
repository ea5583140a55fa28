"""Hide what must be hidden in a release of counts."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from accord.cli import app, show
from accord.decision import BadInput
from accord.stats.bare import On, Policy, Zeros

if TYPE_CHECKING:
    from accord.stats.policy_file import Decided

Answer = TypeVar("Answer")


@app.command(short_help="Hide small counts so that nobody can work them out")
def protect(
    counts: Annotated[
        Path | None, typer.Argument(help="CSV or Parquet: the columns of --by and count, as accord tally writes.")
    ] = None,
    by: Annotated[str, typer.Option(help="Columns that are counted by: school,race,outcome.")] = "",
    tables: Annotated[str, typer.Option(help="Tables to publish: school,race;school,sex. One of all --by.")] = "",
    measure: Annotated[str, typer.Option(help="Which measure of the file, where it has several.")] = "",
    hierarchy: Annotated[Path | None, typer.Option(help="CSV: dimension,child,parent.")] = None,
    enrollment: Annotated[Path | None, typer.Option(help="CSV or Parquet: columns of --by and count.")] = None,
    overlapping: Annotated[str, typer.Option(help="Columns whose codes do not add up, such as outcome.")] = "",
    published: Annotated[Path | None, typer.Option(help="Folder of earlier releases; this one is added.")] = None,
    cells: Annotated[Path | None, typer.Option(help="Instead of counts: cell,value[,denom,cost].")] = None,
    equations: Annotated[Path | None, typer.Option(help="With --cells: row,cell,coef; rows sum to zero.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the release.")] = None,
    policy: Annotated[Path | None, typer.Option(help="TOML: what the Board decided, and what is dear.")] = None,
    threshold: Annotated[int | None, typer.Option(min=1, help="Counts from 1 to this are hidden. [10]")] = None,
    width: Annotated[int | None, typer.Option(min=2, help="Values that stay possible for each of them. [5]")] = None,
    on: Annotated[On | None, typer.Option(help="Threshold on the count, the group, or both. [count]")] = None,
    zeros: Annotated[Zeros | None, typer.Option(help="Zeros always printed, or hideable. [printed]")] = None,
    no_small_sums: Annotated[
        bool, typer.Option("--no-small-sums", help="Leave no printed sum whose hidden parts come to a small count.")
    ] = False,
    seconds: Annotated[float, typer.Option("--time", min=0, help="Seconds to search for a cheaper pattern.")] = 60.0,
    json: Annotated[bool, typer.Option("--json", help="Answer with the certificate as JSON.")] = False,
) -> None:
    """Choose which cells to hide at the least loss, prove that no small count can be worked out, and write the result.

    Exit code 1 and no file when nothing safe was found; then the cheapest ways to be coarser are proposed.
    """
    decided = _decided(policy, threshold=threshold, width=width, on=on, zeros=zeros, sums=no_small_sums)
    if out is None:
        raise BadInput("There is no folder to write to.", where="--out", mend="Name a folder for the release.")
    if counts is None:
        if not (cells and equations):
            mend = "Give a file of counts and --by, or --cells and --equations."
            raise BadInput("There is nothing to protect.", where="accord protect", mend=mend)
        _bare(cells, equations, out, decided.policy, seconds, json=json)
        return
    if cells or equations:
        raise BadInput(
            "These are two releases.", where="--cells", mend="Give either counts or --cells and --equations."
        )
    names = {"by": _listed(by), "tables": [_listed(one) for one in tables.split(";") if one], "measure": measure}
    names["overlapping"] = _listed(overlapping)
    _counts(counts, names, (hierarchy, enrollment, published, out), decided, seconds, json=json)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _decided(path: Path | None, *, sums: bool, **given: Any) -> Decided:
    """The policy of a file, or the usual one, with what the command line says instead."""
    from accord.stats import policy_file

    decided = policy_file.read(path) if path else policy_file.Decided()
    told = {name: value for name, value in given.items() if value is not None} | ({"small_sums": False} if sums else {})
    return replace(decided, policy=policy_file.checked(replace(decided.policy, **told), "accord protect"))


def _bare(cells: Path, equations: Path, out: Path, policy: Policy, seconds: float, *, json: bool) -> None:
    from accord.stats import bare_files, certificate, folder
    from accord.stats.pattern import protect as search

    bare = bare_files.read(cells, equations)
    found = _or_refused(lambda: search(bare, policy, seconds=seconds, told=_progress), lambda: bare)
    folder.write(out, certificate.files(bare, found, policy))
    _tell(certificate.certificate(found, policy), json=json)


def _counts(
    path: Path,
    names: Mapping[str, Any],
    paths: tuple[Path | None, Path | None, Path | None, Path],
    decided: Decided,
    seconds: float,
    *,
    json: bool,
) -> None:
    from accord.stats import counts, folder, hierarchies, ledger
    from accord.stats import enrollment as students
    from accord.stats.publication import publication
    from accord.stats.space import space

    links, groups, ledger_folder, out = paths
    if not names["by"]:
        raise BadInput("Nothing is counted by.", where="--by", mend="Name the columns: --by school,race,outcome.")
    trees = hierarchies.read(links) if links else {}
    earlier = ledger.read(ledger_folder) if ledger_folder else ()
    made = space(
        counts.read(path, names["by"], names["measure"]),
        names["tables"],
        hierarchies=trees,
        enrollment=students.read(groups, names["by"]) if groups else None,
        overlapping=names["overlapping"],
        weights=decided.weights,
    )
    found = _or_refused(
        lambda: publication(made, decided.policy, earlier=earlier, hierarchies=trees, seconds=seconds, told=_progress),
        lambda: made,
    )
    folder.write(out, found.files)
    if ledger_folder and not found.known:
        ledger.add(ledger_folder, found.files[ledger.FILE])
    _tell(found.proof, json=json)


def _or_refused(search: Callable[[], Answer], release: Callable[[], Any]) -> Answer:
    """What a search finds; when it finds nothing safe, why, and how to be coarser.

    Raises:
        typer.Exit: with code 1, when nothing safe was found.
    """
    from accord.stats.pattern import Unsafe

    try:
        return search()
    except Unsafe as unsafe:
        first = f" {len(unsafe.cells)} cells, the first: {', '.join(unsafe.cells[:5])}." if unsafe.cells else ""
        sys.stderr.write(f"{unsafe.reason}{first}\n")
        sys.stderr.write("Nothing was written. Merge groups, outcomes or periods and try again.\n")
        raise typer.Exit(1) from unsafe


def _tell(proof: Mapping[str, Any], *, json: bool) -> None:
    if json:
        show(proof)
        return
    proved = "proved minimal" if proof["gap"] == 0 else f"at most {proof['gap']:.1%} above minimal"
    sys.stdout.write(
        f"{proof['cells']} cells: {proof['primary']} small ones hidden, {proof['complementary']} more at a cost of "
        f"{proof['cost']:.2f}, {proved}. Every small count keeps {proof['width']} values or more.\n"
    )


def _progress(cost: float, bound: float) -> None:
    best = "none yet" if math.isinf(cost) else f"{cost:.2f}, gap {(cost - bound) / cost if cost else 0:.1%}"
    sys.stderr.write(f"bound {bound:.2f}, best safe pattern {best}\n")
