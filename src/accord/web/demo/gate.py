"""What the custodian of the demo keeps: papers of the program, a student's copies, and requests that wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from accord.facts import Role, to_plain
from accord.facts import records as facts
from accord.facts.records import Capacity, Claim, MadeFor, Purpose, Record, RecordKind, Request
from accord.facts.school_years import school_year, school_year_days
from accord.web.demo.acts import Act, instant
from accord.web.demo.district import AGENCY
from accord.web.people.models import RoleGrant, School, User
from accord.web.records import actions, asking, confirming, keeping
from accord.web.records.models import Copy, HeldKind
from accord.web.records.models_requests import Request as Asked
from accord.web.records.steps import Act as Done
from accord.web.students.models import Student

_FILED, _KEPT, _ASKED = 40, 7, 1
"""So many days before the demo begins each was done."""


@dataclass(frozen=True)
class Gate:
    """Who takes part, and the school of the student."""

    custodian: User
    officer: User
    school: School


def acts(gate: Gate, *, today: date) -> list[Act]:
    """Papers put on file, copies kept, and two requests that wait."""
    steps = [(_FILED, 9, _papers), (_KEPT, 9, _copies), (_ASKED, 8, _officer_asks), (_ASKED, 9, _teacher_asks)]
    found: list[Act] = []
    for days, hour, act in steps:
        on = today - timedelta(days=days)
        found.append((instant(on, hour), partial(act, gate, on, hour)))
    return found


def _papers(gate: Gate, on: date, hour: int) -> None:
    """The agreement does not say that the district controls how records are used: one fact short of a release."""
    first, last = school_year_days(school_year(on))
    notice = facts.AnnualNotice(
        given_on=first,
        ends_on=last,
        officials=(Capacity.EMPLOYEE, Capacity.SRO),
        interest_defined=True,
        transfers_announced=True,
    )
    agreement = facts.Agreement(party=AGENCY, signed_on=first, ends_on=last, school_function=True, use_limits=True)
    word = facts.Acknowledgement(person=str(gate.officer.uid), signed_on=first, ends_on=last)
    filed = (
        (HeldKind.NOTICE, f"Annual notice {school_year(on)}", notice),
        (HeldKind.AGREEMENT, f"Agreement with {AGENCY}", agreement),
        (HeldKind.ACKNOWLEDGEMENT, "Limits of use, signed by the officer", word),
    )
    for kind, title, fact in filed:
        keeping.put_on_file(by=gate.custodian, at=instant(on, hour), on=on, kind=kind, title=title, body=to_plain(fact))
    keeping.put_on_file(
        by=gate.custodian,
        at=instant(on, hour),
        on=on,
        kind=HeldKind.UNIT,
        title="Board resolution on the law enforcement unit",
        body={"on": first.isoformat()},
    )


def _student(gate: Gate) -> Student:
    return Student.objects.filter(school=gate.school, birth_date__isnull=False).order_by("local_id")[1]


def _copies(gate: Gate, on: date, hour: int) -> None:
    kept = (
        (RecordKind.ATTENDANCE, Record(made_by_unit=False, made_for=MadeFor.SCHOOL, kept_by_unit=False)),
        (RecordKind.DISCIPLINE, Record(made_by_unit=False, made_for=MadeFor.SCHOOL, kept_by_unit=False)),
        (RecordKind.POLICE_REPORT, Record(made_by_unit=True, made_for=MadeFor.LAW_ENFORCEMENT, kept_by_unit=False)),
    )
    for kind, said in kept:
        keeping.keep(
            by=gate.custodian,
            at=instant(on, hour),
            on=on,
            student=_student(gate),
            kind=kind,
            title=f"{kind.label}, {school_year(on)}",
            said=said,
            name="copy.txt",
            data=f"{kind.label} of a student of the demo. Nobody here is real.".encode(),
        )


def _officer_asks(gate: Gate, on: date, hour: int) -> None:
    """Found by the custodian, who has not decided yet."""
    asked = _ask(
        gate, gate.officer, RecordKind.DISCIPLINE, "To prepare a talk about what happened on the bus.", on, hour
    )
    student = _student(gate)
    copies = [str(one) for one in Copy.objects.filter(student=student, kind="discipline").values_list("uid", flat=True)]
    body = {"student": str(student.uid), "copies": copies}
    at = instant(on, hour + 2)
    actions.note(by=gate.custodian, at=at, on=on, request=asked, number=0, act=Done.IDENTIFIED, body=body)


def _teacher_asks(gate: Gate, on: date, hour: int) -> None:
    """The custodian has seen the class list; whether the interest is legitimate nobody has said yet."""
    teacher = RoleGrant.objects.filter(role=Role.STAFF, school=gate.school).order_by("id")[0].user
    asked = _ask(gate, teacher, RecordKind.ATTENDANCE, "To plan make-up work for the days that were missed.", on, hour)
    confirming.confirm(
        by=gate.custodian,
        at=instant(on, hour + 1),
        on=on,
        request=asked,
        number=0,
        claim=Claim.TEACHES_STUDENT,
        yes=True,
        source="Class list, period 2.",
    )


def _ask(gate: Gate, by: User, kind: RecordKind, interest: str, on: date, hour: int) -> Asked:
    student = _student(gate)
    return actions.ask(
        by=by,
        at=instant(on, hour),
        on=on,
        key=UUID(int=49_076 + hour).hex,
        about=f"{student.given_name} {student.family_name}",
        wanted=f"{kind.label} of this term",
        interest=interest,
        stated=Request(
            asker=asking.own_party(by, on=on, agency=AGENCY),
            purpose=Purpose.SCHOOL_DUTY,
            records=(Record(kind=kind),),
            teaches_student=True if by != gate.officer else None,
        ),
    )
