"""A crime by a student that the school told the police of, as the tasks after a contact have it on file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef

from accord.facts import DutyKind, PersonRole
from accord.facts import records as facts
from accord.facts.records import Claim
from accord.rules.people import police_roles
from accord.web.duties.models import Duty, Step, StepKind
from accord.web.interactions.models import Person
from accord.web.interactions.times import district_day
from accord.web.students.models import Student

TOLD = (
    DutyKind.NOTIFY_BEFORE_DISCIPLINE,
    DutyKind.NOTIFY_AFTER_DISCIPLINE,
    DutyKind.PROMPT_NOTICE,
    DutyKind.THREAT_REPORT,
    DutyKind.EMPLOYEE_ATTACK_REPORT,
)
"""The tasks by which a school tells the police of what a student did."""


def reports(about: Student, *, agency: str, at: datetime) -> Iterator[facts.Confirmation]:
    """The reports to an agency that are on file: three acts, of which the officer's own is only the first.

    An officer of the agency logged the contact, the school linked the one person it was about to the student, and
    somebody who is no officer marked the report to the police as done. Two queries, or none without an agency.
    """
    if not agency:
        return
    met = Person.objects.filter(
        student=about,
        role=PersonRole.SUBJECT.value,
        version__is_current=True,
        version__interaction__author__grants__agency=agency,
    )
    # The task is owed once for a contact, whoever's act it was: of several people it does not say whose.
    others = Person.objects.filter(version=OuterRef("version"), role=PersonRole.SUBJECT.value)
    alone = met.exclude(Exists(others.exclude(pk=OuterRef("pk"))))
    contacts = [str(uid) for uid in alone.values_list("version__interaction__uid", flat=True).distinct()]
    if not contacts:
        return
    done = Duty.objects.filter(interaction__in=contacts, kind__in=TOLD, is_current=True).with_last_step()
    steps = Step.objects.filter(duty__in=done.filter(step=StepKind.DONE).values("pk"), kind=StepKind.DONE, at__lte=at)
    by_school = steps.exclude(by__grants__role__in=police_roles()).order_by("at", "id")
    for reference, by, filed in by_school.values_list("duty__reference", "by__uid", "at"):
        yield facts.Confirmation(Claim.REPORTED_CRIME, True, str(by), district_day(filed), reference)
