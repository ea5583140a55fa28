"""From what was typed of a stop to the record of the state's collection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from accord.facts import Action, Coded, Interaction, Kind, Stop
from accord.facts.stop_codes import (
    Contraband,
    EdCodeSection,
    EdCodeSubdivision,
    ForceAction,
    LocationKind,
    NonForceAction,
    PropertyType,
    ReasonGiven,
    RipaDisability,
    RipaGender,
    RipaOrientation,
    RipaRace,
    SearchBasis,
    SeizureBasis,
    StopReason,
    StopResult,
    StopType,
    SuspicionDetail,
    TrafficType,
)
from accord.facts.stops import OfficerProfile, Perceived, PersonStopped, Reason, Result, StopLocation
from accord.rules import stops as rules
from accord.rules.stops_search import FORM_OF_CONSENT
from accord.web.base.middleware import DISTRICT_TIME
from accord.web.interactions.places import Place
from accord.web.interactions.stop_asked import OFFENCES, at_school, is_stopped, is_student
from accord.web.people.models import School

UNFILED = "unfiled"
"""Stands for the number of a record until the contact has its reference (`stops.identified`)."""

_Code = TypeVar("_Code", bound=Coded)

_ACTS = {
    Action.SEARCHED_PROPERTY: NonForceAction.SEARCHED_PROPERTY,
    Action.SEIZED_PROPERTY: NonForceAction.SEIZED,
}


def told_stop(
    main: Mapping[str, Any],
    people: Sequence[Mapping[str, Any]],
    *,
    entry: Interaction,
    school: School,
    officer: OfficerProfile | None,
    former: Stop | None = None,
) -> Stop | None:
    """What was typed of a stop, as a record. None for a contact that was no stop, or that no officer logged.

    Only after the forms were found valid. `officer`: the profile of the author, or None when that is no officer, as
    nobody else can tell what an officer perceived. `former`: the record that is corrected, whose officer stays.
    The record has no number yet; `stops.identified` gives it the reference of the contact.
    """
    if entry.kind is not Kind.STOP or officer is None:
        return None
    local = entry.occurred_at.astimezone(DISTRICT_TIME)
    stopped = [(number, one) for number, one in enumerate(people, 1) if is_stopped(one)]
    stop = Stop(
        record_id=UNFILED,
        date=local.date(),
        time=local.time().replace(second=0, microsecond=0, tzinfo=None),
        minutes=entry.duration_minutes,
        ori=former.ori if former else officer.ori,
        stop_type=_one(StopType, main.get("stop_type")),
        service_call=bool(main.get("stop_service_call")),
        welfare_check=bool(main.get("stop_welfare_check")),
        officer=former.officer if former else rules.as_of(officer, on=local.date()),
        location=_location(main, school),
        people=tuple(_person(number, main, one) for number, one in stopped),
    )
    return rules.clear_student_only(stop)


def _location(main: Mapping[str, Any], school: School) -> StopLocation:
    """The place as kinds of places name it; never an address."""
    grounds = at_school(main)
    return StopLocation(
        kind=LocationKind.OTHER,
        other=Place(main["location"]).label,
        city=(main.get("stop_city") or "").strip(),
        at_school=grounds,
        school_code=school.cds if grounds else "",
    )


def _person(number: int, main: Mapping[str, Any], data: Mapping[str, Any]) -> PersonStopped:
    bases = _all(SearchBasis, data, "ripa_search_bases")
    forms = {FORM_OF_CONSENT[basis] for basis in bases if basis in FORM_OF_CONSENT}
    results = _all(StopResult, data, "ripa_results")
    return PersonStopped(
        pid=str(number),
        perceived=_perceived(data),
        is_passenger=bool(data.get("ripa_passenger")),
        in_residence=bool(data.get("ripa_residence")),
        is_student=is_student(main, data),
        reason=_reason(data),
        non_force=_non_force(data),
        agreed_person=_answer(data, "ripa_agreed_person"),
        agreed_property=_answer(data, "ripa_agreed_property"),
        force=_all(ForceAction, data, "ripa_force"),
        search_bases=bases,
        consent_type=forms.pop() if len(forms) == 1 else None,
        search_explanation=_text(data, "ripa_search_explanation"),
        contraband=_all(Contraband, data, "ripa_contraband"),
        seizure_bases=_all(SeizureBasis, data, "ripa_seizure_bases"),
        property_types=_all(PropertyType, data, "ripa_property_types"),
        results=tuple(Result(code, tuple(data.get(OFFENCES.get(code, ""), ()) or ())) for code in results),
    )


def _perceived(data: Mapping[str, Any]) -> Perceived:
    return Perceived(
        races=_all(RipaRace, data, "ripa_races"),
        age=data.get("ripa_age"),
        gender=_one(RipaGender, data.get("ripa_gender")),
        nonbinary=bool(data.get("ripa_nonbinary")),
        orientation=_one(RipaOrientation, data.get("ripa_orientation")),
        disabilities=_all(RipaDisability, data, "ripa_disabilities"),
        limited_english=_answer(data, "ripa_limited_english"),
        unhoused=_answer(data, "ripa_unhoused"),
    )


def _reason(data: Mapping[str, Any]) -> Reason:
    return Reason(
        code=_one(StopReason, data.get("ripa_reason")),
        traffic_type=_one(TrafficType, data.get("ripa_traffic_type")),
        details=_all(SuspicionDetail, data, "ripa_details"),
        offence=_text(data, "ripa_offence"),
        ed_section=_one(EdCodeSection, data.get("ripa_ed_section")),
        ed_subdivision=_one(EdCodeSubdivision, data.get("ripa_ed_subdivision")),
        given=_all(ReasonGiven, data, "ripa_given"),
        narrative=_text(data, "ripa_narrative"),
    )


def _non_force(data: Mapping[str, Any]) -> tuple[NonForceAction, ...]:
    """What was chosen, and what the contact tells already; beside that "none of these" says nothing."""
    actions = set(data.get("actions") or ())
    told = [act for action, act in _ACTS.items() if action in actions]
    if Action.SEARCHED_PERSON in actions:
        told += _all(NonForceAction, data, "ripa_person_search") or [NonForceAction.SEARCHED_PERSON]
    chosen = _all(NonForceAction, data, "ripa_non_force")
    if told and chosen == (NonForceAction.NONE,):
        chosen = ()
    return tuple(sorted({*chosen, *told}, key=lambda act: int(act)))


def _one(kind: type[_Code], code: Any) -> _Code | None:
    return kind(code) if code else None


def _all(kind: type[_Code], data: Mapping[str, Any], name: str) -> tuple[_Code, ...]:
    return tuple(kind(code) for code in data.get(name) or ())


def _answer(data: Mapping[str, Any], name: str) -> bool | None:
    return {"Y": True, "N": False}.get(data.get(name) or "")


def _text(data: Mapping[str, Any], name: str) -> str:
    return str(data.get(name) or "").strip()
