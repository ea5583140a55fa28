"""The district's log as the state's collection of uses of force sees it: every contact in which somebody met force."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from accord.exchange import ripa_json_read
from accord.exchange.ursus import Incident
from accord.exchange.ursus_contacts import incident
from accord.facts import Interaction, Role, Stop
from accord.rules.interactions import FORCE
from accord.web.base.middleware import DISTRICT_TIME
from accord.web.interactions import facts, models
from accord.web.interactions.models import Person, Version
from accord.web.interactions.places import Place
from accord.web.interactions.times import district_day, end_of, midnight
from accord.web.people.models import RoleGrant

_OFF_CAMPUS = {Place.TRANSPORT, Place.OFF_CAMPUS, Place.ONLINE}


@dataclass(frozen=True)
class Events:
    """The contacts with force of some days, and the day of the log's earliest contact, None while it is empty."""

    incidents: tuple[Incident, ...]
    began_on: date | None


def events(first: date, last: date) -> Events:
    """The contacts with force from one day to another, both included, as their current versions tell; a few queries."""
    earliest = models.Interaction.objects.order_by("versions__occurred_at").values_list(
        "versions__occurred_at", flat=True
    )
    begins = earliest.first()
    days = {"occurred_at__gte": midnight(first), "occurred_at__lt": end_of(last)}
    people = Person.objects.filter(version__is_current=True, **{f"version__{name}": at for name, at in days.items()})
    acts = people.order_by().values_list("version", "actions")
    with_force = {version for version, actions in acts.iterator() if not FORCE.isdisjoint(actions)}
    versions = Version.objects.filter(pk__in=with_force).select_related("interaction")
    ready = versions.prefetch_related("people__student").order_by("occurred_at", "pk")
    officers = {str(uid) for uid in RoleGrant.objects.filter(role=Role.SRO).values_list("user__uid", flat=True)}
    found = (_incident(one, officers) for one in ready)
    return Events(tuple(one for one in found if one), district_day(begins) if begins else None)


def _incident(version: Version, officers: set[str]) -> Incident | None:
    stop = ripa_json_read.read(version.stop) if version.stop else None
    return incident(
        version.interaction.reference,
        _of_officers(version, officers),
        local=version.occurred_at.astimezone(DISTRICT_TIME),
        on_campus=_on_campus(Place(version.location), stop),
        stop=stop,
    )


def _of_officers(version: Version, officers: set[str]) -> Interaction:
    """The contact without the ages that a school told: what a school knows of a student is not the agency's to file."""
    rows = version.people.all()
    entry = facts.entry(version, rows)
    told = [one.filled_by.get("age") in officers for one in rows]
    people = [
        one if kept else replace(one, details=replace(one.details, age=None))
        for one, kept in zip(entry.people, told, strict=True)
    ]
    return replace(entry, people=tuple(people))


def _on_campus(place: Place, stop: Stop | None) -> bool | None:
    """Was it on a campus? At the perimeter the state's record of a stop tells, and nothing else does."""
    if place is Place.PERIMETER:
        return True if stop and stop.location.at_school else None
    return place not in _OFF_CAMPUS
