"""What is on file for a period, and a mark that tells whether any of it came in meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Sum

from accord.stats.board_report import school_year_of
from accord.web.immigration import facts as immigration
from accord.web.interactions import frames
from accord.web.interactions.models import Enrollment, Version
from accord.web.interactions.times import end_of, midnight
from accord.web.records.emergency import emergencies
from accord.web.reports.periods import Period

Mark = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Snapshot:
    """What an edition is made from: rows of reviewed interactions, enrollment, how many interactions wait, how many
    requests by immigration enforcement came, and how many emergencies let student records go."""

    events: Any
    enrollment: Any
    unreviewed: int
    requests: int
    emergencies: int


def snapshot(period: Period) -> Snapshot:
    """What is on file for a period at this moment."""
    return Snapshot(
        events=frames.events(start=period.start, end=period.end),
        enrollment=frames.enrollment(school_year=school_year_of(period.start, period.end)),
        unreviewed=frames.unreviewed(start=period.start, end=period.end),
        requests=immigration.counted(start=period.start, end=period.end),
        emergencies=emergencies(period.start, period.end),
    )


def mark(period: Period) -> Mark:
    """What changes whenever a snapshot of the period would. Four queries, which read no person.

    Rows of contacts and reviews are only ever added, so their number and the newest of them tell; an import replaces
    the enrollment of a school year with new rows.
    """
    within = Version.objects.filter(
        is_current=True, occurred_at__gte=midnight(period.start), occurred_at__lt=end_of(period.end)
    )
    contacts = within.aggregate(
        versions=Count("id"), newest=Max("id"), reviews=Count("review"), reviewed=Max("review__id")
    )
    year = school_year_of(period.start, period.end)
    enrolled = Enrollment.objects.filter(school_year=year).aggregate(
        rows=Count("id"), last=Max("id"), students=Sum("count")
    )
    counted = (("requests", immigration.mark()), ("emergencies", emergencies(period.start, period.end)))
    return (*sorted(contacts.items()), *sorted(enrolled.items()), *counted)
