"""Uses of force that the state collects each year (URSUS, Government Code 12525.2), as records for the agency.

The collection takes what led to serious bodily injury or death, on either side, and every discharge of a firearm. The
agency files; the district's log says which contacts on a campus must be found there. Field names and answers follow the
state's published application and may have been revised since [GK]: look at the agency's form before filing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, time
from typing import Any

from accord.facts import Coded


class ContactReason(Coded):
    """Why officer and civilian met."""

    CALL_FOR_SERVICE = "Call for Service", "Call for service"
    IN_CUSTODY = "In Custody Event", "In custody"
    CONSENSUAL = "Consensual Encounter/Public Contact/Flag Down", "Consensual encounter"
    STOP = "Vehicle/Bike/Pedestrian Stop", "Stop"
    PLANNED = "Pre-Planned Activity", "Planned activity"
    WELFARE_CHECK = "Welfare Check", "Welfare check"
    CRIME_IN_PROGRESS = "Crime in Progress/Investigating Suspicious Persons or Circumstances", "Crime in progress"
    CIVIL_ASSEMBLY = "Civil Assembly", "Civil assembly"
    CIVIL_DISORDER = "Civil Disorder", "Civil disorder"
    AMBUSH = "Ambush – No warning", "Ambush"


class InjuryLevel(Coded):
    """How badly somebody was hurt."""

    INJURY = "Injury", "Injury"
    SERIOUS = "Serious bodily injury", "Serious bodily injury"
    DEATH = "Death", "Death"


class Force(Coded):
    """What force was used on a civilian."""

    CAROTID = "Carotid restraint", "Carotid restraint"
    TAKEDOWN = "Other control hold/takedown", "Control hold or takedown"
    PHYSICAL = "Other physical contact", "Other physical contact"
    VEHICLE = "Officer vehicle contact", "Vehicle"
    IMPACT_WEAPON = "Blunt/impact weapon", "Impact weapon"
    CHEMICAL = "Chemical spray", "Chemical spray"
    ELECTRONIC = "Electronic control device", "Electronic control device"
    PROJECTILE = "Impact projectile", "Impact projectile"
    KNIFE = "Knife", "Knife"
    THREAT_OF_FIREARM = "Threat of firearm", "Threat of firearm"
    DISCHARGE_MISS = "Discharge (miss)", "Firearm discharged, missed"
    DISCHARGE_HIT = "Discharge (hit)", "Firearm discharged, hit"
    OTHER_WEAPON = "Other dangerous weapon", "Other dangerous weapon"
    CANINE = "K-9 contact", "Police dog"


DISCHARGES = {Force.DISCHARGE_MISS, Force.DISCHARGE_HIT}
_REPORTED = {InjuryLevel.SERIOUS, InjuryLevel.DEATH}
_BANDS = ((0, 9), (10, 17), (18, 20), (21, 25), (26, 30), (31, 35), (36, 40), (41, 45), (46, 50), (51, 55), (56, 60))
_NOT_OF_THE_FLED = ("age", "gender", "race", "injured", "injury_level", "highest_charge", "confirmed_armed")


@dataclass(frozen=True)
class Civilian:
    """A civilian: force met and injuries. `k12_type` says who the person is to the school. `fled`: was not caught.

    `shot_at`: an officer fired, wherever the shot went.
    """

    k12_type: str = ""
    age: int | None = None
    gender: str = ""
    race: tuple[str, ...] = ()
    received_force: tuple[Force, ...] = ()
    injured: bool | None = None
    injury_level: InjuryLevel | None = None
    custody_status: str = ""
    highest_charge: str = ""
    assaulted_officer: bool | None = None
    perceived_armed: bool | None = None
    confirmed_armed: bool | None = None
    resisted: bool | None = None
    fled: bool = False
    shot_at: bool = False


@dataclass(frozen=True)
class Officer:
    """An officer: force used, for what reasons, and injuries."""

    on_duty: bool | None = None
    dress: str = ""
    used_force: bool | None = None
    reasons: tuple[str, ...] = ()
    received_force: tuple[str, ...] = ()
    injured: bool | None = None
    injury_level: InjuryLevel | None = None


@dataclass(frozen=True)
class Incident:
    """One event. `reference` is the contact in the district's log; `ori` names the agency.

    `every_officer`: do `officers` hold everyone who was involved?
    """

    reference: str
    ori: str
    occurred_on: date
    occurred_at: time
    address: str
    city: str
    county: str
    zip_code: str
    contact_reason: ContactReason | None
    on_k12_campus: bool | None
    arrest_made: bool | None = None
    crime_report_filed: bool | None = None
    civilians: tuple[Civilian, ...] = field(default=())
    officers: tuple[Officer, ...] = field(default=())
    every_officer: bool = True


def is_due(incident: Incident) -> bool:
    """Does the state ask for it: serious injury or death of anybody, or a discharge by an officer?"""
    levels = [*(one.injury_level for one in incident.civilians), *(one.injury_level for one in incident.officers)]
    hurt = not _REPORTED.isdisjoint(level for level in levels if level)
    return hurt or any(one.shot_at or DISCHARGES & set(one.received_force) for one in incident.civilians)


def undecided(incident: Incident) -> list[str]:
    """What would have to be known to say whether the state asks for it, by path. Nothing where that is settled."""
    if is_due(incident):
        return []
    sides: dict[str, tuple[Civilian | Officer, ...]] = {
        "civilians": incident.civilians,
        "officers": incident.officers,
    }
    return [
        f"{side}.{number}.{name}"
        for side, people in sides.items()
        for number, one in enumerate(people)
        if (name := _open_question(one.injured, one.injury_level))
    ]


def _open_question(injured: bool | None, level: InjuryLevel | None) -> str:
    if injured is None:
        return "injured"
    return "injury_level" if injured and level is None else ""


def missing(incident: Incident) -> list[str]:
    """The fields that a record must not leave empty and does, by their path."""
    plain = [name for name in ("ori", "address", "city", "county", "zip_code") if not getattr(incident, name)]
    if incident.zip_code and not (len(incident.zip_code) == 5 and incident.zip_code.isdecimal()):
        plain.append("zip_code")
    plain += [name for name in ("contact_reason", "on_k12_campus") if getattr(incident, name) is None]
    plain += [name for name in ("civilians", "officers") if not getattr(incident, name)]
    if not incident.every_officer:
        plain.append("num_involved_officers")
    for number, one in enumerate(incident.civilians):
        plain += [
            f"civilians.{number}.{name}" for name in _missing_of(one, on_campus=incident.on_k12_campus is not False)
        ]
    return plain


def _missing_of(one: Civilian, *, on_campus: bool) -> list[str]:
    wanted = {"k12_type": on_campus and not one.k12_type}
    wanted["received_force"] = one.shot_at and not DISCHARGES & set(one.received_force)
    if not one.fled:
        wanted |= {"age": one.age is None, "gender": not one.gender, "race": not one.race}
        wanted["injury_level"] = bool(one.injured) and one.injury_level is None
    return [name for name, empty in wanted.items() if empty]


def age_band(age: int) -> str:
    """The band an age in years falls in; nobody's exact age is written."""
    return next((f"{low}-{high}" for low, high in _BANDS if low <= age <= high), "61+")


def plain(incident: Incident) -> dict[str, Any]:
    """A record for JSON: codes as the state writes them, ages in bands, None where not stated."""
    held = _stated(incident) | {"num_involved_civilians": len(incident.civilians)}
    held["num_involved_officers"] = len(incident.officers) if incident.every_officer else None
    held["occurred_on"], held["occurred_at"] = incident.occurred_on.isoformat(), incident.occurred_at.strftime("%H:%M")
    held["civilians"] = [_civilian(one) for one in incident.civilians]
    held["officers"] = [_stated(one) for one in incident.officers]
    del held["every_officer"]
    return held


def _civilian(one: Civilian) -> dict[str, Any]:
    held = _stated(one) | {"age": None if one.age is None else age_band(one.age)}
    del held["shot_at"]
    return held | dict.fromkeys(_NOT_OF_THE_FLED) if one.fled else held


def _stated(fact: Any) -> dict[str, Any]:
    """The fields of a fact, None for each that is empty text or an empty list."""
    held = {one.name: getattr(fact, one.name) for one in fields(fact)}
    return {name: None if value in ("", ()) else value for name, value in held.items()}


def due(incidents: Iterable[Incident]) -> list[Incident]:
    """The incidents that the state asks for, the earliest first."""
    return sorted((one for one in incidents if is_due(one)), key=lambda one: (one.occurred_on, one.occurred_at))


def write(incidents: Iterable[Incident]) -> str:
    """The incidents that are due as a JSON list, the earliest first."""
    return json.dumps([plain(one) for one in due(incidents)], ensure_ascii=False, indent=2) + "\n"
