"""Deciding which obligation a sentence carries. Accord suggests; a person decides, and each decision is recorded."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.rules import people
from accord.web.audit.record import record
from accord.web.people.models import User
from accord.web.policies import catalogues, content
from accord.web.policies.models import Binding, State, Version


@transaction.atomic
def confirm(*, by: User, at: datetime, on: date, binding: Binding) -> Binding:
    """Say that the sentence carries the obligation. Saying it twice is saying it once."""
    decision = people.may(by.facts(), "policies.bind", on=on).require()
    return _decide(binding.id, State.CONFIRMED, by, at, decision)


@transaction.atomic
def reject(*, by: User, at: datetime, on: date, binding: Binding) -> Binding:
    """Say that the sentence does not carry the obligation, whatever was said before."""
    decision = people.may(by.facts(), "policies.bind", on=on).require()
    return _decide(binding.id, State.REJECTED, by, at, decision)


@transaction.atomic
def add(*, by: User, at: datetime, on: date, version: Version, sentence: str, obligation: str) -> Binding:
    """Tie a sentence to an obligation that was not suggested, or was rejected before.

    Raises:
        BadInput: when the version has no such sentence or its catalogue no such obligation.
    """
    decision = people.may(by.facts(), "policies.bind", on=on).require()
    if sentence not in {row["id"] for row in version.document["sentences"]}:
        raise BadInput(_("This version has no such sentence."), where="sentence", mend=_("Open the version again."))
    known = {one.id for one in catalogues.of(version.policy).obligations if not one.is_note}
    if obligation not in known:
        raise BadInput(_("The policy has no such obligation."), where="obligation", mend=_("Choose one from the list."))
    binding, created = Binding.objects.get_or_create(
        version=version,
        sentence_id=sentence,
        obligation=obligation,
        defaults={"score": 1.0, "state": State.ADDED.value, "by": by, "at": at},
    )
    if created:
        _record(binding, State.ADDED, by, at, decision)
        return binding
    return _decide(binding.id, State.CONFIRMED, by, at, decision)


@transaction.atomic
def confirm_all(*, by: User, at: datetime, on: date, version: Version, least: float) -> int:
    """Confirm every suggestion that scores at least so much; each one is recorded on its own. Returns how many."""
    decision = people.may(by.facts(), "policies.bind", on=on).require()
    waiting = version.bindings.filter(state=State.SUGGESTED, score__gte=least).values_list("id", flat=True)
    ids = list(waiting)
    for identity in ids:
        _decide(identity, State.CONFIRMED, by, at, decision)
    return len(ids)


def _decide(identity: int, state: State, by: User, at: datetime, decision: Decision) -> Binding:
    binding = Binding.objects.select_for_update().get(id=identity)
    if binding.state == state or (state is State.CONFIRMED and binding.accepted):
        return binding
    binding.state, binding.by, binding.at = state.value, by, at
    binding.save(update_fields=["state", "by", "at"])
    _record(binding, state, by, at, decision)
    return binding


def _record(binding: Binding, state: State, by: User, at: datetime, decision: Decision) -> None:
    detail = {"sentence": binding.sentence_id, "obligation": binding.obligation, "score": binding.score}
    record(
        f"policies.binding_{state.value}",
        by=str(by.uid),
        at=at,
        target=f"policies.binding:{binding.id}",
        detail={**detail, "version": binding.version_id},
        content=content.of_binding(binding),
        decision=decision,
    )
