"""Which consents an account reaches: whoever keeps the records all of them, a family those for its own child."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import Http404

from accord.rules import people
from accord.web.audit.record import record
from accord.web.people.models import User
from accord.web.records import family
from accord.web.records.family import Child
from accord.web.records.models_consents import Consent
from accord.web.students.models import Student


def visible(request: Any, uid: object, *, whole: bool = True) -> Consent:
    """The consent, when this account reaches it today.

    The `whole` of it, names included, is for the signer and for whoever keeps the records, who leaves an event by
    reading it; anyone else who holds the rights may know of it and take it back.

    Raises:
        Http404: when it is not there or out of reach, alike.
    """
    rows = Consent.objects.select_related("student", "signer", "by", "revocation__by").defer("scan")
    consent: Consent | None = rows.filter(uid=uid).first()
    if consent is None:
        raise Http404
    if family.keeps(request.user, on=request.on):
        if whole:
            told(by=request.user, at=request.at, on=request.on, student=consent.student, shown=1)
        return consent
    child = family.child(request.user, consent.student, at=request.at, on=request.on)
    if child is None or not may_see(child, consent) or (whole and consent.signer != request.user):
        raise Http404
    return consent


def may_see(child: Child, consent: Consent) -> bool:
    """Holders of the rights see every consent for the student; a parent of an adult, what they signed themselves."""
    return child.reads.met or (consent.signer_id == child.link.user_id and not child.barred)


@transaction.atomic
def told(*, by: User, at: datetime, on: date, student: Student, shown: int) -> None:
    """Leave an event that whoever keeps the records was shown consents for a student."""
    may = people.may(by.facts(), "records.keep", on=on).require()
    target = f"records.consents:{student.uid}"
    record("records.consents_read", by=str(by.uid), at=at, target=target, detail={"shown": shown}, decision=may)
