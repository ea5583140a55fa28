"""What people with the permission do to accounts and roles. Every act leaves an event in its transaction."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from accord.decision import Decision
from accord.facts import Role
from accord.rules import people
from accord.web.audit.record import record
from accord.web.people.models import RoleGrant, School, User


def _may_manage(by: User, subject: User, on: date) -> Decision:
    return Decision.of(
        people.may(by.facts(), "people.manage", on=on).findings,
        people.other_person(people.Pair(str(subject.uid), str(by.uid))),
    )


@transaction.atomic
def open_account(*, by: User, at: datetime, on: date, username: str, name: str, password: str) -> User:
    """Open an account without any role. The password was checked by the form."""
    decision = people.may(by.facts(), "people.manage", on=on).require()
    user = User(username=username, name=name, created_at=at)
    user.set_password(password)
    user.save()
    record("people.opened", by=str(by.uid), at=at, target=f"people.user:{user.uid}", decision=decision)
    return user


@transaction.atomic
def close_account(*, by: User, at: datetime, on: date, user: User) -> None:
    """Close an account: from the next request on it can do nothing. Nobody closes their own."""
    decision = _may_manage(by, user, on).require()
    user.is_active = False
    user.save(update_fields=["is_active"])
    record("people.closed", by=str(by.uid), at=at, target=f"people.user:{user.uid}", decision=decision)


@transaction.atomic
def reopen_account(*, by: User, at: datetime, on: date, user: User) -> None:
    """Open a closed account again, with the roles that are still in force."""
    decision = _may_manage(by, user, on).require()
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("people.reopened", by=str(by.uid), at=at, target=f"people.user:{user.uid}", decision=decision)


@transaction.atomic
def grant_role(
    *,
    by: User,
    at: datetime,
    on: date,
    user: User,
    role: Role,
    school: School | None,
    starts_on: date,
    ends_on: date | None = None,
) -> RoleGrant:
    """Give someone else a role from a day on."""
    decision = _may_manage(by, user, on).require()
    grant = RoleGrant.objects.create(
        user=user,
        role=role.value,
        school=school,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by=str(by.uid),
        granted_at=at,
    )
    detail = {
        "role": role.value,
        "school": school.cds if school else "",
        "from": str(starts_on),
        "until": str(ends_on or ""),
    }
    record("people.granted", by=str(by.uid), at=at, target=f"people.user:{user.uid}", detail=detail, decision=decision)
    return grant


@transaction.atomic
def end_role(*, by: User, at: datetime, on: date, grant: RoleGrant) -> None:
    """End someone else's role now: yesterday is its last day, or it is taken back if it began today or later."""
    decision = _may_manage(by, grant.user, on).require()
    detail = {"role": grant.role, "school": grant.school.cds if grant.school else ""}
    target = f"people.user:{grant.user.uid}"
    if grant.starts_on >= on:
        grant.delete()
    else:
        grant.ends_on = on - timedelta(days=1)
        grant.save(update_fields=["ends_on"])
    record("people.ended", by=str(by.uid), at=at, target=target, detail=detail, decision=decision)
