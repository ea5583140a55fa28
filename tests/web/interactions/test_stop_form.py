"""A stop as typed becomes the state's record; what is wrong with it stands beside the field that says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django import forms

from accord.exchange import ripa_json, ripa_json_read
from accord.facts import Action, Kind, PersonKind, Stop
from accord.facts.details import ContactDetails
from accord.facts.stop_codes import NonForceAction, StopReason, StopType, Transaction
from accord.facts.stops import OfficerProfile
from accord.rules.stops_answers import NEED_OFFENCE
from accord.web.interactions import stop_asked, stop_form
from accord.web.interactions.completeness import complete
from accord.web.people.models import School
from tests.web import factories as make
from tests.web.interactions import stop_typed as typed

SCHOOL = School(cds="01100170112607", name="Cedar Middle")


class Contact(stop_form.StopForm):
    location = forms.CharField()


class Person(stop_form.PersonStoppedForm):
    kind = forms.CharField()
    role = forms.CharField()
    actions = forms.MultipleChoiceField(choices=Action.choices(), required=False)


def _read(form: forms.Form) -> dict[str, Any]:
    assert form.is_valid(), form.errors
    return form.cleaned_data


def asked(contact: dict[str, Any], person: dict[str, Any]) -> dict[str, Any]:
    """What a person's form sends, without what the page does not ask."""
    applying = stop_form.applying(contact, person)
    return {name: value for name, value in person.items() if not name.startswith("ripa_") or name in applying}


def told(
    contact: dict[str, Any] | None = None,
    *people: dict[str, Any],
    officer: OfficerProfile | None = typed.OFFICER,
    former: Stop | None = None,
    **entry: Any,
) -> Stop:
    sent = typed.CONTACT | (contact or {})
    main = _read(Contact(sent))
    read = [_read(Person(asked(sent, typed.STUDENT | one))) for one in people or ({},)]
    answers = {"kind": Kind.STOP, "duration_minutes": 12} | entry
    stop = stop_form.told_stop(main, read, entry=make.entry(**answers), school=SCHOOL, officer=officer, former=former)
    assert stop is not None
    return stop


def unmet(stop: Stop) -> list[str]:
    return [finding.field for finding in stop_form.form_findings(stop) if not finding.met]


def test_a_whole_stop_of_a_student_has_nothing_to_mend():
    stop = told()
    assert unmet(stop) == []
    assert [one for one in stop_form.form_warnings(stop) if not one.met] == []
    assert ripa_json_read.read(ripa_json.as_json(stop)) == stop


def test_what_the_contact_tells_is_not_asked_again():
    stop = told(occurred_at=datetime(2026, 11, 24, 7, 30, 59, tzinfo=UTC))
    assert (stop.date, stop.time, stop.minutes) == (date(2026, 11, 23), time(23, 30), 12)
    assert (stop.location.at_school, stop.location.school_code) == (True, SCHOOL.cds)
    assert stop.people[0].is_student
    assert NonForceAction.SEARCHED_PROPERTY in stop.people[0].non_force


@pytest.mark.parametrize("name", typed.INVALID)
def test_what_is_wrong_stands_beside_its_field(name: str):
    contact, person, field = typed.INVALID[name]
    assert set(unmet(told(contact, person))) == {f"people.0.{field}"}


@pytest.mark.django_db
@pytest.mark.parametrize("name", typed.NAMED)
def test_a_name_stands_beside_its_field(name: str):
    contact, person, field = typed.NAMED[name]
    stop, entry = told(contact, person), make.entry(kind=Kind.STOP, duration_minutes=12)
    decision = complete(entry, ContactDetails(), school=make.school(), on=make.ON, stop=stop)
    assert [one.field for one in decision.unmet if "ripa" in one.field] == [f"people.0.{field}"]


@pytest.mark.parametrize("minutes", [0, 1441])
def test_a_duration_that_no_stop_has_stands_beside_the_minutes(minutes: int):
    assert unmet(told(duration_minutes=minutes)) == ["duration_minutes"]


def test_an_officer_without_a_profile_is_told_so_above_the_form():
    assert [one.clause for one in stop_form.form_findings(told(officer=OfficerProfile())) if not one.met] == [
        "stops.officer-years"
    ]


@pytest.mark.parametrize("name", typed.WARNED)
def test_what_deserves_a_second_look_stops_nothing(name: str):
    person, field = typed.WARNED[name]
    stop = told({}, person)
    assert [one.field for one in stop_form.form_warnings(stop) if not one.met] == [f"people.0.{field}"]
    assert unmet(stop) == []


def test_an_officer_of_another_assignment_is_a_warning():
    other = replace(typed.OFFICER, assignment=None)
    stop = told(officer=other)
    assert [one.clause for one in stop_form.form_warnings(stop) if not one.met] == ["stops.assignment-warning"]
    assert unmet(stop) == []


def test_the_second_person_keeps_the_place_on_the_page_and_a_witness_is_not_reported():
    stop = told({}, {"role": "witness"}, {"ripa_races": []})
    assert [person.pid for person in stop.people] == ["2"]
    assert unmet(stop) == ["people.1.ripa_races"]


def test_a_stop_of_nobody_is_refused():
    assert unmet(told({}, {"role": "witness"})) == [""]


def test_a_contact_that_was_no_stop_and_one_by_no_officer_make_no_record():
    main, person = _read(Contact(typed.CONTACT)), _read(Person(typed.STUDENT))
    for kind, officer in ((Kind.NON_STOP_CONTACT, typed.OFFICER), (Kind.STOP, None)):
        entry = make.entry(kind=kind)
        assert stop_form.told_stop(main, [person], entry=entry, school=SCHOOL, officer=officer) is None


def test_years_of_service_are_those_of_the_day_of_the_stop_rounded_up():
    assert told().officer.years == 7
    on_the_day = datetime(2026, 7, 1, 18, tzinfo=UTC)
    assert told(occurred_at=on_the_day).officer.years == 6


def test_a_correction_keeps_the_officer_of_the_record():
    first = told()
    promoted = replace(typed.OFFICER, key="other", ori="CA0019999")
    again = told(officer=promoted, former=first)
    assert (again.officer, again.ori) == (first.officer, first.ori)


@pytest.mark.parametrize(
    "person",
    [
        {},
        typed.SEARCHED | {"ripa_person_search": ["14", "16"]},
        typed.SEARCHED,
        typed.SUSPECT | {"ripa_results": ["3", "15"], "ripa_offences_citation": "23008, 54106"},
        {"actions": ["seized_property"], "ripa_seizure_bases": ["6"], "ripa_property_types": ["9"]},
        {"ripa_gender": "", "ripa_nonbinary": "on", "ripa_unhoused": "Y"},
    ],
)
def test_what_was_filed_fills_the_form_and_is_read_the_same(person: dict[str, Any]):
    stop = told({"stop_service_call": "on"}, person)
    contact = {name: value for name, value in stop_form.initial(stop).items() if value}
    filed = {name: value for name, value in stop_form.initial_people(stop)[0].items() if value}
    bare = {name: value for name, value in (typed.STUDENT | person).items() if not name.startswith("ripa_")}
    main = _read(Contact({"location": "hallway"} | contact))
    read = [_read(Person(bare | filed))]
    again = stop_form.told_stop(
        main, read, entry=make.entry(kind=Kind.STOP, duration_minutes=12), school=SCHOOL, officer=typed.OFFICER
    )
    assert again == stop


@pytest.mark.parametrize(
    ("location", "grounds", "school"),
    [
        ("classroom", "", True),
        ("perimeter", "", False),
        ("perimeter", "on", True),
        ("transport", "", False),
        ("off_campus", "on", False),
        ("online", "on", False),
    ],
)
def test_only_the_grounds_of_the_school_are_a_k12_place(location: str, grounds: str, school: bool):
    stop = told({"location": location, "stop_grounds": grounds}, typed.SUSPECT)
    assert (stop.location.at_school, bool(stop.location.school_code)) == (school, school)
    assert stop.people[0].is_student is school


ANSWERED = {"kind": "student", "role": "subject"}


@pytest.mark.parametrize(
    ("answers", "asked", "not_asked"),
    [
        ({}, {"ripa_races", "ripa_reason", "ripa_force"}, {"ripa_ed_section", "ripa_search_bases", "ripa_details"}),
        ({"ripa_reason": "7"}, {"ripa_ed_section"}, {"ripa_ed_subdivision", "ripa_offence"}),
        ({"ripa_reason": "7", "ripa_ed_section": "1"}, {"ripa_ed_subdivision"}, set()),
        ({"ripa_reason": "7", "ripa_ed_section": "2"}, {"ripa_ed_section"}, {"ripa_ed_subdivision"}),
        ({"ripa_reason": "2", "ripa_ed_section": "1"}, {"ripa_details", "ripa_offence"}, {"ripa_ed_subdivision"}),
        ({"actions": ["searched_property"]}, {"ripa_search_bases"}, {"ripa_person_search", "ripa_seizure_bases"}),
        ({"actions": ["searched_person"]}, {"ripa_search_bases", "ripa_person_search"}, set()),
        ({"actions": ["seized_property"]}, {"ripa_seizure_bases"}, {"ripa_search_bases"}),
        ({"ripa_non_force": ["2"]}, {"ripa_agreed_person"}, {"ripa_agreed_property"}),
        ({"ripa_results": ["3"]}, {"ripa_offences_citation"}, {"ripa_offences_arrest"}),
    ],
)
def test_only_the_questions_that_apply_are_asked(answers: dict[str, Any], asked: set[str], not_asked: set[str]):
    applying = stop_form.applying(typed.CONTACT, ANSWERED | answers)
    assert asked <= applying
    assert not applying & not_asked


def test_nothing_of_it_is_asked_of_another_contact_and_little_of_a_witness():
    assert stop_form.applying({"kind": "prevention"}, ANSWERED) == frozenset()
    assert not {one for one in stop_form.applying(typed.CONTACT, {"role": "witness"}) if one.startswith("ripa_")}


def test_a_passenger_is_asked_for_only_in_a_vehicle_and_a_residence_only_away_from_school():
    away = typed.CONTACT | {"location": "off_campus", "stop_type": "1"}
    assert not {"ripa_passenger", "ripa_residence"} & stop_form.applying(typed.CONTACT, ANSWERED)
    assert {"ripa_passenger", "ripa_residence"} <= stop_form.applying(away, ANSWERED)


def test_answers_for_students_are_offered_to_students_only():
    student, visitor = Person(), Person()
    stop_form.offer(student, typed.CONTACT, ANSWERED)
    stop_form.offer(visitor, typed.CONTACT, ANSWERED | {"kind": PersonKind.VISITOR.value})
    for name in stop_asked.LISTS:
        gone = set(dict(student.fields[name].choices)) - set(dict(visitor.fields[name].choices))
        assert gone, name
    assert StopReason.EDUCATION_CODE.value not in dict(visitor.fields["ripa_reason"].choices)


def test_every_field_stands_in_one_group():
    listed = [name for _title, names in stop_form.GROUPS for name in names]
    assert sorted(listed) == sorted(stop_form.PersonStoppedForm.base_fields)


def test_the_record_is_a_first_report_until_it_is_filed():
    stop = told()
    assert (stop.transaction, stop.stop_type) == (Transaction.INSERT, StopType.PEDESTRIAN)


def test_every_result_that_names_an_offense_has_a_field_for_it():
    assert set(stop_asked.OFFENCES) == set(NEED_OFFENCE)
    assert set(stop_asked.OFFENCES.values()) <= set(stop_form.PersonStoppedForm.base_fields)
