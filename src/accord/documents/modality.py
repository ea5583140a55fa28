"""What does a sentence ask: a duty, a ban, a permission, advice, an intent, or nothing (a statement)? And of whom?

The main clause governs. A "may" inside "which may include ..." does not soften the "shall" before it,
and a "must" inside "if a student must ..." does not make a duty of the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from accord.documents import speech
from accord.documents.actors import actor_of
from accord.documents.model import Modality

_LONGEST = 3000
"""Characters of a sentence that are looked at. A policy sentence has a few hundred."""

_GROUPS = {
    "prohibited": Modality.SHALL_NOT,
    "free": Modality.MAY,
    "required": Modality.SHALL,
    "allowed": Modality.MAY,
    "advised": Modality.SHOULD,
}
_WORDS = {"shall": Modality.SHALL, "must": Modality.SHALL, "may": Modality.MAY, "should": Modality.SHOULD}
_DENIED = {Modality.SHALL: Modality.SHALL_NOT, Modality.MAY: Modality.SHALL_NOT, Modality.SHOULD: Modality.SHOULD}


@dataclass(frozen=True)
class Asked:
    """What one sentence asks and of whom. `own` is False when no word of the sentence says so."""

    modality: Modality
    actor: str
    own: bool


@dataclass(frozen=True)
class _Verb:
    modality: Modality
    subject: str
    predicate: str
    at: int


def asked(text: str, previous_actor: str = "") -> Asked:
    """What a sentence asks and of whom.

    `previous_actor` is who acted in the sentence before, for "such reports" and "they".
    """
    text = text[:_LONGEST]
    if "(" in text:
        text = speech.PARENTHESES.sub(" ", text)
    segments = _segments(text)
    verb = _main_verb(text, segments)
    intent = speech.INTENT.search(text, 0, verb.at if verb else len(text))
    if intent:
        subject = _subject(text, segments, intent.start())
        if _declares(text, subject, intent, verb):
            return Asked(Modality.INTENT, actor_of(subject, "", previous_actor), True)
    if verb is None:
        first = next((text[start:end] for start, end in segments if not speech.LEADS.match(text[start:end])), text)
        return Asked(Modality.STATEMENT, actor_of(first, "", previous_actor), False)
    return Asked(verb.modality, actor_of(verb.subject, verb.predicate, previous_actor), True)


def hedges(text: str) -> tuple[str, ...]:
    """The words that leave room ("periodically", "when possible"), lower case, each once, in order."""
    found = (" ".join(match[0].lower().split()) for match in speech.HEDGES.finditer(text[:_LONGEST]))
    return tuple(dict.fromkeys(found))


def _declares(text: str, subject: str, intent: re.Match[str], verb: _Verb | None) -> bool:
    """Does the Board or the district itself believe or desire, with no duty joined on?"""
    if not speech.DECLARES.match(subject.strip() + " ") and not speech.IMPERSONAL.match(intent[0]):
        return False
    if speech.RELATIVE_END.search(text[: intent.start()]):
        return False
    joined = verb is not None and verb.modality is Modality.SHALL and speech.AND_SHALL.search(text, intent.end())
    return not joined


def _segments(text: str) -> list[tuple[int, int]]:
    """The stretches between commas, as positions."""
    cuts = [0, *(match.end() for match in speech.CUT.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(cuts) if text[start:end].strip()]


def _main_verb(text: str, segments: list[tuple[int, int]]) -> _Verb | None:
    """The first verb of duty, permission or advice that is not held by "which", "if" and the like."""
    fallback: _Verb | None = None
    for match in speech.MODAL.finditer(text):
        if speech.HELD.search(text, max(0, match.start() - 80), match.start()):
            continue
        start = next((span[0] for span in segments if span[0] <= match.start() < span[1]), 0)
        subject = _subject(text, segments, match.start())
        modality = _modality(match, subject, text)
        if modality is None:
            continue
        predicate = text[match.end() :]
        if speech.TURNED.search(text, max(0, match.start() - 30), match.start()):
            subject, predicate = _turned(predicate), ""
        verb = _Verb(modality, subject, predicate, match.start())
        if not speech.SUBORDINATE.match(text[start : match.start()]):
            return verb
        fallback = fallback or verb
    return None if fallback is None or speech.LEADS.match(text) else fallback


def _modality(match: re.Match[str], subject: str, text: str) -> Modality | None:
    group = next((name for name in _GROUPS if match[name]), None)
    denied = bool(match["neg"] or speech.NO_SUBJECT.match(subject) or speech.NO_SUBJECT.match(text))
    if group:
        return Modality.SHALL_NOT if group in ("allowed", "required") and denied else _GROUPS[group]
    word = match["word"].lower()
    if word.startswith("can"):
        return Modality.SHALL_NOT
    if word == "will":
        acts = denied or actor_of(subject, "", "") or speech.PASSIVE_START.match(text[match.end() :])
        return (Modality.SHALL_NOT if denied else Modality.SHALL) if acts else None
    if word == "may" and match["neg"] and speech.OR_MAY.match(text[match.end() :]):
        return Modality.MAY
    modality = _WORDS[word]
    return _DENIED[modality] if denied else modality


def _subject(text: str, segments: list[tuple[int, int]], at: int) -> str:
    """The words before the verb that can name who acts: back over inserted phrases and over "X, Y or Z"."""
    number = next((number for number, (start, end) in enumerate(segments) if start <= at < end), 0)
    here = text[segments[number][0] : at] if segments else text[:at]
    if not here.strip() or (speech.LEADS.match(here) and number):
        return _before(text, segments[:number], "" if here.strip() else here)
    if speech.LEADS.match(here):
        return _after_lead(here)
    joins = speech.JOINS.match(here)
    if joins and not (number and _is_clause(here[joins.end() :], text[slice(*segments[number - 1])])):
        return _before(text, segments[:number], here)
    return here


def _is_clause(here: str, before: str) -> bool:
    """Does "and the Superintendent" open a clause of its own, and not close a list of names?"""
    names_here = bool(actor_of(here.strip(), "", ""))
    return names_here and not actor_of(before.strip(" ,;:"), "", "")


def _before(text: str, segments: list[tuple[int, int]], here: str) -> str:
    """The subject that stands before the last comma: the names of a list, or what an insertion interrupts."""
    gathered = here
    for start, end in reversed(segments):
        part = text[start:end]
        if speech.LEADS.match(part):
            if gathered.strip():
                break
            continue
        gathered = part + gathered
        if not here.strip() and actor_of(part.rstrip(" ,;:"), "", ""):
            break
    return gathered


def _turned(after: str) -> str:
    """The subject that follows its verb: the first words that name who acts."""
    words = after.split()[:6]
    tries = (" ".join(words[:size]) for size in range(1, len(words) + 1))
    return next((words for words in tries if actor_of(words, "", "")), "")


def _after_lead(here: str) -> str:
    """ "Within 36 hours the principal" without a comma: what follows the last article."""
    found = speech.LAST_ARTICLE.search(here)
    return found[0] if found else here
