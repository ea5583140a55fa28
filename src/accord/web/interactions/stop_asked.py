"""Which of the state's questions about a stop apply, given what was answered so far; and which answers are open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from accord.facts import Action, Coded, Kind, PersonKind, PersonRole
from accord.facts.stop_codes import (
    EdCodeSection,
    NonForceAction,
    ReasonGiven,
    RipaDisability,
    SearchBasis,
    SeizureBasis,
    StopReason,
    StopResult,
    StopType,
)
from accord.rules.stops_answers import is_student_only
from accord.web.interactions.places import Place

OFFENCES: Mapping[StopResult, str] = {
    StopResult.CITATION: "ripa_offences_citation",
    StopResult.CITE_RELEASE: "ripa_offences_release",
    StopResult.ARREST: "ripa_offences_arrest",
    StopResult.VERBAL_WARNING: "ripa_offences_verbal",
    StopResult.WRITTEN_WARNING: "ripa_offences_written",
}
"""The field that holds the offense codes of a result, for each result that names some."""

LISTS: Mapping[str, type[Coded]] = {
    "ripa_disabilities": RipaDisability,
    "ripa_reason": StopReason,
    "ripa_given": ReasonGiven,
    "ripa_non_force": NonForceAction,
    "ripa_search_bases": SearchBasis,
    "ripa_seizure_bases": SeizureBasis,
    "ripa_results": StopResult,
}
"""Fields with answers that only fit a student at a K-12 school, and the list each is of."""

_OF_CONTACT = frozenset({"stop_type", "stop_service_call", "stop_welfare_check", "stop_city"})
_ALWAYS = frozenset(
    {
        "ripa_races",
        "ripa_gender",
        "ripa_nonbinary",
        "ripa_orientation",
        "ripa_age",
        "ripa_limited_english",
        "ripa_disabilities",
        "ripa_unhoused",
        "ripa_reason",
        "ripa_given",
        "ripa_narrative",
        "ripa_non_force",
        "ripa_force",
        "ripa_contraband",
        "ripa_results",
    }
)
_ON_GROUNDS = {Place.CLASSROOM, Place.HALLWAY, Place.YARD, Place.OFFICE}
_MAYBE_ON_GROUNDS = {Place.PERIMETER, Place.TRANSPORT}
_WITH_DETAILS = {StopReason.SUSPICION, StopReason.PROBABLE_CAUSE}
_REQUESTS = {
    NonForceAction.ASKED_PERSON: "ripa_agreed_person",
    NonForceAction.ASKED_PROPERTY: "ripa_agreed_property",
}


def applying(main: Mapping[str, Any], person: Mapping[str, Any]) -> frozenset[str]:
    """The fields, of the contact and of one person, that are asked given the raw codes answered so far.

    Nothing of it is asked unless the contact is a stop, and of a person only when the stop was about them.
    """
    if main.get("kind") != Kind.STOP:
        return frozenset()
    asked = set(_OF_CONTACT)
    if main.get("location") in _MAYBE_ON_GROUNDS:
        asked.add("stop_grounds")
    return frozenset(asked | (_of_person(main, person) if is_stopped(person) else set()))


def is_stopped(person: Mapping[str, Any]) -> bool:
    """Was this person stopped, as opposed to a witness or somebody who took part?"""
    return person.get("role") in (None, "", PersonRole.SUBJECT)


def at_school(main: Mapping[str, Any]) -> bool:
    """Was the stop on the grounds of a K-12 school? At a gate or on a bus only when the officer says so."""
    if main.get("location") in _MAYBE_ON_GROUNDS:
        return bool(main.get("stop_grounds"))
    return main.get("location") in _ON_GROUNDS


def is_student(main: Mapping[str, Any], person: Mapping[str, Any]) -> bool:
    """Is the person reported as a student? Only students at a K-12 school are."""
    return at_school(main) and person.get("kind") == PersonKind.STUDENT


def _of_person(main: Mapping[str, Any], person: Mapping[str, Any]) -> set[str]:
    asked = _ALWAYS | _reason(person) | _acts(person)
    asked |= {field for result, field in OFFENCES.items() if result in _codes(person, "ripa_results")}
    if main.get("stop_type") == StopType.VEHICULAR:
        asked |= {"ripa_passenger"}
    if not at_school(main):
        asked |= {"ripa_residence"}
    return set(asked)


def _reason(person: Mapping[str, Any]) -> set[str]:
    code = person.get("ripa_reason")
    if code in _WITH_DETAILS:
        return {"ripa_details", "ripa_offence"}
    if code == StopReason.TRAFFIC:
        return {"ripa_traffic_type", "ripa_offence"}
    if code != StopReason.EDUCATION_CODE:
        return set()
    section = person.get("ripa_ed_section")
    return {"ripa_ed_section"} | ({"ripa_ed_subdivision"} if section == EdCodeSection.S48900 else set())


def _acts(person: Mapping[str, Any]) -> set[str]:
    actions = _codes(person, "actions")
    asked = {field for request, field in _REQUESTS.items() if request in _codes(person, "ripa_non_force")}
    if Action.SEARCHED_PERSON in actions:
        asked.add("ripa_person_search")
    if actions & {Action.SEARCHED_PERSON, Action.SEARCHED_PROPERTY}:
        asked |= {"ripa_search_bases", "ripa_search_explanation"}
    if Action.SEIZED_PROPERTY in actions:
        asked |= {"ripa_seizure_bases", "ripa_property_types"}
    return asked


def _codes(person: Mapping[str, Any], name: str) -> set[str]:
    return set(person.get(name) or ())


def offer(form: forms.Form, main: Mapping[str, Any], person: Mapping[str, Any]) -> None:
    """Take the answers that only a student at a K-12 school can have out of a form that is about to be shown."""
    if is_student(main, person):
        return
    for name, kind in LISTS.items():
        field: Any = form.fields[name]
        field.choices = [row for row in field.choices if not (row[0] and is_student_only(kind(row[0])))]
