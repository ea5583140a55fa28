"""Which day does a line of a policy's head or foot state, and is it the adoption, a revision or a review?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from accord.documents.blocks import Head

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_DATE = re.compile(
    r"\b(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
    r"|\b(?P<us>\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2}))\b"
    r"|\b(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})\b",
    re.IGNORECASE,
)
_KEYS = (
    (
        "adopted_on",
        r"(?:date\s+)?(?:first\s+|originally\s+|original\s+)?(?:adopted|adoption|approved|created)(?:\s+date)?",
    ),
    ("revised_on", r"(?:date\s+)?(?:last\s+)?(?:revised|revision|amended|updated)(?:\s+(?:date|adoption|on))?"),
    ("reviewed_on", r"(?:date\s+)?(?:last\s+)?(?:reviewed|review)(?:\s+date)?"),
)
_KEY = re.compile(
    r"^[\W_]*(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _KEYS)
    + r")(?P<sep>\s*:|\s+(?=[\dA-Z])|\s*$)(?P<rest>.*)$",
    re.IGNORECASE,
)
_CENTURY_TURNS_AT = 60
"""Two-digit years: 60 to 99 are of the last century. School codes of this form came into use in the 1960s."""
_LONGEST_REST = 160
_LONGEST_PLACE = 60
"""Characters beside the days: "Oakville, California", slashes between several days."""
_LONGEST_UNDATED = 20
"""Characters that stand for a day that is not stated: "Not specified", ", 2020"."""


def dates_in(text: str) -> Iterator[date]:
    """Every day named in a text, in order. A day that does not exist is passed over."""
    for match in _DATE.finditer(text):
        try:
            yield _as_date(match)
        except ValueError:
            continue


def _as_date(match: re.Match[str]) -> date:
    if match["iso"]:
        year, month, day = match["iso"].split("-")
    elif match["us"]:
        month, day, year = re.split("[/-]", match["us"])
        if len(year) == 2:
            year = f"{19 if int(year) >= _CENTURY_TURNS_AT else 20}{year}"
    else:
        month, day, year = str(_MONTHS[match["month"][:3].lower()]), match["day"], match["year"]
    return date(int(year), int(month), int(day))


def note_dates(head: Head, name: str, text: str) -> bool:
    """Enter the days of a text in the head (the first adopted, the last revised or reviewed); False without any."""
    days = list(dates_in(text))
    if not days:
        return False
    held = getattr(head, name)
    days = [*days, held] if held else days
    setattr(head, name, min(days) if name == "adopted_on" else max(days))
    return True


def date_key(line: str) -> tuple[str, str] | None:
    """Does a line state when the policy was adopted, revised or reviewed? The name of the field and what follows it.

    A sentence that begins with such a word is not such a line: after the key there may be days and little else.
    """
    match = _KEY.match(line)
    if not match or len(match["rest"]) > _LONGEST_REST:
        return None
    rest = match["rest"].strip(" *_:|")
    if not match["sep"].strip() and rest and not _DATE.match(rest):
        return None
    if len(_DATE.sub("", rest)) > (_LONGEST_PLACE if _DATE.search(rest) else _LONGEST_UNDATED):
        return None
    name = next(name for name, _ in _KEYS if match[name])
    return name, rest


def take_date_lines(head: Head, lines: Iterable[str]) -> set[int]:
    """Enter every dated line in the head and return the numbers of the lines that are used up by it."""
    used: set[int] = set()
    waiting = ""
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        if waiting and len(line) < _LONGEST_REST and not date_key(line) and note_dates(head, waiting, line):
            used.add(number)
            waiting = ""
            continue
        waiting = ""
        keys = [date_key(part) for part in line.split("|")] if len(line) < 2 * _LONGEST_REST else [None]
        if any(key is None for key in keys):
            continue
        for name, rest in filter(None, keys):
            if not note_dates(head, name, rest) and not rest:
                waiting = name
        used.add(number)
    return used
