"""Where words that people read stand in the sources, so that each can be said in Spanish.

Code marks its words with `gettext` and its kin, and rules with `Say(...)`; both are read from the syntax tree.
Templates go through Django's own reader. Words that are data (labels of closed lists, clauses, permissions,
parameters, obligations, columns) are listed as the program itself loads them, so no file format is known twice.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

from accord import catalogue, clauses
from accord.decision import BadInput
from accord.stats import board_report, schema
from accord.stats.edition import WITHHELD

_ARGUMENTS: dict[str, tuple[str, ...]] = {
    "gettext": ("id",),
    "ngettext": ("id", "plural"),
    "pgettext": ("context", "id"),
    "npgettext": ("context", "id", "plural"),
    "Say": ("id",),
}
KEYWORDS = {
    **_ARGUMENTS,
    **{f"{name}_lazy": arguments for name, arguments in _ARGUMENTS.items() if name != "Say"},
    "gettext_noop": ("id",),
    "_": ("id",),
}
"""What each marking function takes, in order."""

_CALL_IN_TEMPLATE = re.compile(r"\b(?:n?p?gettext|_)\(")


@dataclass(frozen=True, order=True)
class Phrase:
    """Something to translate. `plural` and `context` are "" where there is none."""

    id: str
    plural: str = ""
    context: str = ""


def in_python(source: str, where: str) -> Iterator[Phrase]:
    """The phrases that Python code marks; both sides of a condition count.

    Raises:
        BadInput: for a marked f-string, which could never be found in a catalogue.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (arguments := KEYWORDS.get(_name(node.func))):
            yield from _marked(node, arguments, where)
        elif isinstance(node, ast.ClassDef) and any(_name(base) == "Coded" for base in node.bases):
            yield from _labels(node)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _marked(node: ast.Call, arguments: tuple[str, ...], where: str) -> Iterator[Phrase]:
    given = dict(zip(arguments, node.args, strict=False))
    plural, context = (next(_texts(given.get(part), where), "") for part in ("plural", "context"))
    for text in _texts(given.get("id"), where):
        yield Phrase(text, plural, context)


def _texts(node: ast.expr | None, where: str) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, where)
        yield from _texts(node.orelse, where)
    elif isinstance(node, ast.JoinedStr):
        raise BadInput(
            "A marked text is an f-string, which no translation can match.",
            where=f"{where}:{node.lineno}",
            mend="Name its gaps and fill them afterwards: Say('{days} days', {'days': 3}).",
        )


def _labels(node: ast.ClassDef) -> Iterator[Phrase]:
    for statement in node.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Tuple):
            label = statement.value.elts[-1]
            if isinstance(label, ast.Constant) and isinstance(label.value, str):
                yield Phrase(label.value)


def in_template(source: str, where: str) -> Iterator[Phrase]:
    """The phrases that a Django template marks. Django turns the marks into calls, and all other text into X."""
    text = templatize(source, origin=where)
    for match in _CALL_IN_TEMPLATE.finditer(text):
        yield from in_python(_call(text, match.start()), where)


def _call(text: str, start: int) -> str:
    """The call that begins at `start`: up to the first bracket that closes it, which need not be the first there is."""
    end = start
    while end := text.find(")", end) + 1:
        try:
            ast.parse(text[start:end])
        except SyntaxError:
            continue
        return text[start:end]
    return ""


def in_rules() -> Iterator[Phrase]:
    """What stands beside the rules: clauses, roles, permissions, parameters with their units."""
    for topic in clauses.TOPICS:
        yield Phrase(clauses.head(topic).title)
        yield Phrase(clauses.head(topic).words)
        for clause in clauses.clauses(topic):
            yield Phrase(clause.title)
            yield Phrase(clause.words)
        table = clauses.table(topic)
        yield from map(Phrase, table.get("roles", {}).values())
        yield from (Phrase(row["words"]) for row in table.get("permission", {}).values())
    for parameter in clauses.parameters():
        yield Phrase(parameter.words)
        yield Phrase(parameter.unit)


def in_catalogue() -> Iterator[Phrase]:
    """The obligations: titles, words, what shows them, conditions, who owes them and how, and their parts."""
    for one in catalogue.bp_3515_31().obligations:
        yield from map(Phrase, (one.title, one.words, one.evidence, one.condition, one.actor, one.modality))
        yield from (Phrase(item.words) for item in one.items)


def in_schema() -> Iterator[Phrase]:
    """The columns of the Board report's inputs, their codes, and what is counted."""
    for column in (*schema.EVENTS, *schema.ENROLLMENT):
        yield Phrase(column.meaning)
        yield Phrase(column.unit)
        yield from (Phrase(label) for _, label in column.allowed)
    for _, label, definition in schema.MEASURES:
        yield Phrase(label)
        yield Phrase(definition)


def in_report() -> Iterator[Phrase]:
    """The words that a Board report is frozen with, in English: its title, its tables, their totals and their notes."""
    yield from map(Phrase, (board_report.TITLE, WITHHELD, *board_report.TOTALS.values()))
    for table in board_report.TABLES:
        yield from map(Phrase, (table.title, *table.notes))


DATA: tuple[Callable[[], Iterator[Phrase]], ...] = (in_rules, in_catalogue, in_schema, in_report)


def everywhere(sources: Path) -> list[Phrase]:
    """Every phrase of the package at `sources`, once, sorted."""
    found: set[Phrase] = set()
    for path in sorted(sources.rglob("*.py")):
        found.update(in_python(path.read_text(encoding="utf-8"), str(path)))
    for path in sorted(sources.rglob("templates/**/*")):
        if path.is_file():
            found.update(in_template(path.read_text(encoding="utf-8"), str(path)))
    for read in DATA:
        found.update(read())
    return _one_of_each(phrase for phrase in found if phrase.id)


def _one_of_each(phrases: Iterator[Phrase]) -> list[Phrase]:
    """A catalogue has one entry for an id and context: the one with a plural serves both uses."""
    kept: dict[tuple[str, str], Phrase] = {}
    for phrase in sorted(phrases):
        kept[phrase.context, phrase.id] = phrase
    return sorted(kept.values())
