"""That somebody reads a request or a student's file is written down before it is shown."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accord.rules import people
from accord.web.audit.record import record
from accord.web.people.models import User
from accord.web.records.models import Copy
from accord.web.records.models_requests import Request
from accord.web.students.models import Student


@transaction.atomic
def reveal(*, by: User, at: datetime, on: date, request: Request) -> None:
    """Note that a request is about to be read.

    Raises:
        NotAllowed: when this person may read no requests.
    """
    decision = people.may(by.facts(), "records.read", on=on).require()
    record(
        "records.request_read",
        by=str(by.uid),
        at=at,
        target=f"records.request:{request.uid}",
        detail={"reference": request.reference},
        decision=decision,
    )


@transaction.atomic
def reveal_student(*, by: User, at: datetime, on: date, student: Student) -> None:
    """Note that the file of a student is about to be read: which copies are held and who holds the rights.

    Raises:
        NotAllowed: when this person keeps neither.
    """
    decision = people.may(by.facts(), "records.link", on=on).require()
    target = f"people.user:{by.uid}"
    record("records.file_read", by=str(by.uid), at=at, target=target, detail={"count": 1}, decision=decision)


@transaction.atomic
def reveal_copy(*, by: User, at: datetime, on: date, copy: Copy) -> None:
    """Note that whoever keeps the records is about to read a copy.

    Raises:
        NotAllowed: when this person keeps no records.
    """
    decision = people.may(by.facts(), "records.keep", on=on).require()
    record("records.copy_read", by=str(by.uid), at=at, target=f"records.copy:{copy.uid}", decision=decision)


@transaction.atomic
def reveal_links(*, by: User, at: datetime, on: date, count: int) -> None:
    """Note that links that wait, and the students they name, are about to be read; nothing where there is none.

    Raises:
        NotAllowed: when this person keeps no links.
    """
    decision = people.may(by.facts(), "records.link", on=on).require()
    if count:
        target = f"people.user:{by.uid}"
        record("records.file_read", by=str(by.uid), at=at, target=target, detail={"count": count}, decision=decision)
