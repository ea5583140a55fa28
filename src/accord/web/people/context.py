"""What the layout of every page needs: who is signed in, and which parts of the site they reach."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from accord.rules import people
from accord.web.routes import MENU, PERMISSION


def shell(request: Any) -> dict[str, object]:
    """The menu of this person, without a query beyond the one that read the roles."""
    asker = getattr(request, "asker", None)
    if asker is None:
        return {"menu": [], "demo": settings.DEMO}
    name = request.resolver_match.view_name if request.resolver_match else ""
    menu = [
        {
            "route": route,
            "label": label,
            "here": (name.split(":")[0] == route.split(":")[0] and name != "controls:front_page") or name == route,
        }
        for route, label in MENU
        if people.may(asker, PERMISSION[route], on=request.on).allowed
    ]
    return {"menu": menu, "demo": settings.DEMO}
