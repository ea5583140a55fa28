"""An act of the demo and when it was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("America/Los_Angeles")

Act = tuple[datetime, Callable[[], object]]
"""The instant of an act, by which the loader orders them, and the act."""


def instant(day: date, hour: int = 9) -> datetime:
    """A full hour of a day in the district, in UTC."""
    return datetime.combine(day, time(hour), LOCAL).astimezone(UTC)
