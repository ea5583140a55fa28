"""Drafts of contacts: kept for their author alone until the contact is filed or the draft is discarded.

A draft leaves no event: nothing of it counts, nobody else sees it, and it is gone when the contact is filed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import QueryDict

from accord.rules import immigration, people
from accord.web.interactions.forms import LogForm, OfficersPersonForm
from accord.web.interactions.models_drafts import Draft
from accord.web.people.models import User

MOST = 20
"""The most drafts one person keeps; the oldest goes first."""
LONGEST = 10_000
"""The longest text of one field, in characters."""

_KEY = re.compile(r"[\w-]{16,64}", re.ASCII)
_PERSON = re.compile(r"people-\d{1,2}-(?P<field>\w+)", re.ASCII)


@transaction.atomic
def save(*, by: User, at: datetime, on: date, data: QueryDict) -> Draft | None:
    """Keep what stands in the fields, in place of what was kept of this form before. None for a form without a key.

    A text that the law keeps from being stored is left out; the other fields are kept.
    """
    people.may(by.facts(), "interactions.log", on=on).require()
    key = data.get("key", "")
    if not _KEY.fullmatch(key):
        return None
    draft: Draft = Draft.objects.update_or_create(author=by, key=key, defaults={"data": _kept(data), "updated_at": at})[
        0
    ]
    surplus = Draft.objects.of(by).values_list("pk", flat=True)[MOST:]
    Draft.objects.filter(pk__in=list(surplus)).delete()
    return draft


def _kept(data: QueryDict) -> dict[str, list[str]]:
    fields = {name: data.getlist(name) for name in data if _is_field(name)}
    return {name: [_allowed(value) for value in values[:100]] for name, values in fields.items()}


def _is_field(name: str) -> bool:
    person = _PERSON.fullmatch(name)
    known: Mapping[str, Any] = OfficersPersonForm.base_fields if person else LogForm.base_fields
    return name == "people" or (person["field"] if person else name) in known


def _allowed(value: str) -> str:
    return value if len(value) <= LONGEST and immigration.text_is_clean(value).met else ""


@transaction.atomic
def discard(*, by: User, uid: object = None, key: str = "") -> None:
    """Throw a draft of one's own away, by its id or by the key of its form; one that is gone is gone already."""
    mine = Draft.objects.of(by)
    (mine.filter(uid=uid) if uid else mine.filter(key=key)).delete()


def sent(draft: Draft) -> QueryDict:
    """What was kept, as the form sends it."""
    data = QueryDict(mutable=True)
    for name, values in draft.data.items():
        data.setlist(name, values)
    return data
