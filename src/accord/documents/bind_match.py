"""How well one clause carries one obligation."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accord.documents.bind_clauses import Clause, language
from accord.documents.bind_data import Part, Recognition, Way
from accord.documents.bind_phrases import Pattern

MISSING, ADDS, PARTLY, FOUND = 0, 1, 2, 3
"""How far a clause goes; one that only adds shows parts of an obligation that another clause carries."""
LEVELS = {"found": FOUND, "partly": PARTLY, "adds": ADDS}

_WEAK = {"should": "shall", "should not": "shall not"}
_BEFORE_HEAD = re.compile(
    r" (?:of|with|by|for|to|from|in|on|at|about|against|near|between|among|under|regarding|who|whom|that|which|whose"
    r"|than|including|not|like|except)(?= )"
)
_EXCEPTION = re.compile(r" (?:unless|except|without|other than|only|but for|save)(?= )")
_SET_ASIDE = re.compile(
    r" (?:not|no|never|except|excluding|other than|without|rather than|instead of|but not|nor|neither)(?= )[^,;:]*"
)


@dataclass(frozen=True)
class Fit:
    """How far a clause goes: the level it reaches, and the share (0 to 1) of the nearest way's conditions that hold."""

    level: int
    share: float


def fit(clause: Clause, recognition: Recognition) -> Fit:
    """The best that any way of the obligation makes of the clause."""
    return max((_fit(clause, way) for way in recognition.ways), key=lambda found: (found.level, found.share))


def shown_by(part: Part, texts: list[tuple[str, str]]) -> frozenset[str]:
    """Ids of the texts that show a part: those that do alone, else those that do together, else none.

    Args:
        texts: an id and plain words each.
    """
    kept = [(owner, _SET_ASIDE.sub(" ", text) + " ") for owner, text in texts]
    groups = [{owner for owner, text in kept if group.found(text, ())} for group in part.needs]
    if not all(groups):
        return frozenset()
    return frozenset(set.intersection(*groups) or set.union(*groups))


def _fit(clause: Clause, way: Way) -> Fit:
    modality = _WEAK.get(clause.modality, clause.modality)
    right_one, right_duty = (
        _heads(way.subject, clause.subject),
        modality in way.modality or clause.modality in way.modality,
    )
    if not right_one and not right_duty:
        return Fit(MISSING, 0.0)
    held = [
        right_one,
        right_duty,
        *(group.found(clause.predicate, clause.starts) for group in way.needs),
        *(group.found(clause.sentence, ()) for group in way.context),
        way.absent is None or not way.absent.search(clause.sentence),
        *(len(set(concept.findall(clause.predicate))) >= least for concept, least in way.at_least),
    ]
    share = sum(held) / len(held)
    if not all(held):
        return Fit(MISSING, share)
    halved = clause.modality not in way.modality or _leaves_room(clause, way) or _excepts(clause, way)
    level = LEVELS[way.level]
    return Fit(level if not halved else MISSING if level == ADDS else PARTLY, share)


def _heads(concept: Pattern, subject: str) -> bool:
    """Whether the subject is one of those, not merely mentions them ("staff who work with officers")."""
    return any(not _BEFORE_HEAD.search(f"{subject[: found.start()]} ") for found in concept.finditer(f"{subject} "))


def _leaves_room(clause: Clause, way: Way) -> bool:
    """Whether a hedge that the obligation does not have takes force from a duty. A permission has no force to lose."""
    if "may" in way.modality:
        return False
    said = f"{clause.lead} {clause.predicate}"
    return any(pattern.search(said) for kind, pattern in language().hedges.items() if kind not in way.hedges)


def _excepts(clause: Clause, way: Way) -> bool:
    """Whether there is an exception that the obligation does not have."""
    for opened in _EXCEPTION.finditer(clause.predicate):
        if way.exceptions is None and opened[0] in (" without", " other than"):
            continue
        rest = clause.predicate[opened.end() :]
        until = re.search(r" [;:]| (?:unless|except|without)(?= )", rest)
        if way.exceptions is None or not way.exceptions.search(rest[: until.start()] if until else rest):
            return True
    return False
