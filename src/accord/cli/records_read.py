"""A request for records from JSON, read strictly: a misspelt key must never pass for a fact that is not stated."""

from __future__ import annotations

import json
import types
import typing
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from accord.cli.words import several
from accord.decision import BadInput
from accord.facts import records
from accord.rules.records_claims import claims

MEND = "Compare it with docs/reference/records-request.schema.json."
CHOICES = 30

NEEDED: dict[type, tuple[str, ...]] = {
    records.Request: ("made_at", "asker", "decided_by", "student", "records", "purpose"),
    records.Party: ("id", "capacity"),
    records.Record: ("id", "kind"),
    records.Paper: ("kind",),
    records.Consent: ("id", "student"),
    records.RightsHolder: ("person", "student"),
    records.Agreement: ("party",),
    records.Acknowledgement: ("person",),
    records.Designation: ("officer",),
    records.CourtBar: ("person", "student"),
    records.Confirmation: ("claim",),
}
"""What must be stated for a fact to be one at all. Anything else that is missing is not taken for a yes."""

PERIODS = {
    records.RightsHolder: ("starts_on", "ends_on"),
    records.Consent: ("signed_on", "expires_on", "revoked_on"),
    records.Agreement: ("signed_on", "ends_on"),
    records.Acknowledgement: ("signed_on", "ends_on"),
    records.AnnualNotice: ("given_on", "ends_on"),
    records.Paper: ("issued_on", "expires_on", "counsel_reviewed_on", "parent_told_on", "pupil_told_on"),
}
"""Days of a fact: none of the later ones lies before the first."""

NOT_OF_A_COURT = (records.PaperKind.ADMINISTRATIVE_WARRANT, records.PaperKind.ADMINISTRATIVE_SUBPOENA)


@dataclass(frozen=True)
class File:
    """What a file holds: the request, and what is on file."""

    request: records.Request
    on_file: records.OnFile = field(default_factory=records.OnFile)


def load(path: Path) -> File:
    """Read a request.

    Raises:
        BadInput: for what is no JSON, an unknown key, a missing fact, a value of the wrong kind or a contradiction,
            naming where in the file.
    """
    try:
        plain = json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_once)
    except OSError as error:
        raise BadInput(error.strerror or "It cannot be read.", where=str(path), mend=MEND) from error
    except UnicodeDecodeError as error:
        raise BadInput("The file is not UTF-8.", where=str(path), mend=MEND) from error
    except json.JSONDecodeError as error:
        raise BadInput("This is not JSON.", where=f"{path}, line {error.lineno}", mend=MEND) from error
    except RecursionError as error:
        raise BadInput("The JSON is nested too deep for a request.", where=str(path), mend=MEND) from error
    found: File = read(File, plain, "")
    for where, what in contradictions(found):
        raise BadInput(what, where=where, mend="Correct one of the two.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    twice = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
    if twice:
        raise BadInput("This key stands here twice.", where=twice[0], mend="Keep one of the two.")
    return dict(pairs)


def read(kind: Any, value: Any, where: str) -> Any:
    """A fact of this type from plain JSON values. `where` is the path to it, as `request.asker.id`.

    Raises:
        BadInput: naming the path, when the value does not fit.
    """
    if typing.get_origin(kind) in (typing.Union, types.UnionType):
        inner = next(part for part in typing.get_args(kind) if part is not type(None))
        return None if value is None else read(inner, value, where)
    if typing.get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise _misfit(where, "a list")
        return tuple(read(typing.get_args(kind)[0], item, f"{where}[{place}]") for place, item in enumerate(value))
    if is_dataclass(kind) and isinstance(kind, type):
        return _fact(kind, value, where)
    if issubclass(kind, StrEnum):
        return _choice(kind, value, where)
    if kind in (date, datetime):
        return _time(kind, value, where)
    if not isinstance(value, kind):
        raise _misfit(where, "true or false" if kind is bool else "text")
    return value


def _fact(kind: type, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise _misfit(where, "an object")
    before = f"{where}." if where else ""
    known = {one.name for one in fields(kind)}
    needed = NEEDED.get(kind, ("request",) if kind is File else ())
    for key in value:
        if key not in known:
            raise BadInput("This key is unknown.", where=f"{before}{key}", mend=f"Known: {several(sorted(known), 40)}.")
    for key in needed:
        if value.get(key) in (None, "", []):
            raise BadInput("This fact is missing.", where=f"{before}{key}", mend=MEND)
    hints = typing.get_type_hints(kind)
    return kind(**{key: read(hints[key], item, f"{before}{key}") for key, item in value.items()})


def _choice(kind: type[StrEnum], value: Any, where: str) -> StrEnum:
    if value not in [member.value for member in kind]:
        raise _misfit(where, several([member.value for member in kind], CHOICES))
    return kind(value)


def _time(kind: type[date], value: Any, where: str) -> date:
    words = "a day, such as 2026-08-19" if kind is date else "a time with its offset, such as 2026-08-19T09:30:00-07:00"
    try:
        found = kind.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise _misfit(where, words) from error
    if isinstance(found, datetime) and found.tzinfo is None:
        raise _misfit(where, words)
    return found


def _misfit(where: str, words: str) -> BadInput:
    return BadInput(f"This should be {words}.", where=where or "the file", mend=MEND)


def contradictions(file: File) -> Iterator[tuple[str, str]]:
    """Facts that cannot both be true: where, and what."""
    yield from _twice("request.records", [one.id for one in file.request.records])
    yield from _twice("on_file.consents", [one.id for one in file.on_file.consents])
    request = file.request
    if request.whole_group and request.student.id:
        yield "request.whole_group", "The request is about one student and about a whole group."
    if not request.whole_group and not request.student.id:
        yield "request.student.id", "No student is named, and the request is not about a whole group."
    if request.paper and request.paper.kind in NOT_OF_A_COURT and request.paper.signed_by_judge:
        yield "request.paper", "An administrative paper is not signed by a judge."
    for place, claim in enumerate(request.claims):
        if claim not in claims(request):
            yield f"request.claims[{place}]", "It is named a claim, and the request does not state it."
    for place, record in enumerate(request.records):
        if record.own_notes and record.kept_by_unit:
            yield f"request.records[{place}]", "The maker's own notes, shown to nobody, are not kept by a unit."
    yield from _backwards("request.paper", request.paper)
    yield from _backwards("on_file.notice", file.on_file.notice)
    for name in ("consents", "holders", "agreements", "acknowledgements"):
        for place, one in enumerate(getattr(file.on_file, name)):
            yield from _backwards(f"on_file.{name}[{place}]", one)


def _twice(where: str, ids: list[str]) -> Iterator[tuple[str, str]]:
    for one, count in Counter(ids).items():
        if count > 1:
            yield where, f"Two of them have the id {one}."


def _backwards(where: str, fact: Any) -> Iterator[tuple[str, str]]:
    if fact is None:
        return
    first, *later = PERIODS[type(fact)]
    began = getattr(fact, first)
    for name in later:
        day = getattr(fact, name)
        if began is not None and day is not None and day < began:
            yield f"{where}.{name}", f"It lies before {first}: {day} and {began}."
