"""Requests for records to try the rule with: those of the worked cases, and as many more as wanted made from them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from random import Random
from typing import Any

from accord import clauses
from accord.facts import from_plain
from accord.facts.records import Answer, Asked, Capacity, MadeFor, PaperKind, Purpose, RecordKind, Request
from accord.rules import records

CASES = [case for case in clauses.cases("records") if isinstance(case.given, dict) and "request" in case.given]
"""The worked cases of the answer to a request; signing, opening and reading the log have facts of their own."""

VALUES: dict[str, list[Any]] = {
    "capacity": [one.value for one in Capacity],
    "purpose": [one.value for one in Purpose],
    "kind": [one.value for one in RecordKind],
    "made_for": [one.value for one in MadeFor],
    "id": ["asker-1", "sro-1", "p1", "s1", "r1", "r2", "custodian-1", "c1"],
    "decided_by": ["custodian-1", "sro-1", "asker-1"],
    "party": ["city-police", "sro", "sro-1", "county"],
    "consent": ["c1", "c2"],
    "agency": ["city-police", "sheriff"],
    "by": ["custodian-1", "asker-1", "sro-1"],
}
DAYS = ["2025-09-19", "2025-09-20", "2026-02-26", "2026-02-27", "2026-03-01", "2026-03-02", "2026-03-03", "2026-08-10"]
BORN = ["2008-03-01", "2008-03-02", "2008-03-03", "2010-05-04"]


def decide(given: dict[str, Any]) -> Answer:
    """The answer of the rule to a request in plain values, with the numbers of its day."""
    asked = held(given)
    return records.decide(asked.request, asked.on_file, on=asked.on, parameters=asked.numbers)


def numbers(given: dict[str, Any]) -> dict[str, Any]:
    return asdict(records.numbers(on=date.fromisoformat(given["on"])))


def held(given: dict[str, Any]) -> Asked:
    """A request in plain values as a fact, with the numbers of its day."""
    asked: Asked = from_plain(Asked, {key: value for key, value in given.items() if key != "numbers"})
    return replace(asked, numbers=records.numbers(on=asked.on))


def leaves(plain: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to every value that holds no others."""
    if isinstance(plain, dict | list) and plain:
        for key, value in plain.items() if isinstance(plain, dict) else enumerate(plain):
            yield from leaves(value, (*path, key))
    else:
        yield path


def without(given: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    """The same facts with one of them not stated."""
    made = copy.deepcopy(given)
    del _at(made, path[:-1])[path[-1]]
    return made


def having(given: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """The same facts with one of them stated so."""
    made = copy.deepcopy(given)
    _at(made, path[:-1])[path[-1]] = value
    return made


def _at(plain: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        plain = plain.setdefault(key, {}) if isinstance(plain, dict) else plain[key]
    return plain


def made_up(seed: int, count: int) -> Iterator[dict[str, Any]]:
    """Requests made from the worked cases: two mixed, some facts changed, some taken away."""
    random = Random(seed)
    givens = [case.given for case in CASES]
    for _ in range(count):
        given, other = copy.deepcopy(random.choice(givens)), copy.deepcopy(random.choice(givens))
        given.setdefault("on_file", {})
        if random.random() < 0.3:
            given["on_file"] = {**other.get("on_file", {}), **given.get("on_file", {})}
        if random.random() < 0.3:
            given["request"] = {**other["request"], **given["request"]}
        if random.random() < 0.1:
            given["request"]["passed_to"] = [dict(given["request"]["asker"])]
        if random.random() < 0.3:
            _claim(given, random)
        if random.random() < 0.2:
            _second(given["on_file"], random)
        for _ in range(random.choice((0, 0, 1, 1, 2, 4))):
            _change(given, random)
        yield {key: value for key, value in given.items() if key != "numbers"}


def _claim(given: dict[str, Any], random: Random) -> None:
    """Some of what is stated becomes a claim, and most of these are confirmed, a few more than once."""
    stated = from_plain(Request, given["request"])
    claims = [one.value for one in records.claims(stated) if random.random() < 0.7]
    given["request"]["claims"] = claims
    words = random.choices(claims, k=2 * len(claims)) if claims else []
    for claim in [*claims, *words][random.choice((0, 0, 1)) :]:
        word = {"claim": claim, "yes": random.random() < 0.9, "by": "custodian-1", "confirmed_on": "2025-09-19"}
        given["on_file"].setdefault("confirmations", []).append(word)


def _second(on_file: dict[str, Any], random: Random) -> None:
    """A second paper of one kind beside the first, before or after it; a later change may spoil either."""
    kinds = [name for name, value in on_file.items() if value and isinstance(value, list)]
    if kinds:
        papers = on_file[random.choice(kinds)]
        papers.insert(random.randrange(2), copy.deepcopy(papers[0]))


def _change(given: dict[str, Any], random: Random) -> None:
    path = random.choice([one for one in leaves(given) if one[0] != "numbers" and one != ("on",)])
    holder, key = _at(given, path[:-1]), path[-1]
    if isinstance(holder, list) or key in ("person", "student", "officer") or random.random() < 0.2:
        _drop(holder, key)
    elif isinstance(holder.get(key), bool):
        holder[key] = not holder[key]
    elif key.endswith("_on") or key == "destroy_by":
        holder[key] = random.choice(BORN if key == "born_on" else DAYS)
    elif key == "kind" and path[-2] == "paper":
        holder[key] = random.choice(list(PaperKind)).value
    elif key in VALUES:
        holder[key] = random.choice(VALUES[key])


def _drop(holder: Any, key: Any) -> None:
    if key not in ("kind", "person", "student", "officer", "party", "purpose", "claim") or isinstance(holder, list):
        del holder[key]
