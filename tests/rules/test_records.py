"""The decision on student records: default no, bars win, and a missing fact is named."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given as example
from hypothesis import settings
from hypothesis import strategies as st

from accord import clauses
from accord.decision import RULES
from accord.facts import from_plain
from accord.facts.records import Asked, Ruling
from accord.rules import records
from tests.rules.records_requests import CASES, decide, having, leaves, made_up, without

GRANTS = (Ruling.RELEASE, Ruling.IN_PART)
ANSWERED = {case.name: case for case in CASES if case.clause == "records.decision"}
WHOLE = [case for case in CASES if case.name == "Every fact is on file"]
WORKED = st.sampled_from([case.given for case in CASES])
MADE_UP = st.sampled_from(list(made_up(seed=34, count=400)))

SPEAKS_AGAINST = {
    *("revoked_on", "expires_on", "ends_on", "objection_pending", "non_disclosure", "whole_group", "consent"),
    *("bars", "passed_to", "items", "claims"),
}
"""Facts that speak against a release, or make the request larger; the others can only help it."""

NEVER_LEFT_OUT = {"kind", "purpose", "capacity", "id", "agency", "identity_verified", "on", "claim"}
"""Facts without which it is no request, or another one. The command refuses a file without them."""


def named(fixture: str) -> dict[str, Any]:
    """The facts of the worked case whose name begins so."""
    return next(case.given for name, case in ANSWERED.items() if name.startswith(fixture))


def is_required(path: tuple[Any, ...]) -> bool:
    words = {part for part in path if isinstance(part, str)}
    return path[0] in ("request", "on_file") and not words & SPEAKS_AGAINST and path[-1] not in NEVER_LEFT_OUT


@example(facts=WORKED | MADE_UP, data=st.data())
@settings(max_examples=150, deadline=None)
def test_taking_a_fact_away_never_turns_a_denial_into_a_release(facts: dict[str, Any], data: st.DataObject):
    if decide(facts).ruling is not Ruling.DENY:
        return
    path = data.draw(st.sampled_from([one for one in leaves(facts) if is_required(one)]))
    assert decide(without(facts, path)).ruling not in GRANTS


FORBIDS: dict[str, Any] = {
    "an immigration purpose and no judge": lambda facts: having(
        having(facts, ("request", "paper"), {"kind": "administrative_warrant", "recipient": "city-police"}),
        ("request", "purpose"),
        "immigration",
    ),
    "whoever asks decides": lambda facts: having(
        facts, ("request", "decided_by"), facts["request"].get("asker", {}).get("id", "")
    ),
    "passed on to a stranger": lambda facts: having(
        facts, ("request", "passed_to"), [{"id": "stranger", "capacity": "other", "agency": "elsewhere"}]
    ),
    "a revoked consent": lambda facts: having(
        having(facts, ("request", "consent"), "gone"),
        ("on_file", "consents"),
        [{"id": "gone", "student": "s1", "signed_on": "2025-01-01", "revoked_on": "2025-02-01"}],
    ),
    "a court bars whoever asks": lambda facts: having(
        facts,
        ("on_file", "bars"),
        [{"person": facts["request"]["asker"]["id"], "student": facts["request"].get("student", {}).get("id", "")}],
    ),
}


@pytest.mark.parametrize("forbid", FORBIDS)
@example(facts=WORKED | MADE_UP)
@settings(max_examples=60, deadline=None)
def test_a_bar_that_is_added_always_denies(forbid: str, facts: dict[str, Any]):
    if "id" not in facts["request"]["asker"] or facts["on"] < "2025-09-20":
        return
    assert decide(FORBIDS[forbid](facts)).ruling is Ruling.DENY


@example(facts=WORKED | MADE_UP)
@settings(max_examples=60, deadline=None)
def test_the_same_facts_give_the_same_answer_and_a_release_rests_on_a_clause_that_is_met(facts: dict[str, Any]):
    found = decide(facts)
    assert found == decide(facts)
    if found.ruling in GRANTS:
        assert [one.met for one in found.findings if one.clause == found.basis and one.met]
    for one in found.findings:
        assert clauses.clause(one.clause).source


@pytest.mark.parametrize("case", WHOLE, ids=[case.clause for case in WHOLE])
def test_each_ground_releases_alone_and_names_every_fact_that_is_taken_away(case: clauses.Case):
    assert decide(case.given).basis == case.clause
    taken = 0
    for path in leaves({key: case.given[key] for key in ("request", "on_file") if key in case.given}):
        if path[-2:] == ("paper", "kind"):
            continue
        less = without(case.given, path)
        plain = {key: value for key, value in less.items() if key != "numbers"}
        asked = from_plain(Asked, {**plain, "numbers": case.given.get("numbers", {})})
        finding = RULES[case.clause](asked)
        if finding.met:
            continue
        taken += 1
        assert len(str(finding.reason)) > len("Not on file: ")
        found = decide(less)
        assert found.ruling not in GRANTS
        assert case.clause in {one.clause for one in (*found.findings, *found.wanted) if not getattr(one, "met", False)}
    assert taken >= 2


@pytest.mark.parametrize("clause", sorted(one.clause for one in records.BASES))
def test_a_ground_without_any_number_in_force_opens_nothing_that_needs_one(clause: str):
    case = next(case for case in WHOLE if case.clause == clause)
    asked = from_plain(Asked, {key: value for key, value in case.given.items() if key != "numbers"})
    assert RULES[clause](asked).met is not bool(case.given.get("numbers"))


def test_all_twenty_fixtures_and_at_least_sixty_cases_more_are_worked_each_with_its_citation():
    rows = clauses.table("records")["case"]
    assert [row["name"] for row in rows if not row.get("source")] == []
    fixtures = {name.partition(":")[0].partition(",")[0] for name in ANSWERED if name.startswith("Fixture")}
    assert fixtures == {f"Fixture {number}" for number in range(1, 21)}
    assert len(rows) - len(fixtures) >= 60


def test_an_emergency_is_logged_with_its_threat_and_told_to_the_parent_within_a_week():
    found = decide(named("Fixture 11"))
    assert found.log.required
    assert found.log.holds["threat"]
    assert found.log.holds["recipients"] == "sro-1"
    assert [str(one.due) for one in found.duties if "parent" in str(one.what)] == ["by 2026-03-09"]
    assert {one.who for one in found.duties} == {"administrator", "superintendent", "custodian"}


@pytest.mark.parametrize(
    ("fixture", "required", "sealed"),
    [
        ("Fixture 1:", True, False),
        ("Fixture 2:", False, False),
        ("Fixture 5:", False, False),
        ("Fixture 9:", True, False),
        ("Fixture 10:", False, True),
        ("Fixture 13:", False, False),
        ("Fixture 17:", True, False),
        ("Fixture 19:", True, False),
        ("Fixture 20:", True, False),
    ],
)
def test_what_must_be_logged(fixture: str, required: bool, sealed: bool):
    found = decide(named(fixture)).log
    assert (found.required, found.sealed) == (required, sealed)
    assert found.holds["party"]


def test_a_request_for_immigration_enforcement_goes_up_at_once_and_to_the_board():
    duties = decide(named("Fixture 17:")).duties
    assert [(one.who, str(one.due)) for one in duties[:2]] == [("staff", "at once"), ("superintendent", "at once")]
    assert "next regular meeting" in {str(one.due) for one in duties}


def test_a_paper_that_was_not_told_is_told_to_whom_it_was_not():
    duties = decide(named("Fixture 9, before")).duties
    assert [(str(one.what)[:14], str(one.due)) for one in duties] == [
        ("Tell the pupil", "at least 3 days before the release")
    ]
    assert decide(named("Fixture 10:")).duties[0].what.template.startswith("Ask the recipient")


def test_limits_travel_with_what_an_officer_gets_and_not_with_what_a_parent_sees():
    parent = next(case for case in WHOLE if case.clause == "records.parent")
    assert len(decide(named("Fixture 2:")).limits) == 2
    assert decide(parent.given).limits == ()
    assert "state law" in str(decide(named("Fixture 15:")).limits[0])


def test_a_release_in_part_says_of_each_record_what_becomes_of_it():
    found = decide(named("A warrant that names one"))
    assert [(one.record, one.ruling) for one in found.records] == [("r1", Ruling.RELEASE), ("r2", Ruling.DENY)]
    assert {one.record for one in found.wanted} == {"r2"}


def test_the_law_of_the_day_is_used():
    before, after = date(2025, 9, 19), date(2025, 9, 20)
    assert records.numbers(on=before).immigration_judicial_only is False
    assert records.numbers(on=after).immigration_judicial_only is True
    assert records.numbers(on=date(1970, 1, 1)).adult_years is None


def test_a_request_for_no_record_at_all_is_denied():
    assert decide(having(named("Fixture 2:"), ("request", "records"), [])).ruling is Ruling.DENY
