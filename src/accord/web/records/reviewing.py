"""Looking over a week of looks at student records: one keeps the records, another sees that it was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.facts import Status
from accord.facts.openings import WeekReview as Facts
from accord.rules import openings as rule
from accord.rules import people
from accord.rules.controls import Standing
from accord.web.audit.record import record
from accord.web.interactions.times import district_day
from accord.web.people.models import User
from accord.web.records import content, openings, texts
from accord.web.records.models_requests import Request
from accord.web.records.models_reviews import WeekReview


@dataclass(frozen=True)
class Weekly:
    """A week and where its review stands."""

    monday: date
    review: WeekReview | None
    standing: Standing

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


def weeks(*, on: date) -> list[Weekly]:
    """The weeks that are to be looked over, the newest first: since the first request, at most twelve. Two queries."""
    this = openings.monday(on)
    first = Request.objects.order_by("at").values_list("at", flat=True).first()
    began = openings.monday(district_day(first)) if first else this
    done = {one.monday: one for one in WeekReview.objects.filter(monday__gte=began).select_related("by")}
    days = [this - timedelta(weeks=ago) for ago in range(openings.WEEKS + 1)]
    return [weekly(one, done.get(one), on=on) for one in days if one >= began]


def overdue(*, on: date) -> list[Weekly]:
    """The weeks that nobody looked over in time, the newest first."""
    return [one for one in weeks(on=on) if one.standing.status is Status.NOT_MET]


def weekly(monday: date, review: WeekReview | None, *, on: date) -> Weekly:
    """Where the review of a week stands on a day."""
    facts = Facts(monday + timedelta(days=6), district_day(review.at) if review else None)
    return Weekly(monday, review, rule.reviewed_in_time(facts, on=on, review_days=rule.numbers(on=on).review_days))


@transaction.atomic
def file(*, by: User, at: datetime, on: date, monday: date, notes: str) -> WeekReview:
    """Say that a week was looked over, and what was found.

    Raises:
        NotAllowed: for who does not keep the records, and for words that may not be stored.
        BadInput: for a week that is not over, and for one that was looked over before.
    """
    reached = people.may(by.facts(), "records.review_access", on=on)
    keeps = people.may(by.facts(), "records.keep", on=on)
    words = {"notes": notes}
    decision = Decision.of(reached.findings, keeps.findings, texts.clean(words), texts.says(words)).require()
    if monday != openings.monday(monday) or monday + timedelta(days=6) >= on:
        raise BadInput(_("This week is not over yet."), mend=_("Look it over once it is."))
    row = WeekReview(monday=monday, by=by, at=at, notes=notes.strip())
    row.shown = openings.shown(openings.rows(first=monday, on=on))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise BadInput(_("Somebody looked this week over before."), mend=_("Read what they found.")) from error
    record(
        "records.week_reviewed",
        by=str(by.uid),
        at=at,
        target=f"records.weekreview:{monday.isoformat()}",
        content=content.week_review(row),
        decision=decision,
    )
    return row
