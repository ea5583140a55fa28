"""What is told of the people contacted: may it be stored, and what must a reviewer look at."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from accord import clauses
from accord.decision import Finding
from accord.facts import Interaction, PersonContacted, Stop
from accord.facts.people_stopped import people_with_stop
from accord.facts.person_codes import Urgency
from accord.rules import interactions_person_flags as flags
from accord.rules import interactions_person_told as told
from accord.rules.school_days import district_day

_ON_STATES_FORM = {
    "search_bases": "ripa_search_bases",
    "search_found": "ripa_contraband",
    "force_types": "ripa_force",
    "seized_what": "ripa_property_types",
    "seized_why": "ripa_seizure_bases",
    "citation_offences": "ripa_results",
    "arrest_offences": "ripa_results",
}
"""Where the state's form asks what is otherwise asked of every contact."""


def people_stand(entry: Interaction, *, on: date, stop: Stop | None = None) -> tuple[Finding, ...]:
    """May what is told of the people of a contact be stored? Fields are named `people.<index>.<field>`.

    Args:
        on: today, in the district.
        stop: the state's record of the stop, where the contact was one.
    """
    people = enumerate(people_with_stop(entry, stop))
    found = ((index, person_stands(person, at=entry.occurred_at, on=on)) for index, person in people)
    return tuple(_placed(one, index, stop) for index, findings in found for one in findings)


def people_flags(entry: Interaction, *, stop: Stop | None = None, excused: bool = False) -> tuple[Finding, ...]:
    """What a reviewer must look at about the people of a contact. Fields are named `people.<index>.<field>`.

    Args:
        stop: the state's record of the stop, where the contact was one.
        excused: does the officer tell the parent instead of the school (`ContactDetails.release_exception`)?
    """
    people, day = enumerate(people_with_stop(entry, stop)), district_day(entry.occurred_at)
    found = ((index, person_flags(person, on=day, excused=excused)) for index, person in people)
    return tuple(_placed(one, index, stop) for index, findings in found for one in findings)


def _placed(finding: Finding, index: int, stop: Stop | None) -> Finding:
    stopped = stop is not None and any(one.pid == str(index + 1) for one in stop.people)
    field = _ON_STATES_FORM.get(finding.field, finding.field) if stopped else finding.field
    return replace(finding, field=f"people.{index}.{field}")


def person_stands(person: PersonContacted, *, at: datetime, on: date) -> tuple[Finding, ...]:
    """May what is told of this person be stored? Every finding, each naming the field of the form it is about.

    Args:
        at: when the contact began, in UTC.
        on: today, in the district.
    """
    return (
        told.questioning_told(person),
        *told.search_findings(person),
        *told.force_findings(person),
        told.restraint_told(person),
        *told.seizure_findings(person),
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


def taken_untold(entry: Interaction, *, excused: bool = False) -> bool:
    """Did an officer take a minor student away, with no attempt to tell a parent or guardian on file?

    Args:
        excused: does the officer tell the parent instead of the school (`ContactDetails.release_exception`)?
    """
    on = district_day(entry.occurred_at)
    oldest = clauses.parameter("interactions.oldest-minor", on=on).value
    taken = (one for one in entry.people if flags.TAKEN & set(one.outcomes))
    return any(not flags.parent_told(one, oldest_minor=oldest, excused=excused).met for one in taken)


def _counsel(person: PersonContacted, *, on: date) -> tuple[Finding, ...]:
    """The answer on consulting a lawyer; none for a day before the law asked for it."""
    try:
        oldest = clauses.parameter("interactions.counsel-age", on=on).value
        excuse = clauses.parameter("interactions.counsel-excuse", on=on).value
    except KeyError:
        return ()
    return (flags.counsel_consulted(person, oldest_age=oldest, excuse=tuple(Urgency(one) for one in excuse)),)
