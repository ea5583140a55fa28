"""What the worked cases of stops cannot say: the whole check, warnings, and clearing what only students answer."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from accord.facts import Stop
from accord.facts.stop_codes import (
    NonForceAction,
    OfficerAssignment,
    ReasonGiven,
    RipaDisability,
    SearchBasis,
    SeizureBasis,
    StopReason,
    StopResult,
)
from accord.facts.stops import Reason, Result
from accord.rules import stops as rules
from tests.exchange.stops import ALICE, AT_SCHOOL, stops, with_person


def unmet(stop: Stop) -> list[tuple[str, str]]:
    return [(finding.clause, finding.field) for finding in rules.check(stop).unmet]


def test_a_whole_stop_of_a_student_is_allowed():
    assert rules.check(AT_SCHOOL).allowed
    assert all(finding.met for finding in rules.warnings(AT_SCHOOL))


REASON, SEEN, PLACE = ALICE.reason, ALICE.perceived, AT_SCHOOL.location
PASSENGER = {
    "is_passenger": True,
    "non_force": (NonForceAction.RAN_PASSENGER,),
    "agreed_property": None,
    "search_bases": (),
    "consent_type": None,
}
OF_PERSON = [
    (
        {"perceived": replace(SEEN, disabilities=(RipaDisability.NONE, RipaDisability.OTHER))},
        "stops.exclusive",
        "perceived.disabilities",
    ),
    ({"perceived": replace(SEEN, races=())}, "stops.perceived", "perceived.races"),
    ({"reason": Reason(given=REASON.given, narrative="because")}, "stops.one-reason", "reason.code"),
    ({"reason": replace(REASON, ed_subdivision=None)}, "stops.reason-detail", "reason.ed_subdivision"),
    ({"reason": replace(REASON, narrative="")}, "stops.narrative", "reason.narrative"),
    ({"reason": replace(REASON, narrative="x" * 251)}, "stops.narrative", "reason.narrative"),
    ({"reason": replace(REASON, narrative="Call 555-123-4567")}, "stops.narrative-private", "reason.narrative"),
    ({"reason": replace(REASON, given=(ReasonGiven.NOT_COMMUNICATED,))}, "stops.reason-given", "reason.narrative"),
    ({"search_bases": (), "consent_type": None}, "stops.search-basis", "search_bases"),
    ({"consent_type": None}, "stops.consent", "consent_type"),
    ({"results": (Result(StopResult.CITATION),)}, "stops.offences", "results"),
    (PASSENGER, "stops.passenger", "non_force"),
    ({"force": ()}, "stops.actions", "force"),
    ({"seizure_bases": (SeizureBasis.EVIDENCE,)}, "stops.seizure", "non_force"),
]
OF_STOP = [
    ({"location": replace(PLACE, at_school=False, school_code="")}, "stops.student-only", "people.0.is_student"),
    ({"location": replace(PLACE, school_code="")}, "stops.school", "location.school_code"),
    ({"minutes": 0}, "stops.duration", "minutes"),
    ({"minutes": 1441}, "stops.duration", "minutes"),
    ({"officer": replace(AT_SCHOOL.officer, years=-1)}, "stops.officer-years", "officer.years"),
    ({"people": ()}, "stops.people", "people"),
    ({"people": (ALICE, ALICE)}, "stops.people", "people"),
]


@pytest.mark.parametrize(("changes", "clause", "field"), OF_PERSON)
def test_one_fault_of_a_person_is_one_finding_beside_its_field(changes: dict, clause: str, field: str):
    assert unmet(with_person(**changes)) == [(clause, f"people.0.{field}")]


@pytest.mark.parametrize(("changes", "clause", "field"), OF_STOP)
def test_one_fault_of_a_stop_is_one_finding_beside_its_field(changes: dict, clause: str, field: str):
    assert unmet(replace(AT_SCHOOL, **changes)) == [(clause, field)]


def test_a_consensual_encounter_without_a_search_is_refused():
    reason = Reason(code=StopReason.CONSENSUAL, given=(ReasonGiven.CONSENSUAL,), narrative="Talked at the gate.")
    plain = {"search_bases": (), "consent_type": None, "agreed_property": None, "search_explanation": ""}
    assert unmet(with_person(reason=reason, non_force=(NonForceAction.NONE,), **plain)) == [
        ("stops.consensual-search", "people.0.non_force")
    ]


def test_warnings_never_stop_a_record():
    odd = replace(
        with_person(
            perceived=replace(ALICE.perceived, age=25),
            search_bases=(SearchBasis.ARREST, SearchBasis.SUPERVISION),
            consent_type=None,
        ),
        officer=replace(AT_SCHOOL.officer, assignment=OfficerAssignment.PATROL),
    )
    assert rules.check(odd).allowed
    found = [finding for finding in rules.warnings(odd) if not finding.met]
    assert {finding.clause for finding in found} == {
        "stops.assignment-warning",
        "stops.age-warning",
        "stops.arrest-warning",
        "stops.supervision-warning",
    }
    assert all(rules.is_warning(finding) for finding in found)
    assert not any(rules.is_warning(finding) for finding in rules.check(odd).findings)


def test_away_from_a_school_what_only_students_answer_is_cleared():
    marked = with_person(
        perceived=replace(ALICE.perceived, disabilities=(RipaDisability.HYPERACTIVITY, RipaDisability.SPEECH)),
        search_bases=(SearchBasis.SCHOOL_POLICY, SearchBasis.EVIDENCE),
        seizure_bases=(SeizureBasis.SCHOOL_POLICY,),
        reason=replace(ALICE.reason, given=(ReasonGiven.EDUCATION_CODE, ReasonGiven.OTHER)),
    )
    cleared = rules.clear_student_only(replace(marked, location=replace(marked.location, at_school=False)))
    (person,) = cleared.people
    assert cleared.location.school_code == ""
    assert not person.is_student
    assert person.perceived.disabilities == (RipaDisability.SPEECH,)
    assert (person.reason.code, person.reason.ed_section, person.reason.ed_subdivision) == (None, None, None)
    assert person.reason.narrative == ALICE.reason.narrative
    assert person.reason.given == (ReasonGiven.OTHER,)
    assert NonForceAction.STATEMENT not in person.non_force
    assert person.search_bases == (SearchBasis.EVIDENCE,)
    assert person.seizure_bases == ()
    assert [result.code for result in person.results] == [StopResult.VERBAL_WARNING]


def test_a_visitor_at_a_school_is_cleared_and_the_student_beside_stays():
    visitor = replace(ALICE, pid="2", is_student=False)
    cleared = rules.clear_student_only(replace(AT_SCHOOL, people=(ALICE, visitor)))
    assert cleared.people[0] == ALICE
    assert cleared.people[1].reason.code is None
    assert cleared.location == AT_SCHOOL.location


@settings(max_examples=50, deadline=None)
@given(stops())
def test_clearing_leaves_nothing_for_students_only_and_changes_nothing_twice(stop: Stop):
    away = replace(stop, location=replace(stop.location, at_school=False))
    cleared = rules.clear_student_only(away)
    found = {
        finding.clause: finding.met
        for finding in rules.check(cleared).findings
        if finding.clause in ("stops.student-only", "stops.school")
    }
    assert all(found.values())
    assert rules.clear_student_only(cleared) == cleared
    assert rules.clear_student_only(stop) == stop
