"""Acknowledgements: each officer in service signs the duties on immigration once a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from accord import clauses
from accord.decision import Decision
from accord.facts import Role, Status
from accord.facts.immigration import OfficerPledge, PledgeSigning
from accord.rules import controls as rule
from accord.rules import immigration, people
from accord.rules.school_days import district_day
from accord.web.audit.record import record
from accord.web.immigration import content
from accord.web.immigration.actions import is_officer
from accord.web.immigration.models import Acknowledgement
from accord.web.people.models import RoleGrant, User


@transaction.atomic
def sign(
    *, by: User, at: datetime, on: date, signature: str, password: str, language: str, text: str
) -> Acknowledgement:
    """Sign the duties. The password typed again shows whose signature it is; twice on a day is once.

    Raises:
        NotAllowed: when this person is no officer in service, or the signature does not show whose it is.
    """
    may = people.may(by.facts(), "immigration.acknowledge", on=on).require()
    same = signature.strip().casefold() == by.name.strip().casefold()
    shown = PledgeSigning(is_officer(by, on=on), same, same and by.check_password(password))
    decision = Decision.of(may.findings, immigration.requests.may_sign(shown)).require()
    return put_on_file(by=by, at=at, on=on, signature=signature, language=language, text=text, decision=decision)


def put_on_file(
    *, by: User, at: datetime, on: date, signature: str, language: str, text: str, decision: Decision | None = None
) -> Acknowledgement:
    """File a signature that was checked. For `sign`, and for the demo, where nobody has a password."""
    again: Acknowledgement | None = Acknowledgement.objects.filter(officer=by, on=on).first()
    if again is not None:
        return again
    row: Acknowledgement = Acknowledgement.objects.create(
        officer=by, on=on, at=at, signature=signature.strip(), language=language, text=text
    )
    record(
        "immigration.acknowledged",
        by=str(by.uid),
        at=at,
        target=f"immigration.acknowledgement:{row.uid}",
        content=content.acknowledgement(row),
        decision=decision,
    )
    return row


@dataclass(frozen=True)
class Signer:
    """An officer in service and where the own acknowledgement stands."""

    officer: User
    pledge: OfficerPledge
    last_day: date
    status: Status


def numbers(*, on: date) -> dict[str, int]:
    """The dated numbers that signatures are reckoned with."""
    ids = {"cadence_months": "controls.acknowledgement", "sign_days": "immigration.acknowledge-within"}
    return {name: int(clauses.parameter(one, on=on).value) for name, one in ids.items()}


def signers(*, on: date) -> list[Signer]:
    """Every officer in service on a day, whoever lacks a signature first. Three queries."""
    grants = RoleGrant.objects.filter(role=Role.SRO.value, user__is_active=True).select_related("user")
    held = [grant for grant in grants if grant.in_force(on)]
    signed = {row.officer_id: row.on for row in Acknowledgement.objects.order_by("on")}
    due_days = int(clauses.parameter("controls.due-within", on=on).value)
    found = [_signer(user, since, signed.get(user.pk), on, due_days) for user, since in _serving(held)]
    return sorted(found, key=lambda one: (one.last_day, one.officer.name))


def _serving(grants: Iterable[RoleGrant]) -> list[tuple[User, date]]:
    """Each officer once, with the first day of the service that runs."""
    since: dict[int, tuple[User, date]] = {}
    for grant in grants:
        known = since.get(grant.user_id)
        if known is None or grant.starts_on < known[1]:
            since[grant.user_id] = (grant.user, grant.starts_on)
    return list(since.values())


def _signer(officer: User, since: date, signed_on: date | None, on: date, due_days: int) -> Signer:
    pledge = OfficerPledge(since, signed_on)
    last = rule.last_day(pledge, **numbers(on=on))
    late = Status.NOT_MET if last < on else Status.DUE
    due = signed_on is None or (last - on).days <= due_days
    return Signer(officer, pledge, last, late if last < on or due else Status.MET)


def own(user: User, *, on: date) -> Signer | None:
    """Where an officer's own acknowledgement stands; None for anyone else."""
    return next((one for one in signers(on=on) if one.officer.pk == user.pk), None)


def officers_on(
    grants: Iterable[RoleGrant], signed: Iterable[Acknowledgement], *, on: date
) -> tuple[OfficerPledge, ...]:
    """Officers in service on a day, past days too, with their newest signature by then."""
    newest: dict[int, date] = {}
    for row in signed:
        if row.on <= on:
            newest[row.officer_id] = max(row.on, newest.get(row.officer_id, row.on))
    held = [grant for grant in grants if _in_force(grant, on)]
    return tuple(OfficerPledge(since, newest.get(user.pk)) for user, since in _serving(held))


def _in_force(grant: RoleGrant, on: date) -> bool:
    """Was the role held at the end of that day? One that was ended later was."""
    ended = district_day(grant.ended_at) if grant.ended_at else None
    return grant.facts().in_force(on) and (ended is None or ended > on)
