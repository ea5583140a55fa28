"""Where a control stands on a day, and how days are reckoned for it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from accord.decision import Finding, Say
from accord.facts import Status


@dataclass(frozen=True)
class Standing:
    """Where a control stands on a day: the finding, its status, and the next day something is due."""

    finding: Finding
    status: Status
    due_on: date | None = None


def standing(clause: str, status: Status, reason: Say, due_on: date | None = None) -> Standing:
    """A standing whose finding is met exactly when its status is."""
    return Standing(Finding(clause, status is Status.MET, reason), status, due_on)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
