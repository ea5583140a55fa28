"""Drafts of contacts and corrections: kept for their author alone until they are filed or discarded.

A draft leaves no event: nothing of it counts, nobody else sees it, and it is gone when the contact is filed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import QueryDict

from accord import clauses
from accord.rules import immigration, people
from accord.web.interactions import answers
from accord.web.interactions.forms import CorrectForm, LogForm, PersonForm
from accord.web.interactions.models import Interaction, Version
from accord.web.interactions.models_drafts import Draft
from accord.web.people.models import User

MOST = 20
"""The most drafts one person keeps; the oldest goes first."""
LONGEST = 10_000
"""The longest text of one field, in characters."""

_KEY = re.compile(r"[\w-]{16,64}", re.ASCII)
_CORRECTION = re.compile(r"(?P<contact>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(?P<number>\d{1,6})", re.ASCII)
_PERSON = re.compile(r"people-(?P<index>\d{1,2})-(?P<field>\w+)", re.ASCII)
_MAIN: Mapping[str, Any] = {**LogForm.base_fields, **CorrectForm.base_fields}
_STEP = "step"
"""Sent beside the fields: which step of the form was shown."""


def correction_key(contact: UUID, number: object) -> str:
    """The key of the form that corrects a version of a contact; empty where the number is none."""
    key = f"{contact}-{number}"
    return key if _CORRECTION.fullmatch(key) else ""


def is_key(text: str) -> bool:
    """Can this be the key of a form?"""
    return bool(_KEY.fullmatch(text))


def corrects(key: str) -> tuple[UUID, int] | None:
    """Which version of which contact the form of this key corrects; None for the form of a new contact."""
    found = _CORRECTION.fullmatch(key)
    return (UUID(found["contact"]), int(found["number"])) if found else None


@transaction.atomic
def save(*, by: User, at: datetime, on: date, data: QueryDict, key: str | None = None) -> Draft | None:
    """Keep what stands in the fields, in place of what was kept of this form before; own drafts that are old go.

    `key` is the key of the form where that stands in no field of it. None for a form without a key and for a contact
    that is not there for this person. A text that the law keeps from being stored is left out; the rest is kept.
    """
    people.may(by.facts(), "interactions.log", on=on).require()
    key = data.get("key", "") if key is None else key
    if not is_key(key) or not _may_correct(by, key, on=on):
        return None
    draft: Draft = Draft.objects.update_or_create(author=by, key=key, defaults={"data": _kept(data), "updated_at": at})[
        0
    ]
    mine = Draft.objects.of(by)
    mine.filter(updated_at__lt=old_before(at, on=on)).exclude(pk=draft.pk).delete()
    mine.filter(pk__in=list(mine.values_list("pk", flat=True)[MOST:])).delete()
    return draft


def _may_correct(by: User, key: str, *, on: date) -> bool:
    correction = corrects(key)
    if correction is None:
        return True
    asker = by.facts()
    reached = Interaction.objects.visible_to(people.scope(asker, "interactions.read", on=on), by)
    contact = reached.select_related("author").filter(uid=correction[0]).first()
    if contact is None:
        return False
    at = {"school": str(contact.school_id), "author": str(contact.author.uid)}
    return people.may(asker, "interactions.correct", on=on, **at).allowed


def old_before(at: datetime, *, on: date) -> datetime:
    """Drafts that nobody went on with since then are old."""
    return at - timedelta(days=int(clauses.parameter("interactions.draft-old", on=on).value))


def _kept(data: QueryDict) -> dict[str, list[str]]:
    fields = {name: data.getlist(name) for name in data if _is_field(name)}
    kept = {name: [_allowed(value) for value in values[:100]] for name, values in fields.items()}
    return kept | {"people": [str(_people(data))]}


def _people(data: QueryDict) -> int:
    """How many people the form says it holds; as many as have answers where it says nothing that can be read."""
    stated = data.get("people", "")
    if re.fullmatch(r"\d{1,2}", stated, re.ASCII) and int(stated) <= answers.MOST:
        return int(stated)
    given = (int(found["index"]) for name in data if (found := _PERSON.fullmatch(name)))
    return min(1 + max(given, default=-1), answers.MOST)


def _is_field(name: str) -> bool:
    person = _PERSON.fullmatch(name)
    return person["field"] in PersonForm.base_fields if person else name in _MAIN or name == _STEP


def _allowed(value: str) -> str:
    stands = len(value) <= LONGEST and "\0" not in value and immigration.text_is_clean(value).met
    return value if stands else ""


def is_whole(data: QueryDict) -> bool:
    """Is nothing left out of a draft of this: no text too long, and none that the law keeps from being stored?"""
    return all(_allowed(value) == value for name in data if _is_field(name) for value in data.getlist(name))


def is_filed(*, by: User, key: str) -> bool:
    """Did this person already file the form of this key? What a page left open sends then is a draft of nothing."""
    correction = corrects(key)
    if correction is None:
        return Interaction.objects.filter(author=by, key=key).exists()
    contact, number = correction
    return Version.objects.filter(interaction__uid=contact, number__gt=number, by=by).exists()


def of_contact(by: User, contact: UUID) -> Draft | None:
    """What this person typed last to correct a contact, and did not file."""
    found: Draft | None = Draft.objects.of(by).filter(key__startswith=f"{contact}-").first()
    return found


@transaction.atomic
def discard(*, by: User, uid: object = None, key: str = "") -> None:
    """Throw a draft of one's own away, by its id or by the key of its form; one that is gone is gone already."""
    mine = Draft.objects.of(by)
    (mine.filter(uid=uid) if uid else mine.filter(key=key)).delete()


@transaction.atomic
def discard_corrections(*, by: User, contact: UUID) -> None:
    """Throw away what one typed to correct a contact, over whichever version: one's correction is filed."""
    Draft.objects.of(by).filter(key__startswith=f"{contact}-").delete()


def sent(draft: Draft) -> QueryDict:
    """What was kept, as the form sends it."""
    data = QueryDict(mutable=True)
    for name, values in draft.data.items():
        data.setlist(name, values)
    return data
