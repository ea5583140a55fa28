"""Stored decisions worked out again: the same answers, or exactly those that differ, and why."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from typer.testing import CliRunner

from accord import cli
from accord.decision import Finding, Say
from accord.facts import to_plain
from accord.facts.records import Asked, Numbers, Ruled, Ruling
from accord.rules import records as rule
from accord.web.records.models_requests import Decision, Request
from accord.web.records.plain import answer_of, answer_to_plain
from accord.web.records.replay import Difference, Replayed, replay
from tests.rules.records_requests import held, made_up
from tests.web import factories as make
from tests.web.records import factories as kept

pytestmark = pytest.mark.django_db

COUNT = 1000
LONGER = 5
"""Days of notice that a changed rule asks for; the law of today asks for three."""


@pytest.fixture(autouse=True)
def commands() -> None:
    cli.load()


@pytest.fixture
def stored() -> dict[str, Asked]:
    """A thousand decisions as they are stored, each with the facts it was made on."""
    asked = {f"R2026-{place:05d}": held(given) for place, given in enumerate(made_up(seed=61, count=COUNT))}
    by = kept.grace()
    said = {"asker": by, "at": make.AT, "about": "a", "wanted": "b", "interest": "c", "body": {}}
    rows = [Request(key=reference, reference=reference, **said) for reference in asked]
    Request.objects.bulk_create(rows)
    Decision.objects.bulk_create(decision(row, asked[row.reference]) for row in Request.objects.order_by("id"))
    return asked


def decision(row: Request, asked: Asked) -> Decision:
    """The decision that is stored of a request, with nothing given."""
    answer = decide(asked, asked.numbers)
    facts = {name: to_plain(getattr(asked, name)) for name in ("request", "on_file", "numbers")}
    return Decision(
        request=row, by=row.asker, at=make.AT, on=asked.on, ruling=answer.ruling.value, given="deny",
        basis=answer.basis, facts=facts, answer=answer_to_plain(answer), rule_version=answer.rule_version,
    )  # fmt: skip


def decide(asked: Asked, numbers: Numbers) -> Any:
    return rule.decide(asked.request, asked.on_file, on=asked.on, parameters=numbers)


def differing(**how: Any) -> Iterator[Difference]:
    return replay(Replayed(), **how)


def run(*words: str) -> Any:
    return CliRunner().invoke(cli.app, ["records", "replay", *words])


def test_a_thousand_decisions_give_the_same_answer_under_the_rule_that_made_them(stored: dict[str, Asked]):
    found = Replayed()
    assert list(replay(found)) == []
    assert found == Replayed(decisions=COUNT, other_version=0, different=0)
    assert list(differing(numbers=lambda on: rule.numbers(on=on))) == []
    done = run()
    assert (done.exit_code, done.stdout.startswith("1,000 decisions")) == (0, True)


def test_a_changed_number_lists_exactly_the_decisions_it_changes_and_why(stored: dict[str, Asked]):
    def longer(numbers: Numbers) -> Numbers:
        return replace(numbers, notice_days=LONGER)

    expected = {
        reference
        for reference, asked in stored.items()
        if decide(asked, asked.numbers) != decide(asked, longer(asked.numbers))
    }
    found = {one.reference: one for one in differing(numbers=lambda on: longer(rule.numbers(on=on)))}
    assert set(found) == expected
    assert 0 < len(expected) < COUNT // 4
    for reference, one in found.items():
        paper = stored[reference].request.paper
        assert paper is not None
        assert one.part in ("ruling", "records", "findings", "duties")
        if one.part == "ruling":
            assert (one.was, one.now) in {
                ("release", "deny"),
                ("release", "release in part"),
                ("release in part", "deny"),
            }
            assert "records.court-paper, not met: Not on file: Parent and pupil were told in time" in one.why_now


def test_an_answer_of_an_older_rule_is_named_with_the_clause_that_changed():
    kept.link()
    kept.consent()
    copy = kept.copy()
    request = kept.identified(kept.asked(), copy)
    made = kept.decided(request, [copy])
    older = made.answer | {"ruling": "deny", "basis": "records.no-ground"}
    unmet = ["records.consent", False, str(copy.uid), {"say": "The consent was not counted."}]
    older["findings"] = [unmet if one[0] == "records.consent" else one for one in made.answer["findings"]]
    told = {"answer": older, "rule_version": "000000000000"}
    other = kept.asked()
    same = {name: getattr(made, name) for name in ("by", "at", "on", "given", "facts", "ruling", "basis")}
    Decision.objects.create(request=other, **same | told)
    [one] = differing()
    assert (one.reference, one.stored_version, one.part) == (other.reference, "000000000000", "ruling")
    assert (one.was, one.now) == ("deny", "release")
    assert one.why_was == "records.consent, not met: The consent was not counted."
    assert one.why_now == "records.consent, met: Every fact it needs is on file."
    done = run("--json")
    *lines, summed = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.exit_code, [line["reference"] for line in lines]) == (1, [other.reference])
    assert (summed["decisions"], summed["other_version"], summed["different"]) == (2, 1, 1)
    assert run("--since", "2999-01-01").exit_code == 0


def said(say: Say) -> str:
    return str(say)


def test_an_answer_is_read_back_as_it_was_stored():
    for asked in map(held, made_up(seed=62, count=300)):
        answer = decide(asked, asked.numbers)
        again = answer_of(json.loads(json.dumps(answer_to_plain(answer))))
        assert (again.ruling, again.basis) == (answer.ruling, answer.basis)
        assert [_said(one) for one in again.records] == [_said(one) for one in answer.records]
        assert [(*part(one), one.field) for one in again.findings] == [
            (*part(one), one.field) for one in answer.findings
        ]
        assert [(*one[:2], said(one.fact)) for one in again.wanted] == [
            (*one[:2], said(one.fact)) for one in answer.wanted
        ]
        log = answer.log
        assert again.log == (log.required, log.sealed, log.why, log.holds)
        assert [tuple(map(str, one)) for one in again.duties] == [tuple(map(str, one)) for one in answer.duties]
        assert again.limits == answer.limits


def part(one: Finding) -> tuple[str, bool, str]:
    return one.clause, one.met, said(one.reason)


def _said(ruled: Ruled) -> tuple[str, Ruling, str]:
    return ruled.record, ruled.ruling, ruled.basis
