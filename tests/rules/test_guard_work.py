"""The guard's work grows in step with the text, counted in calls and not by the clock."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable
from importlib.resources import files

from hypothesis import given, settings
from hypothesis import strategies as st

from accord.rules.immigration import find
from accord.rules.narratives import find_names, roster_names
from accord.rules.wording.folding import fold
from accord.rules.wording.identifiers import find_identifiers

_BOOK = tomllib.loads((files("accord.rules") / "immigration_phrases.toml").read_text(encoding="utf-8"))
_WORDS = sorted(
    {
        word
        for phrases in (*_BOOK["phrases"].values(), _BOOK["harmless"]["phrases"])
        for phrase in phrases
        for word in phrase.replace("|", " ").split()
        if word.isalpha()
    }
)
_ROSTER = roster_names(["Maria Lopez", "Amira el-Sayed"])
_ODD = [
    "a",
    "I",
    "i.c.e.",
    "1",
    "-",
    "@",
    "'",
    "\n",
    "aB1",
    "ICE",
    "A.",
    "\u200b",
    "é",
    "ﷺ",
    "Maria",
    "Mr.",
    "555-",
    "(",
    "123 a",
]
_PIECES = st.lists(st.sampled_from(_WORDS) | st.sampled_from(_ODD) | st.text(max_size=3), min_size=1, max_size=6)
SIZE = 4_000
"""Characters of the shorter text."""


def calls(work: Callable[[str], object], text: str) -> int:
    """How many calls of functions reading this text takes."""
    count = 0

    def tick(*_: object) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(tick)
    try:
        work(text)
    finally:
        sys.setprofile(before)
    return count


@settings(max_examples=25, deadline=None)
@given(_PIECES, st.sampled_from(["", " "]))
def test_twice_the_text_is_about_twice_the_work(pieces: list[str], between: str) -> None:
    piece = between.join(pieces) + between or " "
    text = piece * (SIZE // len(piece) + 1)
    for work in (find, lambda one: find_names(one, _ROSTER), lambda one: find_identifiers(fold(one))):
        work(text * 2)
        assert calls(work, text * 2) <= 2.2 * calls(work, text) + 2_000


def test_no_character_makes_a_text_much_longer() -> None:
    assert all(len(fold(chr(point)).text) <= 6 for point in range(0x110000))
