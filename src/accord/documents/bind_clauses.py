"""A sentence taken apart into clauses: who, under which duty, does what.

Only what the policy itself asserts comes out. A thought ("if officers were ..", "whether officers shall .."), a
quotation, another time or another district gives no clause. When in doubt there is none: a missing clause costs a
reader a look, a wrong one costs a Board its cover.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from accord.documents.bind_phrases import JOINT, Pattern

_MAX_WORDS = 400
"""Longer "sentences" are broken extractions; reading them costs time and tells nothing."""

_JOINT = re.compile(JOINT)
_NEGATED = {"shall": "shall not", "may": "shall not", "should": "should not", "statement": "statement not"}


@dataclass(frozen=True)
class Clause:
    """One assertion. All texts are plain words (see `bind_phrases.plain`).

    `lead` is what stands before the subject ("when approved by the superintendent"), `sentence` all of it.
    `modality` is shall, shall not, may, should, should not, intent, statement, statement not, or unknown.
    """

    lead: str
    subject: str
    modality: str
    predicate: str
    sentence: str

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where a verb of the predicate may begin: at its start, and after each joint before a list of things opens."""
        opened = language().opens_list.search(self.predicate)
        until = opened.start() if opened else len(self.predicate)
        return (0, *(joint.start() for joint in _JOINT.finditer(self.predicate, 0, until)))


@dataclass(frozen=True)
class Language:
    """The tables of bind_language.toml, compiled."""

    fillers: tuple[str, ...]
    blockers: tuple[str, ...]
    hedges: dict[str, Pattern]
    reading: Pattern
    modalities: tuple[str, ...]
    aside: Pattern
    left_out: Pattern
    nobody: Pattern
    too_few: Pattern
    recast: tuple[tuple[Pattern, str], ...]
    opener: Pattern
    condition: Pattern
    relative: Pattern
    boundary: Pattern
    subordinate_piece: Pattern
    ensures: Pattern
    opens_list: Pattern


@cache
def language() -> Language:
    """English as policies write it."""
    data = tomllib.loads((files("accord.documents") / "bind_language.toml").read_text(encoding="utf-8"))
    readings: list[dict[str, Any]] = data["reading"]
    return Language(
        fillers=tuple(sorted(data["fillers"], key=len, reverse=True)),
        blockers=tuple(data["blockers"]),
        hedges={kind: _words(forms) for kind, forms in data["hedges"].items()},
        reading=re.compile("|".join(f"(?P<m{n}> (?:{'|'.join(row['forms'])})(?= ))" for n, row in enumerate(readings))),
        modalities=tuple(row["modality"] for row in readings),
        aside=_words(data["aside"]),
        left_out=_words(data["left_out"]),
        nobody=re.compile(f"^ (?:{'|'.join(data['nobody'])})(?= )"),
        too_few=re.compile(f"^(?: only)? (?:{'|'.join(data['too_few'])})(?= )"),
        recast=tuple((re.compile(f" {form}(?= )"), plainer) for form, plainer in data["recast"]),
        opener=re.compile(f"^ (?:{'|'.join(data['openers'])})(?= )"),
        condition=_words(data["conditions"]),
        relative=re.compile(
            rf"[^ ] (?:who|(?:{'|'.join(data['relatives'])})(?: (?!and |or )[^ ,;]+){{0,3}}"
            r"|(?:in|under|on|at|for|during|by|upon|to) which(?: [^ ,;]+){0,8})$"
        ),
        boundary=re.compile(r" [,;:](?: (?:and|but|or|nor|so|then))?(?= |$)| (?:and|but|or|nor)(?= |$)"),
        subordinate_piece=re.compile(
            rf"^ (?:{'|'.join(data['prepositions'] + data['conditions'])}|prior|before|after|during|upon|in)(?= )"
        ),
        ensures=re.compile(rf"^ (?:{'|'.join(data['ensures'])})(?= )"),
        opens_list=_words(data["opens_list"]),
    )


def clauses(text: str, actors: Pattern) -> list[Clause]:
    """The assertions of a sentence in plain words.

    Args:
        text: plain words of one sentence, with its lead-in when it is a list item.
        actors: finds those who can be the subject, needed where the verb comes first ("nor shall officers ..").
    """
    english = language()
    if text.count(" ") > _MAX_WORDS or text.rstrip().endswith("?") or english.aside.search(text):
        return []
    for form, plainer in english.recast:
        text = form.sub(plainer, text)
    return [inner for clause in _split(text, actors) for inner in _unfold(clause, actors)]


def is_left_out(text: str) -> bool:
    """Whether a list item in plain words names its subject only to leave it out."""
    return bool(language().left_out.search(text) or language().aside.search(text) or " quoted " in text)


def _split(text: str, actors: Pattern) -> Iterator[Clause]:
    verbs = list(_main_verbs(text))
    if not verbs:
        yield Clause("", text, "statement", text, text)
        return
    starts = [_subject_start(text, 0 if n == 0 else verbs[n - 1][1], verb[0]) for n, verb in enumerate(verbs)]
    lead = subject = ""
    for n, (start, end, modality) in enumerate(verbs):
        until = starts[n + 1] if n + 1 < len(verbs) else len(text)
        segment, predicate = text[starts[n] : start], f"{text[end:until].rstrip()} "
        if _inherits(segment) and n and not (inverted := _inverted(segment, predicate, actors)):
            yield Clause(lead, subject, modality, predicate, text)
            continue
        if inverted := _inverted(segment, predicate, actors):
            lead, subject, predicate, modality = (
                *inverted,
                _NEGATED.get(modality, modality) if _denies(segment) else modality,
            )
        else:
            lead, subject = _head(segment)
            subject = language().opener.sub("", subject)
        if language().nobody.search(subject):
            modality, subject = _NEGATED.get(modality, "unknown"), language().nobody.sub("", subject)
        elif language().too_few.search(subject):
            modality = "unknown"
        yield Clause(lead, subject, modality, predicate, text)


def _main_verbs(text: str) -> Iterator[tuple[int, int, str]]:
    """Where a duty is worded, leaving out the verbs of relative and conditional thoughts."""
    english = language()
    last_end = 0
    for found in english.reading.finditer(text):
        before = text[last_end : found.start()]
        if english.relative.search(before) or _in_condition(before):
            continue
        last_end = found.end()
        yield found.start(), found.end(), english.modalities[int((found.lastgroup or "m0")[1:])]


def _in_condition(before: str) -> bool:
    """Whether the verb belongs to a condition that neither a comma nor a joining word right before it has closed."""
    piece = before[max(before.rfind(" , "), before.rfind(" ; "), before.rfind(" : "), 0) :]
    return bool(language().condition.search(f"{piece} ")) and not re.search(r" (?:and|but)$", piece)


def _subject_start(text: str, after: int, verb: int) -> int:
    """Where the subject of a verb begins: the start of the sentence, or the last boundary since the verb before."""
    if after == 0:
        return 0
    return max((found.start() for found in language().boundary.finditer(text, after, verb)), default=verb)


def _inherits(segment: str) -> bool:
    """Whether nothing but joining words and adverbs stands where a subject would."""
    return not re.sub(r" (?:[,;:]|and|but|or|nor|so|then|also|therefore|further|[a-z]+ly)(?= |$)", "", segment).strip()


def _denies(segment: str) -> bool:
    return bool(re.search(r" (?:no|nor|never|neither|not)(?= |$)", segment))


def _inverted(segment: str, predicate: str, actors: Pattern) -> tuple[str, str, str] | None:
    """Lead, subject and predicate where the verb stands before its subject ("at no time may an officer ask")."""
    if not re.search(r" (?:only|nor|never|under no|at no|in no|on no|not)(?= |$)", segment):
        return None
    found = re.match(r"(?: (?:an|a|the|any|such|each))?" + f"(?:{actors.pattern})", predicate)
    return (segment, found[0], predicate[found.end() :]) if found else None


def _head(segment: str) -> tuple[str, str]:
    """What leads in, and the subject: the last piece that can be one, with the whole list when it ends a list."""
    pieces = [piece for piece in re.split(r"(?= [,;:] )| [,;:]$", segment) if piece.strip(" ,;:")]
    cleaned = [re.sub(r"^ [,;:]", "", piece) for piece in pieces]
    at = len(cleaned) - 1
    while at > 0 and (language().subordinate_piece.search(f"{cleaned[at]} ") or _inherits(cleaned[at])):
        at -= 1
    if at < 0:
        return "", ""
    first = at
    while (
        first > 0
        and re.match(r" (?:and|or)(?= )", cleaned[at])
        and not language().subordinate_piece.search(f"{cleaned[first - 1]} ")
    ):
        first -= 1
    rest = cleaned[:first] + cleaned[at + 1 :]
    subject = " ,".join(cleaned[first : at + 1])
    return " ,".join(rest), re.sub(r"^(?: (?:and|but|or|nor|so|then|also))+(?= )", "", subject)


def _unfold(clause: Clause, actors: Pattern) -> Iterator[Clause]:
    """The clause, and the one it makes sure of: "shall ensure that officers complete training" binds officers too."""
    yield clause
    opened = language().ensures.match(clause.predicate)
    if not opened:
        return
    inner = clause.predicate[opened.end() :]
    outer = "shall" if clause.modality in ("statement", "shall") else clause.modality
    actor = re.match(
        r"(?: (?:an|a|the|any|all|each|every|no))*" + f"(?:{actors.pattern})(?: [^ ,;]+ers?(?= to ))?", inner
    )
    if _has_verb(inner):
        for found in _split(inner, actors):
            yield replace(
                found,
                lead=clause.lead + found.lead,
                modality=_weaker(outer, found.modality),
                sentence=clause.sentence,
            )
    elif actor:
        yield replace(clause, subject=actor[0], modality=outer, predicate=inner[actor.end() :])


def _has_verb(text: str) -> bool:
    return next(_main_verbs(text), None) is not None


def _weaker(outer: str, inner: str) -> str:
    """A duty inside a duty is only as strong as the one around it, and what is made sure of is a duty."""
    inner = {"statement": "shall", "statement not": "shall not", "should not": "shall not"}.get(inner, inner)
    return inner if outer == "shall" else "unknown"


def _words(forms: list[str]) -> Pattern:
    return re.compile(f" (?:{'|'.join(forms)})(?= )")
