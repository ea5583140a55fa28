"""Clause = rule = case: what the words say, what the code does and the worked examples are one thing."""

import importlib
import inspect
import typing
from datetime import date

import pytest

from accord import clauses
from accord.catalogue import bp_3515_31
from accord.decision import RULES, Finding
from accord.facts import from_plain
from accord.rules.controls import Standing

for topic in clauses.TOPICS:
    importlib.import_module(f"accord.rules.{topic}")

CASES = [case for topic in clauses.TOPICS for case in clauses.cases(topic)]


def answer(case: clauses.Case) -> Finding | Standing:
    """Run the rule of a case on its facts and numbers."""
    rule = RULES[case.clause]
    hints = typing.get_type_hints(rule)
    names = list(inspect.signature(rule).parameters)
    facts = from_plain(hints[names[0]], case.given)
    arguments = {key: from_plain(hints[key], value) for key, value in case.arguments.items()}
    return rule(facts, **arguments)


@pytest.mark.parametrize("case", CASES, ids=[f"{case.clause}: {case.name}" for case in CASES])
def test_a_worked_case_gives_the_answer_it_states(case: clauses.Case):
    result = answer(case)
    finding = result.finding if isinstance(result, Standing) else result
    given = result.status.value if isinstance(result, Standing) else result.met
    assert given == case.then
    assert case.because in str(finding.reason)
    assert finding.clause == case.clause


@pytest.mark.parametrize("topic", clauses.TOPICS)
def test_every_clause_has_a_rule_unless_it_is_left_to_judgement(topic: str):
    stated = {clause.id for clause in clauses.clauses(topic) if not clause.judgement}
    implemented = {clause for clause in RULES if clause.startswith(f"{topic}.")}
    assert stated == implemented


@pytest.mark.parametrize("clause", sorted(RULES))
def test_every_rule_has_a_case_that_is_met_and_one_that_is_not(clause: str):
    answers = {case.then for case in CASES if case.clause == clause}
    assert answers & {True, "met", "does_not_apply"}
    assert answers & {False, "not_met", "no_evidence", "due"}


@pytest.mark.parametrize("topic", clauses.TOPICS)
def test_every_clause_has_words_and_a_source(topic: str):
    for clause in clauses.clauses(topic):
        assert clause.words, clause.id
        assert clause.source, clause.id


def test_every_parameter_says_unit_source_and_since_when():
    for parameter in clauses.parameters():
        assert parameter.unit, parameter.id
        assert parameter.source, parameter.id
        assert parameter.effective <= date(2026, 11, 24), parameter.id


def test_a_number_from_general_knowledge_is_not_called_verified():
    for parameter in clauses.parameters():
        assert ("[GK]" in parameter.source) == (parameter.verified_on is None), parameter.id


def test_every_obligation_has_a_control_whose_rule_exists():
    controls = clauses.table("controls")["control"]
    assert set(controls) == {obligation.id for obligation in bp_3515_31().obligations}
    assert {row["rule"] for row in controls.values()} <= set(RULES)
