"""The number people call a contact by: the year it was logged in and a running number, `2026-00042`."""

from __future__ import annotations

from datetime import date

from django.db import connection

from accord.web.interactions.models import Interaction

_LOCK = 3515_32


def take_turns() -> None:
    """Wait until no other transaction is filing. SQLite's writers already take turns."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def next_reference(on: date) -> str:
    """The next free reference of the year of this day. Call `take_turns` first, in the same transaction."""
    of_year = Interaction.objects.filter(reference__startswith=f"{on.year:04d}-")
    last = of_year.order_by("-reference").values_list("reference", flat=True).first()
    number = int(last.partition("-")[2]) + 1 if last else 1
    return f"{on.year:04d}-{number:05d}"
