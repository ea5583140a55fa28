"""Write the reference from the code, or check that what is committed is what the code says.

`python -m scripts.docs` writes docs/reference; `python -m scripts.docs check` exits 1 and names the pages that differ.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import typer.main

from accord import clauses
from accord.facts import Reach, Role
from accord.rules import people
from accord.stats import schema

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"
HEAD = "<!-- Written by scripts/docs.py from the code. Do not edit. -->\n\n"


def rules() -> Iterator[str]:
    """Every clause with its words and source, and every dated number."""
    yield "# Rules and numbers\n\n"
    for topic in clauses.TOPICS:
        yield f"## {topic}\n\n"
        for clause in clauses.clauses(topic):
            yield f"**{clause.id}** — {clause.title}. {' '.join(clause.words.split())} *Source: {clause.source}*\n\n"
    yield "## Numbers\n\n| number | value | since | source | source last read |\n|---|---|---|---|---|\n"
    for one in clauses.parameters():
        read = one.verified_on or "never: not verified"
        yield f"| `{one.id}`: {one.words} | {one.value} {one.unit} | {one.effective} | {one.source} | {read} |\n"


def permissions() -> Iterator[str]:
    """The table of permissions."""
    yield "# Permissions\n\nWhat is not granted here is refused.\n\n"
    yield "| permission | " + " | ".join(role.label for role in Role) + " |\n"
    yield "|---" * (len(Role) + 1) + "|\n"
    for one in people.permissions().values():
        cells = ["everyone"] * len(Role) if one.public else [_reach(one.reach[role]) for role in Role]
        yield f"| `{one.id}`: {one.words} | " + " | ".join(cells) + " |\n"


def _reach(reach: Reach) -> str:
    return "" if reach is Reach.NONE else reach.label.lower()


def settings() -> Iterator[str]:
    """The environment variables, from the head of the settings module."""
    import ast

    module = Path(people.__file__).resolve().parents[1] / "web" / "settings.py"
    yield "# Settings\n\n" + (ast.get_docstring(ast.parse(module.read_text(encoding="utf-8"))) or "") + "\n"


def commands() -> Iterator[str]:
    """Every command with its arguments and options."""
    import accord.cli
    from accord.cli import load

    load()
    yield "# Commands\n\nExit code 0: fine. 1: a rule said no or a check fell short. 2: bad input.\n\n"
    yield from _command(typer.main.get_command(accord.cli.app), "accord")


def _command(command: Any, name: str) -> Iterator[str]:
    if hasattr(command, "commands"):
        for key, inner in sorted(command.commands.items()):
            yield from _command(inner, f"{name} {key}")
        return
    yield f"## {name}\n\n{(command.help or '').strip()}\n\n"
    for parameter in command.params:
        yield f"- `{_label(parameter)}` {getattr(parameter, 'help', None) or ''}{_default(parameter)}\n".replace(
            "  ", " "
        )
    yield "\n"


def _label(parameter: Any) -> str:
    """How a parameter is written: `--serve / --no-serve`, `--port NUMBER`, `FILE`."""
    if parameter.param_type_name != "option":
        return str(parameter.name.upper())
    both = " / ".join(", ".join(words) for words in (parameter.opts, parameter.secondary_opts) if words)
    return both if parameter.is_flag else f"{both} {_takes(parameter)}"


def _takes(parameter: Any) -> str:
    """The kind of value an option takes: PATH, NUMBER, DAY or TEXT."""
    kinds = {Path: "PATH", int: "NUMBER", float: "NUMBER", datetime: "DAY", date: "DAY"}
    return kinds.get(parameter.type_descriptor.annotation, "TEXT")


def _default(parameter: Any) -> str:
    """What holds when a parameter is left out, and whether it may be."""
    if parameter.required:
        return " Needed." if parameter.param_type_name == "option" else ""
    value = parameter.default
    if value is None or value == "" or callable(value):
        return ""
    if getattr(parameter, "is_flag", False):
        return f" Default: `{parameter.opts[0]}`." if value and parameter.secondary_opts else ""
    return f" Default: {value}."


def columns() -> Iterator[str]:
    """The data dictionary of the files that Accord reads."""
    yield "# Columns\n\n"
    for title, table in (
        ("Events", schema.EVENTS),
        ("Enrollment", schema.ENROLLMENT),
        ("Roster", schema.ROSTER),
    ):
        yield f"## {title}\n\n| column | type | allowed | privacy | meaning |\n|---|---|---|---|---|\n"
        for column in table:
            allowed = ", ".join(f"`{code}`" for code, _ in column.allowed)
            yield f"| `{column.name}` | {column.type} | {allowed} | {column.privacy} | {column.meaning} |\n"
        yield "\n"
    yield "## Reserve codes\n\nNumbers that stand where a count would and are never added up.\n\n"
    yield "| code | state | meaning |\n|---|---|---|\n"
    for code in schema.CRDC_RESERVE:
        yield f"| {code.code} | {code.state} | {code.meaning} |\n"
    yield f"| any other below 0 | {schema.State.RESERVE} | Not known |\n"


def glossary() -> Iterator[str]:
    """The words we use and those we do not."""
    terms = tomllib.loads((REFERENCE / "glossary.toml").read_text(encoding="utf-8"))["term"]
    yield "# Glossary\n\n| noun | holds | we say | we do not say |\n|---|---|---|---|\n"
    for term in terms:
        yield f"| {term['say']} | {term['holds']} | {term['also']} | {term['not']} |\n"


def records() -> Iterator[str]:
    """Where a request for records stands, what may be done when, and the way of a court's paper."""
    from accord.web.records.steps import ALLOWED, STAGES, Act, State, state

    yield "# A request for records\n\n```mermaid\nstateDiagram-v2\n"
    yield "".join(f"    {one.name}: {one.label}\n" for one in State)
    yield f"    [*] --> {state([Act.ASKED]).name}: {Act.ASKED.label}\n"
    for before, acts in ALLOWED.items():
        for act in (one for one in Act if one in acts):
            after = state([Act.DECIDED, act] if before is State.DECIDED else [act])
            yield f"    {before.name} --> {after.name}: {act.label}\n"
    yield "```\n\nA request is settled once and stays so.\n\n"
    yield "## The way of a court's paper\n\n```mermaid\nflowchart TD\n"
    for number, (act, words) in enumerate(STAGES):
        yield f'    {act.name}["{words}"]\n'
        yield f"    {STAGES[number - 1][0].name} --> {act.name}\n" if number else ""
    yield "```\n\nClause `records.paper-ready` in [the rules](rules.md) says when a decision can let something go.\n"


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "rules.md": rules,
    "permissions.md": permissions,
    "settings.md": settings,
    "commands.md": commands,
    "columns.md": columns,
    "glossary.md": glossary,
    "records.md": records,
}


def main() -> int:
    """Write or check every page."""
    if sys.argv[1:] not in ([], ["check"]):
        sys.stderr.write(f"{' '.join(sys.argv[1:])} is not known here.\nGive nothing, to write, or the word check.\n")
        return 2
    checking = sys.argv[1:] == ["check"]
    stale = []
    for name, page in PAGES.items():
        path, text = REFERENCE / name, HEAD + "".join(page())
        if checking:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.write_text(text, encoding="utf-8")
    if stale:
        sys.stderr.write(f"docs/reference is behind the code: {', '.join(stale)}\nRun `make docs` and commit.\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
