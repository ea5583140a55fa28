"""What is told of a contact beyond its first form: why police were asked, for what, and what followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from accord.facts.coded import Coded
from accord.facts.duties import ReferralBasis, ReleaseException
from accord.facts.grounds import Ground


class AskedBy(Coded):
    """Which member of the staff asked for the officer."""

    TEACHER = "teacher", "Teacher"
    ADMINISTRATOR = "administrator", "Principal or other administrator"
    COUNSELOR = "counselor", "Counselor, psychologist or social worker"
    CAMPUS_STAFF = "campus_staff", "Campus supervisor or security staff"
    OFFICE_STAFF = "office_staff", "Office or health staff"
    OTHER_STAFF = "other_staff", "Other staff"
    NOBODY = "nobody", "Nobody on the staff"


@dataclass(frozen=True)
class ContactDetails:
    """Why police were asked, for what, and what followed. All times in UTC; None where it did not happen.

    `offences` are codes of the state's table of offenses. `special_needs`: does a reported student get special
    education or a Section 504 plan? `place_withheld`: does the officer hold back the place a minor was taken to?
    `known_at`: when the school came to know of it, where that was not when the contact began.
    `follows`: the reference of an earlier contact about the same incident, "" when this one stands for itself.
    """

    known_at: datetime | None = None
    asked_by: AskedBy | None = None
    bases: tuple[ReferralBasis, ...] = ()
    grounds: tuple[Ground, ...] = ()
    offences: tuple[str, ...] = ()
    special_needs: bool = False
    threat_known_at: datetime | None = None
    suspended_at: datetime | None = None
    expelled_at: datetime | None = None
    released_to_officer_at: datetime | None = None
    release_exception: ReleaseException | None = None
    place_withheld: bool = False
    dhs_contacted_at: datetime | None = None
    follows: str = ""


TIMES = (
    "known_at",
    "threat_known_at",
    "suspended_at",
    "expelled_at",
    "released_to_officer_at",
    "dhs_contacted_at",
)
"""Answers of `ContactDetails` that are times."""


def times(details: ContactDetails) -> Mapping[str, datetime]:
    """The times given, by the name of the answer."""
    held = {name: getattr(details, name) for name in TIMES}
    return {name: at for name, at in held.items() if at is not None}
