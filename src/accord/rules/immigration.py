"""Does a text or a field hold immigration or citizenship information? Detection, not proof: people still look."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from accord import clauses
from accord.decision import Finding, Say, implements
from accord.rules import immigration_requests as requests
from accord.rules.wording import Mark, merged
from accord.rules.wording.book import read_book
from accord.rules.wording.folding import Folded, fold
from accord.rules.wording.phrases import PhraseBook

__all__ = ["field_is_clean", "find", "register_text_is_clean", "requests", "suspicious_name", "text_is_clean"]

_NAME_RUN = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[^\W\d_])(?=\d)")
_SOCIAL_SECURITY = re.compile(r"(?<![\d-])\d ?\d ?\d(?P<gap> ?[-.] ?| )\d ?\d(?P=gap)\d ?\d ?\d ?\d(?![\d-])", re.ASCII)
"""Three, two and four digits: a Social Security number or a taxpayer number, also with its digits spaced out."""
_ALIEN_NUMBER = re.compile(
    r"(?<![a-z\d])a[ -]?(?:(?:#|no\.?|num|number) ?\d{3}[- ]?|\d{3}[- ])\d{3}[- ]?\d{2,3}(?!\d)", re.ASCII
)
"""The letter A and eight or nine digits, in groups or after a number sign."""
_ANNOUNCED = re.compile(r"\b(?:ss|soc\.?(?: sec\.?)?|social|itin|ssn) ?(?:#|n°)|\ba-(?:number|num|no|file)\b")
"""A number announced by a sign: SS#, A-number."""
_RECEIPT = re.compile(r"\b(?:eac|wac|lin|src|msc|nbc|ioe|yscc?)\d{10}\b")
"""A receipt number of U.S. Citizenship and Immigration Services."""
_NUMBERS = (
    ("number", _SOCIAL_SECURITY),
    ("number", _ANNOUNCED),
    ("papers", _ALIEN_NUMBER),
    ("papers", _RECEIPT),
)


@implements("immigration.text")
def text_is_clean(text: str) -> Finding:
    """May this text be stored? The reason names the law and never repeats the words.

    For what people type, names of files, and text taken out of files. Where the words stand: `find`.
    """
    if find(text):
        say = Say(
            "Take out what tells of immigration or citizenship, or where someone was born. Education Code 234.7 keeps "
            "a school from collecting it, so nothing of it was stored."
        )
        return Finding("immigration.text", False, say)
    return Finding("immigration.text", True, Say("Holds nothing of immigration or citizenship that we recognise."))


@implements("immigration.register-text")
def register_text_is_clean(text: str) -> Finding:
    """May this stand on the register of requests by immigration enforcement?

    There it may be told what officers of an agency did and asked, and nothing of what anybody is.
    """
    clause = "immigration.register-text"
    if any(mark.kind != "enforcement" for mark in find(text)):
        say = Say(
            "Tell what the officers did and asked in general words. Take out what tells of anybody's status, papers, "
            "numbers or place of birth: nothing of it was stored."
        )
        return Finding(clause, False, say)
    return Finding(clause, True, Say("Tells of acts, and of nobody's status."))


@implements("immigration.field")
def field_is_clean(name: str) -> Finding:
    """May there be a field, column or question of this name? For code names (`birthCity`) and for labels."""
    if suspicious_name(name):
        say = Say(
            "A field cannot ask for citizenship, immigration status, place of birth, Social Security number or visa. "
            "Education Code 234.7 keeps a school from collecting it."
        )
        return Finding("immigration.field", False, say)
    return Finding("immigration.field", True, Say("Asks for nothing that the law keeps a school from collecting."))


def suspicious_name(identifier: str) -> bool:
    """Does the name of a field, column or question ask for what `immigration.field` forbids?"""
    words = _name_words(identifier)
    for allowed in _names("allowed"):
        for start in reversed(_places(allowed, words)):
            del words[start : start + len(allowed)]
    joined = "".join(words)
    if _run_together().fullmatch(joined):
        return True
    return any(
        _places(refused, words) or (len(refused) > 1 and len(together := "".join(refused)) >= 7 and together in joined)
        for refused in _names("refused")
    )


def _name_words(identifier: str) -> list[str]:
    parts = (fold(part).text for run in _NAME_RUN.findall(identifier) for part in _CAMEL.split(run))
    return [part for part in parts if part and part != "s"]


def _places(wanted: tuple[str, ...], words: list[str]) -> list[int]:
    return [start for start in range(len(words)) if tuple(words[start : start + len(wanted)]) == wanted]


@cache
def _run_together() -> re.Pattern[str]:
    """A refused word with others run on to it, in a name that shows no place to part it."""
    refused = "|".join(sorted({"".join(entry) for entry in _names("refused")}, key=len, reverse=True))
    beside = "|".join(clauses.table("immigration")["names"]["beside"].split())
    return re.compile(rf"(?:{beside}){{0,2}}(?:{refused})(?:{beside}){{0,2}}")


@cache
def _names(kind: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(entry.split()) for entry in clauses.table("immigration")["names"][kind])


def find(text: str) -> tuple[Mark, ...]:
    """Where a text holds immigration or citizenship information, in places of the original text.

    Kinds: status, papers, number (Social Security), visa, birthplace, enforcement, citizenship.
    Never fails, whatever the text holds; time grows with the length of the text and no faster.
    """
    folded = fold(text)
    return merged([*_book().find(folded), *_numbers(folded)])


def _numbers(folded: Folded) -> list[Mark]:
    return [
        Mark(*folded.span(*match.span()), kind) for kind, pattern in _NUMBERS for match in pattern.finditer(folded.text)
    ]


@cache
def _book() -> PhraseBook:
    return read_book((files("accord.rules") / "immigration_phrases.toml").read_text(encoding="utf-8"))
