"""The register of the demo: whom to call, officers who signed and one who did not, one request from report to end."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from accord.facts.immigration import Area, EnforcementAgency, EnforcementRequest, Kept, Known, Paper, Wanted
from accord.web.demo.acts import LOCAL, Act, instant
from accord.web.duties.actions import complete as do
from accord.web.duties.models import Duty
from accord.web.immigration import actions, contacts, signing, words
from accord.web.immigration.models import Entry
from accord.web.people.models import School, User

_SIGNED_AGO, _CAME_AGO = 200, 40
"""Days before today: the officers' signatures, and the request."""
_KEY = str(UUID(int=234_7))
_TOLD = EnforcementRequest(
    wanted=(Wanted.ENTRY, Wanted.INFORMATION),
    paper=Paper.ADMINISTRATIVE_WARRANT,
    signed=Known.NO,
    covers=Known.NO,
    area=Area.NONPUBLIC,
    present=Known.YES,
    agency=EnforcementAgency.ICE,
    officers="Gave their names to nobody",
    badges="Held up a badge too far away to read",
    supervisor_phone="Refused",
    reason_stated="To speak with a person who might come to the school",
    issuing_authority="The agency itself",
    scope="A person to be taken; no place",
    staff="The office manager, then the principal",
    asked_for="To walk to the classrooms, and a list of a class",
    about_family=Known.NO,
    response="Asked them to wait at the counter and called the Superintendent; gave them nothing",
    further_acts="Waited ten minutes in the parking lot and left",
    entered=Known.NO,
    informed=Known.NO,
    officer_helped=Known.NO,
    denied_by="The principal",
    denial_witness="The office manager",
)


def acts(superintendent: User, principal: User, school: School, officers: list[User], *, today: date) -> list[Act]:
    """The acts around the register, in the order of time. The last officer never signed."""
    signed, came = today - timedelta(days=_SIGNED_AGO), today - timedelta(days=_CAME_AGO)
    found: list[Act] = [(instant(signed), partial(_call, superintendent, signed))]
    found += [(instant(signed, 10), partial(_sign, officer, signed)) for officer in officers[:-1]]
    return [*found, (instant(came, 10), partial(_request, superintendent, principal, school, came))]


def _call(superintendent: User, on: date) -> None:
    contacts.keep(
        by=superintendent,
        at=instant(on),
        on=on,
        superintendent_phone="555-0134",
        counsel_name="Vance and Ortiz",
        counsel_phone="555-0178",
        counsel_mail="counsel@example.org",
    )


@transaction.atomic
def _sign(officer: User, on: date) -> None:
    at = instant(on, 10)
    signing.put_on_file(by=officer, at=at, on=on, signature=officer.name, language="en", text=words.pledge())


def _request(superintendent: User, principal: User, school: School, on: date) -> None:
    """Reported at ten, told whole at two, reviewed two days later, and everything owed done in time."""
    first = EnforcementRequest(wanted=_TOLD.wanted, paper=_TOLD.paper)
    ten, two = instant(on, 10), instant(on, 14)
    entry = actions.file(by=principal, at=ten, on=on, key=_KEY, school=school, request=first)
    _do(entry, superintendent, "superintendent", at=ten + timedelta(minutes=20), on=on)
    told = EnforcementRequest(**{**vars(_TOLD), "came_at": ten, "confirmed_at": two})
    actions.complete(by=principal, at=two, on=on, entry=entry, number=1, request=told, reason="The whole of it.")
    _do(entry, principal, "principal", at=two + timedelta(minutes=15), on=on)
    later = two + timedelta(days=2)
    found = "Staff did what the page says."
    reviewed = Entry.objects.told().get(pk=entry.pk)
    day = later.astimezone(LOCAL).date()
    actions.review(by=superintendent, at=later, on=day, entry=reviewed, number=2, found=Kept.KEPT, note=found)


def _do(entry: Entry, by: User, owner: str, *, at: datetime, on: date) -> None:
    for duty in Duty.objects.filter(interaction=str(entry.uid), is_current=True, owner=owner):
        do(by=by, at=at, on=on, duty=duty, done_at=at.astimezone(UTC), note="Done by telephone and in writing.")
