"""What an event of ours commits to, read from the rows again whenever the history is verified."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accord.web.audit.content import CONTENT, Kind, day, instant
from accord.web.duties.models import CalendarDay, Duty


def target(row: Duty) -> str:
    """What the history calls a duty."""
    return f"duties.duty:{row.uid}"


def duty(row: Duty) -> dict[str, Any]:
    """All that is filed about a duty, its steps included."""
    return {
        "interaction": row.interaction,
        "reference": row.reference,
        "school": row.school.cds,
        "kind": row.kind,
        "clause": row.clause,
        "owner": row.owner,
        "timing": row.timing,
        "since": instant(row.since),
        "due_at": instant(row.due_at),
        "late_at": instant(row.late_at),
        "certain": row.certain,
        "raised_at": instant(row.raised_at),
        "raised_by": str(row.raised_by.uid),
        "is_current": row.is_current,
        "steps": [
            [step.number, step.kind, str(step.by.uid), instant(step.at), instant(step.done_at), step.note]
            for step in row.steps.all()
        ],
    }


def days(school_year: str) -> list[list[str]]:
    """The days on file for a school year, in order."""
    rows = CalendarDay.objects.filter(school_year=school_year)
    return [[day(row.day), row.kind, row.name] for row in rows]


def _duties(identities: list[str]) -> dict[str, Any]:
    rows = Duty.objects.select_related("school", "raised_by").prefetch_related("steps__by")
    return {str(row.uid): duty(row) for row in rows.filter(uid__in=identities)}


def _duty_ids() -> Iterable[str]:
    return (str(uid) for uid in Duty.objects.values_list("uid", flat=True))


def _calendars(school_years: list[str]) -> dict[str, Any]:
    """A year whose last day was removed holds no days, and is there all the same."""
    return {year: days(year) for year in school_years}


def _school_years() -> Iterable[str]:
    return CalendarDay.objects.order_by().values_list("school_year", flat=True).distinct()


CONTENT["duties.duty"] = Kind(_duties, _duty_ids)
CONTENT["duties.calendar"] = Kind(_calendars, _school_years)
