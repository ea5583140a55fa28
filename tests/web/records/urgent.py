"""Emergencies and papers for tests. Alice, the principal, determines; Bob is the officer who must know."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from accord.facts.records import RecordKind
from accord.web.people.models import User
from accord.web.records import emergency
from accord.web.records.models import Copy
from accord.web.records.models_emergencies import Determination
from tests.web import factories as make
from tests.web.records import factories as kept

THREAT = "A student wrote that he will bring a gun to the dance tonight"


def contact_copy() -> Copy:
    """The student's address and telephone."""
    return kept.copy(kind=RecordKind.CONTACT)


def said(*copies: Copy, **more: Any) -> emergency.Said:
    """What Alice says: the threat, the officer, and why each copy is needed."""
    needed = {str(one.uid): "To find him before the dance" for one in copies or (contact_copy(),)}
    return emergency.Said(**({"threat": THREAT, "recipients": [make.bob()], "needed": needed} | more))


def determined(
    *copies: Copy, by: User | None = None, at: datetime = make.AT, key: str = "", **more: Any
) -> Determination:
    """An emergency that Alice determined."""
    return emergency.determine(
        by=by or make.alice(),
        at=at,
        on=make.ON,
        key=key or uuid4().hex,
        student=kept.student().uid,
        said=said(*copies, **more),
    )
