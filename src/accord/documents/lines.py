"""What blocks are in the text of one HTML or Word block, whose line breaks were put there on purpose?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from accord.documents.blocks import Block
from accord.documents.shapes import ends_sentence, item_marker, looks_like_title

_MARKS = re.compile("[\x01\x02]")
_BOLD_RUN = re.compile("\x01([^\x01\x02]*)\x02")
_LONGEST_HEADING = 120
_SAYS = re.compile(r"\b(?:is|are|shall|must|may|should|will|can)\b")


def blocks_of_lines(text: str, *, heading: bool = False, style: str = "", first: bool = False) -> Iterator[Block]:
    """Blocks of some lines, in which bold runs stand between \\x01 and \\x02.

    A line that is bold throughout is a heading; so is a short line in capitals that stands alone.
    Lines parted by one break belong together unless a sentence or heading ended.
    """
    if heading:
        plain = " ".join(_MARKS.sub("", text).split())
        if plain:
            yield Block("heading", plain)
        return
    held: list[str] = []
    for number, (line, bold, alone) in enumerate(_lines(text)):
        starts_heading = not style and (bold or (alone and looks_like_title(line)))
        marker = None if style else item_marker(line)
        if held and (line == "" or starts_heading or marker or (ends_sentence(held[-1]) and not line[0].islower())):
            yield _closed(held, style, first and not number)
            held, first = [], False
        if not line:
            continue
        if starts_heading:
            yield Block("heading", line)
        elif marker and marker.text:
            yield Block("item", marker.text, marker.style, marker.place == 1)
        else:
            held.append(line)
    if held:
        yield _closed(held, style, first)


def _closed(lines: list[str], style: str, first: bool) -> Block:
    return Block("item" if style else "paragraph", " ".join(lines), style, first)


def _lines(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Each line with: is it bold throughout, and does it stand alone between blank lines?"""
    raw = text.split("\n")
    plain = [" ".join(_MARKS.sub("", line).split()) for line in raw]
    for number, line in enumerate(plain):
        alone = not (number and plain[number - 1]) and not (number + 1 < len(plain) and plain[number + 1])
        yield line, _all_bold(raw[number], line), alone


def _all_bold(raw: str, plain: str) -> bool:
    if "\x01" not in raw or not plain or len(plain) > _LONGEST_HEADING or plain[-1] in ".;,":
        return False
    if _SAYS.search(plain) and not looks_like_title(plain.rstrip(": ")):
        return False
    return not _MARKS.sub("", _BOLD_RUN.sub("", raw + "\x02" * (raw.count("\x01") - raw.count("\x02")))).strip()
