"""What people with the permission do to accounts and roles. Every act leaves an event in its transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.facts import Role, RoleHeld
from accord.rules import people
from accord.web.people.content import record_user
from accord.web.people.models import RoleGrant, School, User, same_agency


def _may_manage(by: User, subject: User, on: date) -> Decision:
    return Decision.of(
        people.may(by.facts(), "people.manage", on=on).findings,
        people.other_person(people.Pair(str(subject.uid), str(by.uid))),
    )


@transaction.atomic
def open_account(*, by: User, at: datetime, on: date, username: str, name: str, password: str) -> User:
    """Open an account without any role. The password was checked by the form; its holder replaces it at once.

    Raises:
        BadInput: when the user name is taken, also by somebody who took it this very moment.
    """
    decision = people.may(by.facts(), "people.manage", on=on).require()
    user = User(username=username, name=name, created_at=at, must_change_password=True)
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise BadInput(
            _("There is an account with this user name."), where="username", mend=_("Choose another.")
        ) from error
    record_user("people.opened", user, by=str(by.uid), at=at, decision=decision)
    return user


@transaction.atomic
def close_account(*, by: User, at: datetime, on: date, user: User) -> None:
    """Close an account: from the next request on it can do nothing. Nobody closes their own."""
    _set_active(False, "people.closed", by=by, at=at, on=on, user=user)


@transaction.atomic
def reopen_account(*, by: User, at: datetime, on: date, user: User) -> None:
    """Open a closed account again, with the roles that are still in force."""
    _set_active(True, "people.reopened", by=by, at=at, on=on, user=user)


def _set_active(active: bool, verb: str, *, by: User, at: datetime, on: date, user: User) -> None:
    """A second time changes nothing and leaves no event."""
    decision = _may_manage(by, user, on).require()
    row = _held(user)
    if row.is_active == active:
        return
    row.is_active = active
    row.save(update_fields=["is_active"])
    record_user(verb, row, by=str(by.uid), at=at, decision=decision)


def _held(user: User) -> User:
    """The account as it is stored, kept still until the end of the transaction."""
    return User.objects.select_for_update().get(pk=user.pk)


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
    agency: str = "",
) -> RoleGrant:
    """Give someone else a role from a day on; a role with the police for an agency.

    Raises:
        NotAllowed: without the permission, to oneself, when the role is not held at such a place, or for no agency.
        BadInput: when the person holds this very role there on one of these days already.
    """
    served = same_agency(agency)
    asked = RoleHeld(role, str(school.pk) if school else "", agency=served)
    stands = people.role_place(asked), people.role_agency(asked)
    decision = Decision.of(_may_manage(by, user, on).findings, stands).require()
    row = _held(user)
    if any(_overlaps(held, starts_on, ends_on) for held in row.grants.filter(role=role.value, school=school)):
        raise BadInput(
            _("This role is held there already on some of these days."),
            where="role",
            mend=_("End the role that is held, or give other days."),
        )
    grant = RoleGrant.objects.create(
        user=row,
        role=role.value,
        school=school,
        starts_on=starts_on,
        ends_on=ends_on,
        granted_by=str(by.uid),
        granted_at=at,
        **_filed(served, by, at),
    )
    detail = _detail(grant) | {"from": str(starts_on), "until": str(ends_on or "")}
    record_user("people.granted", row, by=str(by.uid), at=at, detail=detail, decision=decision)
    return grant


def _overlaps(held: RoleGrant, starts_on: date, ends_on: date | None) -> bool:
    """Do a role and new days have a day in common? One that was ended has none left."""
    if held.ended_at is not None:
        return False
    return (ends_on is None or held.starts_on <= ends_on) and (held.ends_on is None or starts_on <= held.ends_on)


def _filed(agency: str, by: User, at: datetime) -> dict[str, Any]:
    return {"agency": agency, "agency_by": str(by.uid), "agency_at": at} if agency else {}


def _detail(grant: RoleGrant) -> dict[str, str]:
    told = {"role": grant.role, "school": grant.school.cds if grant.school else ""}
    return told | ({"agency": grant.agency} if grant.agency else {})


@transaction.atomic
def file_agency(*, by: User, at: datetime, on: date, grant: RoleGrant, agency: str) -> RoleGrant:
    """File which agency somebody serves in a role that names none yet. It is written once.

    Raises:
        NotAllowed: without the permission, for oneself, for no agency or in a role that is none of the police.
        BadInput: when an agency is on file already, or the role has ended.
    """
    served = same_agency(agency)
    held = replace(grant.facts(), agency=served)
    decision = Decision.of(_may_manage(by, grant.user, on).findings, people.role_agency(held)).require()
    user = _held(grant.user)
    row: RoleGrant = user.grants.select_related("school").get(pk=grant.pk)
    if row.agency:
        raise BadInput(
            _("An agency is on file for this role."),
            where="agency",
            mend=_("When the person serves another, end this role and grant it anew."),
        )
    if row.ended_at is not None or (row.ends_on is not None and row.ends_on < on):
        raise BadInput(_("This role has ended already."), where="agency", mend=_("Grant it anew."))
    for name, value in _filed(served, by, at).items():
        setattr(row, name, value)
    row.save(update_fields=["agency", "agency_by", "agency_at"])
    record_user("people.agency_filed", user, by=str(by.uid), at=at, detail=_detail(row), decision=decision)
    return row


@transaction.atomic
def end_role(*, by: User, at: datetime, on: date, grant: RoleGrant) -> None:
    """End someone else's role from this instant on, whether it has begun or not. It stays on file.

    Raises:
        BadInput: when it has ended already.
    """
    decision = _may_manage(by, grant.user, on).require()
    user = _held(grant.user)
    row = user.grants.select_related("school").get(pk=grant.pk)
    if row.ended_at is not None or (row.ends_on is not None and row.ends_on < on):
        raise BadInput(_("This role has ended already."), where="role", mend=_("Nothing is left to do."))
    row.ended_by, row.ended_at = str(by.uid), at
    row.save(update_fields=["ended_by", "ended_at"])
    record_user("people.ended", user, by=str(by.uid), at=at, detail=_detail(row), decision=decision)
