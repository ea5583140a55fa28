"""Phrases kept as data, and where a text holds them.

A phrase is words with spaces between: `word`, `one|other` (a new line may follow a bar), `@set` (a named list),
`^WORD` (only in capitals among words that are not), `<name>` (a capitalised word), `..3` (up to three words of
anything, within the sentence), and `?` after a word that may be missing. The first word may be neither `<name>` nor
`..3`, and may not be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from accord.rules.wording.folding import Folded, fold_word
from accord.rules.wording.marks import Mark, merged
from accord.rules.wording.nearness import Slips
from accord.rules.wording.words import Reading, Vocabulary, Words, is_name

_AFTER_BAR = re.compile(r"\|\s+")
_MOST_RUN_TOGETHER = 64
_SHORTEST_RUN_TOGETHER = 7


@dataclass(frozen=True)
class Step:
    """One place in a phrase: the words that fit, or with `gap` how many words of anything may stand there."""

    words: frozenset[str] = frozenset()
    loud: frozenset[str] = frozenset()
    name: bool = False
    gap: int = 0
    optional: bool = False

    def fits(self, reading: Reading) -> bool:
        return (
            reading.word in self.words
            or (reading.loud and reading.word in self.loud)
            or (self.name and is_name(reading))
        )


@dataclass(frozen=True)
class Phrase:
    """A phrase, and the kind of thing it speaks of."""

    kind: str
    steps: tuple[Step, ...]


def parse(text: str, kind: str, sets: Mapping[str, Sequence[str]]) -> Phrase:
    """A phrase from its written form.

    Raises:
        KeyError: for a set that is not there.
        ValueError: when it does not begin with a word.
    """
    phrase = Phrase(kind, tuple(_step(part, sets) for part in _AFTER_BAR.sub("|", text).split()))
    if not phrase.steps or not (phrase.steps[0].words or phrase.steps[0].loud) or phrase.steps[0].optional:
        raise ValueError(f"A phrase begins with a word: {text!r}")
    return phrase


def _step(part: str, sets: Mapping[str, Sequence[str]]) -> Step:
    if part.startswith(".."):
        return Step(gap=int(part[2:]))
    optional = part.endswith("?")
    words: set[str] = set()
    loud: set[str] = set()
    for one in part.removesuffix("?").split("|"):
        if one.startswith("@"):
            words.update(fold_word(word) for word in sets[one[1:]])
        elif one.startswith("^"):
            loud.add(fold_word(one[1:]))
        elif one != "<name>":
            words.add(fold_word(one))
    return Step(frozenset(words), frozenset(loud), "<name>" in part, optional=optional)


class PhraseBook:
    """All phrases of one subject, and the harmless ones that overrule them where they overlap."""

    def __init__(self, phrases: Iterable[Phrase], harmless: Iterable[Phrase], slips: Slips) -> None:
        sought = tuple(phrases)
        sought += tuple(_run_together(sought))
        overruling = tuple(harmless)
        self._phrases, self._harmless = _by_first_words(sought), _by_first_words(overruling)
        known = {word for phrase in (*sought, *overruling) for step in phrase.steps for word in step.words | step.loud}
        self._vocabulary = Vocabulary(known, slips)

    def find(self, folded: Folded) -> tuple[Mark, ...]:
        """Where the text holds one of the phrases, in places of the original text."""
        words = Words(folded, self._vocabulary)
        hits = list(_matches(self._phrases, words))
        if not hits:
            return ()
        harmless = list(_matches(self._harmless, words))
        kept = _not_overruled(hits, harmless)
        return merged(Mark(*folded.span(words.spans[i][0], words.spans[j - 1][1]), kind) for i, j, kind in kept)


class _Beginning:
    """The phrases that begin with one word: by their second word, and those whose second word may vary."""

    def __init__(self) -> None:
        self.by_second: dict[str, list[Phrase]] = {}
        self.others: list[Phrase] = []

    def add(self, phrase: Phrase) -> None:
        second = phrase.steps[1] if len(phrase.steps) > 1 else None
        if second is None or second.gap or second.optional or second.name:
            self.others.append(phrase)
            return
        for word in second.words | second.loud:
            self.by_second.setdefault(word, []).append(phrase)

    def candidates(self, following: Sequence[Reading]) -> Iterator[Phrase]:
        yield from self.others
        if self.by_second:
            for reading in following:
                yield from self.by_second.get(reading.word, ())


def _by_first_words(phrases: Iterable[Phrase]) -> dict[str, _Beginning]:
    book: dict[str, _Beginning] = {}
    for phrase in phrases:
        for word in phrase.steps[0].words | phrase.steps[0].loud:
            book.setdefault(word, _Beginning()).add(phrase)
    return book


def _run_together(phrases: Iterable[Phrase]) -> Iterator[Phrase]:
    """`no papers` also as `nopapers`, for phrases of plain words that are not too many."""
    for phrase in phrases:
        choices = [[*step.words, *([""] if step.optional else [])] for step in phrase.steps]
        combinations = 1
        for choice in choices:
            combinations *= len(choice)
        plain = not any(step.gap or step.name or step.loud for step in phrase.steps)
        if plain and len(choices) > 1 and combinations <= _MOST_RUN_TOGETHER:
            joined = frozenset("".join(words) for words in product(*choices))
            long = frozenset(word for word in joined if len(word) >= _SHORTEST_RUN_TOGETHER)
            if long:
                yield Phrase(phrase.kind, (Step(long),))


def _matches(book: Mapping[str, _Beginning], words: Words) -> Iterator[tuple[int, int, str]]:
    """Every phrase that begins at each word: first word, word after the last, kind."""
    for index, readings in enumerate(words.readings):
        for reading in readings:
            beginning = book.get(reading.word)
            if beginning is None:
                continue
            after = index + reading.length
            following = words.readings[after] if after < len(words.readings) else ()
            for phrase in beginning.candidates(following):
                if phrase.steps[0].fits(reading):
                    end = _follow(phrase.steps, 1, after, words)
                    if end is not None:
                        yield index, end, phrase.kind


def _follow(steps: Sequence[Step], step: int, index: int, words: Words) -> int | None:
    """Do the remaining steps fit from this word on? The word after the last, or None."""
    if step == len(steps):
        return index
    wanted = steps[step]
    if wanted.gap:
        return _follow_gap(steps, step, index, words)
    if index < len(words.readings) and not words.breaks[index]:
        for reading in words.readings[index]:
            if wanted.fits(reading):
                end = _follow(steps, step + 1, index + reading.length, words)
                if end is not None:
                    return end
    return _follow(steps, step + 1, index, words) if wanted.optional else None


def _follow_gap(steps: Sequence[Step], step: int, index: int, words: Words) -> int | None:
    for _ in range(steps[step].gap + 1):
        end = _follow(steps, step + 1, index, words)
        if end is not None:
            return end
        if index >= len(words.readings) or words.breaks[index]:
            return None
        index = words.after(index)
    return None


def _not_overruled(
    hits: Sequence[tuple[int, int, str]], harmless: Sequence[tuple[int, int, str]]
) -> Iterator[tuple[int, int, str]]:
    """The hits that no harmless phrase overlaps. Both come in order of their first word."""
    spans = iter(harmless)
    pending = next(spans, None)
    active: list[tuple[int, int]] = []
    for hit in hits:
        while pending is not None and pending[0] < hit[1]:
            active.append((pending[0], pending[1]))
            pending = next(spans, None)
        active = [one for one in active if one[1] > hit[0]]
        if not any(start < hit[1] and hit[0] < end for start, end in active):
            yield hit
