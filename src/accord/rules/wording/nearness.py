"""Which known word was meant when a long word is one slip away: a letter missing, extra, wrong, or two swapped."""

from __future__ import annotations

from collections.abc import Iterable

_SHORTEST = 6
"""Letters. Shorter words have too many true neighbours."""
_LONG = 10
"""Letters. In shorter words the first letter is never the slip: reported is no slip of deported."""


class Slips:
    """The words to recognise, found by leaving out one letter on both sides (symmetric deletes): time does not grow
    with the number of words."""

    def __init__(self, words: Iterable[str], never: Iterable[str] = ()) -> None:
        self.words = {word for word in words if len(word) >= _SHORTEST}
        self._never = set(never)
        self._starts = {word[0] for word in self.words}
        self._longest = max(map(len, self.words), default=0)
        self._without: dict[str, list[str]] = {}
        for word in sorted(self.words):
            for shorter in {word, *_without_one(word)}:
                self._without.setdefault(shorter, []).append(word)

    def meant(self, word: str) -> str | None:
        """The known word this one is a slip of, or None. A known word is not a slip of another."""
        if not _SHORTEST - 1 <= len(word) <= self._longest + 1:
            return None
        if word[0] not in self._starts and len(word) < _LONG - 1:
            return None
        if word in self.words or word in self._never:
            return None
        for shorter in (word, *_without_one(word)):
            for known in self._without.get(shorter, ()):
                if (known[0] == word[0] or len(known) >= _LONG) and one_slip(word, known):
                    return known
        return None


def _without_one(word: str) -> list[str]:
    return [word[:index] + word[index + 1 :] for index in range(len(word))]


def one_slip(one: str, other: str) -> bool:
    """Are two words one insertion, deletion, substitution or swap of neighbours apart?"""
    if len(one) > len(other):
        one, other = other, one
    start = next((index for index, letter in enumerate(one) if letter != other[index]), len(one))
    rest, other_rest = one[start:], other[start:]
    if len(one) != len(other):
        return len(other) - len(one) == 1 and rest == other_rest[1:]
    return rest[1:] == other_rest[1:] or (
        len(rest) > 1 and rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:]
    )
