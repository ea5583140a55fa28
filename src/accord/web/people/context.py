"""What the layout of every page needs: who is signed in, and which parts of the site they reach."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from accord.rules import people
from accord.web.routes import MENU, PERMISSION


def shell(request: Any) -> dict[str, object]:
    """The menu of this person, without a query beyond the one that read the roles."""
    asker = getattr(request, "asker", None)
    if asker is None:
        return {"menu": [], "demo": settings.DEMO}
    reached = {
        route: reverse(route) for route, _ in MENU if people.may(asker, PERMISSION[route], on=request.on).allowed
    }
    here = _here(request.path, reached)
    menu = [{"route": route, "label": label, "here": route == here} for route, label in MENU if route in reached]
    return {"menu": menu, "demo": settings.DEMO}


def _here(path: str, reached: dict[str, str]) -> str:
    """The menu entry that a page belongs to: the longest address that the page's own begins with."""
    inside = {len(address): route for route, address in reached.items() if path.startswith(address) and address != "/"}
    return inside[max(inside)] if inside else "controls:front_page" if path == "/" else ""
