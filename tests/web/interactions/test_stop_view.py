"""A stop posted to the page: what breaks a rule of the state is refused beside its field and stored nowhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accord.web.interactions import officers
from accord.web.interactions.models import Interaction, Version
from accord.web.interactions.own_stops import identified
from accord.web.people.models import User
from tests.web import factories as make
from tests.web.interactions import stop_typed as stops
from tests.web.interactions import typed

pytestmark = pytest.mark.django_db

DETAILS = {
    "search_by": ["school_officer"],
    "search_standard": "reasonable_suspicion",
    "search_extent": ["bag"],
    "seized_given_to": ["school"],
}
"""What every contact asks of a search and of property taken, whether it was a stop or not."""


@pytest.fixture
def bob() -> User:
    officer = make.bob()
    officers.keep(by=officer, at=make.AT, on=make.ON, officer=officer, profile=stops.OFFICER)
    return officer


def sent(contact: dict[str, Any] | None = None, person: dict[str, Any] | None = None) -> dict[str, Any]:
    one = typed.person(**(stops.STUDENT | DETAILS | (person or {})))
    if (person or {}).get("kind") == "visitor":
        one |= {f"people-0-{name}": "" for name in ("grade", "race", "sex", "disability", "english_learner")}
    return typed.form(make.school(), one, **(stops.CONTACT | (contact or {})))


def log(by: User, form: dict[str, Any]) -> Any:
    client: Client = make.signed_in(by)
    return client.post(reverse("interactions:new"), form)


def errors(answer: Any) -> set[str]:
    """The fields beside which the page says what is to be mended."""
    page = answer.context["page"]
    main = set(page.main.errors)
    return main | {f"people.{at}.{name}" for at, form in enumerate(page.people) for name in form.errors}


def test_a_whole_stop_is_filed_with_its_record(bob: User):
    answer = log(bob, sent())
    assert answer.status_code == 302, errors(answer)
    version = Version.objects.get()
    stop = identified(version)
    assert stop is not None
    assert stop.record_id == version.interaction.reference
    assert (stop.officer.uid, stop.people[0].is_student) == (stops.OFFICER.key, True)


@pytest.mark.parametrize("name", [*stops.INVALID, *stops.NAMED])
def test_what_breaks_a_rule_is_refused_beside_its_field(name: str, bob: User):
    contact, person, field = (stops.INVALID | stops.NAMED)[name]
    answer = log(bob, sent(contact, person))
    assert answer.status_code in (400, 422)
    assert f"people.0.{field}" in errors(answer)
    assert not Interaction.objects.exists()


def test_everything_left_open_about_a_person_is_named_at_once(bob: User):
    seen = {"ripa_races": [], "ripa_gender": "", "ripa_age": "", "ripa_disabilities": [], "ripa_unhoused": ""}
    done = {"ripa_force": [], "ripa_results": []}
    answer = log(bob, sent({}, seen | done))
    assert {f"people.0.{name}" for name in seen | done} <= errors(answer)


@pytest.mark.parametrize("minutes", ["0", "1441"])
def test_a_duration_that_no_stop_has_is_refused_beside_the_minutes(minutes: str, bob: User):
    answer = log(bob, sent({"duration_minutes": minutes}))
    assert answer.status_code in (400, 422)
    assert "duration_minutes" in errors(answer)
    assert not Interaction.objects.exists()


def test_an_officer_without_a_profile_is_led_to_it():
    answer = log(make.bob(), sent())
    assert answer.status_code == 422
    assert "profile is not on file" in typed.text(answer.content)
    assert not Interaction.objects.exists()


@pytest.mark.parametrize("name", stops.WARNED)
def test_what_deserves_a_second_look_is_filed(name: str, bob: User):
    person, _field = stops.WARNED[name]
    assert log(bob, sent({}, person)).status_code == 302


def test_answers_for_students_are_dropped_on_the_server_away_from_school(bob: User):
    person = stops.SUSPECT | {
        "ripa_non_force": ["1", "3"],
        "ripa_results": ["9", "12"],
        "ripa_disabilities": ["4", "7"],
    }
    answer = log(bob, sent({"location": "off_campus"}, person))
    assert answer.status_code == 302, errors(answer)
    stop = identified(Version.objects.get())
    assert stop is not None
    (stopped,) = stop.people
    assert not stopped.is_student
    assert [one.value for one in stopped.non_force] == ["3", "15"]
    assert [one.code.value for one in stopped.results] == ["9"]
    assert [one.value for one in stopped.perceived.disabilities] == ["4"]


def test_a_principal_is_asked_nothing_of_it_and_files_no_record():
    answer = log(make.alice(), sent({}, {"search_bases": ["14"], "search_found": ["1"]}))
    assert answer.status_code == 302, errors(answer)
    assert Version.objects.get().stop is None


def test_what_was_perceived_and_what_the_school_recorded_never_mix(bob: User):
    answer = log(bob, sent({}, {"race": "asian", "ripa_races": ["2"], "sex": "male", "ripa_gender": "2"}))
    assert answer.status_code == 302, errors(answer)
    version = Version.objects.get()
    person = version.people.get()
    assert (person.race, person.sex) == ("asian", "male")
    stop = identified(version)
    assert stop is not None
    assert [one.value for one in stop.people[0].perceived.races] == ["2"]
    page = typed.text(make.signed_in(make.alice()).get(answer["Location"]).content)
    assert "Race or ethnicity, as perceived Black or African American" in page
    assert "the officer perceived" in page
