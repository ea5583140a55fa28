"""Only the questions that apply are asked, and what does not apply is taken out on the server and said to be."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from accord.web.interactions import answers, applies, models, officers
from accord.web.interactions.answers import Forms
from accord.web.interactions.forms import LogForm, PersonForm
from accord.web.interactions.own_stops import identified
from accord.web.interactions.recorded import SCHOOL_RECORDED
from accord.web.interactions.times import written
from tests.web import factories as make
from tests.web.interactions import stop_typed as stops
from tests.web.interactions.test_stop_view import DETAILS
from tests.web.interactions.typed import form, held, now, person, text

NEW = "/interactions/new/"
FORMS = Forms(LogForm, PersonForm)
AT = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
"""Ten in the morning in the district."""


def asked(*people: dict[str, Any], officer: bool = True, **main: Any) -> applies.Asked:
    return applies.asked(answers.given(main, people), FORMS, applies.When(AT, 24, by_officer=officer))


STUDENT = {"kind": "student", "role": "subject"}


@pytest.mark.parametrize(
    ("name", "applying", "ruled_out"),
    [
        ("late_reason", ({"occurred_at": "2026-11-23T09:59"}, {}), ({"occurred_at": "2026-11-23T10:00"}, {})),
        ("asked_by", ({"initiated_by": "administrator"}, {}), ({"initiated_by": "parent"}, {})),
        ("asked_by", ({}, {}), ({"kind": "prevention"}, {})),
        ("bases", ({"kind": "non_stop_contact"}, {}), ({"kind": "prevention"}, {})),
        ("de_escalation", ({"kind": "stop"}, {}), ({"kind": "prevention"}, {})),
        ("grounds", ({}, STUDENT), ({}, STUDENT | {"role": "victim"})),
        ("grounds", ({}, {}), ({}, {"kind": "visitor"})),
        ("suspended_at", ({}, STUDENT), ({}, {"kind": "staff", "role": "subject"})),
        ("known_at", ({"bases": ["M2"]}, {}), ({}, {})),
        ("special_needs", ({"bases": ["M2"]}, STUDENT), ({}, STUDENT)),
        ("special_needs", ({"bases": ["M2"]}, STUDENT), ({"bases": ["M2"]}, {"kind": "parent"})),
        ("threat_known_at", ({"bases": ["M5"]}, {}), ({"bases": ["M4"]}, {})),
        ("released_to_officer_at", ({}, STUDENT | {"outcomes": ["arrest"]}), ({}, STUDENT | {"outcomes": ["warning"]})),
        (
            "place_withheld",
            ({}, STUDENT | {"outcomes": ["transport"]}),
            ({}, {"kind": "visitor", "outcomes": ["arrest"]}),
        ),
        ("stop_city", ({"kind": "stop"}, {}), ({"kind": "call_for_police"}, {})),
    ],
)
def test_a_question_applies_to_some_contacts_and_not_to_others(name: str, applying: Any, ruled_out: Any) -> None:
    assert name in asked(applying[1], **applying[0]).main
    assert name not in asked(ruled_out[1], **ruled_out[0]).main


def test_what_is_answered_keeps_its_question() -> None:
    assert "late_reason" in asked(occurred_at="2026-11-24T09:00", late_reason="On leave.").main


@pytest.mark.parametrize("kind", ["staff", "parent", "visitor"])
def test_what_a_school_records_is_asked_of_students(kind: str) -> None:
    assert set(SCHOOL_RECORDED) <= asked(STUDENT).people[0]
    assert not set(SCHOOL_RECORDED) & asked({"kind": kind}).people[0]


def test_what_was_perceived_is_asked_of_officers_alone() -> None:
    assert {"ripa_races", "ripa_reason"} <= asked(STUDENT, kind="stop").people[0]
    others = asked(STUDENT | {"actions": ["searched_person"]}, officer=False, kind="stop")
    assert not {name for name in (*others.people[0], *others.main) if name.startswith(("ripa_", "stop_"))}
    assert "search_bases" in others.people[0]


@pytest.mark.django_db
def test_what_does_not_apply_is_taken_out_and_said_to_be(as_bob: Client) -> None:
    visitor = person(0, kind="visitor", grade="", race="white", sex="", disability="", english_learner="")
    at = written(now())
    sent = form(make.school(), visitor, grounds=["48900(c)"], released_to_officer_at=at, place_withheld="on")
    check = as_bob.post(NEW, sent | {"do": "go-check"})
    assert "Left out for person 1: Race and ethnicity." in text(check.content)
    assert held(check.content)["people-0-race"] == ["white"]
    filed = as_bob.post(NEW, {**held(check.content), "do": "file"}, follow=True)
    said = text(filed.content)
    assert "Left out: Grounds in the Education Code" in said
    assert "When a student was released to an officer" in said
    version = models.Version.objects.get()
    assert version.people.get().race == ""
    assert not {"grounds", "released_to_officer_at", "place_withheld"} & set(version.details)


@pytest.mark.django_db
def test_answers_for_students_at_school_alone_are_left_out_elsewhere_and_said_to_be(as_bob: Client) -> None:
    _profile()
    stopped = stops.STUDENT | DETAILS | stops.SUSPECT | {"ripa_results": ["9", "12"], "ripa_disabilities": ["4", "7"]}
    sent = form(make.school(), person(0, **stopped), **(stops.CONTACT | {"location": "off_campus"}))
    said = text(as_bob.post(NEW, sent, follow=True).content)
    assert "Hyperactivity or impulsive behavior" in said
    stop = identified(models.Version.objects.get())
    assert stop is not None
    assert [one.code.value for one in stop.people[0].results] == ["9"]
    assert [one.value for one in stop.people[0].perceived.disabilities] == ["4"]


@pytest.mark.django_db
def test_a_step_of_which_nothing_applies_is_skipped(as_bob: Client) -> None:
    sent = form(make.school(), do="next", step="people", people="0", kind="prevention", tried_first=["not_needed"])
    page = as_bob.post(NEW, sent | {"conduct": "not_conduct"})
    assert held(page.content)["step"] == ["told"]
    assert "Step 4 of 5" in text(page.content)


@pytest.mark.django_db
def test_what_the_officer_perceived_outlives_a_correction_by_the_school(as_bob: Client) -> None:
    _profile()
    sent = form(make.school(), person(0, **(stops.STUDENT | DETAILS)), **stops.CONTACT)
    assert as_bob.post(NEW, sent).status_code == 302
    filed = models.Interaction.objects.get()
    address = f"/interactions/{filed.uid}/correct/"
    eve = make.signed_in(make.eve())
    page = held(eve.get(address).content)
    assert not [name for name in page if "ripa_" in name]
    answer = eve.post(address, {**page, "do": "file", "duration_minutes": "20", "reason": "It took longer."})
    assert answer.status_code == 302, text(answer.content)
    first, second = (identified(one) for one in models.Version.objects.order_by("number"))
    assert first is not None
    assert second is not None
    assert (second.minutes, second.people, second.officer) == (20, first.people, first.officer)


@pytest.mark.django_db
def test_an_officer_corrects_what_was_perceived(as_bob: Client) -> None:
    _profile()
    as_bob.post(NEW, form(make.school(), person(0, **(stops.STUDENT | DETAILS)), **stops.CONTACT))
    address = f"/interactions/{models.Interaction.objects.get().uid}/correct/"
    page = held(as_bob.get(address).content)
    assert page["people-0-ripa_races"] == ["2", "7"]
    sent = {**page, "people-0-ripa_age": "16", "reason": "Looked older.", "do": "file"}
    assert as_bob.post(address, sent).status_code == 302
    stop = identified(models.Version.objects.get(is_current=True))
    assert stop is not None
    assert stop.people[0].perceived.age == 16
    assert "Left out" not in text(as_bob.get(address).content)


def _profile() -> None:
    bob = make.bob()
    officers.keep(by=bob, at=make.AT, on=make.ON, officer=bob, profile=stops.OFFICER)
