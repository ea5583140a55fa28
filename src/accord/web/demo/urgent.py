"""Urgent things of the demo: an emergency from its determination to its review, a subpoena on its way, a family that
asks to see the record.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from accord.facts import records as facts
from accord.facts.records import MadeFor, PaperKind, Purpose, Record, RecordKind
from accord.rules.records import Outcome
from accord.web.demo.acts import Act, instant
from accord.web.demo.district import AGENCY
from accord.web.people.models import School, User
from accord.web.records import access, actions, asking, emergency, face_pdf, family, keeping, papers
from accord.web.records.models import Copy
from accord.web.records.models_emergencies import Determination
from accord.web.records.models_requests import Request
from accord.web.records.steps import Act as Done
from accord.web.students.models import Student

_KEPT, _DETERMINED, _TOLD, _REVIEWED, _SERVED, _READ, _ACCESS = 9, 8, 7, 6, 2, 1, 1
"""So many days before the demo begins each was done."""
_KEY = UUID(int=99_36).hex


@dataclass(frozen=True)
class Urgent:
    """Who takes part, and the school of the student."""

    principal: User
    custodian: User
    superintendent: User
    officer: User
    parent: User
    school: School


def acts(town: Urgent, *, today: date) -> list[Act]:
    """All of it, in the order of time."""
    steps = [
        (_KEPT, 10, _keep),
        (_DETERMINED, 13, _determine),
        (_DETERMINED, 16, _end),
        (_TOLD, 11, _tell_parent),
        (_REVIEWED, 15, _review),
        (_SERVED, 9, _serve),
        (_READ, 10, _tell_of_paper),
        (_ACCESS, 17, _family_asks),
    ]
    found: list[Act] = []
    for days, hour, act in steps:
        on = today - timedelta(days=days)
        found.append((instant(on, hour), partial(act, town, on, hour)))
    return found


def _student(town: Urgent) -> Student:
    return Student.objects.filter(school=town.school, birth_date__isnull=False).order_by("local_id")[2]


def _copy(town: Urgent) -> Copy:
    return Copy.objects.get(student=_student(town), kind=RecordKind.CONTACT)


def _keep(town: Urgent, on: date, hour: int) -> None:
    keeping.keep(
        by=town.custodian,
        at=instant(on, hour),
        on=on,
        student=_student(town),
        kind=RecordKind.CONTACT,
        title="Emergency card",
        said=Record(made_by_unit=False, made_for=MadeFor.SCHOOL, kept_by_unit=False),
        name="contact.txt",
        data=b"12 Invented Street. Nobody here is real.",
    )


def _determine(town: Urgent, on: date, hour: int) -> None:
    said = emergency.Said(
        threat="The student left class saying that life is not worth it, and does not answer calls.",
        recipients=[town.officer],
        needed={str(_copy(town).uid): "To look for the student at home"},
    )
    student = _student(town).uid
    at = instant(on, hour)
    row = emergency.determine(by=town.principal, at=at, on=on, key=_KEY, student=student, said=said)
    for one in (town.custodian, town.superintendent):
        emergency.see(by=one, at=at, on=on, determination=row)


def _row() -> Determination:
    row: Determination = Determination.objects.get(key=_KEY)
    return row


def _end(town: Urgent, on: date, hour: int) -> None:
    reason = "Found at home, with the grandmother."
    emergency.end(by=town.principal, at=instant(on, hour), on=on, determination=_row(), reason=reason)


def _tell_parent(town: Urgent, on: date, hour: int) -> None:
    papers.tell(
        by=town.custodian,
        at=instant(on, hour),
        on=on,
        to=_now(_row().requests()[0]),
        act=Done.PARENT_TOLD,
        day=on,
        how=papers.How.TELEPHONE,
        words="What was shown to whom, and why.",
    )


def _review(town: Urgent, on: date, hour: int) -> None:
    words = "Only the address was released, and the danger was real."
    at, outcome = instant(on, hour), Outcome.RIGHT
    emergency.review(by=town.superintendent, at=at, on=on, determination=_row(), outcome=outcome, words=words)


def _now(request: Request) -> papers.On:
    return papers.On(request, request.steps.count())


_SUBPOENA = facts.Paper(
    kind=PaperKind.JUDICIAL_SUBPOENA,
    signed_by_judge=True,
    names_records=(RecordKind.CONTACT.value,),
    recipient=AGENCY,
    non_disclosure=False,
)


def _serve(town: Urgent, on: date, hour: int) -> None:
    """The officer brings a subpoena; the custodian puts it on file, and finds the student and the copy."""
    at, copy = instant(on, hour), _copy(town)
    row = actions.ask(
        by=town.officer,
        at=at,
        on=on,
        key=UUID(int=49_077).hex,
        about=f"Student {_student(town).local_id}",
        wanted="The address, as the subpoena says",
        interest="To serve the court's papers.",
        stated=facts.Request(
            asker=asking.own_party(town.officer, on=on, agency=AGENCY),
            purpose=Purpose.COURT,
            records=(Record(kind=RecordKind.CONTACT),),
        ),
    )
    found = {"student": str(_student(town).uid), "copies": [str(copy.uid)]}
    actions.note(by=town.custodian, at=at, on=on, request=row, number=0, act=Done.IDENTIFIED, body=found)
    papers.receive(
        by=town.custodian,
        at=at,
        on=on,
        to=_now(row),
        paper=replace(_SUBPOENA, issued_on=on - timedelta(days=3)),
        court="Superior Court",
        scan=papers.Scan("subpoena.pdf", face_pdf.sheet(["A subpoena of the demo. Nobody here is real."])),
    )


def _tell_of_paper(town: Urgent, on: date, hour: int) -> None:
    """Counsel finds it in order; the parent gets a letter; the pupil is still to be told."""
    row = Request.objects.get(key=UUID(int=49_077).hex)
    who: dict[str, Any] = {"by": town.custodian, "at": instant(on, hour), "on": on}
    papers.read(**who, to=_now(row), day=on, found=_SUBPOENA, words="In order. Release what it names, no more.")
    fresh = Request.objects.get(pk=row.pk)
    papers.tell(
        **who,
        to=_now(fresh),
        act=Done.PARENT_TOLD,
        day=on,
        how=papers.How.LETTER,
        words="Who asks, which record, and how to object in court.",
    )


def _family_asks(town: Urgent, on: date, hour: int) -> None:
    at = instant(on, hour)
    child = next(iter(family.children(town.parent, at=at, on=on)), None)
    if child is not None:
        wanted = "Attendance and grades of this year"
        access.ask(by=town.parent, at=at, on=on, key=UUID(int=49_069).hex, child=child, wanted=wanted)
