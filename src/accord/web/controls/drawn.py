"""The front page drawn once for all its readers, and drawn anew when anything changed.

Why an answer from memory is exact: it is kept under a mark that one query reads on every request.

- Every act appends an event in the transaction of its change, so the digest of the newest event changes with it. The
  digest hangs on everything before it and on a random salt: it never comes twice, not even after a restored backup.
- The mark also holds, for each table the page is drawn from, how many rows it has and the highest id, so that a row
  removed or put in past the actions, by hand in the database, shows in the very next request too.
- The day, the language, what the reader may see and the filters are part of the key. Numbers of the rules and
  translations change only with the program, which starts with an empty memory.

For who is signed out the frame around it is kept too: nothing in it is theirs but the token of the language form, which
is put in anew each time.

The rows are read after the mark. A change in between leads to newer content under the older mark, never to the reverse;
the next request reads the new mark. What this does not see is a column edited by hand in the database without an
event; `accord audit verify` does.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from threading import Lock

from django.apps import apps
from django.db import connection
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from accord.facts import Status
from accord.rules.controls import Standing
from accord.web.audit.models import Event
from accord.web.controls import front, public
from accord.web.controls.front import Filters
from accord.web.controls.standing import standings
from accord.web.policies import facts

APPS = ("policies", "interactions", "reports", "controls")
"""The apps whose rows the page is drawn from."""

Mark = tuple[object, ...]


@dataclass(frozen=True)
class Key:
    """Everything the drawn page depends on."""

    mark: Mark
    on: date
    language: str
    internal: bool
    filters: Filters


@dataclass(frozen=True)
class Drawn:
    """The page between header and footer, and its title ("" when nothing is in force)."""

    title: str
    html: str


def mark() -> Mark:
    """What changes whenever the page would. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_sql())
        return tuple(cursor.fetchone())


@cache
def _sql() -> str:
    quote = connection.ops.quote_name
    tables = [model._meta for app in APPS for model in apps.get_app_config(app).get_models()]
    parts = [
        f"(SELECT {what} FROM {quote(table.db_table)})"  # noqa: S608 - names of our own tables, nothing from outside
        for table in tables
        for what in ("COUNT(*)", f"MAX({quote(str(table.pk.column))})")
    ]
    newest = f"(SELECT digest FROM {quote(Event._meta.db_table)} ORDER BY seq DESC LIMIT 1)"  # noqa: S608
    return f"SELECT {', '.join([newest, *parts])}"


@lru_cache(maxsize=128)
def draw(key: Key) -> Drawn:
    """Draw the policy in force, or what to do when none is."""
    version = facts.in_force(on=key.on)
    if version is None:
        return Drawn("", render_to_string("controls/_nothing_in_force.html", {"internal": key.internal}))
    found = _standings(key.mark, key.on)
    page = front.page(version, found if key.internal else public.shown(found), key.filters)
    counts = [(status, page.summary[status]) for status in Status]
    context = {"page": page, "counts": counts, "filters": key.filters, "internal": key.internal, "statuses": Status}
    return Drawn(f"{version.code} {version.title}", render_to_string("controls/_policy.html", context))


@lru_cache(maxsize=4)
def _standings(mark: Mark, on: date) -> dict[str, Standing]:
    return standings(on=on)


_TOKEN = secrets.token_hex(32)
"""Stands in a kept page where the reader's own token goes; nobody can type it, because it is drawn at the start."""

_WHOLE: OrderedDict[tuple[Key, str], str] = OrderedDict()
_WHOLE_PAGES = 64
_DRAWING = Lock()
"""After a change one reader draws and the others wait for it, instead of all drawing at once."""


def whole(request: HttpRequest, key: Key) -> str:
    """The page with header and footer for someone signed out without a message waiting."""
    place = (key, request.get_full_path())
    text = _WHOLE.get(place)
    if text is None:
        with _DRAWING:
            text = _WHOLE.get(place) or _keep(place, request)
    return text.replace(_TOKEN, get_token(request))


def _keep(place: tuple[Key, str], request: HttpRequest) -> str:
    context = {"drawn": draw(place[0]), "csrf_token": _TOKEN}
    text = _WHOLE[place] = render_to_string("controls/front_page.html", context, request)
    while len(_WHOLE) > _WHOLE_PAGES:
        _WHOLE.popitem(last=False)
    return text


def forget() -> None:
    """Empty the memory."""
    draw.cache_clear()
    _standings.cache_clear()
    _WHOLE.clear()
