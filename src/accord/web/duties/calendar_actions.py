"""The district calendar: bringing in school years, and changing single days. Every act leaves an event."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from accord import facts
from accord.decision import Decision
from accord.facts import DayKind
from accord.facts.school_years import school_year
from accord.rules import immigration, people
from accord.web.audit.record import record
from accord.web.duties import content
from accord.web.duties.models import CalendarDay
from accord.web.people.models import User


@transaction.atomic
def import_calendar(
    *, by: User, at: datetime, on: date, days: Collection[facts.CalendarDay]
) -> tuple[tuple[str, ...], bool]:
    """Replace each school year that the days belong to. Gives the years, and whether anything changed."""
    decision = _may(by, (one.name for one in days), on=on)
    years = tuple(sorted({school_year(one.day) for one in days}))
    changed = False
    for year in years:
        before = content.days(year)
        CalendarDay.objects.filter(school_year=year).delete()
        CalendarDay.objects.bulk_create(
            CalendarDay(school_year=year, day=one.day, kind=one.kind.value, name=one.name)
            for one in days
            if school_year(one.day) == year
        )
        if content.days(year) != before:
            changed = True
            _tell("imported_calendar", year, by=by, at=at, decision=decision)
    return years, changed


@transaction.atomic
def set_day(*, by: User, at: datetime, on: date, day: date, kind: DayKind, name: str) -> CalendarDay:
    """Say what a day is, whatever the calendar said of it before."""
    decision = _may(by, [name], on=on)
    year = school_year(day)
    before = content.days(year)
    values = {"school_year": year, "kind": kind.value, "name": name.strip()}
    row, _ = CalendarDay.objects.update_or_create(day=day, defaults=values)
    if content.days(year) != before:
        _tell("set_day", year, by=by, at=at, decision=decision)
    return row


@transaction.atomic
def remove_day(*, by: User, at: datetime, on: date, day: date) -> None:
    """Take a day out of the calendar; one that is not there is out already."""
    decision = people.may(by.facts(), "duties.calendar", on=on).require()
    removed, _ = CalendarDay.objects.filter(day=day).delete()
    if removed:
        _tell("removed_day", school_year(day), by=by, at=at, decision=decision)


def _may(by: User, names: Iterable[str], *, on: date) -> Decision:
    """The permission, and names that may be kept.

    Raises:
        NotAllowed: without the permission, or when a name holds what no field of the program may hold.
    """
    permission = people.may(by.facts(), "duties.calendar", on=on)
    kept = (replace(immigration.text_is_clean(name), field="name") for name in sorted(set(names)))
    unclean = [finding for finding in kept if not finding.met]
    return Decision.of(permission.findings, unclean[:1]).require()


def _tell(verb: str, year: str, *, by: User, at: datetime, decision: Decision) -> None:
    days = content.days(year)
    record(
        f"duties.{verb}",
        by=str(by.uid),
        at=at,
        target=f"duties.calendar:{year}",
        detail={"days": len(days)},
        content=days,
        decision=decision,
    )
