"""Which blocks are not the policy but what is printed with it: reference sections and (cf. ...)?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from accord.documents.blocks import Block
from accord.documents.references import CF, OPENS

_BEGINS = re.compile(r"(?:The|A|An|Any|All|Each|No|In|If|When|Upon|Students|Employees|Staff)\s")
_BINDS = re.compile(r"\b(?:shall|must|may)\b")


def is_prose(text: str) -> bool:
    """Is this policy text again and not a line of a reference section?"""
    return bool(_BEGINS.match(text) and _BINDS.search(text)) and " - " not in text[:60] and " | " not in text


def set_apart(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with everything that only refers marked as reference.

    A reference section goes on until prose that binds somebody follows.
    """
    referring = False
    for block in blocks:
        if block.kind in ("note", "reference"):
            yield block
            continue
        if OPENS.match(block.text):
            referring = True
        elif referring and block.kind != "heading" and is_prose(block.text):
            referring = False
        if referring:
            yield Block("reference", block.text)
        elif "(cf." in block.text:
            yield from _without_cross_references(block)
        else:
            yield block


def _without_cross_references(block: Block) -> Iterator[Block]:
    plain = " ".join(CF.sub(" ", block.text).split())
    if plain:
        yield replace(block, text=plain)
    for match in CF.finditer(block.text):
        yield Block("reference", match[0])
