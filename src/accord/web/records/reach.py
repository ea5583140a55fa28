"""Who asks, and which requests they reach: what every page of one request starts from."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import Http404

from accord.rules import people
from accord.web.records.models_requests import Request, Step


def scope(request: Any, permission: str) -> people.Scope:
    """Where this person has the permission today."""
    return people.scope(request.asker, permission, on=request.on)


def may(request: Any, permission: str) -> bool:
    """Does this person have the permission at all today?"""
    return people.may(request.asker, permission, on=request.on).allowed


def who(request: Any) -> dict[str, Any]:
    """Who acts, and when: what every action asks for."""
    return {"by": request.user, "at": request.at, "on": request.on}


def decides(request: Any) -> bool:
    """Does this person see requests as those do who decide them?"""
    return scope(request, "records.read").district


def visible(request: Any, uid: object) -> Request:
    """The request, when this person may read it, its decision and steps at hand. Always the same few questions.

    Raises:
        Http404: when it is not there or out of reach, alike.
    """
    reached = Request.objects.visible_to(scope(request, "records.read"), request.user)
    ready = reached.select_related("asker", "decision__by").prefetch_related(
        Prefetch("steps", Step.objects.select_related("by"))
    )
    row: Request | None = ready.filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


def own(request: Any, uid: object) -> Request:
    """The request, when this very person made it.

    Raises:
        Http404: when it is not there or is somebody else's, alike.
    """
    row = visible(request, uid)
    if row.asker_id != request.user.pk:
        raise Http404
    return row
