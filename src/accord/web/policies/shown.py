"""What the pages of this app show, made from rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from accord.catalogue import Obligation
from accord.decision import Say
from accord.documents.compare import Difference, compare
from accord.documents.model import Sentence
from accord.web.policies import catalogues, facts
from accord.web.policies.models import Binding, Policy, State, Version


def policies(*, on: date) -> list[dict[str, Any]]:
    """Each policy with its versions, the one in force today marked, and how many suggestions wait. Three queries."""
    waiting: defaultdict[int, int] = defaultdict(int)
    for version_id in Binding.objects.filter(state=State.SUGGESTED).values_list("version_id", flat=True):
        waiting[version_id] += 1
    rows: defaultdict[int, list[Version]] = defaultdict(list)
    for version in Version.objects.defer("document").select_related("imported_by", "in_force_by"):
        rows[version.policy_id].append(version)
    return [
        {
            "policy": policy,
            "versions": [
                {
                    "version": version,
                    "state": _state(version, rows[policy.id], on),
                    "waiting": waiting[version.id],
                    "former": next((one for one in rows[policy.id] if one.number < version.number), None),
                }
                for version in rows[policy.id]
            ],
        }
        for policy in Policy.objects.all()
    ]


def _state(version: Version, versions: Iterable[Version], on: date) -> Say:
    """Where a version stands among the versions of its policy on a day."""
    if version.in_force_from is None:
        return Say("Not put in force")
    if version.in_force_from > on:
        return Say("In force from {day}", {"day": version.in_force_from})
    begun = [one for one in versions if one.in_force_from and one.in_force_from <= on]
    newest = max(begun, key=lambda one: (one.in_force_from, one.in_force_at))
    return Say("In force") if newest == version else Say("Superseded")


@dataclass(frozen=True)
class Row:
    """A sentence of a version with its bindings, each with its obligation and its score in words."""

    sentence: Sentence
    depth: int
    bindings: tuple[tuple[Binding, Obligation | None, Say], ...]


def sentences(version: Version, bindings: Iterable[Binding]) -> list[Row]:
    """The sentences of a version in order, list items one step deeper than their lead-in."""
    known = {one.id: one for one in catalogues.of(version.policy).obligations}
    tied: defaultdict[str, list[Binding]] = defaultdict(list)
    for binding in bindings:
        tied[binding.sentence_id].append(binding)
    depth: dict[str, int] = {}
    rows = []
    for sentence in facts.document(version).sentences:
        depth[sentence.id] = depth.get(sentence.parent or "", -1) + 1
        mine = sorted(tied[sentence.id], key=lambda one: one.obligation)
        shown = tuple((one, known.get(one.obligation), in_words(one.score)) for one in mine)
        rows.append(Row(sentence, min(depth[sentence.id], 3), shown))
    return rows


def in_words(score: float) -> Say:
    """How sure a suggestion is: the binder gives 1 to a whole fit, 0.5 and more to a part."""
    if score >= 0.9:
        return Say("close")
    return Say("in part") if score >= 0.5 else Say("faint")


def choices(version: Version) -> list[Obligation]:
    """The obligations a sentence may be tied to; notes are commentary and bind nothing."""
    return [one for one in catalogues.of(version.policy).obligations if not one.is_note]


def waiting(bindings: Iterable[Binding], *, least: float) -> int:
    """How many suggestions score at least so much."""
    return sum(one.state == State.SUGGESTED and one.score >= least for one in bindings)


@dataclass(frozen=True)
class Shown:
    """A difference, and the obligations whose controls are to be reviewed."""

    difference: Difference
    review: tuple[Obligation, ...]


def difference(old: Version, new: Version) -> Shown:
    """Compare two versions. To review: what the binder or a person ties to any sentence that came, went or changed."""
    catalogue = catalogues.of(new.policy)
    found = compare(facts.document(old), facts.document(new), catalogue)
    gone = {one.id for one in found.removed} | {one.old.id for one in found.changed}
    come = {one.id for one in found.added} | {one.new.id for one in found.changed}
    touched = set(found.obligations)
    for version, ids in ((old, gone), (new, come)):
        tied = version.bindings.exclude(state=State.REJECTED).filter(sentence_id__in=ids)
        touched |= set(tied.values_list("obligation", flat=True))
    return Shown(found, tuple(one for one in catalogue.obligations if one.id in touched))
