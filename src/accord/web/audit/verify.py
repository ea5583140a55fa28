"""Is the history whole, and do the rows still hold what their events committed to?"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from accord.web.audit import chain
from accord.web.audit.models import Event, Opening

CONTENT: dict[str, Callable[[list[str]], dict[str, Any]]] = {}
"""For each kind of target (`interactions.version`), how to read what is stored under ids today; absent: not there."""

BATCH = 500
"""How many rows are read at a time."""


@dataclass(frozen=True)
class Verified:
    """The outcome: how many events and rows were read, the head, and the first thing that is wrong."""

    events: int
    rows: int
    head: str
    first_bad: int | None
    reason: str


def verify(*, head: tuple[int, str] | None = None) -> Verified:
    """Walk the whole chain, the columns beside it, and every row whose salt is still kept.

    `head` is a sequence number and digest noted earlier outside the database.
    """
    noted = chain.Link(head[0], "", "", head[1]) if head else None
    last = chain.GENESIS
    count = 0

    def links() -> Iterator[chain.Link]:
        nonlocal last, count
        for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
            count += 1
            last = event.digest
            yield chain.Link(event.seq, event.body, event.previous, event.digest)

    if bad := chain.first_bad(links(), head=noted):
        return Verified(count, 0, last, *bad)
    rows, bad = _rows()
    return Verified(count, rows, last, *(bad or (None, "")))


def _rows() -> tuple[int, tuple[int, str] | None]:
    """Compare columns and committed rows with their events."""
    salts = dict(Opening.objects.values_list("event_id", "salt"))
    latest: dict[str, int] = {}
    committed: dict[int, tuple[str, str]] = {}
    for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
        body = json.loads(event.body)
        columns = {"verb": event.verb, "by": event.by, "target": event.target, "at": event.at.isoformat()}
        if any(body[key] != value for key, value in columns.items()):
            return len(committed), (event.seq, f"The columns of event {event.seq} differ from what was hashed.")
        if body["commitment"] and event.seq in salts:
            latest[event.target] = event.seq
            committed[event.seq] = (event.target, body["commitment"])
    changed = [seq for targets in _batches(latest) for seq in _changed(targets, latest, committed, salts)]
    if changed:
        seq = min(changed)
        return len(latest), (seq, f"{committed[seq][0]} no longer holds what event {seq} recorded.")
    return len(latest), None


def _batches(latest: dict[str, int]) -> Iterator[list[str]]:
    """The committed targets, those of one kind together, a batch at a time."""
    by_kind: dict[str, list[str]] = {}
    for target in latest:
        by_kind.setdefault(target.partition(":")[0], []).append(target)
    for kind, targets in by_kind.items():
        if kind in CONTENT:
            yield from (targets[start : start + BATCH] for start in range(0, len(targets), BATCH))


def _changed(
    targets: list[str], latest: dict[str, int], committed: dict[int, tuple[str, str]], salts: dict[int, str]
) -> Iterator[int]:
    """The events of a batch whose rows are gone or hold something else."""
    kind = targets[0].partition(":")[0]
    stored = CONTENT[kind]([target.partition(":")[2] for target in targets])
    for target in targets:
        seq = latest[target]
        content = stored.get(target.partition(":")[2])
        if content is None or chain.commitment(salts[seq], content) != committed[seq][1]:
            yield seq
