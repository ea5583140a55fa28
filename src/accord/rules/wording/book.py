"""A phrase book from its file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from accord.rules.wording.nearness import Slips
from accord.rules.wording.phrases import Phrase, PhraseBook, parse


def read_book(text: str) -> PhraseBook:
    """The phrase book a TOML file holds: `sets`, `phrases` by kind, `harmless` and `slips`.

    Raises:
        KeyError: when a table or a named set is missing.
        ValueError: when a phrase does not begin with a word.
    """
    data = tomllib.loads(text)
    sets = {name: words.split() for name, words in data["sets"].items()}
    slips = Slips(data["slips"]["words"].split(), data["slips"]["never"].split())
    return PhraseBook(_phrases(data["phrases"], sets), _phrases({"harmless": data["harmless"]["phrases"]}, sets), slips)


def _phrases(table: Mapping[str, Any], sets: Mapping[str, Sequence[str]]) -> Iterator[Phrase]:
    for kind, texts in table.items():
        for text in texts:
            yield parse(text, kind, sets)
