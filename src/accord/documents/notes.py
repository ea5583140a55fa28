"""Who wrote a note on a policy, when and what? They come as boxes on the page and as annotations with escaped JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote_to_bytes

from accord.documents.blocks import Block
from accord.documents.decoding import decode

MAX_REMARK = 200_000
"""Characters of the escaped comments of one annotation. The longest seen has 3,000."""

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
