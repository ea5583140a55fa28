"""Seals: a form says whose it is, so that what was typed into it finds its author again when the session is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core import signing

from accord import clauses
from accord.web.people.models import User

_SALT = "accord.people.seal"
_LONGEST = 500
"""No seal of ours is longer, in characters."""


@dataclass(frozen=True)
class Seal:
    """Who was given a form (`by`, the id of an account), of which kind, and which one (its key)."""

    by: str
    kind: str
    form: str


def sealed(user: User, *, kind: str, form: str) -> str:
    """The seal of a form on a page for this person. It grants nothing: it only names whose the form is."""
    return signing.dumps([str(user.uid), kind, form], salt=_SALT)


def opened(text: str, *, on: date) -> Seal | None:
    """What a seal says; None when it is not ours, was altered, or is older than a form may be left open."""
    hours = clauses.parameter("people.form-open", on=on).value
    if len(text) > _LONGEST:
        return None
    try:
        by, kind, form = signing.loads(text, salt=_SALT, max_age=timedelta(hours=int(hours)))
    except signing.BadSignature:
        return None
    return Seal(by, kind, form)
