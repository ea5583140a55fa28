"""The front page drawn once for all its readers, and drawn anew when anything changed.

Why an answer from memory is exact: it is kept under a mark that one query reads on every request.

- Every act appends an event in the transaction of its change, so the digest of the newest event changes with it. The
  digest hangs on everything before it and on a random salt: it never comes twice, not even after a restored backup.
- The mark also holds, for each table the page is drawn from, the highest id and, where tables are small, how many rows
  there are, so that a row removed or put in past the actions, by hand in the database, shows in the very next request
  too. Contacts are too many to count on every request: an older one deleted by hand shows with the next act, and
  `accord audit verify` finds it at once.
- The day, the language, what the reader may see and the filters are part of the key. Filters are closed lists: what
  nobody can choose on the page is no filter, so that nobody fills the memory by typing. Numbers of the rules and
  translations change only with the program, which starts with an empty memory.

For who is signed out the frame around it is kept too: nothing in it is theirs but the token of the language form and
the address it leads back to, which are put in anew each time.

The rows are read after the mark. A change in between leads to newer content under the older mark, never to the reverse;
the next request reads the new mark. What this does not see is a column edited by hand in the database without an
event; `accord audit verify` does.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from threading import Lock

from django.apps import apps
from django.db import connection
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.html import escape

from accord.facts import Status
from accord.rules.controls import Standing
from accord.web.audit.models import Event
from accord.web.controls import front
from accord.web.controls.front import Filters
from accord.web.controls.standing import standings
from accord.web.policies import facts

_COUNTED = ("policies", "reports", "controls", "immigration")
"""Apps with some hundreds of rows, of which the mark holds the number too."""
_LONG = (
    ("interactions", "Version"),
    ("interactions", "Person"),
    ("interactions", "Review"),
    ("duties", "Duty"),
    ("duties", "Step"),
    ("records", "Held"),
    ("records", "HeldEnd"),
    ("records", "Step"),
    ("records", "Released"),
    ("records", "Disclosure"),
)
"""Tables of contacts, and of what is owed after them, that the page is drawn from and that grow for ever."""

Mark = tuple[object, ...]


@dataclass(frozen=True)
class Key:
    """Everything the drawn page depends on."""

    mark: Mark
    on: date
    language: str
    internal: bool
    contacts: bool
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
    small = [model._meta for app in _COUNTED for model in apps.get_app_config(app).get_models()]
    long = [apps.get_model(app, name)._meta for app, name in _LONG]
    asked = [("COUNT(*)", table) for table in small]
    asked += [(f"MAX({quote(str(table.pk.column))})", table) for table in (*small, *long)]
    parts = [
        f"(SELECT {what} FROM {quote(table.db_table)})"  # noqa: S608 - names of our own tables, nothing from outside
        for what, table in asked
    ]
    newest = f"(SELECT digest FROM {quote(Event._meta.db_table)} ORDER BY seq DESC LIMIT 1)"  # noqa: S608
    return f"SELECT {', '.join([newest, *parts])}"


def known(mark: Mark, on: date, asked: Filters) -> Filters:
    """The filters that can be chosen on the page; anything else is none."""
    actors, sections = _choices(mark, on)
    return Filters(
        asked.actor if asked.actor in actors else "",
        asked.status if asked.status in set(Status) else "",
        asked.section if asked.section in sections else "",
    )


@lru_cache(maxsize=4)
def _choices(mark: Mark, on: date) -> tuple[frozenset[str], frozenset[str]]:
    version = facts.in_force(on=on)
    return front.choices(version) if version else (frozenset(), frozenset())


@lru_cache(maxsize=128)
def draw(key: Key) -> Drawn:
    """Draw the policy in force, or what to do when none is."""
    version = facts.in_force(on=key.on)
    if version is None:
        return Drawn("", render_to_string("controls/_nothing_in_force.html", {"internal": key.internal}))
    page = front.page(version, _standings(key.mark, key.on, key.contacts), key.filters)
    counts = [(status, page.summary[status]) for status in Status]
    context = {"page": page, "counts": counts, "filters": key.filters, "internal": key.internal, "statuses": Status}
    return Drawn(f"{version.code} {version.title}", render_to_string("controls/_policy.html", context))


@lru_cache(maxsize=4)
def _standings(mark: Mark, on: date, contacts: bool) -> dict[str, Standing]:
    return standings(on=on, contacts=contacts)


_TOKEN, _ADDRESS = secrets.token_hex(32), secrets.token_hex(32)
"""Stand in a kept page where the reader's own go; nobody can type them, because they are drawn at the start."""

_WHOLE: OrderedDict[Key, str] = OrderedDict()
_WHOLE_PAGES = 64
_DRAWING = Lock()
"""After a change one reader draws and the others wait for it, instead of all drawing at once."""


def whole(request: HttpRequest, key: Key) -> str:
    """The page with header and footer for someone signed out without a message waiting."""
    text = _WHOLE.get(key)
    if text is None:
        with _DRAWING:
            text = _WHOLE.get(key) or _keep(key, request)
    return text.replace(_TOKEN, get_token(request)).replace(_ADDRESS, escape(request.get_full_path()))


def _keep(key: Key, request: HttpRequest) -> str:
    anyone = copy(request)
    anyone.get_full_path = lambda force_append_slash=False: _ADDRESS  # type: ignore[method-assign]
    text = _WHOLE[key] = render_to_string(
        "controls/front_page.html", {"drawn": draw(key), "csrf_token": _TOKEN}, anyone
    )
    while len(_WHOLE) > _WHOLE_PAGES:
        _WHOLE.popitem(last=False)
    return text


def forget() -> None:
    """Empty the memory."""
    draw.cache_clear()
    _standings.cache_clear()
    _WHOLE.clear()
