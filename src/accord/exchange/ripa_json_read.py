"""Reads the JSON records that `ripa_json` writes, and the ones an agency's application sends.

What cannot be read is named with its place; nothing is guessed. A record of the 2018-2023 form is refused: its codes
mean other things.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from accord.decision import BadInput
from accord.exchange.ripa_json import CONSENTS, INNER
from accord.exchange.ripa_json_values import Node, Problem
from accord.facts.stop_codes import (
    NONBINARY,
    ConsentType,
    Contraband,
    EdCodeSection,
    EdCodeSubdivision,
    ForceAction,
    LocationKind,
    NonForceAction,
    OfficerAssignment,
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
    Transaction,
)
from accord.facts.stops import Perceived, PersonStopped, Reason, Result, Stop, StopLocation, StopOfficer

FORMAT = "doj-json-2024"
"""What this form is called where a file's form is named."""

_FORM = {
    ConsentType.VERBAL: SearchBasis.CONSENT_VERBAL,
    ConsentType.WRITTEN: SearchBasis.CONSENT_WRITTEN,
    ConsentType.IMPLIED: SearchBasis.CONSENT_IMPLIED,
}
_OLD_KEYS = ("ListActTak", "GendNC", "LGBT")


@dataclass(frozen=True)
class Reading:
    """One record as read: its id and persons as far as they can be told, and the stop or what stood in its way."""

    record: str
    persons: tuple[str, ...]
    stop: Stop | None
    problems: tuple[Problem, ...] = ()


def read(record: Any) -> Stop:
    """One stop from a record.

    Raises:
        BadInput: for the first value that cannot be read, with its place.
    """
    reading = read_record(record)
    if reading.stop is None:
        first = reading.problems[0]
        raise BadInput(first.what, where=first.path or "record", mend="Mend it in the file and read it again.")
    return reading.stop


def read_record(record: Any) -> Reading:
    """One record, with every problem in it."""
    if not isinstance(record, Mapping):
        return Reading("", (), None, (Problem("", "a record is a JSON object"),))
    node = Node(record, "")
    stop = _stop(node)
    persons = tuple(_pid(one, index) for index, one in enumerate(_people(Node(record, ""))))
    problems = tuple(node.problems)
    return Reading(Node(record, "").text("LEARecordID"), persons, None if problems else stop, problems)


def _people(node: Node) -> list[Node]:
    return node.nodes("ListPerson_Stopped", INNER["ListPerson_Stopped"])


def _stop(node: Node) -> Stop | None:
    day, clock, minutes = node.day("SDate"), node.clock("STime"), node.whole("SDur")
    if minutes is None and not node.text("SDur").strip():
        node.wrong("SDur", "the duration is missing")
    record_id = node.text("LEARecordID")
    if not record_id.strip():
        node.wrong("LEARecordID", "the record has no id")
    people = tuple(_person(one, index) for index, one in enumerate(_people(node)))
    officer, location = _officer(node.node("Officer")), _location(node.node("Location"))
    if day is None or clock is None or minutes is None:
        return None
    return Stop(
        record_id=record_id,
        date=day,
        time=clock,
        minutes=minutes,
        ori=node.text("ORI"),
        batch_id=node.text("BatchID"),
        transaction=node.code(Transaction, "TX_Type") or Transaction.INSERT,
        nfia=bool(node.flag("Is_NFIA")),
        stop_type=node.code(StopType, "StopType"),
        service_call=bool(node.flag("Is_ServCall")),
        welfare_check=bool(node.flag("Is_WelfareCheck")),
        officer=officer,
        location=location,
        people=people,
    )


def _officer(node: Node) -> StopOfficer:
    return StopOfficer(
        uid=node.text("UID"),
        years=node.whole("ExpYears"),
        assignment=node.code(OfficerAssignment, "AT"),
        assignment_other=node.text("ATOth"),
        proxy=node.text("Proxy"),
        races=node.codes(RipaRace, "ListOfficerEth", INNER["ListOfficerEth"]),
        non_primary_agency=bool(node.flag("NonPrimaryAgency")),
    )


def _location(node: Node) -> StopLocation:
    return StopLocation(
        kind=node.code(LocationKind, "LocationType"),
        latitude=node.decimal("Latitude"),
        longitude=node.decimal("Longitude"),
        block=node.text("BlockNumber"),
        street=node.text("StreetName"),
        cross_street_1=node.text("CrossStreet1"),
        cross_street_2=node.text("CrossStreet2"),
        highway=node.text("Highway"),
        exit=node.text("ClosestExit"),
        other=node.text("OtherLocation"),
        city=node.text("City"),
        at_school=bool(node.flag("K12_Flag")),
        school_code=node.text("K12Code"),
    )


def _pid(node: Node, index: int) -> str:
    return node.text("PID") or str(index + 1)


def _person(node: Node, index: int) -> PersonStopped:
    _refuse_old_form(node)
    bases, consent = _consent(node)
    non_force, answers = _non_force(node)
    return PersonStopped(
        pid=_pid(node, index),
        perceived=_perceived(node.node("Perc")),
        is_passenger=bool(node.flag("Is_Passenger")),
        in_residence=bool(node.flag("Is_Residence")),
        is_student=bool(node.flag("Is_Stud")),
        reason=_reason(node.node("PrimaryReason")),
        non_force=non_force,
        agreed_person=answers.get(NonForceAction.ASKED_PERSON),
        agreed_property=answers.get(NonForceAction.ASKED_PROPERTY),
        force=node.codes(ForceAction, "ListForceActTak", INNER["ListForceActTak"]),
        search_bases=bases,
        consent_type=consent,
        search_explanation=node.text("BasSearch_N"),
        contraband=node.codes(Contraband, "ListCB", INNER["ListCB"]),
        seizure_bases=node.codes(SeizureBasis, "ListBasSeiz", INNER["ListBasSeiz"]),
        property_types=node.codes(PropertyType, "ListPropType", INNER["ListPropType"]),
        results=_results(node),
    )


def _refuse_old_form(node: Node) -> None:
    perceived = node.values.get("Perc")
    keys = set(node.values) | (set(perceived) if isinstance(perceived, Mapping) else set())
    for key in _OLD_KEYS:
        if key in keys:
            node.wrong(key, "belongs to the form of 2018 to 2023, whose codes mean other things")


def _perceived(node: Node) -> Perceived:
    alone = node.text("Gend").strip() == NONBINARY
    return Perceived(
        races=node.codes(RipaRace, "ListEthn", INNER["ListEthn"]),
        age=node.whole("Age"),
        gender=None if alone else node.code(RipaGender, "Gend"),
        nonbinary=alone or _nonbinary(node),
        orientation=node.code(RipaOrientation, "SexualOrientation"),
        disabilities=node.codes(RipaDisability, "ListDisb", INNER["ListDisb"]),
        limited_english=node.flag("Is_LimEng"),
        unhoused=node.flag("Is_Unhoused"),
    )


def _nonbinary(node: Node) -> bool:
    if str(node.values.get("Nonbinary_Person")).strip() == NONBINARY:
        return True
    return bool(node.flag("Nonbinary_Person"))


def _reason(node: Node) -> Reason:
    code = node.code(StopReason, "StReas")
    suspicion = node.codes(SuspicionDetail, "ListSusp_T", INNER["ListSusp_T"])
    cause = node.codes(SuspicionDetail, "ListProb_T", INNER["ListProb_T"])
    offences = {
        StopReason.TRAFFIC: node.text("Tr_O_CD"),
        StopReason.SUSPICION: node.text("Susp_O_CD"),
        StopReason.PROBABLE_CAUSE: node.text("Prob_O_CD"),
    }
    details = {StopReason.SUSPICION: suspicion, StopReason.PROBABLE_CAUSE: cause}
    elsewhere = next((one for one in offences.values() if one), "")
    return Reason(
        code=code,
        traffic_type=node.code(TrafficType, "Tr_ID"),
        details=(suspicion or cause) if code is None else details.get(code, suspicion or cause),
        offence=elsewhere if code is None else offences.get(code, elsewhere),
        ed_section=node.code(EdCodeSection, "EDU_sec_CD"),
        ed_subdivision=node.code(EdCodeSubdivision, "EDU_subDiv_CD"),
        given=node.codes(ReasonGiven, "ListStReas_Given", INNER["ListStReas_Given"]),
        narrative=node.text("StReas_N"),
    )


def _non_force(node: Node) -> tuple[tuple[NonForceAction, ...], dict[NonForceAction, bool | None]]:
    """Actions, plain or each with the answer to a request for consent."""
    key, answers, actions = "ListNonForceActTak", {}, []
    for index, value in enumerate(node.items(key, INNER[key])):
        one = Node(
            value if isinstance(value, Mapping) else {"NonForceAct_CD": value},
            f"{node.path}.{key}.{index}",
            node.problems,
        )
        action = one.code(NonForceAction, "NonForceAct_CD")
        if action is not None:
            actions.append(action)
            asked = one.text("NonForceConsent").strip().lower() not in ("", "na")
            answers[action] = one.flag("NonForceConsent") if asked else None
    return tuple(actions), answers


def _consent(node: Node) -> tuple[tuple[SearchBasis, ...], ConsentType | None]:
    """Grounds of a search. On the wire every consent is ground 1 and its form says which."""
    bases = node.codes(SearchBasis, "ListBasSearch", INNER["ListBasSearch"])
    consent = node.code(ConsentType, "ConsentType")
    if consent is None or [basis for basis in bases if basis in CONSENTS] != [SearchBasis.CONSENT_VERBAL]:
        return bases, consent
    return tuple(_FORM[consent] if basis in CONSENTS else basis for basis in bases), consent


def _results(node: Node) -> tuple[Result, ...]:
    found = []
    for one in node.nodes("ListResult", INNER["ListResult"]):
        code = one.code(StopResult, "ResCD")
        if code is not None:
            found.append(Result(code, one.texts("Res_O_CD")))
    return tuple(found)
