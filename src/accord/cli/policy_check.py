"""Hold a policy against the obligations, and compare two versions of one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from accord import catalogue as catalogues
from accord.catalogue import Catalogue
from accord.cli import show
from accord.cli.policy import policy, warn
from accord.cli.words import count, heading
from accord.decision import BadInput
from accord.documents import bind_data
from accord.documents.bind import Check, bind
from accord.documents.bind_data import Bindings
from accord.documents.compare import Difference, compare
from accord.documents.model import Document, Sentence
from accord.documents.read import read_file

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
OtherCatalogue = Annotated[
    Path | None,
    typer.Option(
        "--catalogue",
        help="A catalogue of another policy: its file, with bindings.toml beside it, or the folder of both.",
    ),
]


@policy.command(short_help="Which obligations a policy carries, and where")
def check(
    file: Annotated[Path, typer.Argument(help="The policy to check.")],
    as_json: AsJson = False,
    catalogue: OtherCatalogue = None,
) -> None:
    """Say for each obligation whether a policy carries it, and in which sentences.

    Exit code 0 when every obligation is found, 1 when one is partly there or missing, 2 when the file cannot be read.
    """
    obligations, bindings = _catalogue(catalogue)
    document = read_file(file)
    answer = bind(document, obligations, bindings)
    if as_json:
        show(answer.as_json())
    else:
        _print_check(document, answer, obligations)
        warn(document)
    raise typer.Exit(0 if answer.complete else 1)


@policy.command(short_help="What changed between two versions of a policy")
def diff(
    old: Annotated[Path, typer.Argument(help="The earlier version.")],
    new: Annotated[Path, typer.Argument(help="The later version.")],
    as_json: AsJson = False,
    catalogue: OtherCatalogue = None,
) -> None:
    """List the sentences added, removed and changed, and the obligations and controls they touch."""
    obligations, bindings = _catalogue(catalogue)
    before, after = read_file(old), read_file(new)
    answer = compare(before, after, obligations, bindings)
    if as_json:
        show(answer.as_json())
        return
    carried = {**_carried(bind(before, obligations, bindings)), **_carried(bind(after, obligations, bindings))}
    _print_difference(answer, carried, obligations)
    warn(before, old)
    warn(after, new)


def _catalogue(path: Path | None) -> tuple[Catalogue, Bindings]:
    """The obligations and how they are recognised: those of BP 3515.31, or another policy's own two files."""
    if path is None:
        return catalogues.bp_3515_31(), bind_data.bp_3515_31()
    listed = path / "catalogue.toml" if path.is_dir() else path
    if not listed.is_file():
        raise BadInput(
            "There is no catalogue here.",
            where=str(listed),
            mend="Name a catalogue file, or a folder with catalogue.toml in it.",
        )
    return catalogues.read(listed), bind_data.read(listed.with_name("bindings.toml"))


def _print_check(document: Document, answer: Check, obligations: Catalogue) -> None:
    typer.echo(_whose(document, obligations))
    found, partly = (sum(held.status == status for held in answer.obligations) for status in ("found", "partly"))
    typer.echo(
        f"{found} of {count(len(answer.obligations), 'obligation')} found, {partly} partly, "
        f"{len(answer.obligations) - found - partly} missing. "
        f"{count(len(answer.unbound), 'sentence')} of the policy {_carry(len(answer.unbound))} none of them.\n"
    )
    for held in answer.obligations:
        typer.echo(f"{held.id}  {held.status:<7}  {held.score:.2f}  {obligations[held.id].title}")
        for item in held.items if held.status == "partly" else ():
            if item.status != "found":
                words = next(part.words for part in obligations[held.id].items if part.id == item.id)
                typer.echo(f"     {item.id} missing: {words}")


def _whose(document: Document, obligations: Catalogue) -> str:
    """Which policy is held against whose obligations: missing says little where they are two different ones."""
    theirs = obligations.code if " " in obligations.code else f"BP {obligations.code}"
    mine = f"{document.kind} {document.code}".strip() if document.code else document.title
    if not mine:
        return f"This file names no policy; the catalogue is of {theirs}."
    if document.code and theirs.split()[-1] != document.code:
        return f"This is {mine}; the catalogue is of {theirs}."
    return f"This is {heading(document.kind, document.code, document.title)}."


def _carry(number: int) -> str:
    return "carries" if number == 1 else "carry"


def _carried(answer: Check) -> dict[str, list[str]]:
    """The obligations that each sentence carries, by its id."""
    carried: dict[str, list[str]] = {}
    for held in answer.obligations:
        for sentence in held.sentences:
            carried.setdefault(sentence, []).append(held.id)
    return carried


def _print_difference(answer: Difference, carried: dict[str, list[str]], obligations: Catalogue) -> None:
    def touches(touched: Iterable[str]) -> None:
        for obligation in touched:
            typer.echo(f"    touches {obligation} {obligations[obligation].title}")

    def one(mark: str, sentence: Sentence) -> None:
        typer.echo(f"{mark} {sentence.text}")
        touches(carried.get(sentence.id, ()))

    for sentence in answer.removed:
        one("-", sentence)
    for sentence in answer.added:
        one("+", sentence)
    for change in answer.changed:
        typer.echo(f"~ {change.old.text}\n  {change.new.text}")
        touches(change.obligations)
    if not (answer.removed or answer.added or answer.changed):
        typer.echo("No sentence differs.")
        return
    for status in answer.status_changes:
        typer.echo(f"{status.id} {obligations[status.id].title}: {status.before} before, {status.after} now")
    typer.echo(f"Controls touched: {', '.join(answer.controls) or 'none'}")
