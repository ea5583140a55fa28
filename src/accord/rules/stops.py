"""Is a stop, as an agency reports it under RIPA, whole and without contradiction?

`check` answers what must hold, `warnings` what deserves a second look. A clause whose name ends in "-warning" never
stops a record: it is not part of the decision of `check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from accord.clauses import parameter
from accord.decision import Decision, Finding, Say, implements
from accord.facts.stop_codes import OfficerAssignment
from accord.facts.stops import PersonStopped, Stop
from accord.rules import stops_answers as answers
from accord.rules import stops_reason as reasons
from accord.rules import stops_search as searches
from accord.rules.stops_answers import without_student_only
from accord.rules.stops_officer import as_of as as_of
from accord.rules.stops_officer import key_is_free as key_is_free
from accord.rules.stops_officer import officer_is_told as officer_is_told

WARNING = "-warning"

_FIRST_DAY = date(2018, 7, 1)
"""The first day of the state's collection: an older date of a stop is read with the numbers of that day."""


@dataclass(frozen=True)
class Limits:
    """The dated numbers and word lists that the rules of a stop need."""

    longest_minutes: int
    longest_text: int
    adult_age: int
    same_contact: int
    why_words: tuple[str, ...]
    learned_words: tuple[str, ...]


@cache
def limits(on: date) -> Limits:
    """The numbers in force on the day of a stop."""
    day = max(on, _FIRST_DAY)

    def value(name: str) -> int:
        return int(parameter(f"stops.{name}", on=day).value)

    def words(name: str) -> tuple[str, ...]:
        return tuple(parameter(f"stops.{name}", on=day).value)

    return Limits(
        value("longest"),
        value("longest-text"),
        value("adult-age"),
        value("same-contact"),
        words("why-words"),
        words("learned-words"),
    )


@implements("stops.values")
def values_read(problems: tuple[str, ...]) -> Finding:
    """Could every value be read? `problems` name the place and what stands there."""
    if not problems:
        return Finding("stops.values", True, Say("Every value could be read."))
    say = Say("{problems}.", {"problems": "; ".join(problems)})
    return Finding("stops.values", False, say)


@implements("stops.people")
def people_counted(stop: Stop) -> Finding:
    """Is somebody stopped, and is everybody counted once?"""
    numbers = [person.pid for person in stop.people]
    if not numbers:
        return Finding("stops.people", False, Say("A stop reports at least one person."), "people")
    if len(set(numbers)) < len(numbers) or "" in numbers:
        return Finding("stops.people", False, Say("Give each person of the stop a number of their own."), "people")
    return Finding("stops.people", True, Say("Everybody is counted once."), "people")


@implements("stops.duration")
def duration_stands(stop: Stop, *, longest_minutes: int) -> Finding:
    """Did the stop last between one minute and the longest allowed? In minutes."""
    met = 1 <= stop.minutes <= longest_minutes
    say = Say("Give the duration in whole minutes, from 1 to {longest}.", {"longest": longest_minutes})
    return Finding("stops.duration", met, Say("The duration stands.") if met else say, "minutes")


@implements("stops.officer-years")
def officer_years_stand(stop: Stop) -> Finding:
    """Are the officer's years of service given and not negative?"""
    met = stop.officer.years is not None and stop.officer.years >= 0
    say = Say("Give the officer's years of service, rounded up, never below 0.")
    return Finding("stops.officer-years", met, Say("The officer's years stand.") if met else say, "officer.years")


@implements("stops.school")
def school_named(stop: Stop) -> Finding:
    """Is the school named when the stop was at one, and only then?"""
    clause, place = "stops.school", stop.location
    if place.at_school and not place.school_code:
        return Finding(clause, False, Say("At a K-12 school: give the school's code."), "location.school_code")
    if place.school_code and not place.at_school:
        return Finding(
            clause, False, Say("A school's code belongs to a stop at a K-12 school."), "location.school_code"
        )
    return Finding(clause, True, Say("The school is named where there is one."), "location.school_code")


@implements("stops.assignment-warning")
def assigned_to_schools(stop: Stop) -> Finding:
    """At a school: was the officer assigned to schools? Not met is a warning: any officer may answer a call."""
    met = not stop.location.at_school or stop.officer.assignment is OfficerAssignment.SCHOOL
    say = Say("At a K-12 school, yet the officer's assignment is not K-12 public school. Was it an SRO?")
    yes = Say("The officer's assignment fits the place.")
    return Finding("stops.assignment-warning", met, yes if met else say, "officer.assignment")


def check(stop: Stop) -> Decision:
    """May this stop be reported? Every finding that must be met; those about a person as `people.<index>.<field>`."""
    limit = limits(stop.date)
    return Decision.of(
        people_counted(stop),
        duration_stands(stop, longest_minutes=limit.longest_minutes),
        officer_years_stand(stop),
        school_named(stop),
        _of_each(stop, lambda person: check_person(person, stop, limit)),
    )


def warnings(stop: Stop) -> tuple[Finding, ...]:
    """What deserves a second look. Findings not met here never stop a record."""
    limit = limits(stop.date)
    return (assigned_to_schools(stop), *_of_each(stop, lambda person: warn_person(person, limit)))


def is_warning(finding: Finding) -> bool:
    """Is this finding one that never stops a record?"""
    return finding.clause.endswith(WARNING)


def check_person(person: PersonStopped, stop: Stop, limit: Limits) -> tuple[Finding, ...]:
    """Every finding about one person that must be met."""
    return (
        answers.perceived_answered(person),
        answers.none_stands_alone(person),
        reasons.one_reason(person),
        reasons.reason_has_its_details(person),
        answers.student_only_at_school(person, at_school=stop.location.at_school),
        reasons.narrative_stands(person, longest_text=limit.longest_text),
        reasons.narrative_names_nobody(person),
        reasons.reason_given_explained(person, why_words=limit.why_words),
        answers.actions_answered(person),
        searches.search_has_basis(person),
        searches.search_is_explained(person, longest_text=limit.longest_text),
        searches.consent_has_form(person),
        searches.consensual_means_search(person),
        searches.seizure_agrees(person),
        answers.results_have_offences(person),
        answers.passenger_questions(person, stop_type=stop.stop_type),
    )


def warn_person(person: PersonStopped, limit: Limits) -> tuple[Finding, ...]:
    """Every finding about one person that deserves a second look."""
    return (
        searches.arrest_follows(person),
        searches.supervision_learned(person, learned_words=limit.learned_words),
        answers.adult_student(person, adult_age=limit.adult_age),
    )


def check_published(stop: Stop, *, timed: bool) -> tuple[Finding, ...]:
    """What a published row, which leaves much out, can still be held against. `timed`: does it give the duration?"""
    limit = limits(stop.date)
    duration = [duration_stands(stop, longest_minutes=limit.longest_minutes)] if timed else []
    return (*duration, *_of_each(stop, lambda person: _published_person(person, stop, limit)))


def _published_person(person: PersonStopped, stop: Stop, limit: Limits) -> tuple[Finding, ...]:
    return (
        answers.none_stands_alone(person),
        reasons.one_reason(person),
        answers.student_only_at_school(person, at_school=stop.location.at_school),
        searches.search_has_basis(person),
        searches.consensual_means_search(person),
        searches.seizure_agrees(person),
        searches.arrest_follows(person),
        answers.adult_student(person, adult_age=limit.adult_age),
    )


def clear_student_only(stop: Stop) -> Stop:
    """The stop without the answers that only a student at a K-12 school can have.

    Away from a school nobody is a student, and the school's code goes too. What is left empty `check` asks again.
    """
    place = stop.location
    if not place.at_school:
        place = replace(place, school_code="")
    people = tuple(
        person if place.at_school and person.is_student else without_student_only(person) for person in stop.people
    )
    return replace(stop, location=place, people=people)


def _of_each(stop: Stop, rules: Callable[[PersonStopped], tuple[Finding, ...]]) -> Iterator[Finding]:
    for index, person in enumerate(stop.people):
        for finding in rules(person):
            yield replace(finding, field=f"people.{index}.{finding.field}")
