"""Bring a policy document into the site, and print whether it is kept."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accord import catalogue as catalogues
from accord.catalogue import Catalogue
from accord.cli import show
from accord.cli.policy import policy
from accord.cli.shell import start
from accord.cli.words import count, several
from accord.decision import BadInput
from accord.documents import bind_data
from accord.documents.bind_data import Bindings
from accord.documents.read import read_bytes
from accord.facts import Status

if TYPE_CHECKING:
    from accord.web.people.models import User

AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


@policy.command("import")
def bring_in(
    file: Annotated[Path, typer.Argument(help="The policy: .txt, .md, .html, .docx or .pdf.")],
    by: Annotated[str, typer.Option(help="User name of who brings it in.")] = "",
    catalogue: Annotated[
        Path | None,
        typer.Option(help="Obligations of another policy: its file, with bindings.toml beside it where there is one."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring a version of a policy into the site. A second person puts it in force there."""
    data, name = file.read_bytes(), file.name
    _require_title(data, file)
    obligations, recognised = _catalogue(catalogue)
    start()
    from django.utils import timezone

    from accord.web.base.middleware import DISTRICT_TIME
    from accord.web.policies.actions import import_document

    at = timezone.now()
    on = at.astimezone(DISTRICT_TIME).date()
    done = import_document(
        by=_importer(by, on), at=at, on=on, data=data, name=name, catalogue=obligations, recognised=recognised
    )
    answer = {
        "code": done.version.code,
        "version": done.version.number,
        "new": done.is_new,
        "sentences": len(done.version.document["sentences"]),
        "suggested": done.suggested,
        "carried": done.carried,
        "warnings": done.version.document["warnings"],
    }
    if as_json:
        show(answer)
        return
    if done.is_new:
        parts = (count(answer["sentences"], "sentence"), count(done.suggested, "suggestion"))
        words = f"Brought in {{code}}, version {{version}}: {', '.join(parts)}, {done.carried:,} carried over."
    else:
        words = "This very file is on file as {code}, version {version}. Nothing was stored twice."
    sys.stdout.write(words.format_map(answer) + "\n")
    for warning in answer["warnings"]:
        sys.stderr.write(f"Warning: {warning}\n")


def _require_title(data: bytes, file: Path) -> None:
    """A version without a title cannot be told from others in the site, so it is asked for first."""
    if not read_bytes(data, str(file)).title:
        raise BadInput(
            "The policy states no title.",
            where=str(file),
            mend="Write its number and title in the first line, such as: 3515.31 - School Resource Officers.",
        )


def _catalogue(path: Path | None) -> tuple[Catalogue | None, Bindings | None]:
    """The obligations of another policy, and how they are recognised when a file beside them says so."""
    if path is None:
        return None, None
    listed = path / "catalogue.toml" if path.is_dir() else path
    if not listed.is_file():
        raise BadInput("There is no catalogue here.", where=str(listed), mend="Name a catalogue file or its folder.")
    beside = listed.with_name("bindings.toml")
    return catalogues.read(listed), bind_data.read(beside) if beside.is_file() else None


def _importer(username: str, on: date) -> User:
    """Whoever is named, or the one person who may bring versions in."""
    from accord.web.people.models import User

    accounts = User.objects.prefetch_related("grants")
    if username:
        found = accounts.filter(username__iexact=username.strip()).first()
        if found is None:
            raise BadInput(f"There is no account {username}.", where="--by", mend=_who(accounts, on))
        return found
    able = _able(accounts, on)
    if len(able) != 1:
        raise BadInput(
            f"{count(len(able), 'person', 'people')} may bring in a policy; say who does.",
            where="--by",
            mend=_who(accounts, on),
        )
    return able[0]


def _able(accounts: Iterable[User], on: date) -> list[User]:
    from accord.rules.people import may

    return [one for one in accounts if one.is_active and may(one.facts(), "policies.import", on=on).allowed]


def _who(accounts: Iterable[User], on: date) -> str:
    """The user names to choose from, as a sentence."""
    names = [one.username for one in _able(accounts, on)]
    return f"Give --by {several(names)}." if names else "In the site, give somebody the role of Superintendent first."


@policy.command(short_help="Print whether the policy is kept, by sentence")
def status(
    as_json: AsJson = False,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day; today when left out.")] = None,
) -> None:
    """Print the policy in force, sentence by sentence, with whether it is kept on a day.

    Exit code 1 when no policy is in force on that day.
    """
    start()
    print_status(as_json=as_json, on=on.date() if on else None)


def print_status(*, as_json: bool = False, on: date | None = None) -> None:
    """Print the policy in force with its standing on a day, today when left out. Django is loaded already."""
    from django.utils import timezone

    from accord.web.base.middleware import DISTRICT_TIME

    day = on or timezone.now().astimezone(DISTRICT_TIME).date()
    answer = _status(day)
    if as_json:
        show(answer)
        if answer["policy"] is None:
            raise typer.Exit(1)
        return
    if answer["policy"] is None:
        sys.stdout.write(f"No policy is in force on {day}. Bring one in with accord policy import FILE.\n")
        raise typer.Exit(1)
    head = answer["policy"]
    sys.stdout.write(f"{head['code']} {head['title']}, version {head['version']}, on {answer['on']}\n\n")
    for sentence in answer["sentences"]:
        _print_sentence(sentence)
    for one in answer["uncarried"]:
        sys.stdout.write(f"No sentence: [{one['label']}] {one['id']} {one['title']}: {one['reason']}\n")
    counts = answer["summary"]
    sys.stdout.write("\n" + ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in counts.items()) + "\n")
    sys.stdout.write(f"{counts['met']} of {answer['total']} kept. Without evidence counts as not met.\n")


def _print_sentence(sentence: dict[str, Any]) -> None:
    indent = "  " * sentence["depth"]
    sys.stdout.write(f"{indent}{sentence['text']}\n")
    for one in sentence["obligations"]:
        again = " (with the sentence above)" if one["again"] else f": {one['reason']}"
        sys.stdout.write(f"{indent}  [{one['label']}] {one['id']} {one['title']}{again}\n")
    if not sentence["obligations"]:
        sys.stdout.write(f"{indent}  [not bound]\n")


def _status(on: date) -> dict[str, Any]:
    from accord.web.controls import front
    from accord.web.controls.standing import standings
    from accord.web.policies import facts

    version = facts.in_force(on=on)
    if version is None:
        return {"on": on.isoformat(), "policy": None, "sentences": [], "summary": {}, "total": 0}
    try:
        page = front.page(version, standings(on=on), front.Filters())
    except KeyError as error:
        raise BadInput(
            f"The rules had no number yet: {error.args[0]}.",
            where="--on",
            mend="Choose a later day.",
        ) from error
    head = {"code": version.code, "title": version.title, "version": version.number}
    sentences = [row for part in page.parts for node in part.nodes for row in _rows(node, 0)]
    summary = {status.value: page.summary[status] for status in Status}
    uncarried = [_chip(chip) for chip in page.uncarried]
    return {
        "on": on.isoformat(),
        "policy": head,
        "sentences": sentences,
        "uncarried": uncarried,
        "summary": summary,
        "total": page.total,
    }


def _rows(node: Any, depth: int) -> list[dict[str, Any]]:
    own = {
        "id": node.sentence.id,
        "text": node.sentence.text,
        "depth": depth,
        "obligations": [_chip(chip) for chip in node.chips],
    }
    return [own, *(row for item in node.items for row in _rows(item, depth + 1))]


def _chip(chip: Any) -> dict[str, Any]:
    standing = chip.standing
    return {
        "id": chip.obligation.id,
        "title": chip.obligation.title,
        "status": standing.status.value,
        "label": standing.status.label,
        "reason": str(standing.finding.reason),
        "due_on": standing.due_on.isoformat() if standing.due_on else None,
        "again": chip.again,
    }
