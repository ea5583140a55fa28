"""Which sentences of a policy carry which obligations.

Deterministic and local: each obligation is described by data (bindings.toml), each sentence is taken apart into clauses
(bind_clauses.py), and a clause binds when the right one, under the right duty, does the right thing. A wrong "found"
tells a Board that it is covered when it is not, so whatever is doubtful is left out.

- **found**: a clause carries the whole obligation at its full strength, and every part of it is there;
- **partly**: it is carried with less strength ("should", a hedge or an exception of its own), or not all of it,
  or a part is not there;
- **missing**: no clause carries it.

A policy that does not speak of officers at schools carries nothing. One that only mentions them carries what a sentence
naming them says. One that is about them (its title says so, or at least three sentences name them) may also call them
"the officers" or leave them out.

Neither the order of the sentences matters nor, apart from the lead-in of a list item, what stands beside them; so a
further sentence can never take anything away, and a sentence less can never add anything.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from accord.catalogue import Catalogue
from accord.documents import bind_data
from accord.documents.bind_clauses import Clause, clauses, is_left_out
from accord.documents.bind_data import Bindings, Recognition
from accord.documents.bind_match import ADDS, FOUND, MISSING, PARTLY, Fit, fit, shown_by
from accord.documents.bind_phrases import plain
from accord.documents.model import Document, Sentence

STATUS = {FOUND: "found", PARTLY: "partly", ADDS: "missing", MISSING: "missing"}
_LONGEST_CHAIN = 6


@dataclass(frozen=True)
class HeldItem:
    """Whether a part of an obligation is there: `found` or `missing`, with the sentences that show it."""

    id: str
    status: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Held:
    """What a policy makes of one obligation.

    `sentences` are ids in the order of the document. `score` is 1 when found; at least 0.5 and below 1 when partly,
    rising with the parts that are there; below 0.5 when missing, saying how near the nearest sentence comes.
    """

    id: str
    status: str
    sentences: tuple[str, ...]
    score: float
    items: tuple[HeldItem, ...]


@dataclass(frozen=True)
class Check:
    """A policy held against a catalogue. `unbound` are the ids of sentences that carry nothing."""

    obligations: tuple[Held, ...]
    unbound: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return all(held.status == "found" for held in self.obligations)

    def as_json(self) -> dict[str, Any]:
        """The check in plain values, as `accord policy check --json` prints it."""
        return {
            "obligations": [
                {
                    "id": held.id,
                    "status": held.status,
                    "sentences": list(held.sentences),
                    "score": held.score,
                    "items": [{"id": item.id, "status": item.status} for item in held.items],
                }
                for held in self.obligations
            ],
            "unbound": list(self.unbound),
        }


@dataclass(frozen=True)
class Suggestion:
    """A sentence and an obligation it may carry, for a person to confirm. Scored as `Held`, for this sentence alone."""

    sentence: str
    obligation: str
    status: str
    score: float


def bind(document: Document, catalogue: Catalogue, bindings: Bindings | None = None) -> Check:
    """Hold a policy against a catalogue of obligations (its notes apart).

    Args:
        bindings: how the obligations are recognised; those of BP 3515.31 when left out.
    """
    bindings = bindings or bind_data.bp_3515_31()
    reading = _Reading(document, bindings)
    known = {recognition.id: recognition for recognition in bindings.obligations}
    held = tuple(
        _held(reading, known.get(obligation.id), obligation.id, tuple(item.id for item in obligation.items))
        for obligation in catalogue.obligations
        if not obligation.is_note
    )
    bound = {sentence for one in held for sentence in one.sentences}
    return Check(held, tuple(sentence.id for sentence in document.sentences if sentence.id not in bound))


def suggest(document: Document, bindings: Bindings | None = None, *, least: float = 0.3) -> tuple[Suggestion, ...]:
    """Every pair of sentence and obligation that scores at least so much, best first."""
    bindings = bindings or bind_data.bp_3515_31()
    reading = _Reading(document, bindings)
    pairs = [
        Suggestion(sentence.id, recognition.id, STATUS[found.level], _score(found.level, found.share, 0, 0))
        for sentence in document.sentences
        for recognition in bindings.obligations
        if (found := reading.fit(sentence, recognition)) and not reading.by_lead(sentence, recognition, found)
    ]
    return tuple(
        sorted((pair for pair in pairs if pair.score >= least), key=lambda pair: (-pair.score, pair.obligation))
    )


class _Reading:
    """A document's sentences as plain words and clauses, once for all obligations."""

    def __init__(self, document: Document, bindings: Bindings) -> None:
        self.sentences = {sentence.id: sentence for sentence in document.sentences}
        self.order = {identity: n for n, identity in enumerate(self.sentences)}
        self.children: defaultdict[str, list[Sentence]] = defaultdict(list)
        for sentence in document.sentences:
            if sentence.parent in self.sentences:
                self.children[str(sentence.parent)].append(sentence)
        self.words = {
            identity: bindings.subject.sub(bindings.word, plain(sentence.text))
            for identity, sentence in self.sentences.items()
        }
        naming = {identity for identity, words in self.words.items() if f"{bindings.word} " in words}
        self.about = bool(bindings.subject.search(plain(document.title))) or len(naming) >= bindings.mentions
        if self.about:
            self.words = {
                identity: bindings.short_forms.sub(bindings.word, words) for identity, words in self.words.items()
            }
        self.clauses: dict[str, list[Clause]] = {}
        for identity, sentence in self.sentences.items():
            full = self._with_lead(sentence)
            if self.about or f"{bindings.word} " in full:
                self.clauses[identity] = clauses(full, bindings.actors)
        self._fits: dict[tuple[str, str], tuple[Fit, Clause] | None] = {}

    def _with_lead(self, sentence: Sentence) -> str:
        words, parent = self.words[sentence.id], sentence.parent
        for _ in range(_LONGEST_CHAIN):
            if parent not in self.sentences:
                break
            lead = self.sentences[str(parent)]
            words = self.words[lead.id].rstrip(" :,;") + words
            parent = lead.parent
        return words

    def best(self, identity: str, recognition: Recognition) -> tuple[Fit, Clause] | None:
        """The clause of a sentence that goes furthest, or None when it has no clause."""
        key = (identity, recognition.id)
        if key not in self._fits:
            fits = [(fit(clause, recognition), clause) for clause in self.clauses.get(identity, ())]
            self._fits[key] = max(fits, key=lambda pair: (pair[0].level, pair[0].share), default=None)
        return self._fits[key]

    def fit(self, sentence: Sentence, recognition: Recognition) -> Fit | None:
        found = self.best(sentence.id, recognition)
        return found[0] if found else None

    def by_lead(self, sentence: Sentence, recognition: Recognition, found: Fit) -> bool:
        """Whether the lead-in of a list item already says as much without the item."""
        lead = self.best(str(sentence.parent), recognition) if sentence.parent in self.sentences else None
        return lead is not None and lead[0].level >= found.level


def _held(reading: _Reading, recognition: Recognition | None, identity: str, parts: tuple[str, ...]) -> Held:
    if recognition is None:
        return Held(identity, "missing", (), 0.0, tuple(HeldItem(part, "missing", ()) for part in parts))
    level, share, carriers, texts = MISSING, 0.0, set[str](), list[tuple[str, str]]()
    for sentence in reading.sentences.values():
        found = reading.best(sentence.id, recognition)
        if found is None:
            continue
        share = max(share, found[0].share)
        if found[0].level == MISSING or reading.by_lead(sentence, recognition, found[0]):
            continue
        texts.append((sentence.id, f"{found[1].subject} ,{found[1].predicate}"))
        texts.extend(
            (child.id, words)
            for child in reading.children[sentence.id]
            if not is_left_out(words := reading.words[child.id])
        )
        if found[0].level > level:
            level, carriers = found[0].level, set()
        if found[0].level == level:
            carriers |= _with_leads(reading, sentence.id)
    if level == ADDS:
        level, carriers, texts = MISSING, set(), []
    items = _items(recognition, parts, texts)
    carriers |= {id for item in items for owner in item.sentences for id in _with_leads(reading, owner)}
    there = sum(item.status == "found" for item in items)
    if level == FOUND and there < len(items):
        level = PARTLY
    ordered = tuple(sorted(carriers, key=reading.order.__getitem__))
    return Held(identity, STATUS[level], ordered, _score(level, share, there, len(items)), items)


def _with_leads(reading: _Reading, identity: str) -> set[str]:
    """A sentence and the lead-ins it needs to say anything."""
    carried, parent = {identity}, reading.sentences[identity].parent
    while parent in reading.sentences and parent not in carried:
        carried.add(str(parent))
        parent = reading.sentences[str(parent)].parent
    return carried


def _items(recognition: Recognition, parts: tuple[str, ...], texts: list[tuple[str, str]]) -> tuple[HeldItem, ...]:
    known = {part.id: part for part in recognition.parts}
    shown = {part: shown_by(known[part], texts) if part in known else frozenset() for part in parts}
    return tuple(
        HeldItem(part, "found" if owners else "missing", tuple(sorted(owners))) for part, owners in shown.items()
    )


def _score(level: int, share: float, there: int, parts: int) -> float:
    if level == FOUND:
        return 1.0
    if level == PARTLY:
        return round(0.5 + (0.4 * there / parts if parts else 0.2), 2)
    return round(0.49 * share, 2)
