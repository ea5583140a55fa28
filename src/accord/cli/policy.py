"""Read, check and compare policies."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from accord.cli import app, show
from accord.cli.words import count, heading

if TYPE_CHECKING:
    from accord.documents.model import Document, Note, Sentence

policy = typer.Typer(help="Read, check and compare board policies.", no_args_is_help=True)
app.add_typer(policy, name="policy")


@policy.command(short_help="Show what a policy says and of whom it asks it")
def read(
    file: Annotated[Path, typer.Argument(help="The policy: Simbli export, .html, .md, .txt, .docx or .pdf.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Show what a policy says, sentence by sentence: what is asked, of whom, with its notes and citations.

    Exit code 0, or 2 when the file cannot be read.
    """
    from accord.documents.read import read_file

    document = read_file(file)
    if as_json:
        show(document.as_json())
        return
    _print(document)


def _print(document: Document) -> None:
    typer.echo(heading(document.kind, document.code, document.title))
    dates = (("adopted", document.adopted_on), ("revised", document.revised_on), ("reviewed", document.reviewed_on))
    stated = [document.status, *(f"{word} {day.isoformat()}" for word, day in dates if day)]
    if any(stated):
        typer.echo(" · ".join(part for part in stated if part))
    section = ""
    for sentence in document.sentences:
        if sentence.section != section:
            section = sentence.section
            typer.echo(f"\n## {section}")
        typer.echo(_line(sentence))
    _print_rest(document)


def _line(sentence: Sentence) -> str:
    who = f", {sentence.actor}" if sentence.actor else ""
    indent = "    - " if sentence.parent else "  "
    return f"{indent}{sentence.text}\n{' ' * len(indent)}[{sentence.modality}{who}] {sentence.id}"


def _print_rest(document: Document) -> None:
    typer.echo(f"\n{count(len(document.sentences), 'sentence')}, {count(len(document.notes), 'note')}")
    for note in document.notes:
        typer.echo(f"  {_of(note)}: {note.text.splitlines()[0][:90] if note.text else ''}")
    resolved = [citation for citation in document.citations if citation.resolved]
    typer.echo(f"{count(len(document.citations), 'citation')}, {len(resolved):,} resolved")
    for citation in resolved:
        typer.echo(f"  {citation.text}: {citation.resolved}")
    unresolved = [citation.text for citation in document.citations if not citation.resolved]
    if unresolved:
        typer.echo(f"  Not in the index of laws: {'; '.join(unresolved)}")
    warn(document)


def warn(document: Document, file: Path | None = None) -> None:
    """Say on stderr what was odd about a file, by its name where there are two."""
    where = f"{file}: " if file else ""
    for warning in document.warnings:
        typer.echo(f"Warning: {where}{warning}", err=True)


def _of(note: Note) -> str:
    return (note.author or "Note") + (f", {note.written_at:%Y-%m-%d}" if note.written_at else "")
