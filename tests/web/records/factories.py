"""Students, copies, links, consents and requests for tests of records. What a test does not name has a usual value.

Grace keeps the records, Heidi is the parent of the student, Ivan is another parent; Bob is the officer.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from accord.facts import Disability, Role
from accord.facts import records as facts
from accord.facts.records import Claim, Purpose, RecordKind, SignerRole
from accord.web.people.models import User
from accord.web.records import actions, asking, confirming, consents, consents_paper, keeping, links
from accord.web.records.models import Copy, Held, HeldKind, Link
from accord.web.records.models_confirmations import Confirmation
from accord.web.records.models_consents import Consent, Revocation
from accord.web.records.models_requests import Decision, Request
from accord.web.records.steps import Act
from accord.web.students.models import Student
from tests.web import factories as make

BEFORE = make.AT - timedelta(days=30)


def grace() -> User:
    """The records custodian."""
    return make.account("Grace", Role.CUSTODIAN)


def heidi() -> User:
    """The parent of the student."""
    return make.account("Heidi", Role.PARENT)


def ivan() -> User:
    """The parent of another student."""
    return make.account("Ivan", Role.PARENT)


def student(number: str = "1001", *, born_on: date | None = date(2012, 5, 4)) -> Student:
    """A student on the roster, the same for the same number."""
    known = {"school": make.school(), "grade": "07", "birth_date": born_on, "disability": Disability.NONE}
    return Student.objects.get_or_create(local_id=number, defaults={**known, "updated_at": BEFORE})[0]


def copy(of: Student | None = None, kind: RecordKind = RecordKind.ATTENDANCE, title: str = "", **said: Any) -> Copy:
    """A copy of a record of the student."""
    return keeping.keep(
        by=grace(),
        at=BEFORE,
        on=make.ON,
        student=of or student(),
        kind=kind,
        title=title or kind.label,
        said=facts.Record(**said),
        name="copy.txt",
        data=f"{kind.value} of a student".encode(),
    )


def link(
    user: User | None = None, of: Student | None = None, role: SignerRole = SignerRole.PARENT, **more: Any
) -> Link:
    """A link between an account and a student, proposed by the custodian and confirmed by the superintendent."""
    who = {"user": user or heidi(), "student": of or student(), "role": role}
    answers = {"starts_on": make.SINCE, "seen": "Birth record"} | more
    made = links.propose(by=grace(), at=BEFORE, on=make.ON, **who, **answers)
    return links.confirm(by=make.eve(), at=BEFORE, on=make.ON, link=made)


PASSWORD = "correct horse battery staple"


def consent(of: Student | None = None, *, signer: User | None = None, at: datetime = BEFORE, **terms: Any) -> Consent:
    """A consent of the parent that lets the officer see the attendance, for a duty at school."""
    who = signer or heidi()
    who.set_password(PASSWORD)
    who.save()
    usual = {
        "records": [RecordKind.ATTENDANCE.value],
        "purpose": Purpose.SCHOOL_DUTY,
        "party": str(make.bob().uid),
    }
    return consents.sign(
        by=who, at=at, on=make.ON, key=uuid4().hex, student=of or student(), terms=consents.Terms(**(usual | terms)),
        signature=who.name, password=PASSWORD, language="en", text="As read.",
    )  # fmt: skip


def paper_consent(link: Link, *, by: User, party: User, at: datetime = make.AT) -> Consent:
    """A consent signed on paper that day, for the health records, filed by whoever keeps the records."""
    return consents_paper.file_paper(
        by=by, at=at, on=make.ON, key=uuid4().hex, link=link, signed_on=make.ON, signature=link.user.name,
        terms=consents.Terms([RecordKind.HEALTH.value], Purpose.SCHOOL_DUTY, str(party.uid)),
        seen="Enrollment card", language="en", text="As on paper.", name="paper.pdf", scan=b"%PDF-1.7",
    )  # fmt: skip


def revoke(given: Consent, *, at: datetime = make.AT) -> Revocation:
    """Take a consent back."""
    return consents.revoke(by=given.signer, at=at, on=make.ON, consent=given)


def held(kind: HeldKind, body: dict[str, Any]) -> Held:
    """A paper on file."""
    return keeping.put_on_file(by=grace(), at=BEFORE, on=make.ON, kind=kind, title=kind.label, body=body)


def stated(user: User | None = None, **more: Any) -> facts.Request:
    """What the officer states: for a duty at school. Anyone else asks as what they are."""
    asker = asking.own_party(user or make.bob(), on=make.ON, agency=make.AGENCY)
    usual = {"purpose": Purpose.SCHOOL_DUTY, "records": (facts.Record(kind=RecordKind.ATTENDANCE),)}
    return facts.Request(**({"asker": asker} | usual | more))


def asked(by: User | None = None, *, at: datetime = make.AT, **more: Any) -> Request:
    """A request of the officer for the attendance of the student."""
    words = {"about": "Student 1001", "wanted": "Attendance this month", "interest": "To plan a talk at home"}
    return actions.ask(by=by or make.bob(), at=at, on=make.ON, key=uuid4().hex, stated=stated(by, **more), **words)


def identified(request: Request, *copies: Copy, of: Student | None = None) -> Request:
    """The same, once the custodian has found student and copies."""
    body = {"student": str((of or student()).uid), "copies": [str(one.uid) for one in copies]}
    number = request.steps.count()
    actions.note(by=grace(), at=make.AT, on=make.ON, request=request, number=number, act=Act.IDENTIFIED, body=body)
    return request


def word(
    request: Request,
    claim: Claim,
    *,
    yes: bool = True,
    by: User | None = None,
    at: datetime = make.AT,
    on: date = make.ON,
) -> Confirmation:
    """A word of the custodian on what whoever asks says."""
    return confirming.confirm(
        by=by or grace(), at=at, on=on, request=request, number=request.confirmations.count(), claim=claim, yes=yes,
        source="Looked it up in the office.",
    )  # fmt: skip


def confirmed(request: Request) -> Request:
    """The same, once the custodian has confirmed all that whoever asks says."""
    for claim in confirming.by_hand(request):
        word(request, claim)
    return request


def decided(request: Request, given: Collection[Copy] = (), *, by: User | None = None, because: str = "") -> Decision:
    """The same, decided."""
    return actions.decide(
        by=by or grace(), at=make.AT, on=make.ON, request=request, number=request.steps.count(),
        given=[str(one.uid) for one in given], because=because,
    )  # fmt: skip
