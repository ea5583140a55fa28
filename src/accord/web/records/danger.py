"""Whether telling the family of an emergency would still put somebody in danger: asked again, and what follows."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accord.decision import BadInput, Decision
from accord.facts import DutyKind, RecordsEvent
from accord.rules import people
from accord.rules import records as rule
from accord.web.people.models import User
from accord.web.records import actions, tasks, texts
from accord.web.records.models_emergencies import Determination
from accord.web.records.models_requests import Request, Step
from accord.web.records.secrecy import still_endangers
from accord.web.records.steps import Act

_ANSWERED = gettext_noop("Answered.")
"""Kept as it stands here: each page says it in the language of whoever reads it."""


def is_asked(determination: Determination, requests: list[Request]) -> bool:
    """May it be answered anew: was the parent not told, is it reviewed, and did nobody say that the danger is over?"""
    reviewed = any(step.act == Act.REVIEWED for step in requests[0].steps.all())
    return bool(determination.endangers) and reviewed and still_endangers(requests[0]) is not False


@transaction.atomic
def answer(
    *, by: User, at: datetime, on: date, determination: Determination, still: bool | None, because: str
) -> list[Step]:
    """Say whether telling the family would still put somebody in danger. No lets the family read of it, for good.

    Raises:
        NotAllowed: for whoever determined or received it, without an answer or without reasons.
        BadInput: before the review, and when the parent is told anyway.
    """
    may = people.may(by.facts(), "records.decide", on=on).require()
    requests = determination.requests()
    if not is_asked(determination, requests):
        raise BadInput(_("This is not asked of this emergency now."), mend=_("Read how it stands."))
    said = rule.Danger(
        by=str(by.uid),
        determined_by=str(determination.by.uid),
        recipients=tuple(str(one.asker.uid) for one in requests),
        still=still,
        because=because,
    )
    decision = Decision.of(may.findings, rule.may_answer(said), texts.clean({"because": because})).require()
    body = {"still": still, "because": because.strip()}
    steps = [
        actions.file_step(one, one.steps.count(), Act.REVIEWED, body, by=by, at=at, decision=decision)
        for one in requests
    ]
    tasks.settle(requests[0], DutyKind.EMERGENCY_DANGER, by=by, at=at, note=_ANSWERED)
    follows(determination, requests[0], still=bool(still), by=by, at=at, on=on)
    return steps


def follows(determination: Determination, first: Request, *, still: bool, by: User, at: datetime, on: date) -> None:
    """Put on file what an answer obliges to: to ask again, or to tell the parent. `first` carries the tasks."""
    event = RecordsEvent(danger_said_at=at) if still else RecordsEvent(danger_over_at=at)
    tasks.owe(first, determination.student, event, by=by, at=at, on=on)
