"""Deciding what a sentence carries: the actions."""

import pytest

from accord.decision import BadInput, NotAllowed
from accord.rules.policies import is_bound
from accord.web.audit.models import Event
from accord.web.policies import bindings, facts
from accord.web.policies.actions import import_document
from accord.web.policies.models import State, Version
from tests.shared import BP_3515_31, needs_shared
from tests.web import factories as make
from tests.web.policies import factories as policy

pytestmark = pytest.mark.django_db


def clock() -> dict[str, object]:
    return {"by": make.eve(), "at": make.AT, "on": make.ON}


def test_a_suggestion_ties_nothing_until_a_person_confirms_it() -> None:
    version = policy.imported().version
    assert is_bound(facts.adopted(version)).reason.values["done"] == 0
    policy.complete(version)
    assert is_bound(facts.adopted(version)).met


def test_each_confirmation_is_recorded_on_its_own() -> None:
    done = policy.imported()
    assert bindings.confirm_all(**clock(), version=done.version, least=0) == done.suggested  # type: ignore[arg-type]
    assert Event.objects.filter(verb="policies.binding_confirmed", by=str(make.eve().uid)).count() == done.suggested


def test_only_suggestions_that_score_enough_are_confirmed_together() -> None:
    version = policy.imported().version
    low = policy.suggestion(version)
    version.bindings.update(score=0.95)
    version.bindings.filter(id=low.id).update(score=0.6)
    bindings.confirm_all(**clock(), version=version, least=0.9)  # type: ignore[arg-type]
    low.refresh_from_db()
    assert low.state == State.SUGGESTED
    assert version.bindings.filter(state=State.SUGGESTED).count() == 1


def test_confirming_twice_is_confirming_once() -> None:
    binding = policy.suggestion(policy.imported().version)
    for _ in range(2):
        bindings.confirm(**clock(), binding=binding)  # type: ignore[arg-type]
    assert Event.objects.filter(verb="policies.binding_confirmed").count() == 1


def test_a_confirmation_can_be_taken_back() -> None:
    version = policy.confirmed(policy.imported().version)
    binding = version.bindings.filter(obligation="P07")[0]
    bindings.reject(**clock(), binding=binding)  # type: ignore[arg-type]
    tied = {one.id: one for one in facts.adopted(version).sentences}[binding.sentence_id]
    assert "P07" not in tied.obligations


def unbound(version: Version) -> str:
    return str(version.document["sentences"][0]["id"])


def test_a_person_adds_what_was_not_suggested() -> None:
    version = policy.imported().version
    added = bindings.add(**clock(), version=version, sentence=unbound(version), obligation="P23")  # type: ignore[arg-type]
    assert (added.state, added.score) == (State.ADDED, 1.0)
    assert Event.objects.filter(verb="policies.binding_added").count() == 1


def test_adding_a_suggestion_confirms_it() -> None:
    version = policy.imported().version
    waiting = policy.suggestion(version)
    bindings.add(**clock(), version=version, sentence=waiting.sentence_id, obligation=waiting.obligation)  # type: ignore[arg-type]
    waiting.refresh_from_db()
    assert waiting.state == State.CONFIRMED


@pytest.mark.parametrize("obligation", ["P99", "N04", ""])
def test_only_the_policys_own_obligations_are_added(obligation: str) -> None:
    version = policy.imported().version
    with pytest.raises(BadInput, match="no such obligation"):
        bindings.add(**clock(), version=version, sentence=unbound(version), obligation=obligation)  # type: ignore[arg-type]


def test_a_sentence_that_is_not_there_carries_nothing() -> None:
    version = policy.imported().version
    with pytest.raises(BadInput, match="no such sentence"):
        bindings.add(**clock(), version=version, sentence="s0", obligation="P01")  # type: ignore[arg-type]


def test_the_clerk_puts_in_force_and_does_not_bind() -> None:
    binding = policy.suggestion(policy.imported().version)
    with pytest.raises(NotAllowed):
        bindings.confirm(by=make.carol(), at=make.AT, on=make.ON, binding=binding)
    binding.refresh_from_db()
    assert binding.state == State.SUGGESTED


@needs_shared
def test_every_shall_of_the_adopted_policy_is_bound_once_its_suggestions_are_confirmed() -> None:
    data = BP_3515_31.read_bytes()
    done = import_document(by=make.eve(), at=make.AT, on=make.ON, data=data, name="bp.txt")
    finding = is_bound(facts.adopted(policy.confirmed(done.version)))
    assert finding.met, finding.reason
