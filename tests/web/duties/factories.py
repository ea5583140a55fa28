"""Duties on file and calendar files for tests. Plain functions; what a test does not name has a usual value."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from accord import facts
from accord.facts import CalendarDay, DayKind, Event
from accord.rules import duties as rule
from accord.web.duties import actions, calendar_actions
from accord.web.duties.facts import calendar
from accord.web.duties.models import Duty
from accord.web.people.models import School, User
from tests.web import factories as make

CONTACT = UUID("11111111-1111-4111-8111-111111111111")


def owed(**answers: Any) -> tuple[facts.Duty, ...]:
    """What follows from an event an hour before AT; a student released to an officer when nothing else is said."""
    known = make.AT - timedelta(hours=1)
    event = Event(**({"known_at": known} | (answers or {"released_to_officer_at": known})))
    on = make.ON
    return rule.triggers(event, calendar=calendar(on=on), using=rule.numbers(on=on))


def raised(
    *,
    where: School | None = None,
    contact: UUID | None = None,
    at: datetime = make.AT,
    by: User | None = None,
    reference: str = "2026-00001",
    **answers: Any,
) -> list[Duty]:
    """The duties after a contact at Cedar Middle, logged by Bob."""
    school = where or make.school()
    return actions.raise_duties(
        interaction_uid=contact or uuid4(),
        reference=reference,
        school=school,
        duties=owed(**answers),
        by=by or make.bob(school),
        at=at,
    )


def one(**answers: Any) -> Duty:
    """The only duty after a contact."""
    (duty,) = raised(**answers)
    return duty


def done(duty: Duty, by: User | None = None, **answers: Any) -> Duty:
    """The duty, marked done by Eve half an hour before AT."""
    usual: dict[str, Any] = {
        "at": make.AT,
        "on": make.ON,
        "done_at": make.AT - timedelta(minutes=30),
        "note": "Told the mother by telephone.",
    }
    return actions.complete(by=by or make.eve(), duty=duty, **(usual | answers))


def school_year(*closed: date) -> None:
    """The calendar of 2026-27, with these days off."""
    days = [
        CalendarDay(date(2026, 8, 17), DayKind.INSTRUCTION, "First day of school"),
        CalendarDay(date(2027, 6, 4), DayKind.MINIMUM_DAY, "Last day of school"),
        *(CalendarDay(day, DayKind.HOLIDAY, "No school") for day in closed),
    ]
    calendar_actions.import_calendar(by=make.dana(), at=make.AT, on=make.ON, days=days)


def ics(*events: tuple[str, str]) -> bytes:
    """An iCalendar file of days and their names."""
    body = "".join(f"BEGIN:VEVENT\nDTSTART;VALUE=DATE:{day}\nSUMMARY:{name}\nEND:VEVENT\n" for day, name in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{body}END:VCALENDAR\n".encode()
