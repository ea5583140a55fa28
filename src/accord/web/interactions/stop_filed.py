"""From the record of a stop on file to the fields that hold it, for correcting."""

from __future__ import annotations

from typing import Any

from accord.facts import Coded, Stop
from accord.facts.stop_codes import NonForceAction
from accord.facts.stops import PersonStopped
from accord.web.interactions.stop_asked import OFFENCES

_OF_THE_CONTACT = {NonForceAction.SEARCHED_PROPERTY, NonForceAction.SEIZED}
_SEARCHES = {NonForceAction.SEARCHED_PERSON, NonForceAction.FRISK}


def initial(stop: Stop) -> dict[str, Any]:
    """What was filed of the stop, as the fields of the contact hold it."""
    return {
        "stop_type": stop.stop_type.value if stop.stop_type else "",
        "stop_service_call": stop.service_call,
        "stop_welfare_check": stop.welfare_check,
        "stop_city": stop.location.city,
        "stop_grounds": stop.location.at_school,
    }


def initial_people(stop: Stop) -> dict[int, dict[str, Any]]:
    """What was filed of each person stopped, as the fields hold it, by the person's position from 0."""
    return {int(person.pid) - 1: _person(person) for person in stop.people}


def _person(person: PersonStopped) -> dict[str, Any]:
    offences = {result.code: ", ".join(result.offences) for result in person.results}
    return {
        **_perceived(person),
        **_reason(person),
        "ripa_passenger": person.is_passenger,
        "ripa_residence": person.in_residence,
        "ripa_non_force": [one.value for one in person.non_force if one not in _OF_THE_CONTACT | _SEARCHES],
        "ripa_person_search": [one.value for one in person.non_force if one in _SEARCHES],
        "ripa_agreed_person": _answer(person.agreed_person),
        "ripa_agreed_property": _answer(person.agreed_property),
        "ripa_force": _codes(person.force),
        "ripa_search_bases": _codes(person.search_bases),
        "ripa_search_explanation": person.search_explanation,
        "ripa_contraband": _codes(person.contraband),
        "ripa_seizure_bases": _codes(person.seizure_bases),
        "ripa_property_types": _codes(person.property_types),
        "ripa_results": [result.code.value for result in person.results],
        **{field: offences.get(code, "") for code, field in OFFENCES.items()},
    }


def _perceived(person: PersonStopped) -> dict[str, Any]:
    seen = person.perceived
    return {
        "ripa_races": _codes(seen.races),
        "ripa_gender": _code(seen.gender),
        "ripa_nonbinary": seen.nonbinary,
        "ripa_orientation": _code(seen.orientation),
        "ripa_age": seen.age,
        "ripa_limited_english": _answer(seen.limited_english),
        "ripa_disabilities": _codes(seen.disabilities),
        "ripa_unhoused": _answer(seen.unhoused),
    }


def _reason(person: PersonStopped) -> dict[str, Any]:
    reason = person.reason
    return {
        "ripa_reason": _code(reason.code),
        "ripa_traffic_type": _code(reason.traffic_type),
        "ripa_details": _codes(reason.details),
        "ripa_ed_section": _code(reason.ed_section),
        "ripa_ed_subdivision": _code(reason.ed_subdivision),
        "ripa_offence": reason.offence,
        "ripa_given": _codes(reason.given),
        "ripa_narrative": reason.narrative,
    }


def _code(answer: Coded | None) -> str:
    return answer.value if answer else ""


def _codes(chosen: tuple[Coded, ...]) -> list[str]:
    return [one.value for one in chosen]


def _answer(said: bool | None) -> str:
    return "" if said is None else "Y" if said else "N"
