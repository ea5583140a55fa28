"""Small patterns over the plain words of a sentence, and the plain words themselves.

A phrase is written as words with five signs, so that people who know a policy can write one:

- `approv*`      any word that begins so;
- `{agreement}`  any phrase of that concept;
- `~4`           at most four words in between, none of them one that turns the sense round ("not", "except", ..);
- `!enforcement` not followed by that word;
- `^`            first in a phrase: the predicate begins here, or its next verb after a comma, "and", "or", "nor";
                 fillers may stand between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Pattern = re.Pattern[str]

_SPEECH = re.compile(r'["“”«»]([^"“”«»]*)["“”«»]')
_ASSERTS = re.compile(r"\b(shall|must|may|will|should|is|are|can|cannot)\b", re.IGNORECASE)
_TOKEN = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*|[,;:?]")
_PIECE = re.compile(r"\{[\w-]+\}|~\d+|![\w.]+|[\w.]+\*?|[,;:]")
_HYPHEN = re.compile(r"-(?![^{]*\})")
JOINT = "(?: [,;])? (?:and|or|nor)(?= )| [,;](?= )"
"""What joins verbs in a list."""

_SHORTENED = (("won't", "will not"), ("can't", "can not"), ("cannot", "can not"), ("n't", " not"))


def plain(text: str) -> str:
    """The words of a text in lower case between single spaces, with a space at both ends: words can be matched whole.

    Hyphens, slashes and possessives are taken apart. Quoted speech that asserts something is left out: that is not the
    policy speaking.
    """
    text = text.replace("’", "'").replace("‘", "'").replace("–", " , ").replace("—", " , ")
    text = _SPEECH.sub(lambda quoted: " quoted " if _ASSERTS.search(quoted[1]) else f" {quoted[1]} ", text)
    text = text.lower()
    for short, long in _SHORTENED:
        text = text.replace(short, long)
    text = re.sub(r"'s\b|'", "", text)
    return f" {' '.join(_TOKEN.findall(text))} "


@dataclass(frozen=True)
class Group:
    """Phrases of which one is enough: those that begin where a verb may stand, and those that may stand anywhere."""

    anchored: Pattern | None
    free: Pattern | None

    def found(self, text: str, starts: Iterable[int]) -> bool:
        """Whether one of the phrases is in the text. `starts` are the places where a verb may begin."""
        if self.free and self.free.search(text):
            return True
        return bool(self.anchored) and any(self.anchored.match(text, start) for start in starts if self.anchored)


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
        self._start = f"(?:{JOINT})?(?: (?:{'|'.join(fillers)})(?= ))*"
        self._sources: dict[str, str] = {}

    def any_of(self, phrases: Iterable[str]) -> Pattern:
        """One pattern that finds any of the phrases, none of them with `^`, in plain words."""
        return re.compile(self._either(phrases))

    def group(self, phrases: Iterable[str]) -> Group:
        """The phrases, any of which is enough."""
        listed = list(phrases)
        anchored = [phrase.removeprefix("^") for phrase in listed if phrase.startswith("^")]
        free = [phrase for phrase in listed if not phrase.startswith("^")]
        return Group(
            re.compile(self._start + self._either(anchored)) if anchored else None,
            self.any_of(free) if free else None,
        )

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
        return "".join(self._piece(piece) for piece in _PIECE.findall(_HYPHEN.sub(" ", phrase)))

    def _piece(self, piece: str) -> str:
        if piece.startswith("~"):
            return f"{self._gap}{{0,{piece[1:]}}}"
        if piece.startswith("{"):
            return self._concept(piece[1:-1])
        if piece.startswith("!"):
            return f"(?! {re.escape(piece[1:])} )"
        return " " + re.escape(piece.removesuffix("*")) + ("[^ ]*" if piece.endswith("*") else "(?= )")
