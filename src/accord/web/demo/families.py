"""A family of the demo: a parent signed two consents and took one back; an officer asked for two records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from accord.facts.records import MadeFor, Purpose, Record, RecordKind, Request, SignerRole
from accord.facts.school_years import school_year, school_year_days
from accord.web.demo.acts import Act, instant
from accord.web.demo.cast import PASSWORD
from accord.web.demo.district import AGENCY
from accord.web.people.models import School, User
from accord.web.people.passwords import change_password
from accord.web.records import actions, asking, consent_text, consents, face_pdf, keeping, links
from accord.web.records.consents import Terms
from accord.web.records.models import Copy, Link
from accord.web.records.models_consents import Consent
from accord.web.records.models_requests import Request as Asked
from accord.web.records.steps import Act as Done
from accord.web.students.models import Student

_LINKED, _SIGNED, _ASKED, _TAKEN_BACK, _AGAIN = 9, 8, 6, 3, 2
"""So many days before the demo begins each was done."""


@dataclass(frozen=True)
class Family:
    """Who takes part, and the school of the child."""

    parent: User
    custodian: User
    superintendent: User
    officer: User
    school: School


def acts(family: Family, *, today: date) -> list[Act]:
    """Linking, signing, asking, deciding and opening, in the order of time."""
    steps = [
        (_LINKED, 9, _link),
        (_SIGNED, 18, _sign),
        (_ASKED, 10, _ask_and_open),
        (_TAKEN_BACK, 19, _take_back),
        (_AGAIN, 10, _ask_again),
    ]
    found: list[Act] = []
    for days, hour, act in steps:
        on = today - timedelta(days=days)
        found.append((instant(on, hour), partial(act, family, on, hour)))
    return found


def _child(family: Family) -> Student:
    return Student.objects.filter(school=family.school, birth_date__isnull=False).order_by("local_id")[0]


def _link(family: Family, on: date, hour: int) -> None:
    at = instant(on, hour)
    made = links.propose(
        by=family.custodian,
        at=at,
        on=on,
        user=family.parent,
        student=_child(family),
        role=SignerRole.PARENT,
        starts_on=on,
        seen="Birth record and identity card",
    )
    links.confirm(by=family.superintendent, at=at, on=on, link=made)
    change_password(by=family.parent, at=at, password=PASSWORD)
    family.parent.refresh_from_db()


def _terms(family: Family, kind: RecordKind, on: date) -> Terms:
    last = school_year_days(school_year(on))[1]
    return Terms((kind.value,), Purpose.SCHOOL_DUTY, str(family.officer.uid), last)


def _sign(family: Family, on: date, hour: int) -> None:
    """Attendance in English and discipline in Spanish, both for the officer of the school."""
    link = Link.objects.standing(on).select_related("student").get(user=family.parent)
    for number, (kind, language) in enumerate(((RecordKind.ATTENDANCE, "en"), (RecordKind.DISCIPLINE, "es"))):
        terms = _terms(family, kind, on)
        consents.sign(
            by=family.parent,
            at=instant(on, hour + number),
            on=on,
            key=UUID(int=99_30 + number).hex,
            student=link.student,
            terms=terms,
            signature=family.parent.name,
            password=PASSWORD,
            language=language,
            text=consent_text.text(link, terms, language=language, signer=family.parent.name),
        )


def _take_back(family: Family, on: date, hour: int) -> None:
    given = Consent.objects.get(signer=family.parent, language="es")
    consents.revoke(by=family.parent, at=instant(on, hour), on=on, consent=given)


def _copy(family: Family, kind: RecordKind, on: date, hour: int) -> Copy:
    return keeping.keep(
        by=family.custodian,
        at=instant(on, hour),
        on=on,
        student=_child(family),
        kind=kind,
        title=f"{kind.label}, {school_year(on)}",
        said=Record(kind=kind, made_by_unit=False, made_for=MadeFor.SCHOOL, kept_by_unit=False),
        name="copy.pdf",
        data=face_pdf.sheet([f"{kind.label} of a student of the demo. Nobody here is real."]),
    )


def _ask(family: Family, kind: RecordKind, interest: str, on: date, hour: int) -> Asked:
    """The officer asks; the custodian finds the student and the copy."""
    child, copy = _child(family), _copy(family, kind, on, hour)
    party = asking.own_party(family.officer, on=on, agency=AGENCY)
    asked = actions.ask(
        by=family.officer,
        at=instant(on, hour),
        on=on,
        key=UUID(int=99_32 + on.toordinal()).hex,
        about=f"{child.given_name} {child.family_name}",
        wanted=f"{kind.label} of this school year",
        interest=interest,
        stated=Request(asker=party, purpose=Purpose.SCHOOL_DUTY, records=(Record(kind=kind),)),
    )
    body = {"student": str(child.uid), "copies": [str(copy.uid)]}
    at = instant(on, hour + 1)
    actions.note(by=family.custodian, at=at, on=on, request=asked, number=0, act=Done.IDENTIFIED, body=body)
    return asked


def _ask_and_open(family: Family, on: date, hour: int) -> None:
    asked = _ask(family, RecordKind.ATTENDANCE, "To plan with the family how mornings can go better.", on, hour)
    copy = Copy.objects.filter(student=_child(family), kind=RecordKind.ATTENDANCE.value).latest("at")
    at, given = instant(on, hour + 2), [str(copy.uid)]
    actions.decide(by=family.custodian, at=at, on=on, request=asked, number=1, given=given)
    actions.open_copy(by=family.officer, at=instant(on, hour + 3), on=on, request=asked, copy=copy)


def _ask_again(family: Family, on: date, hour: int) -> None:
    """By now the parent has taken back the consent that would have covered it."""
    asked = _ask(family, RecordKind.DISCIPLINE, "To know what happened before.", on, hour)
    actions.decide(by=family.custodian, at=instant(on, hour + 2), on=on, request=asked, number=1, given=[])
