"""The list of tasks: narrowed, in pages, each with its state and its time in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F

from accord.decision import Say
from accord.facts import DutyKind, Role, Status
from accord.rules import duties as rule
from accord.rules.people import Scope
from accord.web.duties import facts
from accord.web.duties.forms import State
from accord.web.duties.models import Duties, Duty, StepKind
from accord.web.people.models import School

PAGE = 25


@dataclass(frozen=True)
class Row:
    """One task as it is shown: what, for whom, where it stands and why."""

    duty: Duty
    kind: DutyKind
    owner: Role
    state: State
    status: Status
    reason: Say


def row(duty: Duty, *, at: datetime) -> Row:
    """What is shown of a duty whose last step is at hand."""
    standing = rule.standing(facts.duty(duty), duty.done_at, at=at)  # type: ignore[attr-defined]
    status, reason = standing.status, standing.finding.reason
    if not duty.is_current:
        state, status = State.CLOSED, Status.DOES_NOT_APPLY
        reason = Say("No longer owed: the contact was corrected.")
    elif duty.step == StepKind.DONE:  # type: ignore[attr-defined]
        state = State.DONE
    else:
        state = State.OVERDUE if status is Status.NOT_MET else State.OPEN
    return Row(duty, DutyKind(duty.kind), Role(duty.owner), state, status, reason)


def alerts(scope: Scope, *, at: datetime, owed_by: Collection[Role] = tuple(Role)) -> list[Row]:
    """Open alerts that these roles owe, the oldest first: they stand above everything else."""
    kinds = [kind for kind in DutyKind if kind.alerts]
    rows = _ready(Duty.objects.visible_to(scope)).filter(is_current=True, kind__in=kinds, owner__in=owed_by).open()
    return [row(one, at=at) for one in rows.order_by("since", "id")]


def page(scope: Scope, asked: Mapping[str, Any], number: str | None, *, at: datetime) -> Page[Duty]:
    """One page of the tasks that the scope reaches and that fit what is asked, the most pressing first."""
    rows = _narrowed(_ready(Duty.objects.visible_to(scope)), asked, at)
    return Paginator(rows, PAGE).get_page(number)


def _ready(rows: Duties) -> Duties:
    return rows.with_last_step().select_related("school")


def _narrowed(rows: Duties, asked: Mapping[str, Any], at: datetime) -> Duties:
    if asked.get("school"):
        rows = rows.filter(school=asked["school"])
    pressing = (F("late_at").asc(nulls_last=True), "id")
    state = asked.get("state") or State.OPEN
    if state == State.CLOSED:
        return rows.filter(is_current=False).order_by("-raised_at", "-id")
    rows = rows.filter(is_current=True)
    if state == State.DONE:
        return rows.filter(step=StepKind.DONE).order_by("-done_at", "-id")
    if state == State.OVERDUE:
        rows = rows.filter(late_at__lt=at)
    return rows.open().order_by(*pressing)


def schools(scope: Scope) -> Any:
    """The schools whose tasks a scope reaches."""
    rows = School.objects.all()
    return rows if scope.district else rows.filter(pk__in=[int(one) for one in scope.schools])
