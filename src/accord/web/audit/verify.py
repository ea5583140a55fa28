"""Is the history whole, and do the rows hold what their events committed to, no more and no less?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from accord.web.audit import chain
from accord.web.audit.content import CONTENT
from accord.web.audit.destroy import DESTROYED
from accord.web.audit.models import Event, Opening

BATCH = 500
"""How many rows are read at a time."""

Bad = tuple[int, str]


@dataclass(frozen=True)
class Verified:
    """The outcome: how many events and rows were read, the head, and the first thing that is wrong.

    `first_bad` is None when all is well, the number of an event, or 0 for a row that no event tells of.
    """

    events: int
    rows: int
    head: str
    first_bad: int | None
    reason: str

    @property
    def whole(self) -> bool:
        return self.first_bad is None


@dataclass
class Committed:
    """What the events say: the newest commitment for each target, every commitment, and the salts destroyed."""

    latest: dict[str, int] = field(default_factory=dict)
    commitments: dict[int, str] = field(default_factory=dict)
    destroyed: set[int] = field(default_factory=set)


def verify(*, head: tuple[int, str] | None = None) -> Verified:
    """Walk the whole chain, the columns and salts beside it, and every row, as they all stand at one moment.

    `head` is a sequence number and digest noted earlier outside the database.
    """
    with snapshot():
        return _verify(head)


@contextmanager
def snapshot() -> Iterator[None]:
    """One unchanging view of the database that holds no writer up. Inside another transaction: that one's view."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Transactions begin as writers on SQLite (settings); this one only reads, which WAL lets it do beside a writer.
        connection.ensure_connection()
        usual = connection.transaction_mode  # type: ignore[attr-defined]
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
        try:
            with transaction.atomic():
                yield
        finally:
            connection.transaction_mode = usual  # type: ignore[attr-defined]


def _verify(head: tuple[int, str] | None) -> Verified:
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
    said = Committed()
    bad = _columns(said)
    salts: dict[int, str] = {}
    if not bad:
        salts = dict(Opening.objects.values_list("event_id", "salt"))
        bad = _salts(said, salts) or _rows(said, salts)
    held = sum(seq not in said.destroyed for seq in said.latest.values())
    return Verified(count, held, last, *(bad or (None, "")))


def _columns(said: Committed) -> Bad | None:
    """Compare the columns of each event with what was hashed, and gather what the events committed to."""
    for event in Event.objects.order_by("seq").iterator(chunk_size=2000):
        body = json.loads(event.body)
        columns = {"verb": event.verb, "by": event.by, "target": event.target, "at": event.at.isoformat()}
        if any(body[key] != value for key, value in columns.items()):
            return event.seq, f"The columns of event {event.seq} differ from what was hashed."
        if body["commitment"]:
            said.latest[event.target] = event.seq
            said.commitments[event.seq] = body["commitment"]
        if event.verb == DESTROYED:
            said.destroyed.add(body["detail"]["seq"])
    return None


def _salts(said: Committed, salts: dict[int, str]) -> Bad | None:
    """A commitment without its salt, when no event says that the salt was destroyed."""
    gone = said.commitments.keys() - salts.keys() - said.destroyed
    if not gone:
        return None
    return min(gone), f"The salt of event {min(gone)} is gone, and no event says that it was destroyed."


def _rows(said: Committed, salts: dict[int, str]) -> Bad | None:
    """The first event whose row holds something else, or a row that no event tells of."""
    live = {target: seq for target, seq in said.latest.items() if seq not in said.destroyed}
    changed = [bad for batch in _batches(live) for bad in _changed(batch, live, said.commitments, salts)]
    if changed:
        return min(changed)
    for kind in sorted(CONTENT):
        known = {target.partition(":")[2] for target in live if target.partition(":")[0] == kind}
        planted = sorted(set(CONTENT[kind].ids()) - known)
        if planted:
            return 0, f"{kind}:{planted[0]} is on file, and no event tells of it ({len(planted)} of its kind)."
    return None


def _batches(latest: dict[str, int]) -> Iterator[list[str]]:
    """The committed targets, those of one kind together, a batch at a time."""
    by_kind: dict[str, list[str]] = {}
    for target in latest:
        by_kind.setdefault(target.partition(":")[0], []).append(target)
    for kind, targets in by_kind.items():
        if kind in CONTENT:
            yield from (targets[start : start + BATCH] for start in range(0, len(targets), BATCH))


def _changed(
    targets: list[str], latest: dict[str, int], commitments: dict[int, str], salts: dict[int, str]
) -> Iterator[Bad]:
    """The events of a batch whose rows are gone or hold something else."""
    kind = targets[0].partition(":")[0]
    stored: dict[str, Any] = CONTENT[kind].read([target.partition(":")[2] for target in targets])
    for target in targets:
        seq = latest[target]
        content = stored.get(target.partition(":")[2])
        if content is None or chain.commitment(salts[seq], content) != commitments[seq]:
            yield seq, f"{target} no longer holds what event {seq} recorded."
