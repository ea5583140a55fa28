"""The list of contacts: narrowed, in pages, each with its state in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.translation import gettext as _

from accord.facts import ConductClass, InitiatedBy, Kind, Review
from accord.rules.people import Scope
from accord.web.base.templatetags.accord import label
from accord.web.interactions.facts import is_flagged
from accord.web.interactions.forms import State
from accord.web.interactions.models import Interaction, Version, Versions
from accord.web.interactions.times import midnight
from accord.web.people.models import School, User

PAGE = 25


@dataclass(frozen=True)
class Row:
    """One contact in the list: its current version, what it was, and where it stands."""

    version: Version
    kind: Kind
    initiated_by: InitiatedBy
    conduct: ConductClass
    state: State
    found: Review | None

    @property
    def words(self) -> str:
        """The state in words, with what the review found."""
        return f"{label(self.state)}: {label(self.found)}" if self.found else label(self.state)


def state(version: Version) -> State:
    """Where a version stands: reviewed, waiting, or waiting with the flag of the rule on officers' work."""
    if hasattr(version, "review"):
        return State.REVIEWED
    return State.FLAGGED if is_flagged(version) else State.NEEDS_REVIEW


def row(version: Version) -> Row:
    """What the list shows of a version whose interaction and review are at hand."""
    found = Review(version.review.found) if hasattr(version, "review") else None
    return Row(
        version,
        Kind(version.kind),
        InitiatedBy(version.initiated_by),
        ConductClass(version.conduct),
        state(version),
        found,
    )


def page(scope: Scope, user: User, asked: Mapping[str, Any], number: str | None) -> Page[Version]:
    """One page of the current versions that the scope reaches and that fit what is asked, newest contact first."""
    reached = Interaction.objects.visible_to(scope, user)
    versions: Versions = Version.objects.current().filter(interaction__in=reached)
    narrowed = _narrowed(versions, asked)
    ready = narrowed.select_related("interaction__school", "interaction__author", "review")
    ordered = ready.annotate(contacted=Count("people")).order_by("-occurred_at", "-id")
    return Paginator(ordered, PAGE).get_page(number)


def _narrowed(versions: Versions, asked: Mapping[str, Any]) -> Versions:
    if asked.get("school"):
        versions = versions.filter(interaction__school=asked["school"])
    if asked.get("kind"):
        versions = versions.filter(kind=asked["kind"])
    if asked.get("month"):
        year, month = map(int, asked["month"].split("-"))
        following = date(year + month // 12, month % 12 + 1, 1)
        versions = versions.filter(occurred_at__gte=midnight(date(year, month, 1)), occurred_at__lt=midnight(following))
    if asked.get("state") == State.REVIEWED:
        return versions.filter(review__isnull=False)
    if asked.get("state") == State.NEEDS_REVIEW:
        return versions.filter(review__isnull=True)
    if asked.get("state") == State.FLAGGED:
        waiting = versions.filter(review__isnull=True).select_related("interaction")
        return versions.filter(pk__in=[one.pk for one in waiting if is_flagged(one)])
    return versions


def schools(scope: Scope, *, reading: bool) -> Any:
    """The schools a scope reaches: to log at, or with `reading` also those of own entries and closed ones."""
    rows = School.objects.all() if reading else School.objects.filter(active=True)
    if scope.district or (reading and scope.own_anywhere):
        return rows
    return rows.filter(pk__in=[int(one) for one in scope.schools | (scope.own_schools if reading else frozenset())])


def query(asked: Mapping[str, str]) -> str:
    """What was asked, as it stands in the address of the next page."""
    return urlencode({key: value for key, value in asked.items() if key != "page" and value})


def empty(asked: bool) -> str:
    """What to do next where there is nothing to show."""
    if asked:
        return _("No contact fits this choice. Show all, or choose otherwise.")
    return _("No contact is logged yet. When an officer deals with someone at school, log it here.")
