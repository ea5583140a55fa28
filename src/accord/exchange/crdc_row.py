"""What the federal collection counts from: one student in one contact, and which of these count at all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accord.facts import (
    Disability,
    EnglishLearner,
    InitiatedBy,
    Kind,
    Outcome,
    PersonRole,
    Race,
    ReferralBasis,
    Sex,
)

_REFERRAL = {Outcome.CITATION, Outcome.REFERRAL_FOR_PROSECUTION, Outcome.ARREST}
_NOBODYS_CONDUCT = {ReferralBasis.M7, ReferralBasis.M8}
"""Why police are asked though no student did anything: suspected abuse, a missing child, an order of a court."""
_OFFICIALS = {InitiatedBy.STAFF, InitiatedBy.ADMINISTRATOR}


def is_referral(
    kind: Kind, initiated_by: InitiatedBy, outcomes: Iterable[Outcome], *, bases: Iterable[ReferralBasis] = ()
) -> bool:
    """Is a contact with a student, about the student's conduct, a referral to law enforcement?

    It is one when a school official reported the student to police, an officer at the school included, whatever came
    of it. `bases`: why police were asked; with one of them a contact of any kind was such a report.
    """
    asked = kind is Kind.CALL_FOR_POLICE or not set(bases) <= _NOBODYS_CONDUCT
    called = asked and initiated_by in _OFFICIALS
    return called or not _REFERRAL.isdisjoint(outcomes)


@dataclass(frozen=True)
class Row:
    """One student in one contact.

    Args:
        interaction: the reference of the contact, by which a count is traced.
        school: the CDS code of the school the student was enrolled in that day; where that is not known, of the school
            of the contact.
        student: a key that is the same whenever the student is; None when it is not known who it was.
        referred: None when not recorded. An arrest is a referral whatever stands here.
        arrested: None when not recorded.
        incident: the reference of the contact that this one follows from, "" when it stands for itself.
        by_enrollment: is the school the one of the student's enrollment? Otherwise it is the contact's.
    """

    interaction: str
    occurred_on: date
    school: str
    student: str | None
    role: PersonRole
    race: Race = Race.UNKNOWN
    sex: Sex = Sex.UNKNOWN
    disability: Disability = Disability.UNKNOWN
    english_learner: EnglishLearner = EnglishLearner.UNKNOWN
    referred: bool | None = None
    arrested: bool | None = None
    incident: str = ""
    by_enrollment: bool = False

    @property
    def about(self) -> str:
        """The reference that the incident goes by: of the contact it began with."""
        return self.incident or self.interaction


def counting(rows: Iterable[Row], *, year: tuple[date, date]) -> list[Row]:
    """The rows that some figure of a school year may count, oldest first. `year`: first and last day, both included."""
    first, last = year
    counted = [
        row for row in rows if first <= row.occurred_on <= last and row.role is PersonRole.SUBJECT and not _neither(row)
    ]
    return sorted(counted, key=lambda row: (row.occurred_on, row.interaction))


def _neither(row: Row) -> bool:
    return row.referred is False and row.arrested is False
