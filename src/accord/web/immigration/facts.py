"""The register as the rules of controls and the Board report read it: officers who signed, requests looked over."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from accord.facts import Role
from accord.facts.immigration import Kept, RegisteredRequest, RequestRegister
from accord.rules.school_days import district_day, last_moment
from accord.web.immigration.models import Acknowledgement, Version
from accord.web.immigration.signing import officers_on
from accord.web.people.models import RoleGrant


@dataclass(frozen=True)
class _Filed:
    """A request: the day it was filed, and the day of each version with what was found in it, and when."""

    on: date
    versions: tuple[tuple[date, Kept | None, date | None], ...]

    def found(self, known_on: date) -> Kept | None:
        """What a review filed by a day found in the version that counted then."""
        known = [one for one in self.versions if one[0] <= known_on]
        if not known:
            return None
        _, found, reviewed_on = known[-1]
        return found if reviewed_on is not None and reviewed_on <= known_on else None


@dataclass(frozen=True)
class Rows:
    """Everything on file that a register is drawn from, read once. Three queries, none of which reads a text."""

    grants: tuple[RoleGrant, ...]
    signed: tuple[Acknowledgement, ...]
    requests: tuple[_Filed, ...]

    def on(self, day: date, *, known_on: date) -> RequestRegister:
        """The register on a day, by what was on file at the end of another."""
        signed = [row for row in self.signed if district_day(row.at) <= known_on]
        grants = [grant for grant in self.grants if district_day(grant.granted_at) <= known_on]
        requests = (one for one in self.requests if one.on <= day)
        return RequestRegister(
            officers=officers_on(grants, signed, on=day),
            requests=tuple(RegisteredRequest(one.on, one.found(known_on)) for one in requests),
        )


def rows(*, until: date) -> Rows:
    """What was filed by the end of a day."""
    end = last_moment(until)
    return Rows(
        grants=tuple(RoleGrant.objects.filter(role=Role.SRO.value, user__is_active=True).select_related("user")),
        signed=tuple(Acknowledgement.objects.filter(at__lte=end).defer("text")),
        requests=_requests(until),
    )


def _requests(until: date) -> tuple[_Filed, ...]:
    columns = ("entry_id", "entry__filed_at", "at", "review__found", "review__at")
    told = Version.objects.filter(at__lte=last_moment(until)).order_by("entry__filed_at", "number")
    filed: dict[int, date] = {}
    versions: defaultdict[int, list[tuple[date, Kept | None, date | None]]] = defaultdict(list)
    for entry, filed_at, at, found, reviewed_at in told.values_list(*columns):
        filed[entry] = district_day(filed_at)
        reviewed = (Kept(found), district_day(reviewed_at)) if found else (None, None)
        versions[entry].append((district_day(at), *reviewed))
    return tuple(_Filed(day, tuple(versions[entry])) for entry, day in filed.items())


def counted(*, start: date, end: date) -> int:
    """How many requests came in a period, by the version that counts today: a number of requests, never of people."""
    newest: dict[int, date] = {}
    for row in Version.objects.order_by("number"):
        newest[row.entry_id] = district_day(row.facts().came_at or row.at)
    return sum(start <= day <= end for day in newest.values())


def mark() -> int:
    """What changes whenever a count of requests could: versions are only ever added. One query."""
    newest: int | None = Version.objects.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0
