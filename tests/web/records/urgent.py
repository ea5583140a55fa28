"""Emergencies and papers for tests. Alice, the principal, determines; Bob is the officer who must know."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from accord.facts import records as facts
from accord.facts.records import PaperKind, Purpose, RecordKind
from accord.web.people.models import User
from accord.web.records import emergency, papers
from accord.web.records.models import Copy
from accord.web.records.models_emergencies import Determination
from accord.web.records.models_requests import Request
from accord.web.records.steps import Act
from tests.web import factories as make
from tests.web.records import factories as kept

THREAT = "A student wrote that he will bring a gun to the dance tonight"


def contact_copy() -> Copy:
    """The student's address and telephone."""
    return kept.copy(kind=RecordKind.CONTACT, title="Emergency card")


def said(*copies: Copy, **more: Any) -> emergency.Said:
    """What Alice says: the threat, the officer, and why each copy is needed."""
    needed = {str(one.uid): "To find him before the dance" for one in copies or (contact_copy(),)}
    return emergency.Said(**({"threat": THREAT, "recipients": [make.bob()], "needed": needed} | more))


def determined(
    *copies: Copy, by: User | None = None, at: datetime = make.AT, key: str = "", **more: Any
) -> Determination:
    """An emergency that Alice determined."""
    return emergency.determine(
        by=by or make.alice(),
        at=at,
        on=make.ON,
        key=key or uuid4().hex,
        student=kept.student().uid,
        said=said(*copies, **more),
    )


PAPER = facts.Paper(
    kind=PaperKind.JUDICIAL_SUBPOENA,
    signed_by_judge=True,
    issued_on=make.ON - timedelta(days=8),
    names_records=(RecordKind.CONTACT.value,),
    recipient="city-police",
    non_disclosure=False,
)
"""A subpoena signed by a judge that tells the school to give the police a student's address."""
SCAN = b"%PDF-1.7 YOU ARE COMMANDED"
BEGUN = make.ON - timedelta(days=5)


def to(request: Request) -> papers.On:
    """The request as the page shows it now."""
    fresh = Request.objects.get(pk=request.pk)
    return papers.On(fresh, fresh.steps.count())


def received(request: Request, *, barred_by: str = "", **more: Any) -> Request:
    """The subpoena, put on file by the custodian."""
    papers.receive(
        by=kept.grace(), at=make.AT, on=make.ON, to=to(request), paper=replace(PAPER, **more), barred_by=barred_by,
        court="Superior Court", scan=papers.Scan("subpoena.pdf", SCAN),
    )  # fmt: skip
    return request


def read(request: Request, *, on: date = BEGUN, barred_by: str = "", **found: Any) -> Request:
    """The same, read by counsel on a day."""
    papers.read(
        by=kept.grace(), at=make.AT, on=make.ON, to=to(request), day=on, found=replace(PAPER, **found),
        words="Counsel finds it in order.", barred_by=barred_by,
    )  # fmt: skip
    return request


def told(
    request: Request, act: Act, *, on: date = BEGUN, how: papers.How = papers.How.LETTER, at: datetime = make.AT
) -> Request:
    """The same, and an attempt to tell somebody of it."""
    papers.tell(by=kept.grace(), at=at, on=make.ON, to=to(request), act=act, day=on, how=how, words="")
    return request


def checked(request: Request, *copies: Copy) -> Request:
    """The same, with these copies found named by the paper."""
    named = [str(one.uid) for one in copies]
    papers.check(by=kept.grace(), at=make.AT, on=make.ON, to=to(request), named=named, words="Line 3 of page 1.")
    return request


def asked_by_court(copy: Copy, **more: Any) -> Request:
    """A request of the officer under the subpoena, with its student and one copy found."""
    return kept.identified(kept.asked(purpose=Purpose.COURT, **more), copy)


def in_order(copy: Copy) -> Request:
    """The same, with everything done five days ago."""
    request = read(received(asked_by_court(copy)))
    return checked(told(told(request, Act.PARENT_TOLD), Act.PUPIL_TOLD), copy)
