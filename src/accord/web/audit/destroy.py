"""Destroying the salt of an event, so that what it committed to can never be proved again. It leaves an event."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accord.decision import BadInput, Decision
from accord.web.audit.content import CONTENT
from accord.web.audit.models import Event, Opening
from accord.web.audit.record import record

DESTROYED = "audit.destroyed"


@transaction.atomic
def destroy(*, by: str, at: datetime, seq: int, reason: str, decision: Decision) -> Event:
    """Destroy the salt of event `seq` after its row is gone, saying why. The database refuses it by any other way.

    Args:
        by: opaque id of the account, or "system".
        reason: the rule or order that asks for it; nobody's personal data.
        decision: the findings that allow it.

    Raises:
        NotAllowed: when the decision does not allow it.
        BadInput: when the event has no salt, no reason is given, or the row it is about is still on file.
    """
    decision.require()
    opening = Opening.objects.select_related("event").filter(event_id=seq).first()
    if opening is None:
        raise BadInput("This event has no salt.", where=str(seq), mend="Give the number of an event that has one.")
    if not reason.strip():
        raise BadInput("A reason is missing.", where="reason", mend="Name the rule or order that asks for it.")
    kind, _, identity = opening.event.target.partition(":")
    later = Event.objects.filter(target=opening.event.target, seq__gt=seq, opening__isnull=False).exists()
    if not later and kind in CONTENT and identity in CONTENT[kind].read([identity]):
        raise BadInput("The row is still on file.", where=opening.event.target, mend="Delete the row first.")
    event = record(
        DESTROYED,
        by=by,
        at=at,
        target=f"audit.event:{seq}",
        detail={"seq": seq, "reason": reason.strip()},
        decision=decision,
    )
    opening.delete()
    return event
