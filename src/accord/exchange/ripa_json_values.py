"""Single values out of a JSON record of a stop, with the place of every one that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from accord.facts.coded import Coded

Code = TypeVar("Code", bound=Coded)

_YES_NO = {"Y": True, "N": False, "TRUE": True, "FALSE": False}
_LONGEST_SHOWN = 40
_WHOLE = re.compile(r"-?\d{1,9}")
_TIME = re.compile(r"([01]?\d|2[0-3]):?([0-5]\d)(?::[0-5]\d)?")


@dataclass(frozen=True)
class Problem:
    """A value that cannot be read: where it stands (`ListPerson_Stopped.0.Perc.Age`) and what is wrong."""

    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}" if self.path else self.what


@dataclass
class Node:
    """One object of a record, with its place. Problems of all objects gather in one list."""

    values: Mapping[str, Any]
    path: str
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, key: str, what: str) -> None:
        """Note that what stands under `key` cannot be read."""
        self.problems.append(Problem(f"{self.path}.{key}".strip("."), what))

    def text(self, key: str) -> str:
        """Words, as they stand; a number is taken as its digits."""
        return self._text(key, self.values.get(key))

    def _text(self, key: str, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int):
            self.wrong(key, f"{shown(value)} is not text")
            return ""
        text = str(value)
        if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
            self.wrong(key, "the text holds half a character")
            return ""
        return text

    def flag(self, key: str) -> bool | None:
        """Yes or no; None when not answered."""
        value = self.values.get(key)
        if isinstance(value, bool):
            return value
        word = self.text(key).strip().upper()
        if word and word not in _YES_NO:
            self.wrong(key, f"{shown(value)} is neither Y nor N")
        return _YES_NO.get(word)

    def whole(self, key: str) -> int | None:
        """A whole number; None when not answered."""
        word = self.text(key).strip()
        if not word:
            return None
        if not (word.isascii() and _WHOLE.fullmatch(word)):
            self.wrong(key, f"{shown(word)} is not a whole number")
            return None
        return int(word)

    def decimal(self, key: str) -> Decimal | None:
        """A decimal number, with as many decimals as it was written; None when not answered."""
        value = self.values.get(key)
        word = str(value) if isinstance(value, float) else self.text(key).strip()
        if not word:
            return None
        try:
            number = Decimal(word)
        except InvalidOperation:
            number = Decimal("nan")
        if not number.is_finite():
            self.wrong(key, f"{shown(word)} is not a number")
            return None
        return number

    def day(self, key: str) -> date | None:
        """A date, MM/DD/YYYY; YYYY-MM-DD is taken too."""
        word = self.text(key).strip()
        found = read_day(word)
        if found is None:
            self.wrong(key, f"{shown(word)} is not a date MM/DD/YYYY")
        return found

    def clock(self, key: str) -> time | None:
        """A time of day, 24 hours, HH:MM."""
        word = self.text(key).strip()
        found = read_clock(word)
        if found is None:
            self.wrong(key, f"{shown(word)} is not a time HH:MM of 24 hours")
        return found

    def code(self, kind: type[Code], key: str) -> Code | None:
        """One answer of a closed list; None when not answered."""
        value = self.values.get(key)
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        return self._code(kind, key, value)

    def codes(self, kind: type[Code], key: str, inner: str) -> tuple[Code, ...]:
        """Every answer of a list, plain or wrapped."""
        found = (self._code(kind, f"{key}.{index}", value) for index, value in enumerate(self.items(key, inner)))
        return tuple(answer for answer in found if answer is not None)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of words, without the empty ones."""
        found = (self._text(f"{key}.{index}", value) for index, value in enumerate(self.items(key, "")))
        return tuple(text for text in found if text)

    def _code(self, kind: type[Code], key: str, value: Any) -> Code | None:
        word = self._text(key, value).strip()
        if not word:
            return None
        try:
            return kind(word.lstrip("0") if word.isdigit() else word.upper())
        except ValueError:
            self.wrong(key, f"{shown(word)} is not in the list")
            return None

    def items(self, key: str, inner: str) -> list[Any]:
        """What a list holds: plain, wrapped as `{inner: [...]}`, or a single value without brackets."""
        value = self.values.get(key)
        if isinstance(value, Mapping) and inner in value:
            value = value[inner]
        if value is None or value == "":
            return []
        return value if isinstance(value, list) else [value]

    def node(self, key: str) -> Node:
        """The object under a key; an empty one, and a problem, where there is none."""
        return self._node(key, self.values.get(key))

    def nodes(self, key: str, inner: str) -> list[Node]:
        """Every object of a list, plain or wrapped."""
        return [self._node(f"{key}.{index}", value) for index, value in enumerate(self.items(key, inner))]

    def _node(self, key: str, value: Any) -> Node:
        if not isinstance(value, Mapping):
            self.wrong(key, "is missing" if value is None else f"{shown(value)} is not an object")
            value = {}
        return Node(value, f"{self.path}.{key}".strip("."), self.problems)


def shown(value: Any) -> str:
    """A value as it is shown in a sentence: in quotes, cut where long."""
    text = str(value)
    cut = text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
    return f"“{cut.encode('ascii', 'replace').decode() if not cut.isprintable() else cut}”"


def read_day(word: str) -> date | None:
    """A date written MM/DD/YYYY or YYYY-MM-DD, a time of midnight after it left aside; None when it is neither."""
    for form in ("%m/%d/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(word.partition(" 00:00")[0], form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def read_clock(word: str) -> time | None:
    """A time of 24 hours written HH:MM, HH:MM:SS or HHMM; seconds are left out. None when it is no such time."""
    found = _TIME.fullmatch(word)
    return time(int(found[1]), int(found[2])) if found and word.isascii() else None
