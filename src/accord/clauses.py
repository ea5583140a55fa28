"""Reads what stands beside each rule: the clause in plain words (`.md`), numbers and worked cases (`.toml`)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

TOPICS = (
    "people",
    "students",
    "policies",
    "controls",
    "interactions",
    "narratives",
    "immigration",
    "reports",
    "stops",
    "duties",
    "records",
    "openings",
)

_HEADING = re.compile(r"^## (?P<id>[a-z]+\.[a-z0-9-]+) — (?P<title>.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Clause:
    """A clause in plain words. `judgement` is set where no rule can settle it and a person must."""

    id: str
    title: str
    words: str
    source: str
    judgement: bool


@dataclass(frozen=True)
class Head:
    """What a topic is called and what its rules settle, as its `.md` begins."""

    title: str
    words: str


@dataclass(frozen=True)
class Parameter:
    """A number of law or policy from a day on, with where it was read and when someone last read it there.

    `verified_on` is None when nobody has read the source: the number is from general knowledge and marked so.
    """

    id: str
    value: Any
    unit: str
    words: str
    source: str
    effective: date
    verified_on: date | None = None


@dataclass(frozen=True)
class Case:
    """A worked example: given these facts and numbers, this is the answer."""

    clause: str
    name: str
    given: dict[str, Any]
    arguments: dict[str, Any]
    then: bool | str
    because: str


def _text(topic: str, suffix: str) -> str:
    return (files("accord.rules") / f"{topic}.{suffix}").read_text(encoding="utf-8")


@cache
def table(topic: str) -> dict[str, Any]:
    """All data of a topic, as its `.toml` holds it."""
    return tomllib.loads(_text(topic, "toml"))


@cache
def head(topic: str) -> Head:
    """What the rules of a topic are about."""
    title, _, words = _text(topic, "md").partition("## ")[0].removeprefix("# ").partition("\n")
    return Head(title.strip(), words.strip())


@cache
def clauses(topic: str) -> tuple[Clause, ...]:
    """The clauses of a topic, in the order of its `.md`."""
    text = _text(topic, "md")
    found = list(_HEADING.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    return tuple(_clause(match, text[match.end() : end]) for match, end in zip(found, ends, strict=True))


def _clause(match: re.Match[str], body: str) -> Clause:
    lines = body.strip().splitlines()
    source = next((line.removeprefix("Source: ") for line in lines if line.startswith("Source: ")), "")
    words = "\n".join(line for line in lines if not line.startswith(("Source: ", "judgement:"))).strip()
    judgement = any(line.startswith("judgement:") for line in lines)
    return Clause(match["id"], match["title"], words, source, judgement)


@cache
def clause(clause_id: str) -> Clause:
    """The clause with this id. Raises KeyError when there is none."""
    return {one.id: one for one in clauses(clause_id.split(".")[0])}[clause_id]


@cache
def parameters() -> tuple[Parameter, ...]:
    """Every dated parameter of every topic."""
    return tuple(
        Parameter(
            id=row["id"],
            value=row["value"],
            unit=row["unit"],
            words=row["words"],
            source=row["source"],
            effective=row["effective"],
            verified_on=row.get("verified_on"),
        )
        for topic in TOPICS
        for row in table(topic).get("parameter", ())
    )


def parameter(parameter_id: str, *, on: date) -> Parameter:
    """The parameter as it stood on a day.

    Raises:
        KeyError: when no value was in force on that day.
    """
    rows = [one for one in parameters() if one.id == parameter_id and one.effective <= on]
    if not rows:
        raise KeyError(f"{parameter_id} has no value in force on {on}")
    return max(rows, key=lambda one: one.effective)


@cache
def cases(topic: str) -> tuple[Case, ...]:
    """The worked cases of a topic."""
    return tuple(
        Case(
            clause=row["clause"],
            name=row["name"],
            given=row.get("given", {}),
            arguments=row.get("with", {}),
            then=row["then"],
            because=row.get("because", ""),
        )
        for row in table(topic).get("case", ())
    )
