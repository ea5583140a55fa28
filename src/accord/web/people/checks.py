"""A route without a permission, or a permission without words, stops the build."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from accord.rules.people import permissions
from accord.web.routes import PERMISSION


def route_names(patterns: Any = None, namespace: str = "") -> Iterator[str]:
    """The full name of every route of the site; "" for one that has no name."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from route_names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}" if pattern.name else ""


@register()
def every_route_has_a_permission(**kwargs: object) -> list[CheckMessage]:
    """Compare the routes of the site with the table, both ways."""
    names = set(route_names())
    errors: list[CheckMessage] = [
        Error(f"Route {name or '(without a name)'} is not in accord/web/routes.py.", id="people.E001")
        for name in sorted(names - set(PERMISSION))
    ]
    errors += [
        Error(f"accord/web/routes.py names {name}, which is no route.", id="people.E002")
        for name in sorted(set(PERMISSION) - names)
    ]
    errors += [
        Error(f"{name} asks for {permission}, which rules/people.toml does not describe.", id="people.E003")
        for name, permission in PERMISSION.items()
        if permission not in permissions()
    ]
    return errors
