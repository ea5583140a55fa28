"""A family asks to see the record: a request like any other, and a task for whoever keeps the records."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from accord.decision import Decision
from accord.facts import DutyKind, RecordsEvent
from accord.facts import records as facts
from accord.facts.records import Capacity, Purpose, SignerRole
from accord.rules import people
from accord.web.duties.models import Duty, StepKind
from accord.web.people.models import User
from accord.web.records import actions, tasks, texts
from accord.web.records.family import Child
from accord.web.records.models import Copy
from accord.web.records.models_requests import Request, Step
from accord.web.records.steps import Act

_WHY = gettext_noop("To see the record.")
"""Kept as it stands here: each page says it in the language of whoever reads it."""


@transaction.atomic
def ask(*, by: User, at: datetime, on: date, key: str, child: Child, wanted: str) -> Request:
    """Ask to see the record of one's child, or one's own. Asked again while it waits, the first request stands.

    Raises:
        NotAllowed: when the rights are not this person's today, or the words may not be stored.
    """
    may = people.may(by.facts(), "records.access", on=on).require()
    words = {"wanted": wanted}
    decision = Decision.of(may.findings, child.reads, texts.clean(words), texts.says(words)).require()
    actions.take_turns()
    waits = next((one.request for one in asked(by, [child]) if one.shown_at is None), None)
    if waits is not None:
        return waits
    student = child.student
    row = actions.file_request(
        by=by,
        asker=by,
        at=at,
        on=on,
        key=key,
        words={"about": student.local_id, "wanted": wanted.strip(), "interest": _WHY},
        stated=_stated(by, child),
        decision=decision,
    )
    copies = [str(uid) for uid in Copy.objects.filter(student=student).values_list("uid", flat=True)]
    found = {"student": str(student.uid), "copies": copies}
    actions.file_step(row, 0, Act.IDENTIFIED, found, by=by, at=at, decision=decision)
    tasks.owe(row, student, RecordsEvent(access_asked_at=at), by=by, at=at, on=on)
    return row


def _stated(by: User, child: Child) -> facts.Request:
    own = child.link.role == SignerRole.STUDENT
    party = (str(child.student.uid), Capacity.STUDENT) if own else (str(by.uid), Capacity.PARENT)
    return facts.Request(asker=facts.Party(*party, identity_verified=True), purpose=Purpose.OWN_CHILD)


@dataclass(frozen=True)
class Asked:
    """A family's request to see a record: by when it is shown, and when it was."""

    request: Request
    due_at: datetime
    shown_at: datetime | None


def asked(by: User, children: Collection[Child]) -> list[Asked]:
    """What this person asked to see of these children, newest first. Three queries."""
    uids = [str(one.student.uid) for one in children]
    mine = Step.objects.filter(act=Act.IDENTIFIED, request__asker=by, body__student__in=uids).select_related("request")
    rows = {str(one.request.uid): one.request for one in mine.order_by("-at", "-id")}
    due = Duty.objects.filter(kind=DutyKind.RECORD_ACCESS, is_current=True, interaction__in=list(rows)).with_last_step()
    owed = {one.interaction: one for one in due}
    return [
        Asked(row, owed[uid].due_at, owed[uid].done_at if owed[uid].step == StepKind.DONE else None)
        for uid, row in rows.items()
        if uid in owed
    ]
