"""Writing events: in the transaction of the change they tell of, or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from accord.decision import Decision
from accord.web.audit import chain
from accord.web.audit.models import Event, Opening

_LOCK = 3515_31


def record(
    verb: str,
    *,
    by: str,
    at: datetime,
    target: str,
    detail: Mapping[str, Any] | None = None,
    content: Any = None,
    decision: Decision | None = None,
) -> Event:
    """Append one event.

    Args:
        verb: noun and past participle, `interactions.logged`.
        by: the opaque id of the account, "" for the public, "system" for scheduled work.
        at: the server's clock.
        target: `<app>.<model>:<id>`.
        detail: facts about the act that are nobody's personal data.
        content: what the act stored. Only a salted commitment to it enters the event.
        decision: the findings that allowed the act.

    Raises:
        RuntimeError: outside a transaction, where the event could be kept without the change or the change without it.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An event is recorded in the transaction of the change it tells of.")
    take_turn()
    last = Event.objects.order_by("-seq").values_list("seq", "digest").first() or (0, chain.GENESIS)
    seq, previous = last[0] + 1, last[1]
    salt = secrets.token_hex(32) if content is not None else ""
    body = chain.canonical(
        {
            "at": at.astimezone(UTC).isoformat(),
            "by": by,
            "commitment": chain.commitment(salt, content) if salt else "",
            "detail": dict(detail or {}),
            "findings": [[one.clause, one.met] for one in decision.findings] if decision else [],
            "target": target,
            "verb": verb,
        }
    )
    event = Event.objects.create(
        seq=seq,
        at=at,
        verb=verb,
        by=by,
        target=target,
        body=body,
        previous=previous,
        digest=chain.digest(seq, previous, body),
    )
    if salt:
        Opening.objects.create(event=event, salt=salt)
    return event


def take_turn() -> None:
    """Wait until whoever records now is done: from here to the end of the transaction nobody else records anything.

    What is read after this is what stands. SQLite's transactions already take turns; PostgreSQL takes an advisory lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
