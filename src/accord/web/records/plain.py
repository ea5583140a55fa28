"""The answer of the rule as it is stored with a decision, and read again for a replay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from accord.decision import Finding, Say
from accord.facts.records import Answer, Owed, Ruled, Ruling, Wanted


def _say(say: Say) -> dict[str, Any]:
    values = {name: _say(value) if isinstance(value, Say) else str(value) for name, value in say.values.items()}
    return {"say": say.template, **({"with": values} if values else {})}


def _finding(one: Finding) -> list[Any]:
    return [one.clause, one.met, one.field, _say(one.reason)]


def answer_to_plain(answer: Answer) -> dict[str, Any]:
    """An answer as JSON holds it: templates and values, so that it can be shown in any language later."""
    return {
        "ruling": answer.ruling.value,
        "basis": answer.basis,
        "records": [[one.record, one.ruling.value, one.basis] for one in answer.records],
        "findings": [_finding(one) for one in answer.findings],
        "wanted": [[one.clause, one.record, _say(one.fact)] for one in answer.wanted],
        "log": {
            "required": answer.log.required,
            "sealed": answer.log.sealed,
            "why": _say(answer.log.why),
            "holds": answer.log.holds,
        },
        "duties": [[_say(one.what), one.who, _say(one.due)] for one in answer.duties],
        "limits": [_say(one) for one in answer.limits],
    }


class Logged(NamedTuple):
    """What was to be written in the log, as it was worked out then."""

    required: bool
    sealed: bool
    why: Say
    holds: dict[str, str]


@dataclass(frozen=True)
class Stored:
    """An answer read again: as much of it as a page shows, whatever shape the rule's own answer has by now."""

    ruling: Ruling
    basis: str
    records: tuple[Ruled, ...]
    findings: tuple[Finding, ...]
    wanted: tuple[Wanted, ...]
    log: Logged
    duties: tuple[Owed, ...]
    limits: tuple[Say, ...]


def _said(stored: dict[str, Any]) -> Say:
    filled = stored.get("with", {})
    return Say(stored["say"], {name: _said(one) if isinstance(one, dict) else one for name, one in filled.items()})


def answer_of(stored: dict[str, Any]) -> Stored:
    """An answer as it was stored with a decision; days in its sentences stay as they were written down."""
    log = stored["log"]
    return Stored(
        ruling=Ruling(stored["ruling"]),
        basis=stored["basis"],
        records=tuple(Ruled(record, Ruling(ruling), basis) for record, ruling, basis in stored["records"]),
        findings=tuple(Finding(clause, met, _said(reason), field) for clause, met, field, reason in stored["findings"]),
        wanted=tuple(Wanted(clause, record, _said(fact)) for clause, record, fact in stored["wanted"]),
        log=Logged(log["required"], log["sealed"], _said(log["why"]), log["holds"]),
        duties=tuple(Owed(_said(what), who, _said(due)) for what, who, due in stored["duties"]),
        limits=tuple(_said(one) for one in stored["limits"]),
    )
