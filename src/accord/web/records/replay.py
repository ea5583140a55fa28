"""Stored decisions worked out again: does today's rule give the answer that was given, and where does it differ?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from accord.facts import from_plain
from accord.facts import records as facts
from accord.rules import records as rule
from accord.web.records.models_requests import Decision
from accord.web.records.plain import answer_of, answer_to_plain

CHUNK = 200
"""Decisions read at a time: memory stays the same however many there are."""

PARTS = ("ruling", "records", "basis", "findings", "wanted", "log", "duties", "limits")
"""What is compared, the answer first."""

NumbersOf = Callable[[date], facts.Numbers]


@dataclass(frozen=True)
class Difference:
    """A decision whose answer would be another today. `why` is the first finding that differs, then and now in words.

    `part` is the first part of the answer that differs, one of `PARTS`.
    """

    reference: str
    on: date
    stored_version: str
    part: str
    was: str
    now: str
    why_was: str
    why_now: str


@dataclass
class Replayed:
    """How many decisions were worked out again, and how many of them were made by another version of the rule."""

    decisions: int = 0
    other_version: int = 0
    different: int = 0


def replay(found: Replayed, *, since: date | None = None, numbers: NumbersOf | None = None) -> Iterator[Difference]:
    """Work each stored decision out again on the facts stored with it, and give those that differ, oldest first.

    `numbers` gives the numbers of a day anew, such as `rules.records.numbers`; else those stored with the decision
    count. `found` is counted up on the way. Nothing is written.
    """
    rows = Decision.objects.order_by("on", "id").select_related("request")
    for row in (rows.filter(on__gte=since) if since else rows).iterator(chunk_size=CHUNK):
        found.decisions += 1
        found.other_version += row.rule_version != rule.version()
        difference = _difference(row, _again(row, numbers))
        if difference is not None:
            found.different += 1
            yield difference


def _again(row: Decision, numbers: NumbersOf | None) -> dict[str, Any]:
    """The answer of today's rule, as it would be stored."""
    stored = row.facts
    answer = rule.decide(
        from_plain(facts.Request, stored["request"]),
        from_plain(facts.OnFile, stored["on_file"]),
        on=row.on,
        parameters=numbers(row.on) if numbers else from_plain(facts.Numbers, stored["numbers"]),
    )
    return answer_to_plain(answer)


def _difference(row: Decision, again: dict[str, Any]) -> Difference | None:
    part = next((one for one in PARTS if row.answer[one] != again[one]), None)
    if part is None:
        return None
    why_was, why_now = _first(_told(row.answer), _told(again))
    was, now = (row.answer[part], again[part]) if part in ("ruling", "basis") else _first(row.answer[part], again[part])
    return Difference(
        reference=row.request.reference,
        on=row.on,
        stored_version=row.rule_version,
        part=part,
        was=_words(was),
        now=_words(now),
        why_was=_finding(row.answer, why_was),
        why_now=_finding(again, why_now),
    )


def _told(answer: dict[str, Any]) -> list[Any]:
    """The findings but the one that only sums the grounds up."""
    return [one for one in answer["findings"] if one[0] != rule.NONE]


def _first(was: Any, now: Any) -> tuple[Any, Any]:
    """The first place in which two lists or two entries differ; None where one of them holds nothing there."""
    if isinstance(was, dict) and isinstance(now, dict):
        key = next((key for key in (*was, *now) if was.get(key) != now.get(key)), "")
        return was.get(key), now.get(key)
    gone = [one for one in was if one not in now]
    come = [one for one in now if one not in was]
    return next(iter(gone), None), next(iter(come), None)


def _words(value: Any) -> str:
    """A stored part in words: sentences with their gaps filled."""
    if isinstance(value, dict) and "say" in value:
        return str(value["say"]).format_map({name: _words(one) for name, one in value.get("with", {}).items()})
    if isinstance(value, list):
        return ", ".join(map(_words, value))
    return "" if value is None else str(value)


def _finding(answer: dict[str, Any], one: list[Any] | None) -> str:
    if one is None:
        return ""
    found = answer_of(answer | {"findings": [one]}).findings[0]
    return f"{found.clause}, {'met' if found.met else 'not met'}: {found.reason}"
