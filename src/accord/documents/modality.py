"""What does a sentence ask: a duty, a ban, a permission, advice, an intent, or nothing (a statement)? And of whom?

The main clause governs. A "may" inside "which may include ..." does not soften the "shall" before it,
and a "must" inside "if a student must ..." does not make a duty of the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from accord.documents.actors import actor_of
from accord.documents.model import Modality

_LONGEST = 3000
"""Characters of a sentence that are looked at. A policy sentence has a few hundred."""

_MODAL = re.compile(
    r"\b(?P<word>shall|must|may|should|will|would|cannot|can\s+not"
    r"|(?P<prohibited>(?:is|are|be)\s+(?:strictly\s+|expressly\s+)?(?:prohibited|forbidden)|(?:is|are)\s+not\s+(?:permitted|allowed|authorized)|(?<!who )(?<!that )(?:prohibits|forbids))"
    r"|(?P<free>(?:is|are)\s+not\s+(?:required|obligated)\s+to|need\s+not)"
    r"|(?P<required>(?:is|are)\s+(?:also\s+|hereby\s+)?(?:required|obligated|directed)\s+to|(?:has|have)\s+(?:a|the)\s+(?:duty|obligation)\s+to|(?:is|are)\s+to\s+be|(?<=staff )(?:is|are)\s+to|(?:has|have)\s+to)"
    r"|(?P<allowed>(?:is|are)\s+(?:also\s+|hereby\s+)?(?:authorized|permitted|allowed|entitled)\s+to|(?:has|have)\s+(?:the\s+)?(?:authority|discretion|right)\s+to|reserves?\s+the\s+right)"
    r"|(?P<advised>(?:is|are)\s+(?:strongly\s+|also\s+)?(?:encouraged|expected|urged)\s+to))\b"
    r"(?P<neg>\s+(?:[a-z]+ly\s+|also\s+)?(?:not\b(?!\s+(?:only|be\s+limited))|never\b|in\s+no\s+(?:case|event|way|circumstance)|neither\b|under\s+no\s+circumstances))?",
    re.IGNORECASE,
)
_HELD_BY = re.compile(
    r"(?:\b(?:who|which|that|as|than|what|whom|whichever|whoever|if|when|where)(?:\s+[a-z]+ly|\s+also|\s+otherwise)?|\b(?:to|in|by|for|of|with|from|under|at|on|through|during)\s+(?:which|whom|whose)(?:\s+[\w/'-]+){0,6}|\b(?:how|whether|what|why)(?:\s+[\w/'-]+){0,5})\s+$",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"^[\W_]*(?:and\s+|or\s+|but\s+)?(?:if|when|whenever|where|wherever|unless|until|while|although|though|because|since|once|as|after|before|upon|prior|in|to|for|during|except|within|at|on|by|with|"
    r"without|under|pursuant|following|given|provided|consistent|regardless|based|whether|due|through|throughout|notwithstanding|subject|unless|beginning|depending|rather|including|such\s+as|like|which|who|whose|"
    r"[a-z]+ing\s+(?:the|a|an|any|all|with|to|on|for)\b)\b",
    re.IGNORECASE,
)
_JOINS = re.compile(r"^[\W_]*(?:and/or|and|or|nor)\b", re.IGNORECASE)
_NO_SUBJECT = re.compile(
    r"^[\W_]*(?:and\s+|but\s+|or\s+|nor\s+|however\s+|therefore\s+)*(?:no\s+(?!later|more|less|fewer|longer|earlier)|none\s+of|neither\s+|at\s+no\s+time|in\s+no\s+(?:case|event)|under\s+no\s+circumstances?|nobody|no\s+one)",
    re.IGNORECASE,
)
_INTENT = re.compile(
    r"\b(?:(?:is|are|remains?)\s+(?:\w+ly\s+)?(?:committed|dedicated)\s+to|believes?|intends?|desires?|recogniz(?:es?|ing)|wish(?:es)?|values|supports|affirms|encourages|acknowledges|expects|seeks|strives|endorses|"
    r"understands|appreciates|respects|embraces|commits\s+(?:to|itself)|commend|aims|considers|hopes|(?:it\s+is|is)\s+the\s+(?:intent|intention|goal|desire|belief|philosophy|purpose|aim|policy)\s+of)\b",
    re.IGNORECASE,
)
_INTENDS = re.compile(
    r"^[\W_]*(?:(?:in|to|as|because|since|for|with|through|when|therefore|by|given)\b[^;]{0,300}?,\s+)?(?:(?:the|this|our|each)\s+)?(?:[\w']+\s+){0,3}?(?:b?board|district|trustees|school|schools|superintendent|it|we)\b",
    re.IGNORECASE,
)
_PARENS = re.compile(r"\([^()]*(?:\([^()]*\)[^()]*)*\)")
_CUT = re.compile(r"(?<!\d)[,;:]|[,;:](?!\d)|\s[–—-]\s")
_AND_SHALL = re.compile(r"\band\s+(?:therefore\s+|also\s+|further\s+|accordingly\s+)?(?:shall|must)\b", re.IGNORECASE)
_BARE_WILL = re.compile(r"^\s*(?:[a-z]+ly\s+)?be\s+\w+", re.IGNORECASE)
_HEDGES = re.compile(
    r"\b(?:periodically|regularly|from\s+time\s+to\s+time|routinely"
    r"|(?:as|when|whenever|where|wherever|if|to\s+the\s+extent|to\s+the\s+maximum\s+extent|to\s+the\s+greatest\s+extent|insofar\s+as|as\s+soon\s+as|as\s+much\s+as)\s+"
    r"(?:reasonably\s+|practicably\s+|deemed\s+|otherwise\s+)?(?:necessary|needed|possible|practicable|practical|feasible|appropriate|applicable|approved|warranted|available|permitted\s+by\s+law|allowed\s+by\s+law|allowable|desired|advisable)"
    r"|(?:at|in)\s+(?:the|his/her|their|its)\s+(?:sole\s+)?discretion|(?:reasonable|best|every)\s+efforts?|as\s+deemed|on\s+a\s+case-by-case\s+basis|whenever\s+circumstances\s+permit|as\s+resources\s+permit|generally|normally|ordinarily|typically)\b",
    re.IGNORECASE,
)
_GROUPS = {
    "prohibited": Modality.SHALL_NOT,
    "free": Modality.MAY,
    "required": Modality.SHALL,
    "allowed": Modality.MAY,
    "advised": Modality.SHOULD,
}
_WORDS = {"shall": Modality.SHALL, "must": Modality.SHALL, "may": Modality.MAY, "should": Modality.SHOULD}
_BANNED = {Modality.SHALL: Modality.SHALL_NOT, Modality.MAY: Modality.SHALL_NOT, Modality.SHOULD: Modality.SHOULD}


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


def asked(text: str, previous_actor: str = "") -> Asked:
    """What a sentence asks and of whom. `previous_actor` is who acted in the sentence before, for "such reports" and "they"."""
    text = _PARENS.sub(" ", text[:_LONGEST]) if "(" in text else text[:_LONGEST]
    segments = _segments(text)
    verb = _main_verb(text, segments)
    intent = _INTENT.search(text)
    if intent and (verb is None or intent.start() < len(text) - len(verb.predicate)) and _is_intent(text, intent, verb):
        return Asked(Modality.INTENT, actor_of(_subject(text, segments, intent.start()), "", previous_actor), True)
    if verb is None:
        first = next((text[start:end] for start, end in segments if not _LEADS.match(text[start:end])), text)
        return Asked(Modality.STATEMENT, actor_of(first, "", previous_actor), False)
    return Asked(verb.modality, actor_of(verb.subject, verb.predicate, previous_actor), True)


def hedges(text: str) -> tuple[str, ...]:
    """The words that leave room ("periodically", "when possible"), lower case, each once, in order."""
    return tuple(dict.fromkeys(" ".join(match[0].lower().split()) for match in _HEDGES.finditer(text[:_LONGEST])))


def _is_intent(text: str, intent: re.Match[str], verb: _Verb | None) -> bool:
    before = text[: intent.start() + 6]
    if not _INTENDS.match(before) or re.search(r"\b(?:who|which|that|if|when)\s+$", text[: intent.start()]):
        return False
    return not (verb is not None and verb.modality is Modality.SHALL and _AND_SHALL.search(text, intent.end()))


def _segments(text: str) -> list[tuple[int, int]]:
    """The stretches between commas, as positions."""
    cuts = [0, *(match.end() for match in _CUT.finditer(text)), len(text)]
    return [(start, end) for start, end in zip(cuts, cuts[1:], strict=False) if text[start:end].strip()]


def _main_verb(text: str, segments: list[tuple[int, int]]) -> _Verb | None:
    fallback: _Verb | None = None
    for match in _MODAL.finditer(text):
        if _HELD_BY.search(text, max(0, match.start() - 80), match.start()):
            continue
        start, _ = next((span for span in segments if span[0] <= match.start() < span[1]), (0, 0))
        subject = _subject(text, segments, match.start())
        modality = _modality(match, subject, text)
        if modality is None:
            continue
        verb = _Verb(modality, subject, text[match.end() :])
        if _in_lead(text, start, match.start()):
            fallback = fallback or verb
            continue
        return verb
    return None if fallback is None or _LEADS.match(text) else fallback


def _in_lead(text: str, start: int, at: int) -> bool:
    """Does the verb stand in a clause that only prepares the main one ("If the officer must leave, ...")?"""
    lead = re.match(
        r"^[\W_]*(?:and\s+|or\s+|but\s+)?(?:if|when|whenever|where|unless|until|while|although|because|since|once|as|after|before|whether|which|who|whose|so\s+that|except\s+that|provided\s+that)\b",
        text[start:at],
        re.IGNORECASE,
    )
    return bool(lead)


def _modality(match: re.Match[str], subject: str, text: str) -> Modality | None:
    group = next((name for name in _GROUPS if match[name]), None)
    negated = bool(match["neg"]) or bool(_NO_SUBJECT.match(subject)) or bool(_NO_SUBJECT.match(text))
    if group:
        return Modality.SHALL_NOT if group in ("allowed", "required") and negated else _GROUPS[group]
    word = match["word"].lower()
    if word.startswith("can"):
        return Modality.SHALL_NOT
    if word == "would":
        return None
    if word == "will":
        if not actor_of(subject, "", "") and not negated and not _BARE_WILL.match(text[match.end() :]):
            return None
        return Modality.SHALL_NOT if negated else Modality.SHALL
    if word == "may" and match["neg"] and re.match(r"\s+or\s+may", text[match.end() - 4 :]):
        return Modality.MAY
    modality = _WORDS[word]
    return _BANNED[modality] if negated else modality


def _subject(text: str, segments: list[tuple[int, int]], at: int) -> str:
    """The words before the main verb that can name who acts: back over inserted phrases and over "X, Y or Z"."""
    number = next((number for number, (start, end) in enumerate(segments) if start <= at < end), 0)
    here = text[segments[number][0] : at] if segments else text[:at]
    if here.strip() and not _JOINS.match(here) and not (_LEADS.match(here) and number):
        return here if not _LEADS.match(here) else _after_lead(here)
    gathered = here
    for start, end in reversed(segments[:number]):
        part = text[start:end]
        if _LEADS.match(part):
            if gathered.strip() and not _JOINS.match(gathered):
                break
            continue
        gathered = part + gathered
        if not _JOINS.match(part) and _names_actor(part):
            break
    return gathered


def _names_actor(part: str) -> bool:
    return bool(actor_of(part.rstrip(" ,;:"), "", ""))


def _after_lead(here: str) -> str:
    """ "Within 36 hours the principal" without a comma: look at what follows the last article."""
    found = re.search(r"\b(?:the|an?|any|each|all)\s+(?!.*\b(?:the|an?|any|each|all)\s).*$", here, re.IGNORECASE)
    return found[0] if found else here
