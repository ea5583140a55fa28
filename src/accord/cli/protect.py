"""Hide what must be hidden in a release of counts."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from threading import current_thread, main_thread
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from accord.cli import app, show
from accord.cli.protect_asked import Asked, Chosen, Instead, listed, listed_tables, refuse_published, refuse_unread
from accord.cli.protect_words import of_few, progress, protected
from accord.decision import BadInput
from accord.stats.bare import On, Zeros, primary
from accord.stats.folder import refuse_unwritable

if TYPE_CHECKING:
    from accord.stats.alternatives import Alternative
    from accord.stats.bare import Bare, Flags
    from accord.stats.hierarchies import Hierarchy
    from accord.stats.pattern import Pattern
    from accord.stats.policy_file import Decided
    from accord.stats.publication import Publication
    from accord.stats.space import Space

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
    no_total: Annotated[
        str, typer.Option(help="Columns in which no code is the total of the others, though one looks so.")
    ] = "",
    beneath: Annotated[str, typer.Option(help="Unpublished tables that lie under those published: race,sex.")] = "",
    published: Annotated[Path | None, typer.Option(help="Folder of earlier releases; this one is added.")] = None,
    cells: Annotated[
        Path | None, typer.Option(help="Instead of counts: cell,value[,denom,cost,students,most].")
    ] = None,
    equations: Annotated[Path | None, typer.Option(help="With --cells: row,cell,coef; rows sum to zero.")] = None,
    out: Annotated[Path | None, typer.Option(help="Folder for the release.")] = None,
    proof: Annotated[
        Path | None,
        typer.Option(help="File outside --out and --published, never published: tables that prove the release."),
    ] = None,
    title: Annotated[str, typer.Option(help="Heading of the page.")] = "",
    policy: Annotated[Path | None, typer.Option(help="TOML: what the Board decided, and what is dear.")] = None,
    threshold: Annotated[int | None, typer.Option(min=1, max=10, help="Counts from 1 to this are hidden. [10]")] = None,
    width: Annotated[int | None, typer.Option(min=2, help="Values that stay possible for each of them. [5]")] = None,
    on: Annotated[On | None, typer.Option(help="Threshold on the count, the group, or both. [count]")] = None,
    zeros: Annotated[Zeros | None, typer.Option(help="Zeros always printed, or hideable. [printed]")] = None,
    no_small_sums: Annotated[
        bool, typer.Option("--no-small-sums", help="Leave no printed sum whose hidden parts come to a small count.")
    ] = False,
    seconds: Annotated[float, typer.Option("--time", min=0, help="Seconds for search and audit.")] = 60.0,
    alternatives: Annotated[
        bool, typer.Option("--alternatives", help="Weigh other ways to publish the same counts, too.")
    ] = False,
    instead: Annotated[
        Instead | None, typer.Option(help="Hide nothing: tell every count rounded to 5, or as a band.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Answer with the certificate as JSON.")] = False,
) -> None:
    """Choose which cells to hide at the least loss, prove that no small count can be worked out, and write the result.

    Exit code 1 and no file when nothing safe was found; then the cheapest ways to be coarser are proposed.
    """
    decided = _decided(policy, threshold=threshold, width=width, on=on, zeros=zeros, sums=no_small_sums)
    if out is None:
        raise BadInput("There is no folder to write to.", where="--out", mend="Name a folder for the release.")
    refuse_unwritable(out)
    asked = Asked(decided.policy, seconds, json=json, alternatives=alternatives, instead=instead, proof=proof)
    if counts is None:
        if not (cells and equations):
            mend = "Give a file of counts and --by, or --cells and --equations."
            raise BadInput("There is nothing to protect.", where="accord protect", mend=mend)
        refuse_unread(
            by=by,
            tables=tables,
            measure=measure,
            hierarchy=hierarchy,
            enrollment=enrollment,
            overlapping=overlapping,
            no_total=no_total,
            beneath=beneath,
            published=published,
            title=title,
            instead=instead,
            proof=proof,
        )
        _bare(cells, equations, out, asked)
        return
    refuse_published(proof, out, published)
    if cells or equations:
        raise BadInput(
            "These are two releases.", where="--cells", mend="Give either counts or --cells and --equations."
        )
    chosen = Chosen(
        counts, listed(by), listed_tables(tables), measure, listed(overlapping), listed_tables(beneath), title
    )
    _counts(replace(chosen, no_total=listed(no_total)), (hierarchy, enrollment, published, out), decided, asked)


def _decided(path: Path | None, *, sums: bool, **given: Any) -> Decided:
    """The policy of a file, or the usual one, with what the command line says instead."""
    from accord.stats import policy_file

    decided = policy_file.read(path) if path else policy_file.Decided()
    told = {name: value for name, value in given.items() if value is not None} | ({"small_sums": False} if sums else {})
    return replace(decided, policy=policy_file.checked(replace(decided.policy, **told), "accord protect"))


def _bare(cells: Path, equations: Path, out: Path, asked: Asked) -> None:
    from accord.stats import bare_files, certificate, folder
    from accord.stats.pattern import protect as search

    bare = bare_files.read(cells, equations)

    def made() -> tuple[Pattern, Mapping[str, bytes]]:
        found = search(bare, asked.policy, seconds=asked.seconds, told=progress)
        return found, certificate.files(bare, found, asked.policy)

    found, contents = _or_refused(made, bare, (), asked)
    folder.write(out, contents)
    _tell(certificate.certificate(bare, found, asked.policy), _alternatives(bare, found.hidden, (), asked), asked)


def _counts(
    chosen: Chosen, paths: tuple[Path | None, Path | None, Path | None, Path], decided: Decided, asked: Asked
) -> None:
    from accord.stats import folder, hierarchies, ledger, tally_files
    from accord.stats.disguised import refuse_totals
    from accord.stats.inexact import publication as inexactly
    from accord.stats.publication import publication, refuse_others

    links, groups, shelf, out = paths
    if asked.instead and not shelf:
        mend = "Name the folder of earlier releases; an empty one before the first."
        raise BadInput("The same counts must never be rounded twice in two ways.", where="--published", mend=mend)
    if not chosen.by:
        raise BadInput("Nothing is counted by.", where="--by", mend="Name the columns: --by school,race,outcome.")
    trees = hierarchies.read(links) if links else {}
    hierarchies.refuse_unused(trees, chosen.by, str(links))
    earlier = ledger.read(shelf) if shelf else ()
    if shelf:
        refuse_unwritable(shelf)
    made = _space(chosen, groups, trees, decided)
    if shelf:
        ledger.refuse_lone_period(made)
    sys.stderr.write(refuse_totals(made, chosen.no_total))
    options: dict[str, Any] = {"earlier": earlier, "hierarchies": trees, "title": chosen.title, "told": progress}
    way = partial(inexactly, way=ledger.Way(asked.instead)) if asked.instead else publication

    def searched() -> tuple[Publication, bytes]:
        found = way(made, asked.policy, seconds=asked.seconds, **options)
        return found, found.evidence() if asked.proof and found.evidence else b""

    found, evidence = _or_refused(searched, made.bare, chosen.by, asked)
    refuse_others(out, found.files)
    if asked.proof:
        tally_files.whole(asked.proof, lambda aside: Path(aside).write_bytes(evidence))
    folder.write(out, found.files, first=partial(_noted, shelf, found), after=_IN_LEDGER if shelf else "")
    _tell(found.proof, _alternatives(made.bare, found.hidden[: len(made.bare)], chosen.by, asked), asked)


_IN_LEDGER = "The release stands in the ledger already: do the same again, and it is found there and written."


def _noted(shelf: Path | None, found: Publication) -> None:
    """Before the files appear: what is published must never be missing from the ledger."""
    from accord.stats import ledger

    if shelf and not found.known:
        ledger.add(shelf, found.files[ledger.FILE])


def _space(chosen: Chosen, groups: Path | None, trees: Mapping[str, Hierarchy], decided: Decided) -> Space:
    from accord.stats import counts, enrollment
    from accord.stats.space import space

    return space(
        counts.read(chosen.path, chosen.by, chosen.measure),
        chosen.tables,
        hierarchies=trees,
        enrollment=enrollment.read(groups, chosen.by) if groups else None,
        overlapping=chosen.overlapping,
        weights=decided.weights,
        beneath=chosen.beneath,
    )


def _or_refused(search: Callable[[], Answer], bare: Bare, axes: tuple[str, ...], asked: Asked) -> Answer:
    """What a search finds; when it finds nothing safe, why, and how to be coarser.

    Raises:
        typer.Exit: with code 1, when nothing safe was found.
    """
    from accord.stats.alternatives import coarsenings, proposed
    from accord.stats.pattern import Unsafe

    try:
        with _stopped_at_once():
            small = int(primary(bare, asked.policy).sum())
            sys.stderr.write(f"{len(bare):,} cells, {small:,} of them small: searching\n")
            return search()
    except Unsafe as unsafe:
        first = f" {len(unsafe.cells)} cells, the first: {'; '.join(unsafe.cells[:5])}." if unsafe.cells else ""
        sys.stderr.write(f"{unsafe.reason}{first}\nNothing was written.\n")
        if asked.json:
            show({"valid": False, "reason": unsafe.reason, "cells": list(unsafe.cells)})
        if not unsafe.late:
            sys.stderr.write(proposed(coarsenings(bare, asked.policy, axes=axes, seconds=asked.seconds / 2)))
        raise typer.Exit(1) from unsafe


@contextmanager
def _stopped_at_once() -> Iterator[None]:
    """While nothing is written, Ctrl-C ends the command at once and not only when the solver comes back."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _alternatives(bare: Bare, hidden: Flags, axes: tuple[str, ...], asked: Asked) -> list[Alternative]:
    """Other ways to publish the same counts, where that was asked."""
    if not asked.alternatives:
        return []
    from accord.stats.alternatives import alternatives

    return alternatives(bare, asked.policy, hidden=hidden, axes=axes, seconds=asked.seconds / 2)


def _tell(proof: Mapping[str, Any], others: Sequence[Alternative], asked: Asked) -> None:
    if asked.json:
        show({**proof, **({"alternatives": [asdict(one) for one in others]} if others else {})})
        return
    sys.stdout.write(protected(proof) + of_few(proof))
    if others:
        from accord.stats.alternatives import words

        sys.stdout.write(f"\n{words(others)}")
