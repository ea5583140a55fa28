"""The rules about what is answered for one person of a stop: lists, students, actions, results."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from accord.decision import Finding, Say, implements
from accord.facts.coded import Coded
from accord.facts.stop_codes import (
    Contraband,
    ForceAction,
    NonForceAction,
    ReasonGiven,
    RipaDisability,
    SearchBasis,
    SeizureBasis,
    StopReason,
    StopResult,
    StopType,
)
from accord.facts.stops import PersonStopped, Reason

Answer = TypeVar("Answer", bound=Coded)

# Lists are told apart by type: a 1 of one list equals a 1 of another, so answers of several never share a set.
_ALONE: tuple[Coded, ...] = (
    RipaDisability.NONE,
    NonForceAction.NONE,
    ForceAction.NONE,
    Contraband.NONE,
    StopResult.NO_ACTION,
)
_STUDENT_ONLY: frozenset[tuple[type[Coded], Coded]] = frozenset(
    (type(answer), answer)
    for answer in (
        StopReason.EDUCATION_CODE,
        StopReason.SCHOOL_POLICY,
        ReasonGiven.EDUCATION_CODE,
        ReasonGiven.SCHOOL_POLICY,
        RipaDisability.HYPERACTIVITY,
        NonForceAction.STATEMENT,
        SearchBasis.SCHOOL_POLICY,
        SeizureBasis.SCHOOL_POLICY,
        StopResult.SCHOOL_ADMINISTRATOR,
        StopResult.SCHOOL_COUNSELOR,
    )
)
NEED_OFFENCE = (
    StopResult.CITATION,
    StopResult.CITE_RELEASE,
    StopResult.ARREST,
    StopResult.VERBAL_WARNING,
    StopResult.WRITTEN_WARNING,
)
"""Results that name an offense."""

_ABOUT_PASSENGERS = {NonForceAction.ASKED_PASSENGER_ID, NonForceAction.RAN_PASSENGER}


def _lists(person: PersonStopped) -> dict[str, tuple[Coded, ...]]:
    """Every list of answers about a person, by the field it stands in."""
    return {
        "perceived.disabilities": person.perceived.disabilities,
        "reason.code": (person.reason.code,) if person.reason.code else (),
        "reason.given": person.reason.given,
        "non_force": person.non_force,
        "force": person.force,
        "search_bases": person.search_bases,
        "seizure_bases": person.seizure_bases,
        "contraband": person.contraband,
        "results": tuple(result.code for result in person.results),
    }


@implements("stops.perceived")
def perceived_answered(person: PersonStopped) -> Finding:
    """Is every perception asked for answered?"""
    yes = Finding("stops.perceived", True, Say("Every perception is answered."), "perceived")
    return next(perceptions_open(person), yes)


def perceptions_open(person: PersonStopped) -> Iterator[Finding]:
    """The rule's finding once for each perception that is not answered, so that a form can name them all at once."""
    seen = person.perceived
    asked = (
        ("races", Say("race or ethnicity"), bool(seen.races)),
        ("gender", Say("gender"), seen.gender is not None or seen.nonbinary),
        ("orientation", Say("sexual orientation"), seen.orientation is not None),
        ("age", Say("age"), seen.age is not None and seen.age > 0),
        ("limited_english", Say("fluency in English"), seen.limited_english is not None),
        ("disabilities", Say("disability"), bool(seen.disabilities)),
        ("unhoused", Say("being unhoused"), seen.unhoused is not None),
    )
    for field, what, done in asked:
        if not done:
            say = Say("Answer what the officer perceived: {what}.", {"what": what})
            yield Finding("stops.perceived", False, say, f"perceived.{field}")


@implements("stops.exclusive")
def none_stands_alone(person: PersonStopped) -> Finding:
    """Does "none" or "no action" stand alone wherever it is chosen, and nothing twice?"""
    for field, chosen in _lists(person).items():
        if len(chosen) == 1 or not chosen:
            continue
        alone = [answer for answer in chosen if any(answer is none for none in _ALONE)]
        if alone:
            say = Say("“{none}” stands alone.", {"none": Say(alone[0].label)})
            return Finding("stops.exclusive", False, say, field)
        if len(set(chosen)) < len(chosen):
            return Finding("stops.exclusive", False, Say("The same answer stands twice."), field)
    return Finding("stops.exclusive", True, Say("No list contradicts itself."))


@implements("stops.student-only")
def student_only_at_school(person: PersonStopped, *, at_school: bool) -> Finding:
    """Do answers that only fit a student stand only where a student was stopped at a K-12 school?"""
    clause = "stops.student-only"
    if person.is_student and not at_school:
        return Finding(clause, False, Say("Only at a K-12 school is a person reported as a student."), "is_student")
    if at_school and person.is_student:
        return Finding(clause, True, Say("A student at a K-12 school."), "is_student")
    for field, chosen in _lists(person).items():
        for answer in chosen:
            if is_student_only(answer):
                say = Say("“{answer}” is for a student at a K-12 school.", {"answer": Say(answer.label)})
                return Finding(clause, False, say, field)
    return Finding(clause, True, Say("Nothing here is for students only."))


def is_student_only(answer: Coded) -> bool:
    """Is this an answer that only fits a student stopped at a K-12 school?"""
    return (type(answer), answer) in _STUDENT_ONLY


def without_student_only(person: PersonStopped) -> PersonStopped:
    """The person as somebody who is not a student at a K-12 school: student-only answers are gone."""

    def rest(chosen: tuple[Answer, ...]) -> tuple[Answer, ...]:
        return tuple(answer for answer in chosen if not is_student_only(answer))

    reason = person.reason
    if reason.code is not None and is_student_only(reason.code):
        reason = Reason(given=reason.given, narrative=reason.narrative)
    return replace(
        person,
        is_student=False,
        perceived=replace(person.perceived, disabilities=rest(person.perceived.disabilities)),
        reason=replace(reason, given=rest(reason.given)),
        non_force=rest(person.non_force),
        search_bases=rest(person.search_bases),
        seizure_bases=rest(person.seizure_bases),
        results=tuple(result for result in person.results if not is_student_only(result.code)),
    )


@implements("stops.actions")
def actions_answered(person: PersonStopped) -> Finding:
    """Are both lists of actions, with and without force, and what was found and how it ended answered?"""
    yes = Finding("stops.actions", True, Say("Actions, finds and results are answered."))
    return next(actions_open(person), yes)


def actions_open(person: PersonStopped) -> Iterator[Finding]:
    """The rule's finding once for each list of actions, finds or results that is empty."""
    asked = {
        "non_force": bool(person.non_force),
        "force": bool(person.force),
        "contraband": bool(person.contraband),
        "results": bool(person.results),
    }
    for field, done in asked.items():
        if not done:
            yield Finding("stops.actions", False, Say("Choose at least one answer; “none” is one."), field)


@implements("stops.offences")
def results_have_offences(person: PersonStopped) -> Finding:
    """Does a warning, citation or arrest without a warrant say for which offence?"""
    bare = [result.code for result in person.results if result.code in NEED_OFFENCE and not any(result.offences)]
    if not bare:
        return Finding("stops.offences", True, Say("Results that need an offense code have one."), "results")
    say = Say("“{result}” needs the code of the offense.", {"result": Say(bare[0].label)})
    return Finding("stops.offences", False, say, "results")


@implements("stops.passenger")
def passenger_questions(person: PersonStopped, *, stop_type: StopType | None) -> Finding:
    """Do actions about a passenger stand only on the driver's record?"""
    about = _ABOUT_PASSENGERS & set(person.non_force)
    met = not about or (not person.is_passenger and stop_type is StopType.VEHICULAR)
    say = Say("Asking about a passenger belongs on the driver's record of a vehicle stop.")
    yes = Say("Nothing about a passenger is on the wrong record.")
    return Finding("stops.passenger", met, yes if met else say, "non_force")


@implements("stops.age-warning")
def adult_student(person: PersonStopped, *, adult_age: int) -> Finding:
    """Is a student perceived as young enough to be one? `adult_age` in years; not met is a warning."""
    age = person.perceived.age
    met = not person.is_student or age is None or age < adult_age
    say = Say("A student perceived as {age} years old: is that right?", {"age": age or 0})
    yes = Say("Nothing odd about age and school.")
    return Finding("stops.age-warning", met, yes if met else say, "perceived.age")
