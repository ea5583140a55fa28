"""The invented contacts are such as could have happened."""

import random
from datetime import UTC, date, datetime

import pytest

from accord.facts import Action, ConductClass, InitiatedBy, Kind, Outcome, TriedFirst
from accord.web.demo import contacts, district


@pytest.fixture(scope="module")
def made() -> list[contacts.InventedContact]:
    rng = random.Random(7)
    schools = dict(enumerate(district.SCHOOLS))
    enrolled = {key: district.students(school, rng) for key, school in schools.items()}
    now = datetime(2026, 6, 1, tzinfo=UTC)
    return contacts.contacts(schools, enrolled, start=date(2025, 8, 1), now=now, rng=rng)


def kinds(made: list[contacts.InventedContact], kind: Kind, what: str) -> set[object]:
    found = {one.entry[what] for one in made if one.entry["kind"] is kind}
    assert found
    return found


def test_nobody_calls_the_police_about_nothing_or_is_the_officer_called(made: list[contacts.InventedContact]):
    assert ConductClass.NOT_CONDUCT not in kinds(made, Kind.CALL_FOR_POLICE, "conduct")
    assert not kinds(made, Kind.CALL_FOR_POLICE, "initiated_by") & {InitiatedBy.OFFICER, InitiatedBy.DISPATCH}


def test_stops_are_about_somebodys_conduct_and_prevention_is_about_nobodys(made: list[contacts.InventedContact]):
    never = {ConductClass.NOT_CONDUCT, ConductClass.VICTIM_OR_WITNESS}
    assert not kinds(made, Kind.STOP, "conduct") & never
    assert kinds(made, Kind.PREVENTION, "conduct") == {ConductClass.NOT_CONDUCT}


def test_discipline_and_distress_do_not_end_before_a_court(made: list[contacts.InventedContact]):
    gentle = {ConductClass.CODE_OF_CONDUCT, ConductClass.MENTAL_HEALTH}
    justice = {Outcome.ARREST, Outcome.CITATION, Outcome.REFERRAL_FOR_PROSECUTION}
    people = [person for one in made if one.entry["conduct"] in gentle for person in one.entry["people"]]
    assert people
    assert not any(justice & set(person["outcomes"]) for person in people)
    everybody = [person for one in made for person in one.entry["people"]]
    assert any(Outcome.ARREST in person["outcomes"] for person in everybody)
    assert all(Action.RESTRAINED in person["actions"] for person in everybody if Outcome.ARREST in person["outcomes"])


def test_what_the_law_requires_is_reported_without_trying_something_else_first(made: list[contacts.InventedContact]):
    tried = [one.entry["tried_first"] for one in made if one.entry["conduct"] is ConductClass.MANDATORY_REPORT]
    assert set(tried) == {(TriedFirst.NOTHING_REQUIRED,)}
