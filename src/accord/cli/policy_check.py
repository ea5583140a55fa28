"""Hold a policy against the obligations, and compare two versions of one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from accord import catalogue as catalogues
from accord.catalogue import Catalogue
from accord.cli import show
from accord.cli.policy import policy
from accord.decision import BadInput
from accord.documents import bind_data
from accord.documents.bind import Check, bind
from accord.documents.bind_data import Bindings
from accord.documents.compare import Difference, compare
from accord.documents.read import read_file

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
OtherCatalogue = Annotated[
    Path | None,
    typer.Option(
        "--catalogue",
        help="A catalogue of another policy: its file, with bindings.toml beside it, or the folder of both.",
    ),
]


@policy.command()
def check(
    file: Annotated[Path, typer.Argument(help="The policy to check.")],
    as_json: AsJson = False,
    catalogue: OtherCatalogue = None,
) -> None:
    """Say for each obligation whether a policy carries it, and in which sentences.

    Exit code 0 when every obligation is found, 1 when one is partly there or missing, 2 when the file cannot be read.
    """
    obligations, bindings = _catalogue(catalogue)
    answer = bind(read_file(file), obligations, bindings)
    if as_json:
        show(answer.as_json())
    else:
        _print_check(answer, obligations)
    raise typer.Exit(0 if answer.complete else 1)


@policy.command()
def diff(
    old: Annotated[Path, typer.Argument(help="The earlier version.")],
    new: Annotated[Path, typer.Argument(help="The later version.")],
    as_json: AsJson = False,
    catalogue: OtherCatalogue = None,
) -> None:
    """List the sentences added, removed and changed, and the obligations and controls they touch."""
    obligations, bindings = _catalogue(catalogue)
    answer = compare(read_file(old), read_file(new), obligations, bindings)
    if as_json:
        show(answer.as_json())
    else:
        _print_difference(answer)


def _catalogue(path: Path | None) -> tuple[Catalogue, Bindings]:
    """The obligations and how they are recognised: those of BP 3515.31, or another policy's own two files."""
    if path is None:
        return catalogues.bp_3515_31(), bind_data.bp_3515_31()
    listed = path / "catalogue.toml" if path.is_dir() else path
    if not listed.is_file():
        raise BadInput(
            "There is no such catalogue.",
            where=str(listed),
            mend="Name a catalogue file, or a folder with catalogue.toml in it.",
        )
    return catalogues.read(listed), bind_data.read(listed.with_name("bindings.toml"))


def _print_check(answer: Check, obligations: Catalogue) -> None:
    for held in answer.obligations:
        typer.echo(f"{held.id}  {held.status:<7}  {held.score:.2f}  {obligations[held.id].title}")
        for item in held.items:
            if item.status != "found":
                words = next(part.words for part in obligations[held.id].items if part.id == item.id)
                typer.echo(f"     {item.id} missing: {words}")
    found = sum(held.status == "found" for held in answer.obligations)
    typer.echo(f"{found} of {len(answer.obligations)} found; {len(answer.unbound)} sentences carry none of them.")


def _print_difference(answer: Difference) -> None:
    for sentence in answer.removed:
        typer.echo(f"- {sentence.text}")
    for sentence in answer.added:
        typer.echo(f"+ {sentence.text}")
    for change in answer.changed:
        typer.echo(
            f"~ {change.old.text}\n  {change.new.text}"
            + (f"\n  touches {', '.join(change.obligations)}" if change.obligations else "")
        )
    for status in answer.status_changes:
        typer.echo(f"{status.id}: {status.before} before, {status.after} now")
    typer.echo(f"Controls touched: {', '.join(answer.controls) or 'none'}")
