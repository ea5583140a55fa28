"""What is the shape of a line: a title, a list item, the end of a sentence?"""

from __future__ import annotations

import re
from typing import NamedTuple

_SMALL = frozenset(
    "a an and as at but by for from in into nor of on or per the to via with within without under upon vs through "
    "between among after before during that who is are if re".split()
)
_LONGEST_TITLE = 100
_WORDS = re.compile(r"[A-Za-z][\w'’/&-]*")
_CITING = re.compile(r"\bCode\s+§?\s*\d|\d\s+(?:USC|CFR|CCR)\b|^\(.*\)$")
_ITEM = re.compile(
    r"^\s*(?:(?P<number>\d{1,3})[.)]|(?P<letter>[A-Za-z])[.)]|(?P<roman>[ivxIVX]{2,6})[.)]"
    r"|\((?P<inner>\d{1,3}|[A-Za-z]|[ivxIVX]{2,6})\)|(?P<bullet>[•●▪◦‣∙·❑◻□➢*o–—-]))(?:\s+|$)(?P<text>.*)$"
)
_ROMANS = ("i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx").split()
_TERMINAL = re.compile(r"[.!?:;][\"'”’)\]]*$|\)$")


class Marker(NamedTuple):
    """The marker of a list item: its style, its place in the list (0 for bullets) and the text after it."""

    style: str
    place: int
    text: str


def looks_like_title(text: str) -> bool:
    """Is this line a heading or a title: short, without a stop, its words in capitals?"""
    text = text.strip()
    if not text or len(text) > _LONGEST_TITLE or text[-1] in ".;,?!" or not (text[0].isupper() or text[0] in "\"“'("):
        return False
    words: list[str] = _WORDS.findall(text)
    if not words or "____" in text or "http" in text or "@" in text or _CITING.search(text):
        return False
    if text.count("(") != text.count(")"):
        return False
    if text.isupper():
        return len(words) > 1 or len(text) > 3
    weighty = [word for word in words if word.lower() not in _SMALL]
    if not weighty or any(word in ("shall", "must", "may", "should", "will", "is", "are") for word in words):
        return False
    capital = sum(word[0].isupper() for word in weighty)
    return capital >= max(1, len(weighty) - (1 if len(weighty) >= 4 else 0))


def ends_sentence(text: str) -> bool:
    """Does a line end with a stop, a colon or a closing parenthesis?"""
    return bool(_TERMINAL.search(text.rstrip()[-8:]))


def item_marker(text: str, previous: tuple[str, int] | None = None) -> Marker | None:
    """The marker a line begins with.

    `previous` is style and place of the item before: it tells "i." after "h." from "i." for one.
    """
    match = _ITEM.match(text)
    if not match:
        return None
    rest = match["text"].strip()
    if match["bullet"]:
        return Marker(f"bullet{match['bullet']}", 0, rest) if rest or match["bullet"] in "•●▪◦" else None
    if match["number"]:
        return Marker("1", int(match["number"]), rest)
    name = match["letter"] or match["roman"] or match["inner"]
    wrap = "()" if match["inner"] else ""
    if name.isdigit():
        return Marker(f"1{wrap}", int(name), rest)
    case = "A" if name.isupper() else "a"
    letter = ord(name.lower()) - 96 if len(name) == 1 else 0
    if letter and not (name.lower() in "ivx" and not _follows(previous, case + wrap, letter)):
        return Marker(case + wrap, letter, rest)
    if name.lower() in _ROMANS:
        return Marker(("I" if case == "A" else "i") + wrap, _ROMANS.index(name.lower()) + 1, rest)
    return Marker(case + wrap, letter, rest) if letter else None


def _follows(previous: tuple[str, int] | None, style: str, place: int) -> bool:
    return previous is not None and previous == (style, place - 1)
