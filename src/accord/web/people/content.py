"""What the history commits to for accounts with the roles they hold, and for schools; and the events that say so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from accord.decision import Decision
from accord.web.audit.content import CONTENT, Kind, day, instant
from accord.web.audit.models import Event
from accord.web.audit.record import record
from accord.web.people.models import RoleGrant, School, User


def of_school(school: School) -> dict[str, Any]:
    """Everything a school says."""
    return {"cds": school.cds, "name": school.name, "level": school.level, "active": school.active}


def of_grant(grant: RoleGrant) -> dict[str, Any]:
    """A role with its place, days, agency, and who gave and ended it.

    A role without an agency says nothing of one, as every role did before agencies were filed.
    """
    filed = {"agency": grant.agency, "agency_by": grant.agency_by, "agency_at": instant(grant.agency_at)}
    return {
        "role": grant.role,
        "school": grant.school.cds if grant.school else "",
        "starts_on": day(grant.starts_on),
        "ends_on": day(grant.ends_on),
        "granted_by": grant.granted_by,
        "granted_at": instant(grant.granted_at),
        "ended_by": grant.ended_by,
        "ended_at": instant(grant.ended_at),
        **(filed if grant.agency else {}),
    }


def of_user(user: User, grants: list[RoleGrant]) -> dict[str, Any]:
    """An account with its roles, and its password as stored: a password put in behind Accord's back is found."""
    return {
        "username": user.username,
        "name": user.name,
        "password": user.password,
        "is_active": user.is_active,
        "must_change_password": user.must_change_password,
        "created_at": instant(user.created_at),
        "grants": [of_grant(grant) for grant in grants],
    }


def _grants() -> Prefetch[str]:
    return Prefetch("grants", queryset=RoleGrant.objects.select_related("school").order_by("id"))


def _users(uids: list[str]) -> dict[str, Any]:
    rows = User.objects.prefetch_related(_grants()).filter(uid__in=uids)
    return {str(row.uid): of_user(row, list(row.grants.all())) for row in rows}


def _schools(codes: list[str]) -> dict[str, Any]:
    return {row.cds: of_school(row) for row in School.objects.filter(cds__in=codes)}


CONTENT["people.user"] = Kind(_users, lambda: (str(uid) for uid in User.objects.values_list("uid", flat=True)))
CONTENT["people.school"] = Kind(_schools, lambda: School.objects.values_list("cds", flat=True))


def record_user(
    verb: str,
    user: User,
    *,
    by: str,
    at: datetime,
    detail: Mapping[str, Any] | None = None,
    decision: Decision | None = None,
) -> Event:
    """Append an event about an account as it is stored now, roles and all. `by` is the opaque id of who did it."""
    held = _users([str(user.uid)])[str(user.uid)]
    target = f"people.user:{user.uid}"
    return record(verb, by=by, at=at, target=target, detail=detail, content=held, decision=decision)


def record_school(verb: str, school: School, *, by: str, at: datetime, decision: Decision | None = None) -> Event:
    """Append an event about a school. A school is no person: what it is called stands in the event."""
    held = of_school(school)
    target = f"people.school:{school.cds}"
    return record(verb, by=by, at=at, target=target, detail=held, content=held, decision=decision)
