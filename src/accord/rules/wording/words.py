"""A text as words, each in every reading it may have.

Words are numbered. A reading says: from word i up to before word j one could read "undocumented". Most words have one
reading; typing tricks give more: `u n d o c u m e n t e d`, `und0cumented`, `undocu-\nmented`, `GreenCard`, `1CE`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from accord.rules.wording.folding import Folded
from accord.rules.wording.nearness import Slips

_RUN = re.compile(r"[@$!|]?[^\W_]+(?:['@$!|]+[^\W_]+)*")
_PART = re.compile(r"[^\W\d_]+|\d+|['@$!|]+")
_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")
_SENTENCE_ENDS = re.compile(r"[.!?;]['\")\]]*(?:\s|$)|\n\s*\n")
_FIGURES = str.maketrans("013457@$!|l", "oieastasiii")
_LONG_ENOUGH_TO_JOIN = 8
_LONG_ENOUGH_INSIDE = 5
_LONG_ENOUGH_FOR_L_AND_I = 6
"""Letters, each: in shorter words the trick would find true words (mall and mali, nice and ice)."""
_NOBODY_TYPES = 120
"""Characters. A longer unbroken run is machine output and is not taken apart."""
_MONTHS = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday spring summer fall winter room building".split()
)


_ABBREVIATED = frozenset("imm. immig. cit. soc. sec. nat. natl. dept. docs. doc. num. poss. prob. nac. mex.".split())


class Reading(NamedTuple):
    """One way to read the next `length` words. `loud`: in capitals among words that are not; `name`: begins with a
    capital."""

    word: str
    length: int
    loud: bool
    name: bool


class Vocabulary:
    """The words that readings are made for: those the phrases are written with, and those whose slips are mended."""

    def __init__(self, words: Iterable[str], slips: Slips) -> None:
        self.words = frozenset(words)
        self.slips = slips
        self.long = frozenset(word for word in self.words | slips.words if len(word) >= _LONG_ENOUGH_TO_JOIN)
        self._skeletons = {figures(word): word for word in self.words if word.isalpha() and len(word) > 2}
        self.starts: dict[str, list[str]] = {}
        for word in self.words:
            if len(word) >= _LONG_ENOUGH_INSIDE:
                self.starts.setdefault(word[:3], []).append(word)
        self.also = lru_cache(maxsize=50_000)(self._also)
        self.readings = lru_cache(maxsize=50_000)(self._readings)

    def _readings(self, text: str, source: str, among: bool) -> tuple[Reading, ...] | None:
        """The readings of a run that is one word, or None when there is something to take apart."""
        if "l" in source and len(rest := source.replace("l", "")) > 1 and rest.isupper():
            text, source = text.replace("l", "i"), source.replace("l", "I")
        if not _simple(text, source):
            return None
        loud, capital = source.isupper() and not among, source[0].isupper()
        return tuple(Reading(word, 1, loud, capital) for word in (text, *self.also(text)))

    def _also(self, run: str) -> tuple[str, ...]:
        """What else one unbroken run of characters may be read as."""
        if run in self.words:
            return ()
        hidden = not run.isdigit() and (not run.isalpha() or len(run) >= _LONG_ENOUGH_FOR_L_AND_I)
        meant = self._skeletons.get(figures(run)) if hidden else None
        if meant and meant != run:
            return (meant,)
        if run.isalpha():
            mended = self.slips.meant(run)
            return (mended,) if mended else ()
        if "'" in run:
            plain = run.replace("'", "")
            return (plain, run[:-2]) if run.endswith("'s") else (plain,)
        return ()


def figures(word: str) -> str:
    """A word with figures and signs as the letters they stand for; l and i become one."""
    return word.translate(_FIGURES)


class Words:
    """The words of a text: `span` of each in the folded text, its `readings`, and `breaks` where a sentence ends."""

    def __init__(self, folded: Folded, vocabulary: Vocabulary) -> None:
        self.folded = folded
        self._vocabulary = vocabulary
        self.spans: list[tuple[int, int]] = []
        self.readings: list[tuple[Reading, ...]] = []
        self.next_run: list[int] = []
        runs = [match.span() for match in _RUN.finditer(folded.text)]
        shouted = [_shouted(folded, run) for run in runs]
        for index, run in enumerate(runs):
            among = (shouted[index - 1] if index else False) or (index + 1 < len(runs) and shouted[index + 1])
            self._add(run, among=among)
        self.breaks = self._sentence_breaks()
        self._join_neighbours()
        self._join_single_letters()

    def after(self, index: int) -> int:
        """The word after this one; after a whole run when the word begins one of several parts."""
        begins = index == 0 or self.next_run[index - 1] == index
        return self.next_run[index] if begins else index + 1

    def _add(self, run: tuple[int, int], *, among: bool) -> None:
        """Add one unbroken run: its parts, and the whole. `among`: it stands beside words in capitals."""
        text, source = self.folded.text[run[0] : run[1]], self.folded.source(*run)
        whole = self._vocabulary.readings(text, source, among)
        if whole is not None:
            self.spans.append(run)
            self.next_run.append(len(self.spans))
            self.readings.append(whole)
            return
        parts, first, capital = self._parts(run, source), len(self.spans), source[0].isupper()
        self.spans += parts
        self.next_run += [first + len(parts)] * len(parts)
        for start, end in parts:
            loud = self.folded.source(start, end).isupper()
            self.readings.append((Reading(self.folded.text[start:end], 1, loud, capital),))
        words = dict.fromkeys((text, *self._vocabulary.also(text)))
        loud = source.isupper() and not among
        self._read(first, *(Reading(word, len(parts), loud, capital) for word in words))

    def _read(self, index: int, *readings: Reading) -> None:
        self.readings[index] = (*readings, *self.readings[index])

    def _parts(self, run: tuple[int, int], source: str) -> list[tuple[int, int]]:
        start, end = run
        cuts = {start + match.start() for match in _PART.finditer(self.folded.text[start:end])} | {start, end}
        if len(source) == end - start:
            cuts |= {start + match.start() for match in _CAMEL.finditer(source)}
        return list(pairwise(sorted(cuts)))

    def _sentence_breaks(self) -> list[bool]:
        """For each word: does a sentence end between it and the one before? Not after a single letter (U.S.) or
        an abbreviation (imm. status)."""
        text, breaks = self.folded.text, [False] * len(self.spans)
        for index in range(1, len(self.spans)):
            (start, end), following = self.spans[index - 1], self.spans[index][0]
            if following - end > 1 and end - start > 1 and text[start : end + 1] not in _ABBREVIATED:
                breaks[index] = _SENTENCE_ENDS.search(text, end, following + 1) is not None
        return breaks

    def _join_neighbours(self) -> None:
        """Read `undocu-\\nmented` and `un documented` as one word."""
        text = self.folded.text
        words = [text[start:end] for start, end in self.spans]
        for index in range(len(words) - 1):
            joined = words[index] + words[index + 1]
            if joined in self._vocabulary.long and not self.breaks[index + 1]:
                self._read(index, Reading(joined, 2, False, False))

    def _join_single_letters(self) -> None:
        """Read `I.C.E.` and `u n d o c u m e n t e d` as words."""
        index, total = 0, len(self.spans)
        while index < total:
            end = index
            while end < total and self._is_single(end):
                end += 1
            if end - index > 1:
                self._read_inside(index, end)
            index = max(end, index + 1)

    def _is_single(self, index: int) -> bool:
        start, end = self.spans[index]
        return end - start == 1 and self.next_run[index] == index + 1

    def _dotted(self, first: int, end: int) -> bool:
        """Is there a point after each letter? `i.c.e.` stands for words, as capitals do."""
        text, spans = self.folded.text, self.spans
        return all(text[spans[index][1] : spans[index + 1][0]].strip() == "." for index in range(first, end - 1))

    def _read_inside(self, first: int, end: int) -> None:
        letters = "".join(self.folded.text[self.spans[index][0]] for index in range(first, end))
        loud = all(self.folded.source(*self.spans[index]).isupper() for index in range(first, min(end, first + 8)))
        loud = loud or self._dotted(first, min(end, first + 8))
        length = end - first
        self._read(first, Reading(letters, length, loud, loud))
        for also in self._vocabulary.also(letters) if len(letters) < 40 else ():
            self._read(first, Reading(also, length, loud, loud))
        if letters[0] in "ai" and letters[1:] in self._vocabulary.words:
            self._read(first + 1, Reading(letters[1:], length - 1, loud, loud))
        for offset in range(len(letters) - _LONG_ENOUGH_INSIDE + 1):
            for word in self._vocabulary.starts.get(letters[offset : offset + 3], ()):
                if letters.startswith(word, offset):
                    self._read(first + offset, Reading(word, len(word), loud, loud))


def _shouted(folded: Folded, run: tuple[int, int]) -> bool:
    return run[1] - run[0] > 1 and folded.source(*run).isupper()


def _simple(text: str, source: str) -> bool:
    """Is a run one word with nothing to take apart?"""
    if len(text) > _NOBODY_TYPES:
        return True
    return text.isalpha() and (source.islower() or source.isupper() or source[1:].islower())


def is_name(reading: Reading) -> bool:
    """Could the reading be a proper name: capitalised, and neither a month, a weekday nor a room?"""
    return reading.name and len(reading.word) > 2 and reading.word.isalpha() and reading.word not in _MONTHS
