"""Numbering requests: one after the other through a year, whoever asks at the same moment."""

from __future__ import annotations

from datetime import date

from django.db import connection

from accord.web.records.models_requests import Request

_LOCK = 3515_34


def take_turns() -> None:
    """Wait until no other transaction is numbering a request. SQLite's writers already take turns."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def next_reference(on: date) -> str:
    """The next free reference of the year, `R2026-00042`."""
    last = Request.objects.filter(reference__startswith=f"R{on.year:04d}-").order_by("-reference").first()
    number = int(last.reference.partition("-")[2]) + 1 if last else 1
    return f"R{on.year:04d}-{number:05d}"
