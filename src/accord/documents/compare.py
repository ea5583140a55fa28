"""What changed between two versions of a policy, and which obligations and controls that touches."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from accord.catalogue import Catalogue
from accord.documents.bind import Check, bind
from accord.documents.bind_data import Bindings
from accord.documents.model import Document, Sentence

CHANGED_AT_LEAST = 0.6
"""Share of words in common, in order (`difflib.SequenceMatcher.ratio` over words), from which a sentence counts as
changed rather than as one removed and another added. At 0.6, what difflib itself calls close, about a third of the
words may differ."""


@dataclass(frozen=True)
class Change:
    """A sentence in its old and its new wording, and the obligations that either carries."""

    old: Sentence
    new: Sentence
    obligations: tuple[str, ...]


@dataclass(frozen=True)
class StatusChange:
    """An obligation whose status is not what it was."""

    id: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """From one version to the next. `obligations` are all that an added, removed or changed sentence carries."""

    added: tuple[Sentence, ...]
    removed: tuple[Sentence, ...]
    changed: tuple[Change, ...]
    obligations: tuple[str, ...]
    status_changes: tuple[StatusChange, ...]

    @property
    def controls(self) -> tuple[str, ...]:
        """Ids of the controls touched: every obligation has one."""
        return tuple(f"controls.{obligation}" for obligation in self.obligations)

    def as_json(self) -> dict[str, Any]:
        """The difference in plain values, as `accord policy diff --json` prints it."""
        return {
            "added": [_plain(sentence) for sentence in self.added],
            "removed": [_plain(sentence) for sentence in self.removed],
            "changed": [
                {"old": _plain(change.old), "new": _plain(change.new), "obligations": list(change.obligations)}
                for change in self.changed
            ],
            "obligations": list(self.obligations),
            "controls": list(self.controls),
            "status_changes": [
                {"id": change.id, "from": change.before, "to": change.after} for change in self.status_changes
            ],
        }


def compare(old: Document, new: Document, catalogue: Catalogue, bindings: Bindings | None = None) -> Difference:
    """Compare two versions sentence by sentence.

    A sentence that only moved is no difference: its text is the same and so is what it asks.
    """
    before, after = bind(old, catalogue, bindings), bind(new, catalogue, bindings)
    removed, added = _only(old, new), _only(new, old)
    pairs = _pairs(removed, added)
    changed = tuple(
        Change(gone, come, _in_order(_carried(before, gone) | _carried(after, come), catalogue)) for gone, come in pairs
    )
    gone_ids, come_ids = {gone.id for gone, _ in pairs}, {come.id for _, come in pairs}
    touched = {obligation for sentence in removed for obligation in _carried(before, sentence)}
    touched |= {obligation for sentence in added for obligation in _carried(after, sentence)}
    changes = _status_changes(before, after)
    return Difference(
        added=tuple(sentence for sentence in added if sentence.id not in come_ids),
        removed=tuple(sentence for sentence in removed if sentence.id not in gone_ids),
        changed=changed,
        obligations=_in_order(touched | {change.id for change in changes}, catalogue),
        status_changes=changes,
    )


def _only(one: Document, other: Document) -> list[Sentence]:
    """The sentences of one version that the other does not have as often, under the same lead-in."""
    left = [_said(sentence) for sentence in other.sentences]
    mine = []
    for sentence in one.sentences:
        said = _said(sentence)
        if said in left:
            left.remove(said)
        else:
            mine.append(sentence)
    return mine


def _said(sentence: Sentence) -> tuple[str, str]:
    """A sentence and whether it stands under a lead-in; a list item moved out of its list says something else."""
    return " ".join(sentence.text.split()), "item" if sentence.parent else ""


def _pairs(removed: list[Sentence], added: list[Sentence]) -> list[tuple[Sentence, Sentence]]:
    """Removed sentences with the added ones they became: the longest likeness first, never crossing an earlier pair."""
    likeness = sorted(
        (
            (-ratio, n, m)
            for n, gone in enumerate(removed)
            for m, come in enumerate(added)
            if (ratio := _alike(gone.text, come.text)) >= CHANGED_AT_LEAST
        ),
    )
    chosen: list[tuple[int, int]] = []
    for _, n, m in likeness:
        if all((n < other_n and m < other_m) or (n > other_n and m > other_m) for other_n, other_m in chosen):
            chosen.append((n, m))
    return [(removed[n], added[m]) for n, m in sorted(chosen)]


def _alike(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    if matcher.real_quick_ratio() < CHANGED_AT_LEAST or matcher.quick_ratio() < CHANGED_AT_LEAST:
        return 0.0
    return matcher.ratio()


def _carried(check: Check, sentence: Sentence) -> set[str]:
    return {held.id for held in check.obligations if sentence.id in held.sentences}


def _status_changes(before: Check, after: Check) -> tuple[StatusChange, ...]:
    was = {held.id: held.status for held in before.obligations}
    return tuple(
        StatusChange(held.id, was[held.id], held.status) for held in after.obligations if was[held.id] != held.status
    )


def _in_order(obligations: set[str], catalogue: Catalogue) -> tuple[str, ...]:
    return tuple(obligation.id for obligation in catalogue.obligations if obligation.id in obligations)


def _plain(sentence: Sentence) -> dict[str, str]:
    return {"id": sentence.id, "text": sentence.text}
