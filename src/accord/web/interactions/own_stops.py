"""The stops of the district's own log: as records of the state's collection, and as contacts to compare."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from accord.exchange import reconcile, ripa_json_read
from accord.facts import Kind, PersonRole, Stop
from accord.facts.stop_codes import Transaction
from accord.web.base.middleware import DISTRICT_TIME
from accord.web.interactions.models import Version
from accord.web.interactions.places import ELSEWHERE, Place
from accord.web.interactions.times import end_of, midnight
from accord.web.people.models import User

_LAST = date(9999, 12, 30)
"""The last day after which a day can be counted."""


def identified(version: Version) -> Stop | None:
    """The record that a version of a contact holds, under the contact's reference; None for one that was no stop.

    The first version is a first report, every later one an update of it.
    """
    if not version.stop:
        return None
    transaction = Transaction.INSERT if version.number == 1 else Transaction.UPDATE
    return replace(ripa_json_read.read(version.stop), record_id=version.interaction.reference, transaction=transaction)


def own(*, start: date, end: date) -> list[Stop]:
    """The records of the log's own stops from one day to another, both included, as they stand now. One query."""
    rows = _current(start, end).filter(stop__isnull=False).select_related("interaction")
    return [stop for version in rows if (stop := identified(version))]


def usual_city(author: User) -> str:
    """The city of the last stop that somebody logged, "" for none: a person's stops are mostly in one. One query."""
    rows = Version.objects.filter(interaction__author=author, is_current=True, stop__isnull=False)
    city: str | None = rows.order_by("-occurred_at", "-pk").values_list("stop__Location__City", flat=True).first()
    return city or ""


def contacts(*, start: date, end: date) -> list[reconcile.Contact]:
    """Every contact of the log that was a stop, as far as it can be compared with an agency's record. Two queries.

    One that an administrator logged has no record of the state's collection, and is compared all the same.
    """
    rows = _current(start, end).select_related("interaction__school").prefetch_related("people")
    return [_contact(version) for version in rows]


def _current(start: date, end: date) -> Any:
    days = {"occurred_at__gte": midnight(start), "occurred_at__lt": end_of(min(end, _LAST))}
    return Version.objects.filter(is_current=True, kind=Kind.STOP, **days).order_by("occurred_at", "pk")


def _contact(version: Version) -> reconcile.Contact:
    if stop := identified(version):
        return reconcile.of_stop(stop)
    local = version.occurred_at.astimezone(DISTRICT_TIME)
    at_school = Place(version.location) not in ELSEWHERE
    return reconcile.Contact(
        date=local.date(),
        time=local.time().replace(second=0, microsecond=0),
        key=version.interaction.reference,
        at_school=at_school,
        school_code=version.interaction.school.cds if at_school else "",
        persons=sum(person.role == PersonRole.SUBJECT for person in version.people.all()),
    )
