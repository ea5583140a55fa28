"""The task of looking a week over: owed from the first request on, week by week, and settled by the review alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_noop

from accord.facts import DutyKind, RecordsEvent
from accord.rules import duties as rule
from accord.rules.school_days import last_moment
from accord.web.duties import actions
from accord.web.duties.models import Duty
from accord.web.interactions.times import district_day
from accord.web.people.models import School, User
from accord.web.records import openings
from accord.web.records.models_requests import Request

_DONE = gettext_noop("The week was looked over.")


def mondays(*, on: date) -> list[date]:
    """The weeks that are looked over, by their Mondays, the newest first: since the first request, this one included.
    One query.
    """
    first = Request.objects.order_by("at").values_list("at", flat=True).first()
    return openings.mondays(district_day(first) if first else on, on=on)


def owe(*, by: User, at: datetime, on: date) -> None:
    """Put on file the task of each week that has none yet, this one included. Called inside an act; mostly a query."""
    this = Duty.objects.filter(kind=DutyKind.WEEK_REVIEW, interaction=openings.monday(on).isoformat())
    school = None if this.exists() else School.objects.order_by("pk").first()
    if school is None:  # no school's own people see the task: any school stands for the district
        return
    known = set(Duty.objects.filter(kind=DutyKind.WEEK_REVIEW).values_list("interaction", flat=True))
    for monday in mondays(on=on):
        if monday.isoformat() in known:
            continue
        over = RecordsEvent(week_over_at=last_moment(monday + timedelta(days=6)))
        name = monday.isoformat()
        duties = rule.after_records(over, using=rule.records_numbers(on=on))
        actions.owe(about=name, reference=name, school=school, duties=duties, by=by, at=at)


def settle(monday: date, *, by: User, at: datetime) -> None:
    """Mark the task of a week done: every person's looks were looked over by somebody else."""
    actions.settle(interaction_uid=monday.isoformat(), kinds=(DutyKind.WEEK_REVIEW,), by=by, at=at, note=_DONE)
