"""Uses of force for the state: which are due, what they must say, and how they are written."""

import json
from dataclasses import replace
from datetime import date, time

import pytest

from accord.exchange.ursus import (
    Civilian,
    ContactReason,
    Force,
    Incident,
    InjuryLevel,
    Officer,
    age_band,
    is_due,
    missing,
    plain,
    write,
)

STUDENT = Civilian("Student", 15, "Female", ("White",), (Force.TAKEDOWN,), True, InjuryLevel.INJURY)
OFFICER = Officer(on_duty=True, dress="Patrol Uniform", used_force=True)
MISSED = replace(STUDENT, injured=False, injury_level=None, received_force=(Force.DISCHARGE_MISS,))
INCIDENT = Incident(
    reference="2026-00042",
    ori="CA0999900",
    occurred_on=date(2026, 10, 5),
    occurred_at=time(9, 5),
    address="1 Elm Street",
    city="Cedar",
    county="Sierra",
    zip_code="95999",
    contact_reason=ContactReason.CALL_FOR_SERVICE,
    on_k12_campus=True,
    civilians=(STUDENT,),
    officers=(OFFICER,),
)
SERIOUS = replace(STUDENT, injury_level=InjuryLevel.SERIOUS)


@pytest.mark.parametrize(
    ("change", "due"),
    [
        ({}, False),
        ({"civilians": (SERIOUS,)}, True),
        ({"civilians": (STUDENT, replace(STUDENT, injury_level=InjuryLevel.DEATH))}, True),
        ({"officers": (replace(OFFICER, injury_level=InjuryLevel.SERIOUS),)}, True),
        ({"officers": (replace(OFFICER, injury_level=InjuryLevel.INJURY),)}, False),
        (
            {"civilians": (MISSED,)},
            True,
        ),
        ({"civilians": (replace(STUDENT, received_force=(Force.THREAT_OF_FIREARM,)),)}, False),
    ],
)
def test_serious_injury_death_or_a_discharge_is_due_and_nothing_else(change: dict, due: bool):
    assert is_due(replace(INCIDENT, **change)) is due


def test_a_whole_record_misses_nothing():
    assert missing(INCIDENT) == []


@pytest.mark.parametrize(
    ("change", "names"),
    [
        ({"ori": ""}, ["ori"]),
        ({"zip_code": "9599"}, ["zip_code"]),
        ({"civilians": ()}, ["civilians"]),
        ({"officers": ()}, ["officers"]),
        ({"civilians": (replace(STUDENT, k12_type=""),)}, ["civilians.0.k12_type"]),
        ({"civilians": (replace(STUDENT, k12_type=""),), "on_k12_campus": False}, []),
        ({"civilians": (STUDENT, replace(STUDENT, age=None, race=()))}, ["civilians.1.age", "civilians.1.race"]),
        ({"civilians": (replace(STUDENT, injury_level=None),)}, ["civilians.0.injury_level"]),
        ({"civilians": (replace(STUDENT, age=None, gender="", race=(), fled=True),)}, []),
    ],
)
def test_what_a_record_must_say_and_does_not_is_named(change: dict, names: list[str]):
    assert missing(replace(INCIDENT, **change)) == names


@pytest.mark.parametrize(
    ("age", "band"), [(9, "0-9"), (10, "10-17"), (17, "10-17"), (18, "18-20"), (60, "56-60"), (61, "61+")]
)
def test_ages_are_written_as_bands(age: int, band: str):
    assert age_band(age) == band
    assert plain(replace(INCIDENT, civilians=(replace(STUDENT, age=age),)))["civilians"][0]["age"] == band


def test_of_somebody_who_fled_nothing_is_written_that_the_state_does_not_collect():
    (found,) = plain(replace(INCIDENT, civilians=(replace(SERIOUS, fled=True),)))["civilians"]
    assert {found[name] for name in ("age", "gender", "race", "injured", "highest_charge")} == {None}
    assert list(found["received_force"]) == ["Other control hold/takedown"]


def test_only_what_is_due_is_written_the_earliest_first_in_the_words_of_the_state():
    later = replace(INCIDENT, reference="2026-00050", occurred_on=date(2026, 11, 1), civilians=(SERIOUS,))
    earlier = replace(later, reference="2026-00044", occurred_on=date(2026, 10, 9))
    written = json.loads(write([later, INCIDENT, earlier]))
    assert [one["reference"] for one in written] == ["2026-00044", "2026-00050"]
    assert written[0]["contact_reason"] == "Call for Service"
    assert written[0]["occurred_at"] == "09:05"
    assert written[0]["civilians"][0]["injury_level"] == "Serious bodily injury"
    assert (written[0]["num_involved_civilians"], written[0]["num_involved_officers"]) == (1, 1)
