"""The rule on records a third time, as Cedar policies with a schema: the facts turned into what Cedar reads.

The policies beside this file (`cedar/`) were written from the clauses and the law. This adapter only carries facts
over; it compares nothing and knows no ground. Cedar has no "one of these papers", so each paper on file is asked about
in turn, and what one question found is a fact of the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import cedarpy

from accord.facts.records import Asked, Claim, OnFile, Party, Record, RecordKind

Answers = Callable[..., list[cedarpy.AuthzResult]]

FOLDER = Path(__file__).parent / "cedar"


class Fault(Exception):  # noqa: N818 - the test fails with it
    """Cedar could not work something out, and would have skipped that policy."""


@dataclass(frozen=True)
class Verdict:
    """What Cedar says of one copy: the policies that decided, by id: permits of a release, else forbids."""

    released: bool
    because: frozenset[str]


def schema() -> str:
    """The schema as text."""
    return (FOLDER / "records.cedarschema").read_text(encoding="utf-8")


def policies() -> str:
    """All policies as text."""
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.cedar")))


@cache
def _parsed_schema() -> cedarpy.Schema:
    return cedarpy.Schema.from_str(schema())


@cache
def parsed(text: str) -> cedarpy.PolicySet:
    """Policies, parsed once."""
    return cedarpy.PolicySet.from_str(text)


class Cedar:
    """One set of policies. `checked` holds each request to the schema; without it a misspelt field passes silently.

    `answers` gives the answers to several questions at once: Cedar, unless somebody wants to listen in.
    """

    def __init__(
        self, text: str | None = None, *, checked: bool = True, answers: Answers = cedarpy.is_authorized_batch
    ) -> None:
        self.policies = parsed(policies() if text is None else text)
        self.checked = checked
        self.answers = answers

    def verdicts(self, asked: Asked) -> tuple[Verdict, ...]:
        """What is said of each copy that is asked for."""
        return tuple(self.verdict(asked, record) for record in asked.request.records or (Record(),))

    def verdict(self, asked: Asked, record: Record) -> Verdict:
        """May this copy go to whoever asks?"""
        request = asked.request
        unconfirmed = self._unconfirmed(asked, record)
        asker = replace(request.asker, agency="") if Claim.AGENCY in unconfirmed else request.asker
        people = (asker, *request.passed_to)
        enforce = {"purpose": plain(request.purpose), "capacities": [plain(one.capacity) for one in people]}
        action = "release_for_immigration" if self._any(asker, "enforce", record, [enforce]) else "release"
        consented = self._consented(asked, asker, record)
        receive = all(self._may_receive(asked, party, record) for party in request.passed_to)
        open_to = releases(asked, consented=consented, all_may_receive=receive, unconfirmed=unconfirmed)
        results = self._ask(asker, action, record, open_to)
        allowed = [one for one in results if one.allowed]
        return Verdict(bool(allowed), frozenset().union(*(_ids(one) for one in allowed or results)))

    def _unconfirmed(self, asked: Asked, record: Record) -> tuple[Claim, ...]:
        """The claims of whoever asks that their last word on file does not confirm."""
        last = {one.claim: {**_base(asked), "confirmation": plain(one)} for one in asked.on_file.confirmations}
        told = [[last[claim]] if claim in last else [] for claim in asked.request.claims]
        return tuple(
            claim
            for claim, words in zip(asked.request.claims, told, strict=True)
            if not self._any(asked.request.asker, "confirm", record, words)
        )

    def _consented(self, asked: Asked, party: Party, record: Record) -> bool:
        return self._any(party, "consent", record, consents(asked))

    def _may_receive(self, asked: Asked, party: Party, record: Record) -> bool:
        facts = {**_base(asked), **_stated(asked.request, "made_at", "purpose", "paper", "emergency")}
        return self._any(party, "receive", record, [facts | {"consented": self._consented(asked, party, record)}])

    def _any(self, party: Party, action: str, record: Record, contexts: Sequence[dict[str, Any]]) -> bool:
        return any(one.allowed for one in self._ask(party, action, record, contexts))

    def _ask(
        self, party: Party, action: str, record: Record, contexts: Sequence[dict[str, Any]]
    ) -> list[cedarpy.AuthzResult]:
        who, what, entities = _entities(party, record)
        asked = [{"principal": who, "action": f'Action::"{action}"', "resource": what, "context": c} for c in contexts]
        known = _parsed_schema() if self.checked else None
        results = self.answers(asked, self.policies, entities, known)
        if self.checked and (faults := [one.diagnostics.errors for one in results if one.diagnostics.errors]):
            raise Fault(faults)
        return results


def _ids(result: cedarpy.AuthzResult) -> set[str]:
    return set(result.diagnostics.id_annotations_by_reason.values())


def plain(value: Any) -> Any:
    """A fact as Cedar's JSON holds it. A code becomes an entity of an enumerated type, so that codes are checked."""
    if isinstance(value, StrEnum):
        return {"__entity": {"type": type(value).__name__, "id": value.value}}
    if isinstance(value, datetime):
        return _instant(value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    if isinstance(value, date):
        return {"date": _instant(value.isoformat()), "year": value.year, "month": value.month, "day": value.day}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, str | bool | int):
        return value
    return _stated(value, *(one.name for one in fields(value)))


def _instant(text: str) -> dict[str, Any]:
    return {"__extn": {"fn": "datetime", "arg": text}}


def _stated(fact: Any, *names: str) -> dict[str, Any]:
    """These facts, those that somebody stated: neither None nor blank."""
    held = {name: getattr(fact, name) for name in names}
    return {
        name: plain(value)
        for name, value in held.items()
        if value is not None and not (isinstance(value, str) and not value.strip())
    }


def _entities(party: Party, record: Record) -> tuple[dict[str, str], dict[str, str], list[dict[str, Any]]]:
    who = {"type": "Party", "id": "asked"}
    kind = "CourtFinding" if record.kind is RecordKind.COURT_FINDING else "Copy"
    what = {"type": kind, "id": "copy"}
    called = [name for name in (party.id, party.agency, party.capacity.value) if name]
    person = {**plain(party), "id": party.id, "agency": party.agency, "called": called}
    copy = {**plain(record), "called": [name for name in (record.id, record.kind.value) if name]}
    return who, what, [{"uid": who, "attrs": person, "parents": []}, {"uid": what, "attrs": copy, "parents": []}]


def _base(asked: Asked) -> dict[str, Any]:
    return {"today": plain(asked.on), "numbers": plain(asked.numbers)}


def consents(asked: Asked) -> list[dict[str, Any]]:
    """One question for each consent on file and each two rows of who holds the rights, then and now."""
    base = {**_base(asked), "student": plain(asked.request.student), "purpose": plain(asked.request.purpose)}
    if asked.request.consent:
        base["rests_on"] = asked.request.consent
    holders = asked.on_file.holders
    return [
        base | {"consent": plain(consent)} | _named(holder_then=then, holder_now=now)
        for consent in asked.on_file.consents
        for then, now in product(_each(holders), _each(holders))
    ]


def releases(
    asked: Asked, *, consented: bool, all_may_receive: bool, unconfirmed: tuple[Claim, ...]
) -> list[dict[str, Any]]:
    """One question for each choice of one paper of every kind on file."""
    request, file = asked.request, asked.on_file
    student = request.student.id
    base = {
        **_base(asked),
        **_stated(request, *REQUEST),
        "notice": plain(file.notice),
        "bars": [{"person": one.person, "student": one.student} for one in file.bars],
        "parties": [{"person": one.id, "student": student} for one in (request.asker, *request.passed_to)],
        "consented": consented,
        "all_may_receive": all_may_receive,
        "claims": plain(request.claims),
        "unconfirmed": plain(unconfirmed),
        **_stated(file, "unit_designated_on"),
        **({"rests_on": request.consent} if request.consent else {}),
        **_named(named_consent=next((one for one in file.consents if one.id == request.consent), None)),
    }
    return [base | papers for papers in _choices(file)]


REQUEST = (
    *("made_at", "decided_by", "student", "whole_group", "purpose", "paper", "emergency", "certification"),
    *("kidnapping", "enrolls_there", "aid_applied_for", "statute", "before_adjudication", "program"),
    *("reported_crime", "teaches_student"),
)


def _choices(file: OnFile) -> Iterator[dict[str, Any]]:
    kinds = (file.holders, file.agreements, file.acknowledgements, file.designations)
    for holder, agreement, word, designation in product(*(_each(kind) for kind in kinds)):
        yield _named(holder=holder, agreement=agreement, acknowledgement=word, designation=designation)


def _each(found: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(found) or (None,)


def _named(**facts: Any) -> dict[str, Any]:
    return {name: plain(fact) for name, fact in facts.items() if fact is not None}
