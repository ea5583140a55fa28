"""How is a Simbli export read: one file with a Markdown head, the policy as text, and the same policy as HTML?

The HTML part says which words are notes, who wrote them and when, so it is read when it is there.
In the text part alone a note is a line that begins with "CSBA NOTE:" and the line after it is policy again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from accord.documents.blocks import Block, Parsed
from accord.documents.heads import read_head, stated
from accord.documents.limits import refuse_length
from accord.documents.lines import blocks_of_lines
from accord.documents.markup import parse_html
from accord.documents.notes import note_block
from accord.documents.shapes import item_marker

_PART = re.compile(r"^##[ \t]+(?P<name>Policy Content|HTML Content)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_NOTE = re.compile(r"^\s*[A-Z][A-Z ]{0,20}\bNOTE:")
_RUN_TOGETHER = re.compile(r"(?<=[a-z0-9)]\.)(?=[A-Z][a-z])")
_LONGEST_HEAD = 20_000
_EMPHASIS = re.compile(r"[*_`]+")
_RULE = re.compile(r"^[ \t]*-{3,}[ \t]*$", re.MULTILINE)


def is_simbli(text: str) -> bool:
    """Does a text have the parts of a Simbli export?"""
    return bool(_PART.search(text, 0, _LONGEST_HEAD))


def parse_simbli(text: str) -> Parsed:
    """The head and the blocks of a Simbli export, from its HTML part or else from its text part."""
    marks = list(_PART.finditer(text))
    head, _ = read_head([_EMPHASIS.sub("", line).strip() for line in text[: marks[0].start()].split("\n")])
    head.status, head.title = stated(head.status), stated(head.title)
    parts: dict[str, str] = {}
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        parts.setdefault(mark["name"].lower(), text[mark.end() : following.start() if following else len(text)])
    refuse_length(parts.get("policy content", ""))
    from_text = list(blocks_of_text(parts.get("policy content", "")))
    blocks, warnings = parse_html(parts.get("html content", ""))
    if not any(block.kind != "note" for block in blocks):
        if "html content" in parts:
            warnings = ["The HTML part holds no policy text; the text part was read."]
        blocks = from_text
    elif from_text and _words(from_text) != _words(blocks):
        warnings.append("The text part and the HTML part differ; the HTML part was read.")
    return Parsed(head, blocks, warnings)


def _words(blocks: list[Block]) -> str:
    return "".join("".join(block.text.split()) for block in blocks if block.kind != "note")


def blocks_of_text(text: str) -> Iterator[Block]:
    """The blocks of the text part: a line is a paragraph, a note, a heading, or, when a tab leads it, a list item."""
    open_lists: set[str] = set()
    held: list[str] = []
    for line in [*_RULE.sub("", text).split("\n"), ""]:
        is_note = bool(_NOTE.match(line))
        tabs = len(line) - len(line.lstrip("\t"))
        is_item = tabs > 0 and bool(line.strip())
        if held and (is_note or is_item):
            yield from _paragraphs(held)
            held = []
        if is_note:
            yield note_block(_RUN_TOGETHER.sub("\n\n", line))
        elif is_item:
            style = f"tab{tabs}"
            marker = item_marker(line)
            yield Block("item", marker.text if marker and marker.text else line.strip(), style, style not in open_lists)
            open_lists = {held_style for held_style in open_lists if held_style <= style} | {style}
        else:
            if line.strip():
                open_lists.clear()
            held.append(line)
    yield from _paragraphs(held)


def _paragraphs(lines: list[str]) -> Iterator[Block]:
    yield from blocks_of_lines("\n".join(lines))
