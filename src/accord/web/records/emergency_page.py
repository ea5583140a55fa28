"""What is shown of an emergency: the threat, who knows, what they opened, what is owed and what the review found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from accord.facts import DutyKind
from accord.rules.records import Outcome
from accord.web.duties import listing
from accord.web.duties.models import Duty
from accord.web.people.models import User
from accord.web.records import danger
from accord.web.records.emergency import ALERT_OF
from accord.web.records.models import Copy
from accord.web.records.models_emergencies import Determination, ended_at
from accord.web.records.models_requests import Disclosure, Request, Step
from accord.web.records.steps import Act


@dataclass(frozen=True)
class Shown:
    """One emergency. `over_at` is when the access is or was over."""

    determination: Determination
    requests: list[Request]
    copies: list[tuple[Copy, str]]
    over_at: datetime
    is_over: bool
    ended: Step | None
    opened: list[Disclosure]
    tasks: list[listing.Row]
    review: Step | None
    outcome: Outcome | None
    answers: list[Step]
    asks_danger: bool

    @property
    def is_lifted(self) -> bool:
        """Was the parent not told, and did somebody else find that telling endangers nobody any more?"""
        return bool(self.answers) and not self.answers[-1].body["still"]

    def waits(self, kind: DutyKind) -> bool:
        """Is this task still to be done?"""
        return any(one.kind is kind and one.state.value in ("open", "overdue") for one in self.tasks)

    @property
    def parent_waits(self) -> bool:
        return self.waits(DutyKind.EMERGENCY_PARENT)


def page(row: Determination, *, at: datetime) -> Shown:
    """All that the page shows. The same number of queries, however many copies and recipients."""
    requests = row.requests()
    steps = [step for one in requests for step in one.steps.all()]
    why: dict[str, str] = next((one.body.get("why", {}) for one in steps if one.act == Act.IDENTIFIED), {})
    over = ended_at(row, requests)
    reviewed = next((one for one in steps if one.act == Act.REVIEWED), None)
    owed = Duty.objects.filter(interaction=str(requests[0].uid)).with_last_step().select_related("school")
    return Shown(
        determination=row,
        requests=requests,
        copies=[(one, why[str(one.uid)]) for one in Copy.objects.filter(uid__in=list(why)).defer("content")],
        over_at=over,
        is_over=over <= at,
        ended=next((one for one in steps if one.act == Act.ENDED), None),
        opened=list(_opened(requests)),
        tasks=[listing.row(one, at=at) for one in owed.order_by("late_at", "id")],
        review=reviewed,
        outcome=Outcome(reviewed.body["outcome"]) if reviewed else None,
        answers=[one for one in requests[0].steps.all() if one.act == Act.REVIEWED and "still" in one.body],
        asks_danger=danger.is_asked(row, requests),
    )


def _opened(requests: list[Request]) -> Any:
    acts = [Act.OPENED, Act.REFUSED]
    return Disclosure.objects.filter(request__in=requests, act__in=acts).select_related("by", "copy").order_by("at")


def alert_waits(shown: Shown, user: User, *, on: date) -> bool:
    """Has this person's role an alert that nobody has seen yet?"""
    roles = {one.role for one in user.facts().roles if one.in_force(on)}

    return any(role in roles and shown.waits(kind) for role, kind in ALERT_OF.items())
