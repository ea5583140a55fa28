"""Published editions as the rules of controls read them."""

from __future__ import annotations

from datetime import date

from accord.facts import EditionFact
from accord.web.reports.models import Edition

_TOLD = ("sections", "disparities", "breakdowns", "uncompared")


def editions(*, on: date) -> tuple[EditionFact, ...]:
    """Editions published on or before a day, oldest first. One query, which reads no frozen text."""
    rows = (
        Edition.objects.published()
        .filter(published_on__lte=on)
        .order_by("published_on", "period_end")
        .values_list("period_start", "period_end", "published_on", *_TOLD)
    )
    return tuple(
        EditionFact(start, end, published_on, *(tuple(one) for one in told))
        for start, end, published_on, *told in rows
        if published_on is not None
    )


def periods() -> list[tuple[date, date]]:
    """First and last day of every published edition."""
    return list(Edition.objects.published().order_by("period_start").values_list("period_start", "period_end"))
