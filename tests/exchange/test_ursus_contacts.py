"""A contact of the log as an incident of the state's collection: what is told, what is due, what is not known."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from accord.exchange.ursus import ContactReason, Force, Incident, InjuryLevel, is_due, missing, plain, undecided
from accord.exchange.ursus_contacts import incident
from accord.facts import (
    Action,
    ConductClass,
    InitiatedBy,
    Interaction,
    Kind,
    Outcome,
    PersonContacted,
    PersonDetails,
    PersonKind,
    PersonRole,
    Race,
    Sex,
)
from accord.facts import person_details as details
from accord.facts.person_codes import Answer, Injury, RestraintDevice
from accord.facts.stop_codes import ForceAction

AT = datetime(2026, 1, 1, 7, 30, 40, tzinfo=UTC)
LOCAL = AT.astimezone(ZoneInfo("America/Los_Angeles"))
HELD = details.Force(types=(ForceAction.PHYSICAL,), person_hurt=Injury.NONE, officer_hurt=Injury.NONE)
STUDENT = PersonContacted(
    PersonKind.STUDENT,
    PersonRole.SUBJECT,
    (Action.FORCE,),
    (Outcome.WARNING,),
    race=Race.BLACK,
    sex=Sex.MALE,
    details=PersonDetails(age=15, force=HELD),
)
ENTRY = Interaction(Kind.CALL_FOR_POLICE, AT, AT, InitiatedBy.STAFF, ConductClass.SERIOUS_CRIME, people=(STUDENT,))


def met(**force: object) -> PersonContacted:
    """The student, met by force as told."""
    return replace(STUDENT, details=replace(STUDENT.details, force=replace(HELD, **force)))


def read(*people: PersonContacted, **entry: object) -> Incident:
    found = incident("2026-00042", replace(ENTRY, people=people or (STUDENT,), **entry), local=LOCAL, on_campus=True)
    assert found is not None
    return found


def test_a_contact_without_force_is_no_incident():
    talked = replace(STUDENT, actions=(Action.TALKED,), details=PersonDetails())
    assert incident("2026-00042", replace(ENTRY, people=(talked,)), local=LOCAL, on_campus=True) is None


def test_the_day_and_time_are_those_of_the_district():
    found = read()
    assert (found.occurred_on.isoformat(), found.occurred_at.isoformat()) == ("2025-12-31", "23:30:00")


def test_a_hold_that_hurt_nobody_is_not_due_and_nothing_about_that_is_open():
    assert not is_due(read())
    assert undecided(read()) == []


@pytest.mark.parametrize(
    ("force", "due"),
    [
        ({"person_hurt": Injury.INJURY}, False),
        ({"person_hurt": Injury.SERIOUS}, True),
        ({"person_hurt": Injury.DEATH}, True),
        ({"officer_hurt": Injury.SERIOUS}, True),
        ({"types": (ForceAction.FIREARM_POINTED,)}, False),
        ({"types": (ForceAction.FIREARM_DISCHARGED,), "hit": Answer.NO}, True),
        ({"types": (ForceAction.FIREARM_DISCHARGED,), "hit": Answer.UNKNOWN}, True),
    ],
)
def test_a_shot_serious_injury_and_death_are_due(force: dict, due: bool):
    assert is_due(read(met(**force))) is due


@pytest.mark.parametrize(
    ("force", "open_"),
    [
        ({"person_hurt": None}, ["civilians.0.injured"]),
        ({"person_hurt": Injury.UNKNOWN}, ["civilians.0.injured"]),
        ({"officer_hurt": None}, ["officers.0.injured"]),
        ({"person_hurt": None, "officer_hurt": Injury.SERIOUS}, []),
    ],
)
def test_what_nobody_told_of_injuries_leaves_it_open_unless_something_else_decides(force: dict, open_: list[str]):
    assert undecided(read(met(**force))) == open_


def test_a_shot_that_nobody_says_hit_or_missed_is_neither():
    found = read(met(types=(ForceAction.FIREARM_DISCHARGED,), hit=Answer.UNKNOWN))
    assert found.civilians[0].received_force == ()
    assert "civilians.0.received_force" in missing(found)


def test_handcuffs_alone_are_restraint_without_force_of_the_collection():
    cuffed = replace(met(types=(), devices=(RestraintDevice.HANDCUFFS,)), actions=(Action.RESTRAINED,))
    found = read(cuffed)
    assert found.civilians[0].received_force == ()
    assert found.officers[0].used_force is False


def test_what_the_school_records_of_a_student_is_not_handed_on():
    written = plain(read(met(person_hurt=Injury.SERIOUS)))
    (civilian,) = written["civilians"]
    assert (civilian["race"], civilian["gender"], civilian["age"]) == (None, None, "10-17")
    assert (civilian["k12_type"], civilian["injury_level"]) == ("A student", InjuryLevel.SERIOUS)
    assert civilian["received_force"] == (Force.TAKEDOWN,)
    assert written["num_involved_officers"] is None
    assert {"ori", "address", "num_involved_officers", "civilians.0.race"} <= set(missing(read()))


def test_witnesses_are_no_civilians_of_the_incident():
    witness = replace(STUDENT, role=PersonRole.WITNESS, actions=(Action.TALKED,), details=PersonDetails())
    assert len(read(STUDENT, witness).civilians) == 1


def test_the_gravest_injury_of_an_officer_stands_for_the_contact():
    found = read(met(officer_hurt=Injury.SERIOUS), met(officer_hurt=Injury.INJURY))
    assert found.officers[0].injury_level is InjuryLevel.SERIOUS


@pytest.mark.parametrize(
    ("outcomes", "status"),
    [
        ((Outcome.ARREST, Outcome.CITATION), "In custody (other)"),
        ((Outcome.CITATION,), "Cited and released"),
        ((Outcome.WARNING,), "None"),
    ],
)
def test_custody_follows_from_the_outcome(outcomes: tuple, status: str):
    assert read(replace(STUDENT, outcomes=outcomes)).civilians[0].custody_status == status


def test_why_they_met_is_left_open_where_the_log_does_not_tell():
    assert read().contact_reason is ContactReason.CALL_FOR_SERVICE
    unknown = read(kind=Kind.NON_STOP_CONTACT)
    assert unknown.contact_reason is None
    assert "contact_reason" in missing(unknown)
