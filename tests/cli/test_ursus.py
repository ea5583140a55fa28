"""`accord ursus export`: the uses of force of a year, from the log to the file for the agency."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from accord import cli
from accord.decision import BadInput
from accord.facts import Action, DeEscalation, Outcome, PersonDetails, from_plain
from accord.web.interactions.places import Place
from tests.web import factories as make

pytestmark = pytest.mark.django_db
HURT = {"types": ["16"], "person_hurt": "serious", "officer_hurt": "none", "aid": ["hospital"]}


def contact(force: dict, **entry):
    """A contact in which a student met force as told."""
    details = from_plain(PersonDetails, {"force": force})
    student = make.student(actions=(Action.FORCE,), outcomes=(Outcome.ARREST,), details=details)
    told = {"narrative": "Held at the gate.", "de_escalation": (DeEscalation.CALM_TALK,)}
    return make.contact(people=(student,), **(told | entry))


@pytest.fixture
def export():
    """Run `accord ursus export` as a person would, on the database of the test."""
    cli.load()

    def run(*words: object):
        done = CliRunner().invoke(cli.app, ["ursus", "export", *map(str, words)])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done

    return run


def test_a_serious_injury_is_written_with_what_is_not_collected(export):
    filed = contact(HURT)
    contact(HURT | {"person_hurt": "none"}, occurred_at=make.AT - timedelta(hours=2))
    make.contact(occurred_at=make.AT - timedelta(hours=3))
    answer = json.loads(export("--year", 2026, "--json").stdout)
    (one,) = answer["incidents"]
    assert (one["reference"], one["on_k12_campus"], one["arrest_made"]) == (filed.reference, True, True)
    assert {"ori", "address", "civilians.0.gender", "num_involved_officers"} <= set(one["not_collected"])
    assert answer["undecided"] == []
    assert answer["log_begins"] == "2026-11-24"


def test_the_file_for_the_agency_holds_the_records_and_the_rest_is_said_beside_it(export, tmp_path: Path):
    filed = contact(HURT)
    file = tmp_path / "ursus.json"
    done = export("--year", 2026, "--out", file)
    assert [one["reference"] for one in json.loads(file.read_text())] == [filed.reference]
    assert done.stdout == ""
    assert f"{filed.reference}: not collected: ori, address" in done.stderr


def test_only_the_current_version_and_the_calendar_year_count(export):
    contact(HURT, occurred_at=datetime(2026, 1, 1, 7, 30, tzinfo=UTC), late_reason="Found in the notes.")
    corrected = contact(HURT)
    details = from_plain(PersonDetails, {"force": HURT | {"person_hurt": "injury"}})
    student = make.student(actions=(Action.FORCE,), outcomes=(Outcome.ARREST,), details=details)
    make.corrected(corrected, people=(student,), de_escalation=(DeEscalation.CALM_TALK,))
    assert json.loads(export("--year", 2026).stdout) == []
    assert len(json.loads(export("--year", 2025).stdout)) == 1


def test_a_contact_of_which_too_little_is_told_is_named_and_not_written(export):
    filed = contact(HURT | {"person_hurt": "unknown"})
    done = export("--year", 2026)
    assert json.loads(done.stdout) == []
    assert f"{filed.reference}: left out" in done.stderr


@pytest.mark.parametrize(
    ("place", "on_campus"), [(Place.HALLWAY, True), (Place.OFF_CAMPUS, False), (Place.PERIMETER, None)]
)
def test_whether_it_was_on_a_campus_follows_from_the_place(export, place: Place, on_campus: bool | None):
    contact(HURT, place=place)
    (one,) = json.loads(export("--year", 2026).stdout)
    assert one["on_k12_campus"] is on_campus


def test_an_empty_log_reports_nothing_and_says_that_it_is_empty(export):
    done = export("--year", 2026)
    assert json.loads(done.stdout) == []
    assert "no day yet" in done.stderr


def test_a_year_that_cannot_be_is_bad_input(export):
    with pytest.raises(BadInput, match="no such year"):
        export("--year", 26)


def test_an_age_that_only_the_school_told_is_not_handed_to_the_agency(export):
    filed = contact(HURT)
    aged = from_plain(PersonDetails, {"force": HURT, "age": 15})
    student = make.student(actions=(Action.FORCE,), outcomes=(Outcome.ARREST,), details=aged)
    narrative = {"narrative": "Held at the gate.", "de_escalation": (DeEscalation.CALM_TALK,)}
    ages = []
    for number, teller in enumerate((make.eve(), make.bob()), 1):
        older = replace(student, details=replace(aged, age=15 + number))
        make.corrected(filed, teller, number=number, people=(older,), **narrative)
        (one,) = json.loads(export("--year", 2026, "--json").stdout)["incidents"]
        ages.append(one["civilians"][0]["age"])
    assert ages == [None, "10-17"]
