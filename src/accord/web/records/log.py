"""Writing the log of requests and disclosures. A line is written before anything leaves, or nothing leaves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from accord.decision import Decision
from accord.web.audit.record import record
from accord.web.people.models import User
from accord.web.records import content
from accord.web.records.models import Copy
from accord.web.records.models_requests import Disclosure, Request
from accord.web.records.secrecy import is_sealed
from accord.web.records.steps import Act
from accord.web.students.models import Student


def write(
    request: Request,
    act: Act,
    *,
    by: User,
    at: datetime,
    holds: Mapping[str, str],
    about: Student | None = None,
    copy: Copy | None = None,
    sealed: bool = False,
    decision: Decision | None = None,
) -> Disclosure:
    """Write one line and its event, in the transaction of the act it tells of.

    What follows on a paper that forbids telling anyone is sealed too, whatever became of the request.
    """
    sealed = sealed or is_sealed(request)
    line: Disclosure = Disclosure.objects.create(
        request=request, student=about, copy=copy, act=act.value, at=at, by=by, holds=dict(holds), sealed=sealed
    )
    record(
        f"records.{act.value}",
        by=str(by.uid),
        at=at,
        target=f"records.disclosure:{line.uid}",
        detail={"reference": request.reference},
        content=content.disclosure(line),
        decision=decision,
    )
    return line


def holds(row: Request) -> dict[str, str]:
    """What every line of a request holds: who asks, in what capacity, and the interest."""
    party = row.body.get("asker", {})
    return {
        "party": str(party.get("id", "")),
        "capacity": str(party.get("capacity", "")),
        "agency": str(party.get("agency", "")),
        "interest": row.interest,
        "purpose": str(row.body.get("purpose", "")),
    }
