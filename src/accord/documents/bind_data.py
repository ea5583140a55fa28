"""The definitions that say how each obligation is recognised, read from a TOML file beside a catalogue.

Fields of a way (all conditions hold together; an obligation may have several ways):

- `subject`    concepts, one of which heads the subject of the clause;
- `modality`   the duties that count; "should" where "shall" is asked counts half;
- `needs`      groups of phrases, each found in the predicate;
- `context`    groups of phrases, each found anywhere in the sentence;
- `absent`     phrases, none of which is found anywhere in the sentence;
- `at_least`   concepts of which so many different phrases are found in the predicate;
- `hedges`     kinds of room to move (bind_language.toml) the obligation itself leaves; any other kind counts half;
- `exceptions` concepts that "unless", "except" and "without" may lead to; any other exception counts half;
- `level`      "partly" for a way that on its own does not carry the whole obligation, as one that only names parts;
               "adds" for one that refers back ("that approach may include .."): it only shows parts of an obligation
               that another clause carries.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from accord.decision import BadInput
from accord.documents.bind_clauses import language
from accord.documents.bind_phrases import Group, Pattern, Phrases


@dataclass(frozen=True)
class Way:
    """One manner in which a clause may carry an obligation; see the module."""

    subject: Pattern
    modality: frozenset[str]
    needs: tuple[Group, ...]
    context: tuple[Group, ...]
    absent: Pattern | None
    at_least: tuple[tuple[Pattern, int], ...]
    hedges: frozenset[str]
    exceptions: Pattern | None
    level: str


@dataclass(frozen=True)
class Part:
    """A sub-item and the groups of phrases that show it."""

    id: str
    needs: tuple[Group, ...]


@dataclass(frozen=True)
class Recognition:
    """How one obligation is recognised."""

    id: str
    ways: tuple[Way, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Bindings:
    """How the obligations of one catalogue are recognised.

    `subject` finds whoever the policy is about, read as `word`; `short_forms` what it calls them once it is about them;
    `actors` finds every subject that any way asks for.
    """

    subject: Pattern
    word: str
    short_forms: Pattern
    mentions: int
    actors: Pattern
    obligations: tuple[Recognition, ...]


@cache
def bp_3515_31() -> Bindings:
    """How the obligations of BP 3515.31 are recognised."""
    return _bindings(tomllib.loads((files("accord.documents") / "bindings.toml").read_text(encoding="utf-8")))


def read(path: Path) -> Bindings:
    """Read the definitions beside another catalogue.

    Raises:
        BadInput: when the file is not TOML, lacks a field or names a concept that it does not define.
    """
    try:
        return _bindings(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadInput(
            f"This does not say how obligations are recognised: {error}",
            where=str(path),
            mend="Compare it with documents/bindings.toml of Accord.",
        ) from error


def _bindings(data: dict[str, Any]) -> Bindings:
    english = language()
    phrases = Phrases(data["concepts"] | data.get("verbs", {}), english.blockers, english.fillers)
    obligations = tuple(_recognition(row, phrases) for row in data["obligation"])
    named = {name for row in data["obligation"] for way in row.get("way", ()) for name in way["subject"]}
    return Bindings(
        subject=phrases.any_of(data["subject"]),
        word=f" {data.get('word', 'subject')}",
        short_forms=_short_forms(data, phrases),
        mentions=data.get("mentions", 3),
        actors=phrases.any_of(f"{{{name}}}" for name in sorted(named)),
        obligations=obligations,
    )


def _short_forms(data: dict[str, Any], phrases: Phrases) -> Pattern:
    """Finds a short form after a word that allows it and not before one that forbids it; nothing, without any."""
    if not data.get("short_forms"):
        return re.compile(r"(?!)")
    behind = "|".join("^" if word == "^" else f"(?<= {re.escape(word)})" for word in data.get("short_after", ["^"]))
    ahead = f"(?!{phrases.any_of(data['not_short']).pattern})" if data.get("not_short") else ""
    return re.compile(f"(?:{behind}){phrases.any_of(data['short_forms']).pattern}{ahead}")


def _recognition(row: dict[str, Any], phrases: Phrases) -> Recognition:
    return Recognition(
        id=row["id"],
        ways=tuple(_way(way, phrases) for way in row["way"]),
        parts=tuple(Part(item["id"], _groups(item["needs"], phrases)) for item in row.get("item", ())),
    )


def _way(row: dict[str, Any], phrases: Phrases) -> Way:
    return Way(
        subject=phrases.any_of(f"{{{name}}}" for name in row["subject"]),
        modality=frozenset(row["modality"]),
        needs=_groups(row.get("needs", ()), phrases),
        context=_groups(row.get("context", ()), phrases),
        absent=phrases.any_of(row["absent"]) if row.get("absent") else None,
        at_least=tuple((phrases.concept(name), least) for name, least in row.get("at_least", {}).items()),
        hedges=frozenset(row.get("hedges", ())),
        exceptions=phrases.any_of(f"{{{name}}}" for name in row["exceptions"]) if row.get("exceptions") else None,
        level=row.get("level", "found"),
    )


def _groups(rows: Any, phrases: Phrases) -> tuple[Group, ...]:
    return tuple(phrases.group(row) for row in rows)
