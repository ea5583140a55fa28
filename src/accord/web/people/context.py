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
    reached = [route for route, _ in MENU if people.may(asker, PERMISSION[route], on=request.on).allowed]
    here = _here(request.resolver_match.view_name if request.resolver_match else "", reached)
    menu = [{"route": route, "label": label, "here": route == here} for route, label in MENU if route in reached]
    return {"menu": menu, "demo": settings.DEMO}


def _here(name: str, routes: list[str]) -> str:
    """The menu entry that a page belongs to: itself, or the first of its part of the site."""
    if name in routes:
        return name
    return next((route for route in routes if route.partition(":")[0] == name.partition(":")[0]), "")
