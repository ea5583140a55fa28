"""What stands above every page of the Superintendent: alerts that nobody has dealt with."""

from __future__ import annotations

from typing import Any

from django.utils.functional import SimpleLazyObject

from accord.facts import Role
from accord.rules import people
from accord.web.duties import listing


def alerts(request: Any) -> dict[str, object]:
    """The open alerts, the oldest first. One query, and only for a Superintendent's pages."""
    asker = getattr(request, "asker", None)
    if asker is None or not any(held.role is Role.SUPERINTENDENT and held.in_force(request.on) for held in asker.roles):
        return {"open_alerts": ()}
    scope = people.scope(asker, "duties.read", on=request.on)
    return {"open_alerts": SimpleLazyObject(lambda: listing.alerts(scope, at=request.at))}
