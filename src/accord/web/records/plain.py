"""The answer of the rule as it is stored with a decision, and read again for a replay."""

from __future__ import annotations

from typing import Any

from accord.decision import Finding, Say
from accord.facts.records import Answer


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
