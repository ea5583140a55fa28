"""What waits for one person's review, and by when: the first thing a principal sees above the contacts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from accord import clauses
from accord.rules.people import Scope
from accord.web.interactions.models import Interaction, Version, Versions
from accord.web.interactions.times import district_day
from accord.web.people.models import User

MOST = 100
"""So many are counted; beyond that it is said that there are more."""


@dataclass(frozen=True)
class Waiting:
    """Contacts that wait for somebody's review, and the day by which the first is to be reviewed."""

    count: int
    more: bool
    first_due: date
    overdue: bool


def for_review(scope: Scope, user: User) -> Versions:
    """The current versions without a review that this person, who wrote no version of the contact, may review."""
    versions: Versions = Version.objects.current().filter(review__isnull=True)
    if not scope.district:
        versions = versions.filter(interaction__in=Interaction.objects.visible_to(scope, user))
    # Asked of the few that wait, where a join would be made for every contact there is.
    own = Version.objects.filter(interaction=OuterRef("interaction"), by=user, links_only=False)
    return versions.exclude(Exists(own))


def waiting(scope: Scope, user: User, *, on: date) -> Waiting | None:
    """What waits for this person, None when nothing does. One query. A day is counted from filing, in the district."""
    if not (scope.district or scope.schools):
        return None
    filed = list(for_review(scope, user).order_by("at", "id").values_list("at", flat=True)[: MOST + 1])
    if not filed:
        return None
    days = int(clauses.parameter("interactions.review-within", on=on).value)
    due = district_day(filed[0]) + timedelta(days=days)
    return Waiting(min(len(filed), MOST), len(filed) > MOST, due, due < on)
