"""What is told of one person contacted: may it be stored, and what must a reviewer look at."""

from __future__ import annotations

from datetime import date, datetime

from accord import clauses
from accord.decision import Finding
from accord.facts import PersonContacted
from accord.facts.person_codes import Urgency
from accord.rules import interactions_person_flags as flags
from accord.rules import interactions_person_told as told


def person_stands(person: PersonContacted, *, at: datetime, on: date) -> tuple[Finding, ...]:
    """May what is told of this person be stored? Every finding, each naming the field of the form it is about.

    Args:
        at: when the contact began, in UTC.
        on: today, in the district.
    """
    return (
        told.questioning_told(person),
        told.search_told(person),
        told.force_told(person),
        told.restraint_told(person),
        told.seizure_told(person),
        told.offences_told(person),
        told.report_holds(person),
        told.notices_whole(person),
        told.times_in_order(person, at=at, on=on),
    )


def person_flags(person: PersonContacted, *, on: date, excused: bool = False) -> tuple[Finding, ...]:
    """What a reviewer must look at: the findings that are not met, each naming a field. Nothing of it stops the entry.

    Args:
        on: the day of the contact in the district, for the law in force then.
        excused: does the officer tell the parent instead of the school (`ContactDetails.release_exception`)?
    """
    findings = (
        *_counsel(person, on=on),
        flags.reason_strong_enough(person),
        flags.search_no_further(person),
        flags.search_witnessed(person),
        flags.aid_given(person),
        flags.parent_told(
            person, oldest_minor=clauses.parameter("interactions.oldest-minor", on=on).value, excused=excused
        ),
        flags.school_report_told(person),
    )
    return tuple(finding for finding in findings if not finding.met)


def _counsel(person: PersonContacted, *, on: date) -> tuple[Finding, ...]:
    """The answer on consulting a lawyer; none for a day before the law asked for it."""
    try:
        oldest = clauses.parameter("interactions.counsel-age", on=on).value
        excuse = clauses.parameter("interactions.counsel-excuse", on=on).value
    except KeyError:
        return ()
    return (flags.counsel_consulted(person, oldest_age=oldest, excuse=tuple(Urgency(one) for one in excuse)),)
