"""What stands above every page of whoever owes it: alerts that nobody has dealt with."""

from __future__ import annotations

from typing import Any

from django.utils.functional import SimpleLazyObject

from accord.facts import Role
from accord.rules import people
from accord.web.duties import listing

ALERTED = frozenset({Role.SUPERINTENDENT, Role.CUSTODIAN})
"""The roles that owe an alert."""


def alerts(request: Any) -> dict[str, object]:
    """The open alerts that this person owes, the oldest first. One query, and only on the pages of who owes alerts."""
    asker = getattr(request, "asker", None)
    owed_by = {held.role for held in asker.roles if held.in_force(request.on)} & ALERTED if asker else ()
    if asker is None or not owed_by:
        return {"open_alerts": ()}
    scope = people.scope(asker, "duties.read", on=request.on)
    return {"open_alerts": SimpleLazyObject(lambda: listing.alerts(scope, at=request.at, owed_by=owed_by))}
