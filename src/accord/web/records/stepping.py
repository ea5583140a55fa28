"""Filing what was done about a request, on top of what the page showed; whoever comes second finds a conflict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.web.audit.record import record
from accord.web.people.models import User
from accord.web.records import content
from accord.web.records.models_requests import Released, Request, Step
from accord.web.records.steps import ALLOWED, Act, state


class Conflict(Exception):  # noqa: N818 - the name is what the page says
    """Somebody settled the request, or noted something about it, meanwhile."""


def file_step(
    request: Request,
    number: int,
    act: Act,
    body: Mapping[str, Any],
    *,
    by: User,
    at: datetime,
    decision: Decision,
) -> Step:
    """File a step on top of those the page showed, inside an act that has asked whether it may be.

    Raises:
        Conflict: when somebody was first.
        BadInput: when the request is settled.
    """
    done = list(Step.objects.filter(request=request).values_list("act", flat=True))
    if len(done) != number:
        raise Conflict
    if act not in ALLOWED[state(done)]:
        raise BadInput(_("The request is settled, so this cannot be done any more."), mend=_("Make a new request."))
    try:
        with transaction.atomic():
            step: Step = Step.objects.create(
                request=request, number=number + 1, act=act.value, by=by, at=at, body=dict(body)
            )
    except IntegrityError as error:
        raise Conflict from error
    if act is not Act.DECIDED:
        tell(step, decision)
    return step


def tell(step: Step, decision: Decision, released: Iterable[Released] = ()) -> None:
    """Write the event of a step, once all that it tells of is stored. `released`: what a decision let go."""
    record(
        f"records.{step.act}",
        by=str(step.by.uid),
        at=step.at,
        target=content.step_target(step),
        detail={"reference": step.request.reference},
        content=content.step(step, released),
        decision=decision,
    )
