"""How events are chained. Standard library only, so that a stranger can check an export with this file alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64


@dataclass(frozen=True)
class Link:
    """One event as stored: its number, the exact text that was hashed, the hash before it and its own."""

    seq: int
    body: str
    previous: str
    digest: str


def canonical(value: Any) -> str:
    """The one way a value is written as text, so that the same value always has the same hash."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(seq: int, previous: str, body: str) -> str:
    """SHA-256 over number, previous hash and the exact body, as hexadecimal."""
    return hashlib.sha256(b"\x00" + f"{seq}\n{previous}\n".encode() + body.encode()).hexdigest()


def commitment(salt: str, content: Any) -> str:
    """A salted hash of what an event is about: it proves the content while the salt is kept and says nothing after."""
    return hashlib.sha256(b"\x01" + salt.encode() + canonical(content).encode()).hexdigest()


def first_bad(links: Iterable[Link], *, head: Link | None = None) -> tuple[int, str] | None:
    """The first event that does not follow from the one before it, with the reason; None when all do.

    `head` is an earlier event noted outside the database: the chain must still contain it unchanged,
    which is how a chain cut short or rewritten as a whole is found.
    """
    previous, expected = GENESIS, 1
    seen_head = head is None
    for link in links:
        if link.seq != expected:
            return expected, f"Event {expected} is missing; the next one on file is {link.seq}."
        if link.previous != previous:
            return link.seq, f"Event {link.seq} does not follow the event before it."
        if link.digest != digest(link.seq, link.previous, link.body):
            return link.seq, f"Event {link.seq} was changed after it was written."
        if head is not None and link.seq == head.seq:
            if link.digest != head.digest:
                return link.seq, f"Event {link.seq} is not the one noted at the checkpoint."
            seen_head = True
        previous, expected = link.digest, expected + 1
    if not seen_head and head is not None:
        return expected, f"The history ends at event {expected - 1}; the checkpoint noted event {head.seq}."
    return None
