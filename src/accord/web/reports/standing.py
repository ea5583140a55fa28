"""What stops a draft from being published today: the findings that label the button and decide the act."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from accord import clauses
from accord.decision import Decision, Finding, Say
from accord.facts import Asker, DraftEdition
from accord.rules import controls, people, reports
from accord.stats import attack
from accord.stats.edition import digest_of
from accord.web.reports.models import Edition
from accord.web.reports.periods import Period

Days = tuple[date, date]


def due(found: controls.Reports, *, on: date) -> controls.Standing:
    """Where the Board's report stands on a day: reported, due or late, with the numbers in force that day."""
    row = clauses.table("controls")["control"]["P16"]

    def number(parameter: str) -> int:
        return int(clauses.parameter(parameter, on=on).value)

    return controls.board_report(
        found,
        on=on,
        cadence_months=number(row["cadence"]),
        publish_days=number("controls.report-publish-within"),
        due_days=number("controls.due-within"),
        breakdowns=tuple(row["breakdowns"]),
    )


def may_publish(edition: Edition, *, asker: Asker, others: Sequence[Days], on: date) -> Decision:
    """May this person publish this draft today? Attacks exactly the stored text, with the numbers in force today.

    `others` are the periods of published editions.
    """
    verdict, more = _attacked(edition, on=on)
    facts = DraftEdition(
        author=str(edition.drafted_by.uid),
        publisher=asker.id,
        period_start=edition.period_start,
        period_end=edition.period_end,
        hidden=edition.hidden,
        attacked=verdict is not None,
        smallest_width=verdict.smallest_width if verdict else None,
        unreviewed=edition.unreviewed,
        published_periods=tuple(others),
    )
    decided = reports.may_publish(
        facts,
        on=on,
        width=clauses.parameter("reports.width", on=on).value,
        counted=edition.counted,
        largest_percent=clauses.parameter("reports.unreviewed-share", on=on).value,
    )
    return Decision.of(people.may(asker, "reports.publish", on=on).findings, decided.findings, more)


def may_draft(period: Period, *, asker: Asker, others: Sequence[Days], on: date) -> Decision:
    """May this person draft a report of this period today? It must be over, and no published report may cover it."""
    facts = DraftEdition(asker.id, "", period.start, period.end, hidden=0, published_periods=tuple(others))
    return Decision.of(
        people.may(asker, "reports.draft", on=on).findings,
        reports.period_stands(facts, on=on),
    )


def verified(body: Mapping[str, Any], *, on: date) -> attack.Verdict:
    """Attack an edition against the threshold and width in force on a day, whatever it was drafted with.

    Raises:
        attack.Contradiction: when the printed figures do not fit each other.
    """
    return attack.verify(
        body,
        threshold=clauses.parameter("reports.threshold", on=on).value,
        width=clauses.parameter("reports.width", on=on).value,
    )


def _attacked(edition: Edition, *, on: date) -> tuple[attack.Verdict | None, tuple[Finding, ...]]:
    """What the attack found (None: it could not be run), and what else is wrong."""
    body = json.loads(edition.body)
    if not _untouched(edition, body):
        return None, (_unsafe("The stored draft is not what was drafted. Discard it and draft it again."),)
    try:
        verdict = verified(body, on=on)
    except attack.Contradiction:
        return None, (_unsafe("The printed figures contradict each other. Discard the draft and draft it again."),)
    return verdict, (Finding("reports.safe", False, verdict.finding.reason),) if verdict.faults else ()


def _untouched(edition: Edition, body: Mapping[str, Any]) -> bool:
    """Is the stored text still the one that was drafted, of the period it is filed under?"""
    period = {"start": str(edition.period_start), "end": str(edition.period_end)}
    return bool(digest_of(body) == body["digest"] == edition.digest and body["period"] == period)


def _unsafe(reason: str) -> Finding:
    return Finding("reports.safe", False, Say(reason))
