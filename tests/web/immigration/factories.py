"""Requests by immigration enforcement for tests. Frank, a teacher, reports; Alice and Eve look; Bob is the officer."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from accord.facts.immigration import Area, EnforcementAgency, EnforcementRequest, Kept, Known, Paper, Wanted
from accord.web.immigration import actions, contacts, signing, words
from accord.web.immigration.models import Acknowledgement, Clearance, Entry, Review, Scan, Version, WhomToCall
from accord.web.people.models import School, User
from tests.web import factories as make

PASSWORD = "correct horse battery staple"
PDF = b"%PDF-1.4\n%%EOF\n"

WHOLE = EnforcementRequest(
    wanted=(Wanted.ENTRY,),
    paper=Paper.ADMINISTRATIVE_WARRANT,
    signed=Known.NO,
    covers=Known.NO,
    area=Area.NONPUBLIC,
    came_at=make.AT,
    present=Known.YES,
    agency=EnforcementAgency.ICE,
    officers="Gave none",
    badges="Showed none",
    supervisor_phone="They would not say",
    reason_stated="They stated no reason",
    issuing_authority="The agency",
    scope="A person to be taken",
    staff="The office manager",
    asked_for="To walk through the halls",
    response="Asked them to wait at the front",
    further_acts="They left after ten minutes",
    entered=Known.NO,
    informed=Known.NO,
    officer_helped=Known.NO,
    about_family=Known.NO,
    denied_by="The office manager",
    denial_witness="The secretary",
)
"""Everything that is asked of an entry."""


def filed(
    by: User | None = None, *, at: datetime = make.AT, key: str = "", where: School | None = None, **more: Any
) -> Entry:
    """A first report by Frank: they want to come in and hold a paper that nobody has read."""
    told = EnforcementRequest(**({"wanted": (Wanted.ENTRY,)} | more))
    return actions.file(
        by=by or make.frank(), at=at, on=make.ON, key=key or uuid4().hex, school=where or make.school(), request=told
    )


def again(entry: Entry) -> Entry:
    """The same entry, read anew."""
    return Entry.objects.told().get(pk=entry.pk)


def completed(
    entry: Entry, by: User | None = None, *, number: int = 1, reason: str = "The rest.", **more: Any
) -> Version:
    """The rest of it, told by Frank."""
    return actions.complete(
        by=by or make.frank(),
        at=make.AT + timedelta(hours=number),
        on=make.ON,
        entry=again(entry),
        number=number,
        request=replace(WHOLE, **more),
        reason=reason,
    )


def whole(**more: Any) -> Entry:
    """An entry of which everything is told."""
    entry = filed()
    completed(entry, **more)
    return again(entry)


def reviewed(entry: Entry, by: User | None = None, *, found: Kept = Kept.KEPT, number: int = 2) -> Review:
    """What Alice found."""
    return actions.review(
        by=by or make.alice(),
        at=make.AT + timedelta(days=1),
        on=make.ON,
        entry=again(entry),
        number=number,
        found=found,
        note="",
    )


def scan(entry: Entry, by: User | None = None) -> Scan:
    """A copy of the paper."""
    return actions.keep_scan(
        by=by or make.frank(), at=make.AT, on=make.ON, entry=again(entry), name="paper.pdf", data=PDF
    )


def signed(by: User | None = None, *, password: str = PASSWORD, **more: Any) -> Acknowledgement:
    """Bob's signature."""
    who = by or make.bob()
    who.set_password(PASSWORD)
    who.save()
    usual = {"at": make.AT, "on": make.ON, "signature": who.name, "language": "en", "text": words.pledge()}
    return signing.sign(by=who, password=password, **(usual | more))


def cleared(entry: Entry, *, binds: Known = Known.YES, by: User | None = None) -> Clearance:
    """What Eve put on file of the paper."""
    return actions.clear(
        by=by or make.eve(), at=make.AT, on=make.ON, entry=again(entry), binds=binds, why="Counsel read it."
    )


def called(by: User | None = None) -> WhomToCall:
    """Whom Eve has staff call."""
    told = {"superintendent_phone": "555-0100", "counsel_name": "Ortiz", "counsel_phone": "555-0101"}
    return contacts.keep(by=by or make.eve(), at=make.AT, on=make.ON, **told)


def everything() -> Entry:
    """A row of every kind."""
    entry = whole(paper=Paper.COURT_ORDER, signed=Known.YES)
    scan(entry)
    cleared(entry)
    reviewed(entry)
    signed()
    called()
    return entry
