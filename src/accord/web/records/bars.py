"""Court orders that keep a person from a student's records."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from accord.web.people.models import User
from accord.web.records.models import Held, HeldKind
from accord.web.students.models import Student


def barred_from(user: User, *, at: datetime) -> frozenset[str]:
    """The students whose records a court keeps this person from at an instant, by uid. One query."""
    counted = Held.objects.filter(Q(end__isnull=True) | Q(end__at__gt=at), kind=HeldKind.BAR, at__lte=at)
    bodies = counted.filter(body__person=str(user.uid)).values_list("body", flat=True)
    return frozenset(str(body["student"]) for body in bodies)


def barred_people(student: Student) -> frozenset[str]:
    """The people whom a court keeps from a student's records, by uid, as far as no order was ended. One query."""
    standing = Held.objects.filter(end__isnull=True, kind=HeldKind.BAR, body__student=str(student.uid))
    return frozenset(str(body["person"]) for body in standing.values_list("body", flat=True))


def is_barred(user: User, student: Student, *, at: datetime) -> bool:
    """Does a court order on file keep this person from this student's records?"""
    return str(student.uid) in barred_from(user, at=at)
