"""How is a Markdown policy read? Its YAML head as the head, the rest through HTML."""

from __future__ import annotations

import re
from functools import cache

import yaml
from markdown_it import MarkdownIt

from accord.decision import BadInput
from accord.documents.blocks import Block, Head, Parsed
from accord.documents.dates import note_dates, take_date_lines
from accord.documents.heads import read_head, stated
from accord.documents.markup import parse_html

MAX_MARKS = 10_000
"""Marks of Markdown in one policy. The most seen is 230."""

_FRONT = re.compile(r"\A---[ \t]*\n(?P<yaml>.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_DATES = {
    "adopted_on": ("adopted", "created", "original_adopted", "adopted_on", "first_adopted", "approved"),
    "revised_on": ("revised", "updated", "last_revised", "revised_on", "amended"),
    "reviewed_on": ("reviewed", "last_reviewed", "reviewed_on"),
}
_NUMBERED_TITLE = re.compile(
    r"^(?P<code>\d{3,4}(?:\.\d+)*(?:-[A-Z]{1,3}(?:-\d+)?)?(?:\s?PDF)?(?:\(\d+\))?|[A-Z]{3,5}(?:-[A-Z])?(?=\s*[-–:]))\s*[-–—:]?\s+(?P<title>\S.*)$"
)
_MARKS = "[]*_`<>~&\\!"
_FREE = ("heading", "paragraph")
_REFERENCE_KEYS = ("legal", "reference", "references", "cross_references", "cross references")


def has_front_matter(text: str) -> bool:
    """Does a text begin with a YAML head?"""
    return bool(_FRONT.match(text))


def parse_markdown(text: str) -> Parsed:
    """The head and the blocks of a Markdown policy, with or without a YAML head."""
    match = _FRONT.match(text)
    values, warnings = _values(match["yaml"]) if match else ({}, [])
    body = text[match.end() :] if match else text
    _refuse_marks(body)
    blocks, more = parse_html(_renderer().render(body))
    if values:
        head = _head(values)
        blocks = [*blocks, *_references(values)]
    else:
        head, blocks = head_of_blocks(blocks)
    return Parsed(head, blocks, [*warnings, *more])


@cache
def _renderer() -> MarkdownIt:
    # Indented text is text here, not code; a line break in the source is one that a person made.
    return MarkdownIt("commonmark", {"breaks": True, "html": True}).enable("table").disable("code")


def _refuse_marks(text: str) -> None:
    """Markdown that is mostly marks is no prose, and parsing it takes ages."""
    if sum(text.count(mark) for mark in _MARKS) > MAX_MARKS:
        raise BadInput(f"The Markdown has more than {MAX_MARKS:,} marks.", mend="Give the text of the policy alone.")


def _values(head: str) -> tuple[dict[str, str], list[str]]:
    """The plain entries of a YAML head, all as text, so that 0403.80 stays a code and a day stays as written."""
    try:
        loaded = yaml.load(head, Loader=yaml.CBaseLoader)  # noqa: S506 - the base loader makes only text, lists and maps
    except yaml.YAMLError as error:
        return {}, [f"The YAML head cannot be read: {str(error).splitlines()[0]}"]
    if not isinstance(loaded, dict):
        return {}, ["The YAML head is not a list of entries."]
    return {str(key).lower(): _plain(value) for key, value in loaded.items()}, []


def _plain(value: object) -> str:
    return "; ".join(str(entry) for entry in value) if isinstance(value, list) else str(value)


def _head(values: dict[str, str]) -> Head:
    head = Head(code=stated(values.get("code", values.get("number", ""))), status=stated(values.get("status", "")))
    head.title = stated(values.get("title", ""))
    match = _NUMBERED_TITLE.match(head.title)
    if match and (not head.code or match["code"] == head.code):
        head.code, head.title = match["code"], match["title"].strip()
    kind = stated(values.get("kind", values.get("type", "")))
    head.kind = kind if kind.isupper() or not kind else kind[0].upper() + kind[1:]
    for name, keys in _DATES.items():
        for key in keys:
            if values.get(key):
                note_dates(head, name, values[key])
    return head


def _references(values: dict[str, str]) -> list[Block]:
    return [Block("reference", values[key]) for key in _REFERENCE_KEYS if values.get(key)]


def head_of_blocks(blocks: list[Block]) -> tuple[Head, list[Block]]:
    """The head that the first headings and paragraphs state, and the blocks that are left."""
    first = next((number for number, block in enumerate(blocks) if block.kind not in _FREE), len(blocks))
    start = blocks[: min(first, 30)]
    head, used = read_head([block.text for block in start])
    if not head.title and start and start[0].kind == "heading":
        head.title = start[0].text
        used.add(0)
    stated_at_foot = take_date_lines(head, [block.text if block.kind in _FREE else "" for block in blocks])
    return head, [block for number, block in enumerate(blocks) if number not in used | stated_at_foot]
