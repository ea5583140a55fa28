"""A stop as an agency reports it under RIPA: one interaction, one record for each person stopped.

What the officer perceived is a structure of its own (`Perceived`); it is never mixed with what a school recorded.
No name and no number of a person stands here: `pid` counts the persons of one stop, `uid` is the agency's opaque key
of an officer and is never published.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from accord.facts.stop_codes import (
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


@dataclass(frozen=True)
class Perceived:
    """What the officer perceived, without asking and without looking at identification. Age in years, rounded up."""

    races: tuple[RipaRace, ...] = ()
    age: int | None = None
    gender: RipaGender | None = None
    nonbinary: bool = False
    orientation: RipaOrientation | None = None
    disabilities: tuple[RipaDisability, ...] = ()
    limited_english: bool | None = None
    unhoused: bool | None = None


@dataclass(frozen=True)
class Reason:
    """Why the person was stopped. `offence` is a code of the state's table; `given` is what the person was told."""

    code: StopReason | None = None
    traffic_type: TrafficType | None = None
    details: tuple[SuspicionDetail, ...] = ()
    offence: str = ""
    ed_section: EdCodeSection | None = None
    ed_subdivision: EdCodeSubdivision | None = None
    given: tuple[ReasonGiven, ...] = ()
    narrative: str = ""


@dataclass(frozen=True)
class Result:
    """One way the stop ended, with the offence codes it was for."""

    code: StopResult
    offences: tuple[str, ...] = ()


@dataclass(frozen=True)
class PersonStopped:
    """One person of a stop. `agreed_person` and `agreed_property` answer requests for consent, None when not asked."""

    pid: str = "1"
    perceived: Perceived = field(default_factory=Perceived)
    is_passenger: bool = False
    in_residence: bool = False
    is_student: bool = False
    reason: Reason = field(default_factory=Reason)
    non_force: tuple[NonForceAction, ...] = ()
    agreed_person: bool | None = None
    agreed_property: bool | None = None
    force: tuple[ForceAction, ...] = ()
    search_bases: tuple[SearchBasis, ...] = ()
    consent_type: ConsentType | None = None
    search_explanation: str = ""
    contraband: tuple[Contraband, ...] = ()
    seizure_bases: tuple[SeizureBasis, ...] = ()
    property_types: tuple[PropertyType, ...] = ()
    results: tuple[Result, ...] = ()


@dataclass(frozen=True)
class StopOfficer:
    """The officer who filed: an opaque key, years as a peace officer rounded up, assignment and race."""

    uid: str = ""
    years: int | None = None
    assignment: OfficerAssignment | None = None
    assignment_other: str = ""
    proxy: str = ""
    races: tuple[RipaRace, ...] = ()
    non_primary_agency: bool = False


@dataclass(frozen=True)
class OfficerProfile:
    """What the state's record asks of an officer, as on file. `since`: the day the service as a peace officer began.

    `key` is the agency's opaque key of the officer; `ori` the agency's id in the FBI's list.
    """

    key: str = ""
    since: date | None = None
    assignment: OfficerAssignment | None = None
    assignment_other: str = ""
    races: tuple[RipaRace, ...] = ()
    ori: str = ""


@dataclass(frozen=True)
class StopLocation:
    """Where it happened; never the address of a home. Coordinates carry three decimals. `school_code` is a CDS code."""

    kind: LocationKind | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    block: str = ""
    street: str = ""
    cross_street_1: str = ""
    cross_street_2: str = ""
    highway: str = ""
    exit: str = ""
    other: str = ""
    city: str = ""
    at_school: bool = False
    school_code: str = ""


@dataclass(frozen=True)
class Stop:
    """One interaction reported as a stop. Local date and time of its start, to the minute; `minutes` until it ended.

    `nfia` is a flag of the state's collection, carried as it came.
    """

    record_id: str
    date: date
    time: time
    minutes: int
    ori: str = ""
    batch_id: str = ""
    transaction: Transaction = Transaction.INSERT
    nfia: bool = False
    stop_type: StopType | None = None
    service_call: bool = False
    welfare_check: bool = False
    officer: StopOfficer = field(default_factory=StopOfficer)
    location: StopLocation = field(default_factory=StopLocation)
    people: tuple[PersonStopped, ...] = ()
