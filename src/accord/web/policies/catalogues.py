"""Which obligations a filed policy has: those of its own file, those Accord ships for its code, or none."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from accord import catalogue
from accord.catalogue import Catalogue, Obligation
from accord.facts import from_plain
from accord.web.policies.models import Policy


def of(policy: Policy) -> Catalogue:
    """The obligations of a policy; none when nobody gave a catalogue for it."""
    if policy.catalogue:
        return from_plain(Catalogue, policy.catalogue)  # type: ignore[no-any-return]
    shipped = catalogue.bp_3515_31()
    return shipped if policy.code == shipped.code else Catalogue(policy.code, policy.title, ())


def plain(given: Catalogue) -> dict[str, Any]:
    """A catalogue as it is stored with its policy: lists, not tuples, as JSON gives them back."""
    return json.loads(json.dumps(asdict(given)))  # type: ignore[no-any-return]


def everything() -> dict[str, Obligation]:
    """Every obligation of every filed policy by id, those of BP 3515.31 first. One query."""
    catalogues = [of(policy) for policy in Policy.objects.all()]
    ours = catalogue.bp_3515_31()
    if all(one.code != ours.code for one in catalogues):
        catalogues.insert(0, ours)
    catalogues.sort(key=lambda one: (one.code != ours.code, one.code))
    return {obligation.id: obligation for one in catalogues for obligation in one.obligations}


def shipped_ids() -> tuple[str, ...]:
    """The ids of the obligations that Accord ships."""
    return tuple(obligation.id for obligation in catalogue.bp_3515_31().obligations)


def code_of(obligation_id: str) -> str:
    """The code of the policy that has this obligation; "" when none does."""
    for policy in Policy.objects.all():
        if any(one.id == obligation_id for one in of(policy).obligations):
            return policy.code
    return ""
