"""Who asks, and which contacts they reach: what every page of one contact starts from."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from accord.rules import people
from accord.web.interactions.models import Interaction, Version
from accord.web.interactions.recorded import own_reader


def scope(request: Any, permission: str) -> people.Scope:
    """Where this person has the permission today."""
    return people.scope(request.asker, permission, on=request.on)


def reader(request: Any, interaction: Interaction) -> str | None:
    """Who this is, when only own answers of what the school records are shown; None for anyone else."""
    return own_reader(scope(request, "interactions.read"), request.user, interaction.school)


def who(request: Any) -> dict[str, Any]:
    """Who acts, and when: what every action asks for."""
    return {"by": request.user, "at": request.at, "on": request.on}


def visible(request: Any, uid: object) -> Interaction:
    """The contact, when this person may read it; otherwise it is not there."""
    reached = Interaction.objects.visible_to(scope(request, "interactions.read"), request.user)
    found: Interaction = get_object_or_404(reached.select_related("school", "author"), uid=uid)
    return found


def usual_school(request: Any, schools: Any) -> int | None:
    """The only one of these schools, or else the one of the newest contact of one's own. At most two queries."""
    mine = list(schools.values_list("pk", flat=True))
    if len(mine) == 1:
        return int(mine[0])
    newest = Interaction.objects.filter(author=request.user).order_by("-filed_at").first()
    return newest.school_id if newest and newest.school_id in mine else None


def versions(interaction: Interaction) -> list[Version]:
    """All versions, oldest first, with whatever is shown of them."""
    rows = Version.objects.filter(interaction=interaction).order_by("number")
    return list(rows.select_related("by", "review__by", "interaction__author").prefetch_related("people__student"))
