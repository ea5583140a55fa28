"""Who wrote a note on a policy, when and what? They come as boxes on the page and as annotations with escaped JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote_to_bytes

from accord.documents.blocks import Block
from accord.documents.decoding import decode

MAX_REMARK = 200_000
"""Characters of the escaped comments of one annotation. The longest seen has 3,000."""

_ANNOTATION = "annotation"
_LABEL = re.compile(r"^\s*[^:.!?\n]{1,40}:\s*")
_NOTE_PREFIX = re.compile(r"^\s*(?P<author>[A-Z][A-Za-z ]{0,24}\bNOTE)\s*:\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Remark:
    """One comment of an annotation: who wrote it, when, and what."""

    author: str
    written_at: datetime | None
    text: str


def remarks_of(escaped: str) -> dict[str, Remark]:
    """The comments in the escaped JSON of an annotation. Escapes may be UTF-8 or Latin-1, even in one text."""
    if len(escaped) > MAX_REMARK:
        return {}
    text, _ = decode(unquote_to_bytes(escaped))
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    comments = data.get("comments") if isinstance(data, dict) else None
    found = {}
    for number, comment in enumerate(comments if isinstance(comments, list) else []):
        if isinstance(comment, dict):
            found[str(comment.get("id") or number)] = _remark(comment)
    return found


def _remark(comment: dict[str, Any]) -> Remark:
    try:
        moment = datetime.fromtimestamp(float(comment["time"]), UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        moment = None
    return Remark(str(comment.get("userName") or ""), moment, str(comment.get("text") or ""))


def note_block(text: str, remark: Remark | None = None) -> Block:
    """A note, its text without the words "CSBA NOTE:", which name its author where nothing else does."""
    match = _NOTE_PREFIX.match(text)
    author = (remark.author if remark else "") or (match["author"].strip() if match else "")
    plain = text[match.end() :] if match else text
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", plain)]
    return Block(
        "note",
        "\n\n".join(part for part in paragraphs if part),
        author=author,
        written_at=remark.written_at if remark else None,
    )


def annotation_block(remark: Remark) -> Block:
    """A note that stands in an annotation; the page may or may not print it as well."""
    return replace(note_block(remark.text, remark), style=_ANNOTATION)


def joined(blocks: list[Block]) -> list[Block]:
    """Blocks in which a note printed on the page and repeated by an annotation is one note, where it is printed.

    Its author and time are those of the annotation. What either calls it before a colon makes no difference; two
    notes that say the same and are both printed, or both annotated, stay two.
    """
    printed: dict[str, list[int]] = {}
    annotated: dict[str, list[int]] = {}
    for at, block in enumerate(blocks):
        if block.kind == "note":
            (annotated if block.style == _ANNOTATION else printed).setdefault(_said(block.text), []).append(at)
    merged: dict[int, Block] = {}
    gone: set[int] = set()
    for said, places in printed.items():
        for at, repeat in zip(places, annotated.get(said, []), strict=False):
            remark = blocks[repeat]
            author, written_at = remark.author or blocks[at].author, remark.written_at or blocks[at].written_at
            merged[at] = replace(blocks[at], author=author, written_at=written_at)
            gone.add(repeat)
    return [merged.get(at, block) for at, block in enumerate(blocks) if at not in gone]


def _said(note: str) -> str:
    """What a note says, without what it is called and without spaces, to tell whether two are the same."""
    return "".join(_LABEL.sub("", note, count=1).split()).casefold()
