"""Stops as the JSON records of the state's 2024 collection, out and in.

Keys and codes are those of 11 CCR 999.226 as one sheriff's public filing application sends them. Lists stand plain by
default (`"ListEthn": ["7"]`); `wrapped=True` writes them the way that application puts them on the wire (`"ListEthn":
{"Ethn": ["7"]}`, consent as ground 1 with its form beside it). Reading takes both. `read(as_json(stop)) == stop` for
every stop that `rules.stops.check` allows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from accord.facts.coded import Coded
from accord.facts.stop_codes import NONBINARY, NonForceAction, SearchBasis, StopReason
from accord.facts.stops import Perceived, PersonStopped, Reason, Stop, StopLocation, StopOfficer

INNER = {
    "ListPerson_Stopped": "Person_Stopped",
    "ListOfficerEth": "OfficerEth",
    "ListEthn": "Ethn",
    "ListDisb": "Disb",
    "ListStReas_Given": "StReas_Given",
    "ListSusp_T": "Susp_T",
    "ListProb_T": "Prob_T",
    "ListNonForceActTak": "NonForceActTak",
    "ListForceActTak": "ForceActTak",
    "ListBasSearch": "BasSearch",
    "ListBasSeiz": "BasSeiz",
    "ListPropType": "PropType",
    "ListCB": "Cb",
    "ListResult": "Result",
}
"""The name inside each wrapped list."""

CONSENTS = (SearchBasis.CONSENT_VERBAL, SearchBasis.CONSENT_WRITTEN, SearchBasis.CONSENT_IMPLIED)


def as_json(stop: Stop, *, wrapped: bool = False) -> dict[str, Any]:
    """One stop as a record of the state's collection. What is not answered is "" or an empty list."""
    record = _record(stop, wrapped)
    return _wrap(record) if wrapped else record


def write(stops: Iterable[Stop], *, wrapped: bool = False) -> str:
    """Stops as one JSON array, records in the order given."""
    return json.dumps([as_json(stop, wrapped=wrapped) for stop in stops], ensure_ascii=False, indent=2) + "\n"


def _record(stop: Stop, wrapped: bool) -> dict[str, Any]:
    return {
        "LEARecordID": stop.record_id,
        "BatchID": stop.batch_id,
        "ORI": stop.ori,
        "TX_Type": stop.transaction.value,
        "Is_NFIA": "Y" if stop.nfia else "",
        "SDate": f"{stop.date:%m/%d}/{stop.date.year:04d}",
        "STime": f"{stop.time:%H:%M}",
        "SDur": str(stop.minutes),
        "StopType": _code(stop.stop_type),
        "Is_ServCall": _flag(stop.service_call),
        "Is_WelfareCheck": _flag(stop.welfare_check),
        "Officer": _officer(stop.officer),
        "Location": _location(stop.location),
        "ListPerson_Stopped": [_person(person, stop.location.at_school, wrapped) for person in stop.people],
    }


def _officer(officer: StopOfficer) -> dict[str, Any]:
    return {
        "UID": officer.uid,
        "ExpYears": "" if officer.years is None else str(officer.years),
        "AT": _code(officer.assignment),
        "ATOth": officer.assignment_other,
        "Proxy": officer.proxy,
        "ListOfficerEth": _codes(officer.races),
        "NonPrimaryAgency": _flag(officer.non_primary_agency),
    }


def _location(place: StopLocation) -> dict[str, Any]:
    return {
        "LocationType": _code(place.kind),
        "Latitude": "" if place.latitude is None else str(place.latitude),
        "Longitude": "" if place.longitude is None else str(place.longitude),
        "BlockNumber": place.block,
        "StreetName": place.street,
        "CrossStreet1": place.cross_street_1,
        "CrossStreet2": place.cross_street_2,
        "Highway": place.highway,
        "ClosestExit": place.exit,
        "OtherLocation": place.other,
        "City": place.city,
        "K12_Flag": "Y" if place.at_school else "",
        "K12Code": place.school_code,
    }


def _person(person: PersonStopped, at_school: bool, wrapped: bool) -> dict[str, Any]:
    return {
        "PID": person.pid,
        "Perc": _perceived(person.perceived),
        "Is_Passenger": _flag(person.is_passenger),
        "Is_Residence": _flag(person.in_residence),
        "Is_Stud": _flag(person.is_student) if at_school or person.is_student else "",
        "PrimaryReason": _reason(person.reason),
        "ListNonForceActTak": [_action(action, person, wrapped) for action in person.non_force],
        "ListForceActTak": _codes(person.force),
        "ListBasSearch": [_basis(basis, wrapped) for basis in person.search_bases],
        "ConsentType": _code(person.consent_type),
        "BasSearch_N": person.search_explanation,
        "ListBasSeiz": _codes(person.seizure_bases),
        "ListPropType": _codes(person.property_types),
        "ListCB": _codes(person.contraband),
        "ListResult": [{"ResCD": one.code.value, "Res_O_CD": list(one.offences)} for one in person.results],
    }


def _perceived(seen: Perceived) -> dict[str, Any]:
    return {
        "ListEthn": _codes(seen.races),
        "Age": "" if seen.age is None else str(seen.age),
        "Is_LimEng": _flag(seen.limited_english),
        "ListDisb": _codes(seen.disabilities),
        "Gend": _code(seen.gender),
        "Nonbinary_Person": NONBINARY if seen.nonbinary else "",
        "SexualOrientation": _code(seen.orientation),
        "Is_Unhoused": _flag(seen.unhoused),
    }


def _reason(reason: Reason) -> dict[str, Any]:
    def of(code: StopReason, value: Any, empty: Any) -> Any:
        return value if reason.code is code else empty

    return {
        "StReas": _code(reason.code),
        "StReas_N": reason.narrative,
        "ListStReas_Given": _codes(reason.given),
        "Tr_ID": _code(reason.traffic_type),
        "Tr_O_CD": of(StopReason.TRAFFIC, reason.offence, ""),
        "ListSusp_T": of(StopReason.SUSPICION, _codes(reason.details), []),
        "Susp_O_CD": of(StopReason.SUSPICION, reason.offence, ""),
        "ListProb_T": of(StopReason.PROBABLE_CAUSE, _codes(reason.details), []),
        "Prob_O_CD": of(StopReason.PROBABLE_CAUSE, reason.offence, ""),
        "EDU_sec_CD": _code(reason.ed_section),
        "EDU_subDiv_CD": _code(reason.ed_subdivision),
    }


def _action(action: NonForceAction, person: PersonStopped, wrapped: bool) -> Any:
    """An action; a request for consent carries its answer when there is one."""
    answers = {NonForceAction.ASKED_PERSON: person.agreed_person, NonForceAction.ASKED_PROPERTY: person.agreed_property}
    answer = answers.get(action)
    if answer is None and not wrapped:
        return action.value
    return {"NonForceAct_CD": action.value, "NonForceConsent": "na" if answer is None else _flag(answer)}


def _basis(basis: SearchBasis, wrapped: bool) -> str:
    return (SearchBasis.CONSENT_VERBAL if wrapped and basis in CONSENTS else basis).value


def _code(answer: Coded | None) -> str:
    return "" if answer is None else answer.value


def _codes(chosen: Sequence[Coded]) -> list[str]:
    return [answer.value for answer in chosen]


def _flag(value: bool | None) -> str:
    return "" if value is None else "Y" if value else "N"


def _wrap(node: Any) -> Any:
    if isinstance(node, list):
        return [_wrap(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {key: {INNER[key]: _wrap(value)} if key in INNER else _wrap(value) for key, value in node.items()}
