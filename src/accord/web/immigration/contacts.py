"""Whom staff call at once: there is no role for counsel, so a name and a telephone are kept, each change as a row."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accord.rules import people
from accord.web.audit.record import record
from accord.web.immigration import content
from accord.web.immigration.models import WhomToCall
from accord.web.people.models import User


@transaction.atomic
def keep(
    *,
    by: User,
    at: datetime,
    on: date,
    superintendent_phone: str,
    counsel_name: str,
    counsel_phone: str,
    counsel_mail: str = "",
) -> WhomToCall:
    """Say whom staff call from now on.

    Raises:
        NotAllowed: for anyone but the Superintendent.
    """
    decision = people.may(by.facts(), "immigration.keep_contacts", on=on).require()
    row: WhomToCall = WhomToCall.objects.create(
        superintendent_phone=superintendent_phone,
        counsel_name=counsel_name,
        counsel_phone=counsel_phone,
        counsel_mail=counsel_mail,
        by=by,
        at=at,
    )
    record(
        "immigration.contacts_kept",
        by=str(by.uid),
        at=at,
        target=f"immigration.whom_to_call:{row.uid}",
        content=content.whom_to_call(row),
        decision=decision,
    )
    return row
