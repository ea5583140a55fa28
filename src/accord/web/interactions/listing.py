"""The list of contacts: narrowed, in pages, each with its state in words. The same few questions however many rows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.utils.translation import gettext as _

from accord.facts import ConductClass, InitiatedBy, Kind, Review
from accord.rules.people import Scope
from accord.web.base.templatetags.accord import label
from accord.web.interactions import filters, waiting
from accord.web.interactions.facts import is_flagged
from accord.web.interactions.filters import State
from accord.web.interactions.models import Interaction, Person, Version, Versions
from accord.web.people.models import User

PAGE = 25
MOST = 10_000
"""Contacts that pages can be turned through; what lies beyond is found by narrowing, and never counted."""


@dataclass(frozen=True)
class Row:
    """One contact in the list: its current version, what it was, where it stands, and how many people it had."""

    version: Version
    kind: Kind
    initiated_by: InitiatedBy
    conduct: ConductClass
    state: State
    found: Review | None
    people: int = 0

    @property
    def words(self) -> str:
        """The state in words, with what the review found."""
        return f"{label(self.state)}: {label(self.found)}" if self.found else label(self.state)


def state(version: Version) -> State:
    """Where a version stands: reviewed, waiting, or waiting with the flag of the rule on officers' work."""
    if hasattr(version, "review"):
        return State.REVIEWED
    return State.FLAGGED if is_flagged(version) else State.NEEDS_REVIEW


def row(version: Version, people: int = 0) -> Row:
    """What the list shows of a version whose interaction and review are at hand."""
    found = Review(version.review.found) if hasattr(version, "review") else None
    return Row(
        version,
        Kind(version.kind),
        InitiatedBy(version.initiated_by),
        ConductClass(version.conduct),
        state(version),
        found,
        people,
    )


class Counted(Paginator):
    """Pages of contacts that are counted up to a limit."""

    @cached_property
    def reached(self) -> int:
        """How many there are; one more than the limit when there are more."""
        return int(self.object_list.order_by()[: MOST + 1].count())  # type: ignore[attr-defined]

    @property
    def more(self) -> bool:
        """Are there more than can be turned through?"""
        return self.reached > MOST

    @cached_property
    def count(self) -> int:
        return min(self.reached, MOST)


def page(scope: Scope, user: User, data: dict[str, Any], number: str | None, *, review: Scope) -> Page[int]:
    """One page of the current versions, by id, that the scope reaches and that fit what is asked.

    Only ids are looked for and put in order among all there are; `rows` reads the few that are shown.

    Args:
        data: the cleaned answers of a `FilterForm`.
        number: the page, as the address has it.
        review: the scope within which this person reviews.
    """
    fitting = dict(data)
    versions = _reached(scope, user)
    if fitting.get("state") == State.FOR_YOU:
        versions = waiting.for_review(review, user)
        fitting["state"] = ""
    narrowed = filters.narrowed(versions, fitting)
    newest = data.get("order") != filters.Order.OLDEST
    ordered = narrowed.order_by("-occurred_at", "-id") if newest else narrowed.order_by("occurred_at", "id")
    return Counted(ordered.values_list("pk", flat=True), PAGE).get_page(number)


def _reached(scope: Scope, user: User) -> Versions:
    versions: Versions = Version.objects.current()
    if scope.district:
        return versions
    return versions.filter(interaction__in=Interaction.objects.visible_to(scope, user))


def rows(page: Page[int]) -> list[Row]:
    """What the page shows, in its order, in two questions: the contacts, and how many people each had."""
    shown = list(page)
    ready = Version.objects.select_related("interaction__school", "interaction__author", "review").in_bulk(shown)
    people = Person.objects.filter(version__in=shown).order_by().values_list("version")
    counted = dict(people.annotate(Count("pk")))
    return [row(ready[one], counted.get(one, 0)) for one in shown]


def empty(asked: bool) -> str:
    """What to do next where there is nothing to show."""
    if asked:
        return _("No contact fits this choice. Show all, or choose otherwise.")
    return _("No contact is logged yet. When an officer deals with someone at school, log it here.")
