"""An emergency and a court's paper for the sweep over all routes, beside those of the demo."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from accord.facts import Role
from accord.facts import records as facts
from accord.facts.records import RecordKind
from accord.web.people.models import User
from accord.web.records import emergency, keeping
from accord.web.records.models_emergencies import Determination
from accord.web.records.models_requests import Request
from accord.web.records.steps import Act
from accord.web.students.models import Student

READ_ONLY = {"records:emergencies", "records:paper_scan"}


def add(users: Mapping[Role, User], *, at: datetime, on: date) -> None:
    """An emergency that the principal determined and that still runs."""
    school = next(int(held.school) for held in users[Role.PRINCIPAL].facts().roles if held.school)
    student = Student.objects.filter(school=school).first()
    copy = keeping.keep(
        by=users[Role.CUSTODIAN], at=at, on=on, student=student, kind=RecordKind.CONTACT, title="Emergency card",
        said=facts.Record(), name="copy.txt", data=b"Nothing of note.",
    )  # fmt: skip
    said = emergency.Said("A threat in words", [users[Role.SRO]], {str(copy.uid): "To find them"})
    emergency.determine(
        by=users[Role.PRINCIPAL], at=at, on=on, key=uuid4().hex, student=student.uid, said=said
    )  # fmt: skip


def addresses() -> dict[str, dict[str, Any]]:
    """What each route needs in its address."""
    row = Determination.objects.select_related("student").latest("id")
    paper = {"uid": Request.objects.filter(steps__act=Act.PAPER_RECEIVED).first().uid}
    return {
        "records:determine": {"uid": row.student.uid},
        "records:emergency": {"uid": row.uid},
        "records:paper": paper,
        "records:paper_scan": paper,
    }
