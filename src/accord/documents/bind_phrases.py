"""Small patterns over the plain words of a sentence, and the plain words themselves.

A phrase is written as words with four signs, so that people who know a policy can write one:

- `approv*`      any word that begins so;
- `{agreement}`  any phrase of that concept;
- `~4`           at most four words in between, none of them one that turns the sense round ("not", "except", ..);
- `^`            the predicate begins here (or a further verb after a comma, "and", "or", "nor"), fillers aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

Pattern = re.Pattern[str]

_SPEECH = re.compile(r'["“”«»]([^"“”«»]*)["“”«»]')
_ASSERTS = re.compile(r"\b(shall|must|may|will|should|is|are|can|cannot)\b", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*|[,;:?]")
_PIECE = re.compile(r"\{[\w-]+\}|~\d+|\^|[\w.]+\*?|[,;:]")
_HYPHEN = re.compile(r"-(?![^{]*\})")
_SHORTENED = (("won't", "will not"), ("can't", "can not"), ("cannot", "can not"), ("n't", " not"))


def plain(text: str) -> str:
    """The words of a text in lower case between single spaces, with a space at both ends, so that words can be matched whole.

    Hyphens, slashes and possessives are taken apart. Quoted speech that asserts something is left out: it is not the policy speaking.
    """
    text = text.replace("’", "'").replace("‘", "'").replace("–", " , ").replace("—", " , ")
    text = _SPEECH.sub(lambda quoted: " quoted " if _ASSERTS.search(quoted[1]) else f" {quoted[1]} ", text)
    text = text.lower()
    for short, long in _SHORTENED:
        text = text.replace(short, long)
    text = re.sub(r"'s\b|'", "", text)
    return f" {' '.join(_TOKEN.findall(text))} "


class Phrases:
    """Compiles phrases, knowing the concepts they may name.

    Args:
        concepts: the phrases of each concept by its name.
        blockers: regular expressions of words that a gap never crosses.
        fillers: regular expressions of words that may stand between the start of a predicate and its verb.

    Raises:
        KeyError: when a phrase names a concept that does not exist.
        ValueError: when concepts name each other in a circle.
    """

    def __init__(self, concepts: Mapping[str, Iterable[str]], blockers: Iterable[str], fillers: Iterable[str]) -> None:
        self._concepts = concepts
        self._gap = f"(?:(?! (?:{'|'.join(blockers)}) ) [^ ;]+)"
        joint = "(?:^|(?: [,;])? (?:and|or|nor)| [,;])"
        self._start = f"{joint}(?: (?:{'|'.join(fillers)})(?= ))*"
        self._sources: dict[str, str] = {}

    def any_of(self, phrases: Iterable[str]) -> Pattern:
        """One pattern that finds any of the phrases in plain words."""
        return re.compile(self._either(phrases))

    def concept(self, name: str) -> Pattern:
        """The pattern of a concept."""
        return re.compile(self._concept(name))

    def _either(self, phrases: Iterable[str]) -> str:
        return f"(?:{'|'.join(self._source(phrase) for phrase in phrases)})(?= )"

    def _concept(self, name: str) -> str:
        if name not in self._sources:
            self._sources[name] = ""
            self._sources[name] = self._either(self._concepts[name])
        if not self._sources[name]:
            raise ValueError(f"the concept {name} is defined by itself")
        return self._sources[name]

    def _source(self, phrase: str) -> str:
        parts = []
        for piece in _PIECE.findall(_HYPHEN.sub(" ", phrase)):
            if piece == "^":
                parts.append(self._start)
            elif piece.startswith("~"):
                parts.append(f"{self._gap}{{0,{piece[1:]}}}")
            elif piece.startswith("{"):
                parts.append(self._concept(piece[1:-1]))
            else:
                parts.append(" " + re.escape(piece.removesuffix("*")) + (r"[^ ]*" if piece.endswith("*") else r"(?= )"))
        return "".join(parts)
