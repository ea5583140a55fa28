"""Looking over a week of looks at student records: one keeps the records, another looks over what that one opened."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.facts import Reach, Status
from accord.facts import openings as facts
from accord.rules import openings as rule
from accord.rules import people
from accord.rules.controls import Standing
from accord.web.audit.record import record
from accord.web.interactions.times import district_day
from accord.web.people.models import User
from accord.web.records import content, openings, texts, week_tasks
from accord.web.records.models_reviews import WeekReview

PERMISSION = "records.review_access"


@dataclass(frozen=True)
class Weekly:
    """A week, who looked it over, and where that stands. `second` looked over what the first one opened."""

    monday: date
    first: WeekReview | None
    second: WeekReview | None
    standing: Standing

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)

    @property
    def reviews(self) -> list[WeekReview]:
        return [one for one in (self.first, self.second) if one]

    @property
    def needs_second(self) -> bool:
        """Did whoever looked it over look at records in it too, and nobody has looked over those?"""
        return self.first is not None and self.first.own_looks and self.second is None


def weeks(*, on: date) -> list[Weekly]:
    """The newest weeks since the first request, the newest first, and every older one that was not looked over in time.
    Four queries.
    """
    days = week_tasks.mondays(on=on)
    done: defaultdict[date, list[WeekReview]] = defaultdict(list)
    for one in WeekReview.objects.filter(monday__in=days).select_related("by"):
        done[one.monday].append(one)
    able = reviewers(on=on)
    found = [_weekly(one, done[one], able, on=on) for one in days]
    return [*found[: openings.WEEKS + 1], *overdue(found[openings.WEEKS + 1 :])]


def overdue(found: Iterable[Weekly]) -> list[Weekly]:
    """Those that nobody looked over in time, in the same order."""
    return [one for one in found if one.standing.status is Status.NOT_MET]


def weekly(monday: date, *, on: date) -> Weekly:
    """Where the review of a week stands on a day. Three queries."""
    done = WeekReview.objects.filter(monday=monday).select_related("by")
    return _weekly(monday, list(done), reviewers(on=on), on=on)


def reviewers(*, on: date) -> frozenset[int]:
    """The accounts that may look a week over on this day. Two queries."""
    reach = people.permissions()[PERMISSION].reach
    roles = [role.value for role, far in reach.items() if far is not Reach.NONE]
    rows = User.objects.filter(is_active=True, grants__role__in=roles).distinct().prefetch_related("grants")
    return frozenset(one.pk for one in rows if people.may(one.facts(), PERMISSION, on=on).allowed)


def _weekly(monday: date, done: Collection[WeekReview], able: frozenset[int], *, on: date) -> Weekly:
    by_number = {one.number: one for one in done}
    first, second = by_number.get(1), by_number.get(2)
    told = facts.WeekReview(
        last_day=monday + timedelta(days=6),
        reviewed_on=district_day(first.at) if first else None,
        own_looks=first.own_looks if first else None,
        second_on=district_day(second.at) if second else None,
        second_person=bool(able - {first.by_id}) if first else None,
    )
    days = rule.numbers(on=on).review_days
    return Weekly(monday, first, second, rule.reviewed_in_time(told, on=on, review_days=days))


def may(by: User, week: Weekly, *, on: date) -> Decision:
    """May this person look the week over now: first, or as the second person?"""
    looking = facts.Looking(
        by=str(by.uid),
        keeps=people.may(by.facts(), "records.keep", on=on).allowed,
        first=str(week.first.by.uid) if week.first else "",
        own_looks=week.needs_second,
    )
    reached = people.may(by.facts(), PERMISSION, on=on)
    return Decision.of(reached.findings, rule.may_look_over(looking))


@transaction.atomic
def file(*, by: User, at: datetime, on: date, monday: date, notes: str) -> WeekReview:
    """Say that a week was looked over, and what was found: first, or as the second person.

    Raises:
        NotAllowed: for who may not look it over, or not now, and for words that may not be stored.
        BadInput: for a week that is not over, and for one that somebody else looked over meanwhile.
    """
    week, words = weekly(monday, on=on), {"notes": notes}
    decision = Decision.of(may(by, week, on=on).findings, texts.clean(words), texts.says(words)).require()
    if monday != openings.monday(monday) or week.sunday >= on:
        raise BadInput(_("This week is not over yet."), mend=_("Look it over once it is."))
    row = WeekReview(monday=monday, number=len(week.reviews) + 1, by=by, at=at, notes=notes.strip())
    row.shown = openings.shown(openings.rows(first=monday, on=on), reviewer=by)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise BadInput(_("Somebody looked this week over before."), mend=_("Read what they found.")) from error
    target = content.week_target(row)
    held = content.week_review(row)
    record("records.week_reviewed", by=str(by.uid), at=at, target=target, content=held, decision=decision)
    week_tasks.owe(by=by, at=at, on=on)
    if not weekly(monday, on=on).needs_second:
        week_tasks.settle(monday, by=by, at=at)
    return row
