"""What whoever asks for records says of the case or of themselves, and the word of somebody else on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accord.facts.coded import Coded


class Claim(Coded):
    """A fact that a ground rests on and that whoever asks states. Most carry the name of the fact in the request."""

    INTEREST = "interest", "Their work gives them an interest in these records"
    AGENCY = "agency", "They serve the agency they name"
    TEACHES_STUDENT = "teaches_student", "They teach or supervise the student"
    REPORTED_CRIME = "reported_crime", "A crime by the student was reported to them"
    PROBABLE_CAUSE = "probable_cause", "There is probable cause that the student was kidnapped"
    MAY_BE_ENROLLED = "may_be_enrolled", "The abductor may have enrolled the student in a school"
    INVESTIGATION_ACTIVE = "investigation_active", "The investigation has begun"
    SHOWS = "shows", "The officer shows consent, emergency, subpoena or order"
    STATUTE = "statute", "A state law allows it"
    BEFORE_ADJUDICATION = "before_adjudication", "The court has not ruled on the child yet"
    ENROLLS_THERE = "enrolls_there", "The student is enrolled at their school, or about to be"
    PARENT_STARTED_IT = "parent_started_it", "The parent started the transfer"
    AID_APPLIED_FOR = "aid_applied_for", "The student applied for the aid, or receives it"
    PROGRAM = "program", "There is an audit or evaluation of the program they name"


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What somebody other than whoever asks filed of a claim. `source` says in words how they know."""

    claim: Claim
    yes: bool | None = None
    by: str = ""
    confirmed_on: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Confirming:
    """A word on a claim about to be filed: who files it, who asked, what the request claims, and how it is known.

    `police`: does whoever files it hold a police role on that day?
    """

    by: str = ""
    asker: str = ""
    police: bool | None = None
    claim: Claim | None = None
    claims: tuple[Claim, ...] = ()
    source: str = ""
