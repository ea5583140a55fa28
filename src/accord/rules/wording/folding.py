"""Characters made comparable, each remembering where it stood: NFKC, case, diacritics, look-alikes, invisible ones.

Source: Unicode Standard Annex 15 (normalisation), Unicode Technical Standard 39 (confusables, of which we keep those
that pass for a Latin letter at a glance).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_LOOK_ALIKES = {
    "a": "аαɑᴀ", "b": "ьвβʙ", "c": "сϲᴄ", "d": "ԁᴅɗ", "e": "еєεᴇҽ", "f": "ғꜰ", "g": "ɡցɢ", "h": "һнհʜ",
    "i": "іιıɩɪ¡", "j": "јʝᴊ", "k": "кκᴋ", "l": "ӏʟ∣ǀ", "m": "мᴍ", "n": "ոηɴпñ", "o": "оοօσᴏ", "p": "рρᴘ",
    "q": "ԛզ", "r": "гʀ", "s": "ѕꜱƽ", "t": "тτᴛ", "u": "սυᴜμ", "v": "νѵᴠ", "w": "ԝωᴡѡ", "x": "хχ", "y": "уγүʏ",
    "z": "ᴢ",
    "'": "’‘ʼ`´", "-": "‐‑‒–—―−",
}  # fmt: skip
_LETTER_BLOCKS = (0x1F130, 0x1F150, 0x1F170, 0x1F1E6)
"""First character of blocks of 26 that show A to Z in squares, discs and flags and that NFKC leaves alone."""
_LONGEST_FOLD = 6
"""Characters. One sign that stands for a whole phrase (U+FDFA: 18 letters) would make a long text many times longer."""
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0"


class _Fold(dict[str, str]):
    """What one character becomes; worked out once for each character."""

    def __missing__(self, character: str) -> str:
        plain = unicodedata.normalize("NFKD", character).casefold()
        folded = "".join(map(_fold_one, plain)) if len(plain) <= _LONGEST_FOLD else character
        self[character] = folded
        return folded


_PLAIN = {alike: plain for plain, several in _LOOK_ALIKES.items() for alike in several}


def _fold_one(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or character in _BLANK_LETTERS:
        return ""
    for first in _LETTER_BLOCKS:
        if 0 <= ord(character) - first < 26:
            return chr(ord("a") + ord(character) - first)
    return character


_FOLD = _Fold()


@dataclass(frozen=True)
class Folded:
    """A text as it is compared. `at[i]` is where in the original the i-th folded character stood."""

    text: str
    original: str
    at: list[int] | range

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that a stretch of the folded text stands for."""
        return self.at[start], self.at[end - 1] + 1

    def source(self, start: int, end: int) -> str:
        """The original characters of a stretch of the folded text."""
        return self.original[self.at[start] : self.at[end - 1] + 1]


def fold(text: str) -> Folded:
    """The text in comparable characters. Never fails, whatever the text holds."""
    if text.isascii():
        return Folded(text.lower().replace("`", "'"), text, range(len(text)))
    pieces = [_FOLD[character] for character in text]
    at = [index for index, piece in enumerate(pieces) for _ in piece]
    return Folded("".join(pieces), text, at)


def fold_word(word: str) -> str:
    """One word or phrase of our own data in the same characters."""
    return fold(word).text
