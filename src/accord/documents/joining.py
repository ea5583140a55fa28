"""Which lines belong together? Lines that a page broke become headings, paragraphs and list items again.

A line that stopped although the next word would have fitted was ended on purpose. That, the stop at its end,
blank lines, indentation and the capital after it decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from accord.documents.blocks import Block
from accord.documents.shapes import Marker, ends_sentence, item_marker, looks_like_title

_SLACK = 0.82
"""Letters differ in width, so a line counts as ended early only when it stays under this share of the usual length."""
_OPEN_END = re.compile(
    r"(?:\b(?:a|an|the|of|to|and|or|by|in|with|for|from|at|on|as|that|which|who|any|all|each|every|this|these|their|his|her|its|is|are|be|shall|may|must|should|not|"
    r"Code|Education|Government|Penal|USC|CFR|CCR|Section|Sections|Title|BP|AR|and/or|under|within|pursuant|including|if|when|such)|[,;(/&–—-])$"
)
_HYPHEN = re.compile(r"[A-Za-z]-$")
REFERS = "\0"
"""Stands before a line that only refers and is not to be joined with others."""


@dataclass
class _Line:
    text: str
    indent: int
    length: int
    blanks: int
    """Blank lines before it."""


@dataclass
class _Open:
    """The block that is being gathered."""

    texts: list[str] = field(default_factory=list)
    indent: int = 0
    marker: Marker | None = None
    first: bool = False

    def closed(self) -> list[Block]:
        """What was gathered as a block; nothing when nothing was."""
        if not self.texts:
            return []
        parts = [self.texts[0]]
        for before, after in pairwise(self.texts):
            parts.append(after if _HYPHEN.search(before[-2:]) and after[:1].islower() else f" {after}")
        if self.marker is None:
            return [Block("paragraph", "".join(parts))]
        return [Block("item", "".join(parts), self.marker.style, self.first)]


def join_lines(lines: list[str]) -> Iterator[Block]:
    """The blocks that some lines make up. A line marked with NUL is a reference and passes through."""
    measured = _measure(lines)
    width = _width(measured)
    held = _Open()
    previous: _Line | None = None
    markers: list[tuple[str, int]] = []
    for number, line in enumerate(measured):
        if line.text.startswith(REFERS):
            if held.texts and ends_sentence(held.texts[-1]):
                yield from held.closed()
                held = _Open()
            yield Block("reference", line.text[1:])
            continue
        ended = previous is None or _ended(previous, line, width)
        marker = _marker(line, previous, markers, ended)
        if marker:
            yield from held.closed()
            texts = [marker.text] if marker.text else []
            held = _Open(texts, line.indent, marker, _begins_list(marker, markers))
        elif held.marker and not held.texts:
            held.texts.append(line.text)
        elif _is_heading(line, previous, _next_line(measured, number), ended, width, held):
            yield from held.closed()
            held = _Open()
            markers.clear()
            yield Block("heading", line.text)
        elif held.texts and not _breaks(held, previous, line, ended):
            held.texts.append(line.text)
        else:
            yield from held.closed()
            held = _Open([line.text], line.indent)
        previous = line
    yield from held.closed()


def _measure(lines: list[str]) -> list[_Line]:
    measured, blanks = [], 1
    for line in lines:
        text = line.strip()
        if not text:
            blanks += 1
            continue
        measured.append(_Line(" ".join(text.split()), len(line) - len(line.lstrip()), len(line.rstrip()), blanks))
        blanks = 0
    return measured


def _next_line(lines: list[_Line], number: int) -> _Line | None:
    for at in range(number + 1, min(number + 6, len(lines))):
        if not lines[at].text.startswith(REFERS):
            return lines[at]
    return None


def _width(lines: list[_Line]) -> int:
    lengths = sorted(line.length for line in lines if line.length > 40)
    return max(60, lengths[len(lengths) * 9 // 10]) if lengths else 60


def _ended(previous: _Line, line: _Line, width: int) -> bool:
    """Was the line before ended on purpose: would the first word of this line have fitted on it?"""
    word = line.text.split(" ", 1)[0]
    return previous.length + 1 + len(word) < _SLACK * width


def _marker(line: _Line, previous: _Line | None, markers: list[tuple[str, int]], ended: bool) -> Marker | None:
    marker = item_marker(line.text, markers[-1] if markers else None)
    return marker if marker and _is_item(marker, markers, previous, ended, line) else None


def _is_item(marker: Marker, markers: list[tuple[str, int]], previous: _Line | None, ended: bool, line: _Line) -> bool:
    """Does a list item begin here, or did a line break fall before "5." or "(a)"?"""
    expected = any(style == marker.style and marker.place == place + 1 for style, place in markers)
    free = (
        previous is None
        or line.blanks > 0
        or ends_sentence(previous.text)
        or ended
        or line.indent > previous.indent + 1
    )
    if marker.style.startswith("bullet"):
        return free or any(style == marker.style for style, _ in markers)
    if marker.style in ("A", "1") and len(marker.text) > 2 and marker.place > 40 and not expected:
        return False
    return (free or expected) and not (marker.text[:1].islower() and not expected and marker.place > 1)


def _begins_list(marker: Marker, markers: list[tuple[str, int]]) -> bool:
    """Is it the first of its list? The open lists are brought up to date."""
    at = next((at for at, (style, _) in enumerate(markers) if style == marker.style), None)
    if at is None:
        markers.append((marker.style, marker.place))
        return True
    first = marker.place == 1
    del markers[at:]
    markers.append((marker.style, marker.place))
    return first


def _is_heading(
    line: _Line, previous: _Line | None, following: _Line | None, ended: bool, width: int, held: _Open
) -> bool:
    if not looks_like_title(line.text) or (line.length > 0.9 * width and not line.text.isupper()):
        return False
    if previous is not None and line.blanks == 0:
        runs_on = not ends_sentence(previous.text) and not ended
        if runs_on or _OPEN_END.search(previous.text[-16:]) or previous.text.count("(") > previous.text.count(")"):
            return False
    if following is None:
        return line.blanks > 0 and not held.texts
    if following.blanks == 0 and not (
        following.text[0].isupper() or following.text[0] in "\"“'([•" or following.text[0].isdigit()
    ):
        return False
    return following.blanks > 0 or line.length + 1 + len(following.text.split(" ", 1)[0]) < _SLACK * width


def _breaks(held: _Open, previous: _Line | None, line: _Line, ended: bool) -> bool:
    """Does a new paragraph begin with this line?"""
    if previous is None:
        return True
    start, end = line.text[0], previous.text
    if (not ends_sentence(end) and start.islower()) or _OPEN_END.search(end[-16:]):
        return False
    if end.count("(") > end.count(")") and held.texts and ")" in line.text and not ends_sentence(end.rstrip(")")):
        return False
    if line.blanks:
        return True
    if not (start.isupper() or start.isdigit() or start in "\"“'("):
        return False
    if held.marker and ends_sentence(end) and line.indent < held.indent:
        return True
    return ended and (ends_sentence(end) or held.marker is not None) and start != "("
