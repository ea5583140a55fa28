"""Cedar policies, written from the clauses and the law, hold the rule to account; their type check holds them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import cedarpy
import pytest

from accord.facts.records import Ruling
from accord.rules import records
from tests.rules import records_cedar as cedar
from tests.rules.records_requests import CASES, having, held, leaves, made_up, without

SEED, COUNT = 5150, 1000


def each_fact_missing() -> Iterator[dict[str, Any]]:
    """Every worked case in which all facts are on file, and each of them with one fact after the other taken away."""
    for case in (case for case in CASES if case.name == "Every fact is on file"):
        yield case.given
        for path in leaves({key: case.given[key] for key in ("request", "on_file") if key in case.given}):
            if path[-2:] != ("paper", "kind"):
                yield without(case.given, path)


def disagreements(givens: Iterable[dict[str, Any]], reached: Counter[str]) -> list[Any]:
    """Copies on which the rule and the policies differ: let go or not, and on which grounds."""
    policies, found = cedar.Cedar(), []
    for given in givens:
        asked = held(given)
        answer = records.decide(asked.request, asked.on_file, on=asked.on, parameters=asked.numbers)
        for ruled, verdict in zip(answer.records, policies.verdicts(asked), strict=True):
            met = {one.clause for one in ruled.findings if one.met and one.clause in GROUNDS}
            released = ruled.ruling is Ruling.RELEASE
            reached["release" if released else "no"] += 1
            reached.update(met if released else ())
            if verdict.released is not released or (released and verdict.because != met):
                found.append((ruled.ruling, met, verdict, given))
    return found


GROUNDS = {basis.clause for basis in records.BASES}


def test_both_agree_on_every_worked_case_and_with_each_fact_missing():
    reached: Counter[str] = Counter()
    assert disagreements([*(case.given for case in CASES), *each_fact_missing()], reached) == []
    assert set(reached) >= GROUNDS
    assert reached["no"] > reached["release"]


def test_both_agree_on_made_up_requests():
    reached: Counter[str] = Counter()
    assert disagreements(made_up(SEED, COUNT), reached) == []
    assert min(reached["no"], reached["release"]) > COUNT // 10


def test_every_ground_and_bar_is_stated_by_one_policy_and_the_types_hold():
    ids = Counter(re.findall(r'@id\("(records\.[^"]+)"\)', cedar.policies()))
    assert set(ids) - GROUNDS == {
        *("records.immigration", "records.redisclosure", "records.own-request", "records.consent-ended"),
        *("records.court-bar", "records.unit-record", "records.excluded"),
    }
    assert set(ids) >= GROUNDS
    assert set(ids.values()) == {1}
    checked = cedarpy.validate_policies(cedar.policies(), cedar.schema())
    assert checked.validation_passed, checked.errors


MISSPELT = {
    "records.immigration": ("context.consented", "context.consentd"),
    "records.redisclosure": ("context.all_may_receive", "context.all_may_recieve"),
    "records.own-request": ("context.decided_by !=", "context.decided_for !="),
    "records.consent-ended": ("named_consent.revoked_on.date", "named_consent.revoked.date"),
    "records.court-bar": ("context.bars.", "context.bar."),
    "identity": ("&& principal.identity_verified", "&& principal.identity_verfied"),
}


WHOLE = {case.clause: case.given for case in CASES if case.name == "Every fact is on file"}
STRANGER = {"id": "stranger", "capacity": "other", "agency": "elsewhere"}
GONE = {"id": "gone", "student": "s1", "signed_on": "2025-01-01", "revoked_on": "2025-02-01"}


def barred(policy: str) -> dict[str, Any]:
    """A request that everything speaks for but this bar."""
    whole = WHOLE["records.parent"]
    asker, student = whole["request"]["asker"]["id"], whole["request"]["student"]["id"]
    return {
        "records.immigration": having(
            having(WHOLE["records.sealed-paper"], ("request", "paper", "kind"), "grand_jury"),
            ("request", "purpose"),
            "immigration",
        ),
        "records.redisclosure": having(whole, ("request", "passed_to"), [STRANGER]),
        "records.own-request": having(whole, ("request", "decided_by"), asker),
        "records.consent-ended": having(having(whole, ("request", "consent"), "gone"), ("on_file", "consents"), [GONE]),
        "records.court-bar": having(whole, ("on_file", "bars"), [{"person": asker, "student": student}]),
        "identity": having(whole, ("request", "asker", "identity_verified"), False),
    }[policy]


def with_a_slip(policy: str) -> str:
    """All policies, with one field of this one misspelt."""
    before, mark, rest = cedar.policies().partition(f'@id("{policy}")')
    right, wrong = MISSPELT[policy]
    body, end, after = rest.partition("};")
    assert right in body
    return before + mark + body.replace(right, wrong, 1) + end + after


@pytest.mark.parametrize("policy", MISSPELT)
def test_a_misspelt_field_in_a_forbid_is_refused_by_the_types_and_would_else_let_records_go(policy: str):
    text = with_a_slip(policy)
    checked = cedarpy.validate_policies(text, cedar.schema())
    assert not checked.validation_passed
    assert any("not found" in str(error) or "attribute" in str(error) for error in checked.errors)
    asked = held(barred(policy))
    assert [one.released for one in cedar.Cedar().verdicts(asked)] == [False]
    assert [one.released for one in cedar.Cedar(text, checked=False).verdicts(asked)] == [True]
