"""Local time as people write it, and the instants and days behind it.

Twice a year the district's clocks jump: one hour does not exist, another exists twice. Neither is guessed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from django.utils.translation import gettext as _

from accord.decision import BadInput
from accord.web.base.middleware import DISTRICT_TIME

_YEARS = range(2000, 2100)


def instant(text: str) -> datetime:
    """The instant, in UTC, of a district time written as `2026-11-24T14:05`.

    Raises:
        BadInput: for text that is no such time, and for an hour that the clocks skip or repeat.
    """
    try:
        wall = datetime.fromisoformat(text.strip())
    except ValueError:
        wall = None
    if wall is None or wall.tzinfo is not None or wall.year not in _YEARS:
        raise BadInput(_("This is not a date and time."), mend=_("Write it like 2026-11-24T14:05, in district time."))
    first, second = (wall.replace(tzinfo=DISTRICT_TIME, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first == second:
        return first
    if first < second:
        raise BadInput(
            _("The clocks went back that night, so this time happened twice."),
            mend=_("Give the nearest time outside that hour and say the exact one in the narrative."),
        )
    raise BadInput(
        _("The clocks went forward that night, so this time did not happen."),
        mend=_("Check the time; it is an hour off."),
    )


def written(at: datetime) -> str:
    """An instant the way a `datetime-local` input holds it, in district time to the minute."""
    return at.astimezone(DISTRICT_TIME).strftime("%Y-%m-%dT%H:%M")


def district_day(at: datetime) -> date:
    """The day of an instant in the district."""
    return at.astimezone(DISTRICT_TIME).date()


def midnight(day: date) -> datetime:
    """The instant, in UTC, at which a day begins in the district."""
    return datetime.combine(day, time.min, DISTRICT_TIME).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first instant, in UTC, after a day in the district."""
    return midnight(day + timedelta(days=1))
