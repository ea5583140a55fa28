"""Officers' profiles: kept by the officer or the agency, read for the record of a stop, and held to the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.facts import OfficerProfile, Role
from accord.facts.stop_codes import OfficerAssignment, RipaRace
from accord.rules import immigration, people
from accord.rules import stops as rule
from accord.web.audit.content import CONTENT, Kind, day, instant
from accord.web.audit.record import record
from accord.web.interactions import references
from accord.web.interactions.models_officers import OfficerVersion
from accord.web.people.models import RoleGrant, User

PERMISSION = "interactions.keep_officer"


def officers(on: date) -> list[User]:
    """Every account that is an officer on a day, by name."""
    grants = RoleGrant.objects.filter(role=Role.SRO, user__is_active=True).select_related("user")
    found = {grant.user.pk: grant.user for grant in grants}
    return sorted((user for user in found.values() if posts(user, on=on)), key=lambda user: (user.name, user.pk))


def posts(user: User, *, on: date) -> list[str]:
    """The schools at which somebody is an officer on a day."""
    roles = user.facts().roles
    return sorted(role.school for role in roles if role.role is Role.SRO and role.in_force(on) and role.school)


def profile_of(user: User, *, on: date) -> OfficerProfile | None:
    """The profile of an officer, empty where nothing is on file; None for anyone who is no officer on that day."""
    if not posts(user, on=on):
        return None
    newest = latest(user)
    return fact(newest) if newest else OfficerProfile()


def latest(user: User) -> OfficerVersion | None:
    """The profile on file as it stands."""
    found: OfficerVersion | None = OfficerVersion.objects.filter(user=user).order_by("number").last()
    return found


def fact(row: OfficerVersion) -> OfficerProfile:
    """A version as the rules read it."""
    return OfficerProfile(
        key=row.key,
        since=row.since,
        assignment=OfficerAssignment(row.assignment),
        assignment_other=row.assignment_other,
        races=tuple(RipaRace(code) for code in row.races),
        ori=row.ori,
    )


def may_keep(by: User, officer: User, *, on: date) -> Decision:
    """May this person keep the profile of this officer?

    Raises:
        BadInput: when the account is no officer's.
    """
    schools = posts(officer, on=on)
    if not schools:
        raise BadInput(_("This account is not an officer's today."), mend=_("Choose an officer of the program."))
    return people.may(by.facts(), PERMISSION, on=on, school=schools[0], author=str(officer.uid))


@transaction.atomic
def keep(*, by: User, at: datetime, on: date, officer: User, profile: OfficerProfile) -> OfficerVersion:
    """Put a profile on file as the newest version of it. The same profile again is the one on file.

    Raises:
        NotAllowed: for whoever is neither the officer nor the agency, and for a profile that leaves something out.
        BadInput: when the account is no officer's.
    """
    granted = may_keep(by, officer, on=on).require()
    references.take_turns()
    holder = OfficerVersion.objects.filter(key=profile.key).exclude(user=officer).first()
    decision = Decision.of(
        granted.findings,
        rule.officer_is_told(profile, on=on),
        rule.key_is_free(str(holder.user.uid) if holder else "", officer=str(officer.uid)),
        replace(immigration.text_is_clean(profile.assignment_other), field="assignment_other"),
    ).require()
    before = latest(officer)
    if before and fact(before) == profile:
        return before
    number = before.number + 1 if before else 1
    told = {name: getattr(profile, name) for name in ("key", "since", "assignment", "assignment_other", "ori")}
    races = [race.value for race in profile.races]
    row = OfficerVersion.objects.create(user=officer, number=number, by=by, at=at, races=races, **told)
    record(
        "interactions.officer_kept",
        by=str(by.uid),
        at=at,
        target=f"interactions.officer:{officer.uid}/{row.number}",
        detail={"version": row.number},
        content=_content(row),
        decision=decision,
    )
    return row


def _content(row: OfficerVersion) -> dict[str, Any]:
    return {
        "by": str(row.by.uid),
        "at": instant(row.at),
        "key": row.key,
        "since": day(row.since),
        "assignment": str(row.assignment),
        "assignment_other": row.assignment_other,
        "races": row.races,
        "ori": row.ori,
    }


def _versions(identities: list[str]) -> dict[str, Any]:
    uids = {identity.partition("/")[0] for identity in identities}
    rows = OfficerVersion.objects.filter(user__uid__in=uids).select_related("user", "by")
    return {f"{row.user.uid}/{row.number}": _content(row) for row in rows}


def _ids() -> Iterable[str]:
    return (f"{uid}/{number}" for uid, number in OfficerVersion.objects.values_list("user__uid", "number"))


CONTENT["interactions.officer"] = Kind(_versions, _ids)
