"""What do the first lines of a document say about it: kind, code, title, status and dates?

Layouts differ ("BP 5111", "Policy 5113.1: Title", "RCSD Regulation 3515" and a block of "Key: value", a breadcrumb with
bars), so each line is asked on its own what it states, and the head ends at the first line that states nothing.
"""

from __future__ import annotations

import re

from accord.documents.blocks import Head
from accord.documents.dates import date_key, note_dates
from accord.documents.shapes import looks_like_title

_KIND = (
    r"Board\s+Policy|Administrative\s+(?:Regulation|Procedure)|Board\s+Bylaw|Policy|Regulation|Bylaw|Exhibit|Procedure"
    r"|BP/AR|BP|AR|BB|E"
)
_CODE = r"\d{3,4}(?:\.\d{1,3})*(?:-[A-Z]{1,2}(?:-\d{1,3})?(?:\s?PDF)?(?:\s?\(\d+\))?)?(?![\d-])"
_CODE_LINE = re.compile(
    rf"^(?P<who>[^:]{{0,70}}?(?:\s|\|\s*|^))?(?P<kind>{_KIND})\s*(?:[-–—:#|]\s*)?(?:no\.?\s*|number:?\s*|code:?\s*)?"
    rf"(?P<code>{_CODE}|[A-Z]{{2,5}}(?:-[A-Z0-9]{{1,3}})?(?=\s*(?:[:–—-]|$)))\s*(?P<rest>.*)$",
    re.IGNORECASE,
)
_CODE_FIRST = re.compile(
    rf"^#*\s*(?P<code>{_CODE}|[A-Z]{{2,5}}(?:-[A-Z0-9]{{1,3}})?(?=\s*[–—:-]))\s*[-–—:]?\s+(?P<title>[A-Z].*)$"
)
_KEYED = re.compile(
    r"^[\W_]*(?P<key>title|status|code(?: number)?|policy (?:number|code|no\.?)|number|type|kind|section|series|source"
    r"|version|effective(?: date)?|district)\b[^:]{0,24}:[*_\s]*(?P<value>.*?)[*_\s]*$",
    re.IGNORECASE,
)
_SERIES = re.compile(
    r"^(?:\d{4}\s+|series\s+)?(?:philosophy(?:[\s,-].*)?|community relations|administration|students|instruction"
    r"|facilities|business and noninstructional operations|(?:all |certificated |classified |management,?.*)?personnel"
    r"|board bylaws|bylaws of the board)$",
    re.IGNORECASE,
)
"""The names that CSBA gives to its series; they stand beside a code and are no title."""
_STATUSES = frozenset(
    "adopted draft proposed retired pending approved rescinded inactive active current archived".split()
)
_JUNK = re.compile(
    r"^(?:[=_*~#-]{3,}|\d{1,4}|.*\bschool district\b.{0,20}|.*\bUSD\b|.*board policy manual|printed:.*|attachment\s+\w+"
    r"|policy manual|page \d+.*|.*(?:>|»).*>.*|arrow .*)$",
    re.IGNORECASE,
)
_KIND_ONLY = re.compile(rf"^(?:{_KIND})$", re.IGNORECASE)
_SHORT = {"policy": "BP", "regulation": "AR", "bylaw": "BB", "exhibit": "E"}
_SHORT |= {"board policy": "BP", "administrative regulation": "AR", "board bylaw": "BB"}
_SHORT |= {short.lower(): short for short in ("BP", "AR", "BB", "E", "BP/AR")}
_LOOK_AT = 14
"""Lines in which the code must turn up."""
_UNSTATED = re.compile(r"^(?:not specified|n/?a|none|-+)$", re.IGNORECASE)


def short_kind(kind: str, code: str) -> str:
    """The abbreviation of CSBA (BP, AR, BB, E) where the code is of its numbering; else the word of the head."""
    words = " ".join(kind.split())
    if code[:3].isdigit():
        return _SHORT.get(words.lower(), words.title())
    return words.upper() if len(words) <= 2 else words.title()


def read_head(lines: list[str]) -> tuple[Head, set[int]]:
    """The head of a document and the numbers of the lines that belong to it and to nothing else."""
    head, used = Head(), set[int]()
    code_at = _find_code(head, lines)
    reading = _HeadLines(head, used, code_at)
    misses = 0
    for number, line in enumerate(lines):
        if not line.strip():
            reading.blank()
            continue
        if misses or number > code_at + 24:
            break
        if not reading.takes(number, line):
            misses += 1
    if not head.title:
        reading.title_from_candidates()
    return head, used


def _find_code(head: Head, lines: list[str]) -> int:
    seen = 0
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        seen += 1
        if seen > _LOOK_AT:
            break
        for column in _columns(line):
            if _state_code(head, column):
                return number
    return -1


def _columns(line: str) -> list[str]:
    """The parts of a line that wide gaps set apart."""
    return [part.strip() for part in re.split(r"\s{4,}|\t+", line.strip()) if part.strip()]


def _state_code(head: Head, text: str) -> bool:
    keyed = _KEYED.match(text)
    if keyed and re.search("code|number|no", keyed["key"], re.IGNORECASE) and keyed["value"]:
        head.code = head.code or keyed["value"].strip("\"' ")
        return True
    if keyed or len(text) > 160 or date_key(text):
        return False
    match = _CODE_LINE.match(text)
    if match and not match["code"].isdigit() and match["code"].isalpha() and not match["code"].isupper():
        match = None
    if match and (match["code"][0].isdigit() or not match["who"]) and _is_head_like(match["who"] or "", match["rest"]):
        head.code = re.sub(r"\s+", " ", match["code"])
        head.kind = short_kind(match["kind"], head.code)
        _state_title(head, match["rest"])
        return True
    first = _CODE_FIRST.match(text)
    if first and not first["title"].rstrip().endswith("."):
        head.code = first["code"]
        head.title = head.title or first["title"].strip()
        return True
    return False


def _is_head_like(who: str, rest: str) -> bool:
    rest = rest.strip()
    return (
        len(who.split()) <= 6
        and not who.rstrip().endswith((".", ",", "(", "of", "see", "and", "with"))
        and not rest.endswith(".")
        and not re.match(r"[a-z(,;.]", rest)
    )


def _state_title(head: Head, rest: str) -> None:
    title = rest.strip().lstrip(":|–—-").strip()
    if title and not _SERIES.match(title) and not head.title:
        head.title = title


class _HeadLines:
    """Takes the lines of a head one after another."""

    def __init__(self, head: Head, used: set[int], code_at: int) -> None:
        self.head, self.used, self.code_at = head, used, code_at
        self.candidates: list[tuple[int, str]] = []
        self.waiting = ""
        self.after_code = False
        self.broken_title = bool(head.title)

    def blank(self) -> None:
        self.after_code = False

    def takes(self, number: int, line: str) -> bool:
        """Does the line belong to the head? Then what it says is entered."""
        columns = _columns(line) if number != self.code_at else self._code_columns(line)
        if all(self._takes_column(number, column) for column in columns):
            self.used.add(number)
            self.after_code = number == self.code_at or self.after_code
            return True
        return self._takes_free_line(number, line.strip())

    def _code_columns(self, line: str) -> list[str]:
        return [column for column in _columns(line) if not _state_code(Head(), column)]

    def _takes_column(self, number: int, text: str) -> bool:
        if text.lower() in _STATUSES and (self.waiting == "status" or text.isupper()):
            self.head.status, self.waiting = text, ""
            return True
        keyed = _KEYED.match(text)
        if keyed:
            return self._takes_key(keyed["key"].lower(), keyed["value"].strip())
        parts = [part.strip() for part in text.split("|") if part.strip()]
        keys = [date_key(part) for part in parts]
        if keys and all(keys):
            for name, rest in filter(None, keys):
                note_dates(self.head, name, rest)
            return True
        if _JUNK.match(text) or (_SERIES.match(text) and self.head.code and number > self.code_at):
            return True
        if _KIND_ONLY.match(text):
            self.head.kind = self.head.kind or short_kind(text, self.head.code or "0000")
            return True
        return False

    def _takes_key(self, key: str, value: str) -> bool:
        if key == "status":
            self.head.status, self.waiting = value, "" if value else "status"
        elif key == "title" and value and not self.head.title:
            self.head.title = value
        elif key in ("type", "kind") and value:
            self.head.kind = short_kind(value, self.head.code or "0000")
        return True

    def _takes_free_line(self, number: int, text: str) -> bool:
        """A title that stands before or after the code, or the second line of one that was broken."""
        if self.after_code and self.broken_title and len(text) < 60 and looks_like_title(text):
            self.head.title += f" {text}"
            self.used.add(number)
            self.after_code = False
            return True
        if (
            self.code_at >= 0
            and len(text) <= 110
            and looks_like_title(text)
            and (number < self.code_at or not self.candidates)
            and not self.head.title
        ):
            self.candidates.append((number, text))
            return True
        return False

    def title_from_candidates(self) -> None:
        """Of the lines that could be the title, the last one before the code; else the first one after it."""
        before = [entry for entry in self.candidates if entry[0] < self.code_at]
        chosen = before[-1] if before else (self.candidates[0] if self.candidates else None)
        if chosen:
            self.head.title = chosen[1]
            self.used.update(number for number, _ in before or [chosen])


def stated(value: str) -> str:
    """A value of the head, or "" for "Not specified" and the like."""
    return "" if _UNSTATED.match(value.strip()) else value.strip()
