"""Stops to test with: one that holds, and a strategy for every kind that holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from accord.facts.stop_codes import (
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
from accord.rules.stops_search import FORM_OF_CONSENT

SCHOOL = "01100170112607"

ALICE = PersonStopped(
    pid="1",
    perceived=Perceived(
        races=(RipaRace.BLACK, RipaRace.WHITE),
        age=15,
        gender=RipaGender.CISGENDER_WOMAN,
        orientation=RipaOrientation.STRAIGHT,
        disabilities=(RipaDisability.NONE,),
        limited_english=False,
        unhoused=False,
    ),
    is_student=True,
    reason=Reason(
        code=StopReason.EDUCATION_CODE,
        ed_section=EdCodeSection.S48900,
        ed_subdivision=EdCodeSubdivision.C,
        given=(ReasonGiven.EDUCATION_CODE,),
        narrative="Smell of cannabis in the hallway, told by a teacher.",
    ),
    non_force=(NonForceAction.STATEMENT, NonForceAction.ASKED_PROPERTY, NonForceAction.SEARCHED_PROPERTY),
    agreed_property=True,
    force=(ForceAction.NONE,),
    search_bases=(SearchBasis.CONSENT_WRITTEN,),
    consent_type=FORM_OF_CONSENT[SearchBasis.CONSENT_WRITTEN],
    search_explanation="Signed the form and opened the bag.",
    contraband=(Contraband.NONE,),
    results=(Result(StopResult.SCHOOL_ADMINISTRATOR), Result(StopResult.VERBAL_WARNING, ("23008",))),
)

AT_SCHOOL = Stop(
    record_id="2026-0001",
    date=date(2026, 3, 2),
    time=time(10, 15),
    minutes=12,
    ori="CA0010000",
    stop_type=StopType.PEDESTRIAN,
    officer=StopOfficer(uid="K3P9", years=7, assignment=OfficerAssignment.SCHOOL, races=(RipaRace.ASIAN,)),
    location=StopLocation(
        kind=LocationKind.OTHER, other="Hallway", city="BERKELEY", at_school=True, school_code=SCHOOL
    ),
    people=(ALICE,),
)


def with_person(**changes: Any) -> Stop:
    """The stop at school with one thing about the person changed."""
    return replace(AT_SCHOOL, people=(replace(ALICE, **changes),))


_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
_SOME_TEXT = _TEXT.filter(str.strip)
_QUIET = st.text(st.characters(categories=("L", "Zs", "Po"), exclude_characters="@"), max_size=60)
_OFFENCES = st.lists(_SOME_TEXT, min_size=1, max_size=2).map(tuple)
_NEED_OFFENCE = {"3", "4", "6", "14", "15"}
_SEARCHES = {NonForceAction.SEARCHED_PERSON, NonForceAction.SEARCHED_PROPERTY, NonForceAction.FRISK}
_FOR_STUDENTS = {
    NonForceAction: {"1"},
    RipaDisability: {"7"},
    StopReason: {"7", "8"},
    ReasonGiven: {"20", "21"},
    SearchBasis: {"13"},
    SeizureBasis: {"6"},
    StopResult: {"12", "13"},
}


def _open_to(kind: Any, student: bool, but: Any = ()) -> list[Any]:
    closed = set() if student else _FOR_STUDENTS.get(kind, set())
    return [one for one in kind if one.value not in closed and one not in but]


def _several(draw: Any, chosen: list[Any], least: int = 1) -> tuple[Any, ...]:
    return tuple(draw(st.lists(st.sampled_from(chosen), min_size=least, max_size=4, unique=True)))


def _or_none(draw: Any, kind: Any, none: Any, student: bool, but: Any = ()) -> tuple[Any, ...]:
    return draw(st.just((none,))) if draw(st.booleans()) else _several(draw, _open_to(kind, student, (none, *but)))


@st.composite
def _perceived(draw: Any, student: bool) -> Perceived:
    nonbinary = draw(st.booleans())
    genders = st.sampled_from(list(RipaGender))
    return Perceived(
        races=_several(draw, list(RipaRace)),
        age=draw(st.integers(1, 120)),
        gender=draw(st.none() | genders if nonbinary else genders),
        nonbinary=nonbinary,
        orientation=draw(st.sampled_from(list(RipaOrientation))),
        disabilities=_or_none(draw, RipaDisability, RipaDisability.NONE, student),
        limited_english=draw(st.booleans()),
        unhoused=draw(st.booleans()),
    )


@st.composite
def _reason(draw: Any, student: bool) -> Reason:
    code = draw(st.sampled_from(_open_to(StopReason, student)))
    detailed = code in (StopReason.SUSPICION, StopReason.PROBABLE_CAUSE)
    section = draw(st.sampled_from(list(EdCodeSection))) if code is StopReason.EDUCATION_CODE else None
    plain = section is EdCodeSection.S48900
    return Reason(
        code=code,
        traffic_type=draw(st.sampled_from(list(TrafficType))) if code is StopReason.TRAFFIC else None,
        details=_several(draw, list(SuspicionDetail)) if detailed else (),
        offence=draw(_SOME_TEXT) if detailed or code is StopReason.TRAFFIC else "",
        ed_section=section,
        ed_subdivision=draw(st.sampled_from(list(EdCodeSubdivision))) if plain else None,
        given=_several(draw, _open_to(ReasonGiven, student)),
        narrative="because " + draw(_QUIET),
    )


@st.composite
def _person(draw: Any, pid: str, at_school: bool, stop_type: StopType) -> PersonStopped:
    student = at_school and draw(st.booleans())
    passenger = draw(st.booleans())
    drives = stop_type is StopType.VEHICULAR and not passenger
    hidden = () if drives else (NonForceAction.ASKED_PASSENGER_ID, NonForceAction.RAN_PASSENGER)
    reason = draw(_reason(student))
    non_force = _or_none(draw, NonForceAction, NonForceAction.NONE, student, hidden)
    if reason.code is StopReason.CONSENSUAL and not _SEARCHES & set(non_force):
        non_force = (NonForceAction.FRISK,)
    consents = list(FORM_OF_CONSENT)
    bases: tuple[SearchBasis, ...] = ()
    if _SEARCHES & set(non_force):
        inventory = () if NonForceAction.SEARCHED_PROPERTY in non_force else (SearchBasis.INVENTORY,)
        bases = _several(draw, _open_to(SearchBasis, student, (*consents, *inventory)))
        if draw(st.booleans()):
            bases = (*bases, draw(st.sampled_from(consents)))
    forms = [FORM_OF_CONSENT[basis] for basis in bases if basis in FORM_OF_CONSENT]
    seized = NonForceAction.SEIZED in non_force
    codes = _or_none(draw, StopResult, StopResult.NO_ACTION, student)
    answers = st.none() | st.booleans()
    return PersonStopped(
        pid=pid,
        perceived=draw(_perceived(student)),
        is_passenger=passenger,
        in_residence=draw(st.booleans()),
        is_student=student,
        reason=reason,
        non_force=non_force,
        agreed_person=draw(answers) if NonForceAction.ASKED_PERSON in non_force else None,
        agreed_property=draw(answers) if NonForceAction.ASKED_PROPERTY in non_force else None,
        force=_or_none(draw, ForceAction, ForceAction.NONE, student),
        search_bases=bases,
        consent_type=forms[0] if forms else None,
        search_explanation="Seen " + draw(_QUIET) if bases else "",
        contraband=_or_none(draw, Contraband, Contraband.NONE, student),
        seizure_bases=_several(draw, _open_to(SeizureBasis, student)) if seized else (),
        property_types=_several(draw, list(PropertyType)) if seized else (),
        results=tuple(Result(code, draw(_OFFENCES) if code.value in _NEED_OFFENCE else ()) for code in codes),
    )


@st.composite
def stops(draw: Any) -> Stop:
    """Any stop that the rules allow."""
    at_school = draw(st.booleans())
    stop_type = draw(st.sampled_from(list(StopType)))
    degrees = st.none() | st.decimals(-180, 180, places=3).map(lambda number: Decimal(number))
    pids = draw(st.lists(_SOME_TEXT, min_size=1, max_size=3, unique=True))
    return Stop(
        record_id=draw(_SOME_TEXT),
        date=draw(st.dates(date(1, 1, 1), date(9999, 12, 31))),
        time=draw(st.times().map(lambda at: at.replace(second=0, microsecond=0))),
        minutes=draw(st.integers(1, 1440)),
        ori=draw(_TEXT),
        batch_id=draw(_TEXT),
        transaction=draw(st.sampled_from(list(Transaction))),
        nfia=draw(st.booleans()),
        stop_type=stop_type,
        service_call=draw(st.booleans()),
        welfare_check=draw(st.booleans()),
        officer=StopOfficer(
            uid=draw(_TEXT),
            years=draw(st.integers(0, 50)),
            assignment=draw(st.none() | st.sampled_from(list(OfficerAssignment))),
            assignment_other=draw(_TEXT),
            proxy=draw(_TEXT),
            races=_several(draw, list(RipaRace), 0),
            non_primary_agency=draw(st.booleans()),
        ),
        location=StopLocation(
            kind=draw(st.none() | st.sampled_from(list(LocationKind))),
            latitude=draw(degrees),
            longitude=draw(degrees),
            block=draw(_TEXT),
            street=draw(_TEXT),
            cross_street_1=draw(_TEXT),
            cross_street_2=draw(_TEXT),
            highway=draw(_TEXT),
            exit=draw(_TEXT),
            other=draw(_TEXT),
            city=draw(_TEXT),
            at_school=at_school,
            school_code=SCHOOL if at_school else "",
        ),
        people=tuple(draw(_person(pid, at_school, stop_type)) for pid in pids),
    )
