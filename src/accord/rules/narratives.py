"""Does free text name a person, or hold a number that leads to one? What is found may stay when the writer says why."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from itertools import pairwise

from accord import clauses
from accord.decision import Finding, Say, implements
from accord.facts import Narrative
from accord.rules import immigration
from accord.rules.wording import Mark, merged
from accord.rules.wording.folding import Folded, fold, fold_word
from accord.rules.wording.identifiers import find_identifiers

_CAPITAL = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n\"“(])\s{0,4}$")
_ABBREVIATED = re.compile(r"(?<![\w.])[A-Z]\.[ ]?(?=[A-Z][a-z]{2})")


@implements("narratives.names")
def names_left_out(narrative: Narrative) -> Finding:
    """Is nobody named in the text, or does the writer say why a name stays?"""
    clause, found = "narratives.names", find_names(narrative.text)
    return _finding(clause, bool(found), narrative, Say("Tell people by their part, or say why the name has to stay."))


@implements("narratives.identifiers")
def identifiers_left_out(narrative: Narrative) -> Finding:
    """Does no number or address in the text lead to one person, or does the writer say why it stays?"""
    clause, found = "narratives.identifiers", find_identifiers(fold(narrative.text))
    return _finding(clause, bool(found), narrative, Say("Take out the number or address, or say why it has to stay."))


def _finding(clause: str, found: bool, narrative: Narrative, say: Say) -> Finding:
    if not found:
        return Finding(clause, True, Say("Nothing of the kind that we recognise."), "narrative")
    if narrative.kept_because.strip():
        return Finding(clause, True, Say("Stays, for the reason given."), "narrative")
    return Finding(clause, False, say, "narrative")


def check(text: str, roster: Collection[str] = ()) -> tuple[Mark, ...]:
    """Everything in a text that a person should look at, in order of the text: immigration, name, identifier.

    Args:
        roster: full names of the district's students ("given family"), from `roster_names`.
    """
    marks = [mark._replace(kind="immigration") for mark in immigration.find(text)]
    return tuple(sorted([*marks, *find_names(text, roster), *find_identifiers(fold(text))]))


def roster_names(names: Collection[str]) -> frozenset[str]:
    """Full names as `find_names` compares them; both orders of given and family name, accents and case set aside."""
    pairs = (tuple(_CAPITAL.findall(fold_word(name))) for name in names)
    return frozenset(
        " ".join(order) for pair in pairs if len(pair) > 1 for order in ((pair[0], pair[-1]), (pair[-1], pair[0]))
    )


def find_names(text: str, roster: Collection[str] = ()) -> tuple[Mark, ...]:
    """Where a text names a person. `roster`: from `roster_names`; found in any spelling of case and accents."""
    words = list(_words(text))
    marks = [*_by_title_or_part(text, words), *_pairs(text, words), *_alone(text, words), *_abbreviated(text)]
    if roster:
        marks += _on_roster(words, fold(text), roster)
    return merged(marks)


def _words(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Start, end, the word as written and as compared."""
    for match in _CAPITAL.finditer(text):
        yield match.start(), match.end(), match[0], fold_word(match[0])


Written = tuple[int, int, str, str]


def _is_capital(word: Written) -> bool:
    return len(word[2]) > 1 and word[2][0].isupper() and not word[2].isupper() and word[3] not in _set("never")


def _follows(text: str, word: Written, following: Written) -> bool:
    between = text[word[1] : following[0]]
    return len(between) <= 3 and between.strip(".,:") in ("", " ", "  ")


def _by_title_or_part(text: str, words: list[Written]) -> Iterator[Mark]:
    """`Mr. Jones`, `student Diego`, `victim: Jones`."""
    for index, (word, following) in enumerate(pairwise(words)):
        between = text[word[1] : following[0]]
        if not _is_capital(following) or not _follows(text, word, following):
            continue
        titled = word[3] in _set("titles") and word[2][0].isupper() and not _is_street(text, words, index)
        if (titled or (word[3] in _set("parts") and between in (" ", ": "))) and following[3] not in _set("places"):
            yield Mark(following[0], following[1], "name")


def _is_street(text: str, words: list[Written], index: int) -> bool:
    """Is it the Dr of `Olive Dr. Nobody saw it`?"""
    word, before = words[index], words[index - 1]
    return index > 0 and word[3] == "dr" and before[2][0].isupper() and text[before[1] : word[0]] == " "


def _alone(text: str, words: list[Written]) -> Iterator[Mark]:
    """`Marcus and Devon`, `Tyler hit him`: a common given name beside another, or before what somebody did."""
    for word, following in pairwise(words):
        between = text[word[1] : following[0]]
        if not (_is_capital(word) and word[3] in _set("given")):
            continue
        initial = between == " " and len(following[2]) == 1 and following[2].isupper() and following[2] not in "AI"
        if initial or (between == " " and following[3] in _set("acts")):
            yield Mark(word[0], following[1] if initial else word[1], "name")
    for first, joint, second in zip(words, words[1:], words[2:], strict=False):
        both = _is_capital(first) and _is_capital(second) and {first[3], second[3]} & _set("given")
        if both and joint[3] in ("and", "y") and len(text[first[1] : second[0]]) == len(joint[2]) + 2:
            yield Mark(first[0], first[1], "name")
            yield Mark(second[0], second[1], "name")


def _pairs(text: str, words: list[Written]) -> Iterator[Mark]:
    """`Maria Lopez`: a common given name before another, or two words in capitals within a sentence."""
    for index in range(len(words) - 1):
        word, following = words[index], words[index + 1]
        if not (_is_capital(word) and _is_capital(following)) or text[word[1] : following[0]] != " ":
            continue
        after = (
            words[index + 2][3] if index + 2 < len(words) and text[following[1] : words[index + 2][0]] == " " else ""
        )
        if after in _set("places") or following[3] in _set("places"):
            continue
        starts = _SENTENCE_START.search(text[max(0, word[0] - 6) : word[0]]) is not None
        if word[3] in _set("given") or not starts:
            yield Mark(word[0], following[1], "name")


def _abbreviated(text: str) -> Iterator[Mark]:
    """`K. Jones`."""
    for match in _ABBREVIATED.finditer(text):
        following = _CAPITAL.match(text, match.end())
        if following and fold_word(following[0]) not in _set("never"):
            yield Mark(match.start(), following.end(), "name")


def _on_roster(words: list[Written], folded: Folded, roster: Collection[str]) -> Iterator[Mark]:
    for index, word in enumerate(words):
        for step in (1, 2):
            if index + step < len(words) and f"{word[3]} {words[index + step][3]}" in roster:
                yield Mark(word[0], words[index + step][1], "name")


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(clauses.table("narratives")["names"][name].split())
