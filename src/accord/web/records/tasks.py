"""Putting on file, as tasks, what a request for records obliges to. Called inside the act that it follows from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from accord.facts import DayKind, DutyKind, RecordsEvent, Role
from accord.facts.records import Asked, RecordKind
from accord.facts.records import Request as Made
from accord.rules import duties as rule
from accord.rules.records_needs import is_meant, of_court
from accord.web.duties import actions
from accord.web.duties.models import CalendarDay
from accord.web.duties.models import Duty as Filed
from accord.web.people.models import School, User
from accord.web.records import facts as filed
from accord.web.records.holding import Held
from accord.web.records.models_requests import Released, Request, Step
from accord.web.records.secrecy import is_open_question
from accord.web.records.steps import Act
from accord.web.students.models import Student

BY_PAPER = frozenset({"records.court-paper", "records.sealed-paper"})
"""The grounds that are a court's paper."""


def owe(request: Request, about: Student, event: RecordsEvent, *, by: User, at: datetime, on: date) -> list[Filed]:
    """Put on file what follows from this; what is owed on the request already stays as it is."""
    duties = rule.after_records(event, using=rule.records_numbers(on=on), holidays=_holidays())
    if not duties:
        return []
    return actions.owe(
        about=request.uid, reference=request.reference, school=_school(about), duties=duties, by=by, at=at
    )


def _holidays() -> frozenset[date]:
    """Days on which the office is closed, by the district calendar."""
    return frozenset(CalendarDay.objects.filter(kind=DayKind.HOLIDAY).values_list("day", flat=True))


def _school(about: Student) -> School:
    """The student's school. Where the roster names none the district has, any: no school's people see these tasks."""
    school: School = about.school or School.objects.order_by("pk")[0]
    return school


def settle(request: Request, *kinds: DutyKind, by: User, at: datetime, note: str) -> None:
    """Mark tasks of a request done by the act that is what they ask for."""
    actions.settle(interaction_uid=request.uid, kinds=kinds, by=by, at=at, note=note)


def after_decision(
    request: Request, held: Held, released: Collection[Released], *, by: User, at: datetime, on: date
) -> None:
    """What follows from what a decision let go, by the ground of each copy. `held` is what it was decided on."""
    after_settled(request, held.about, by=by, at=at, on=on)
    bases = {one.basis for one in released}
    contact = any(one.basis in BY_PAPER and one.copy.kind == RecordKind.CONTACT for one in released)
    event = RecordsEvent(
        truancy_released_at=at if "records.truancy-court" in bases else None,
        copy_owed_at=at if "records.consent" in bases and _copy_requested(held) else None,
        contact_data_released_at=at if contact else None,
    )
    if held.about is not None and event != RecordsEvent():
        owe(request, held.about, event, by=by, at=at, on=on)


def after_settled(request: Request, about: Student | None, *, by: User, at: datetime, on: date) -> None:
    """What follows when a request is decided or taken back, and nobody has said whether the family may be told."""
    if about is not None and is_open_question(request):
        owe(request, about, RecordsEvent(secrecy_asked_at=at), by=by, at=at, on=on)


def after_note(request: Request, *, by: User, at: datetime, on: date) -> None:
    """What follows once counsel found a court's paper in force and the student is known: the family is told of it."""
    steps = list(Step.objects.filter(request=request))
    found = max((one for one in steps if one.act == Act.IDENTIFIED), key=lambda one: one.number, default=None)
    about = Student.objects.filter(uid=found.body["student"]).first() if found else None
    paper = filed.paper(None, steps)
    if about is None or paper is None or paper.counsel_reviewed_on is None:
        return
    if not of_court(Asked(Made(paper=paper), on)):
        return
    barred = paper.non_disclosure is True or paper.notice_excused_by_court
    owe(request, about, RecordsEvent(paper_at=at, notice_barred=barred), by=by, at=at, on=on)


def _copy_requested(held: Held) -> bool:
    """Did whoever signed a consent in force for this party ask for a copy?"""
    asker, purpose = held.request.asker, held.request.purpose
    return any(
        one.copy_requested and one.revoked_on is None and one.purpose is purpose and is_meant(one.party, asker)
        for one in held.on_file.consents
    )


def owed_on(request: Request, *, roles: Collection[Role]) -> list[Filed]:
    """The tasks of a request that wait and that these roles owe."""
    rows = Filed.objects.filter(interaction=str(request.uid), is_current=True, owner__in=roles)
    return list(rows.with_last_step().open().order_by("late_at", "id"))
