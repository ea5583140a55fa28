"""How a list of contacts is narrowed: by school, officer, kind, outcome, who started it, state and days."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, Q, TextField
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils import formats
from django.utils.translation import gettext_lazy as _

from accord.facts import Coded, InitiatedBy, Kind, Outcome, TriedFirst
from accord.rules.interactions import KEPT_FROM_OFFICERS, NOT_OFFICERS_WORK
from accord.rules.people import Scope
from accord.web.interactions.forms import choices
from accord.web.interactions.models import Interaction, Person, Versions
from accord.web.interactions.times import end_of, midnight
from accord.web.people.models import School, User

EARLIEST, LATEST = date(1999, 7, 1), date(2099, 12, 31)
"""No contact lies outside these days."""


class State(Coded):
    """Where a contact stands, as the list narrows by it."""

    FOR_YOU = "for_you", "Waits for your review"
    NEEDS_REVIEW = "needs_review", "Needs review"
    FLAGGED = "flagged", "Flagged, needs review"
    REVIEWED = "reviewed", "Reviewed"


class Order(Coded):
    """By which end the list begins."""

    NEWEST = "", "Newest first"
    OLDEST = "oldest", "Oldest first"


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date", "min": EARLIEST, "max": LATEST}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day like 2026-11-24.")},
    )


class FilterForm(forms.Form):
    """Which contacts the list shows, and in which order."""

    school = forms.ModelChoiceField(
        label=_("School"), queryset=School.objects.none(), required=False, empty_label=_("All")
    )
    officer = forms.ModelChoiceField(
        label=_("Logged by"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Anyone"),
        to_field_name="uid",
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=choices(Kind, _("All")), required=False)
    outcome = forms.ChoiceField(label=_("How it ended"), choices=choices(Outcome, _("All")), required=False)
    started = forms.ChoiceField(label=_("Who started it"), choices=choices(InitiatedBy, _("Anyone")), required=False)
    state = forms.ChoiceField(label=_("State"), choices=choices(State, _("All")), required=False)
    since = _day(_("From"))
    until = _day(_("To"))
    order = forms.ChoiceField(label=_("Order"), choices=choices(Order), required=False)

    def __init__(self, data: Any, *, scope: Scope, user: User) -> None:
        super().__init__(data)
        self.fields["school"].queryset = schools(scope, reading=True)  # type: ignore[attr-defined]
        self.fields["officer"].queryset = officers(scope, user)  # type: ignore[attr-defined]
        self.fields["officer"].label_from_instance = lambda one: one.name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("since", "until"):
            if (day := data.get(name)) and not EARLIEST <= day <= LATEST:
                self.add_error(name, _("Write the day like 2026-11-24."))
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day lies before the first."))
        return data

    def query(self) -> str:
        """What is asked, as an address holds it: fields of this form that are valid and not empty, and nothing else."""
        kept = {name: self.data[name] for name in self.fields if self.cleaned_data.get(name)}
        return urlencode(kept)

    def said(self) -> list[tuple[str, str]]:
        """What is asked, in words: the label of each answered field and its answer."""
        answered = [(self.fields[name], value) for name, value in self.cleaned_data.items() if value]
        return [(str(field.label), _answer(field, value)) for field, value in answered]


def _answer(field: Any, value: Any) -> str:
    if isinstance(value, (School, User)):
        return value.name
    return formats.date_format(value) if isinstance(value, date) else str(dict(field.choices)[value])


def asked(query: str, *, scope: Scope, user: User) -> FilterForm:
    """The form as an address asks it."""
    return FilterForm(QueryDict(query[:2000]), scope=scope, user=user)


def schools(scope: Scope, *, reading: bool) -> Any:
    """The schools a scope reaches: to log at, or with `reading` also those of own entries and closed ones."""
    rows = School.objects.all() if reading else School.objects.filter(active=True)
    if scope.district or (reading and scope.own_anywhere):
        return rows
    return rows.filter(pk__in=[int(one) for one in scope.schools | (scope.own_schools if reading else frozenset())])


def officers(scope: Scope, user: User) -> Any:
    """Those who logged a contact that the scope reaches, so that no other name is shown."""
    theirs = Interaction.objects.visible_to(scope, user).filter(author=OuterRef("pk"))
    return User.objects.filter(Exists(theirs)).order_by("name", "pk")


def narrowed(versions: Versions, data: dict[str, Any]) -> Versions:
    """The versions that fit what is asked. `for_you` is for `waiting` to narrow."""
    equal = {
        "interaction__school": "school",
        "interaction__author": "officer",
        "kind": "kind",
        "initiated_by": "started",
    }
    versions = versions.filter(**{column: data[name] for column, name in equal.items() if data.get(name)})
    if data.get("since"):
        versions = versions.filter(occurred_at__gte=midnight(data["since"]))
    if data.get("until"):
        versions = versions.filter(occurred_at__lt=end_of(data["until"]))
    if data.get("outcome"):
        versions = versions.filter(Exists(_ended(data["outcome"])))
    if data.get("state"):
        versions = _standing(versions, State(data["state"]))
    return versions


def _ended(outcome: str) -> Any:
    """The persons of a version for whom it ended so. Both databases can look for a code in the text of a list."""
    listed = Cast("outcomes", TextField())
    return Person.objects.alias(listed=listed).filter(version=OuterRef("pk"), listed__contains=f'"{outcome}"')


def _standing(versions: Versions, state: State) -> Versions:
    if state is State.FLAGGED:
        danger = f'"{TriedFirst.NOTHING_DANGER.value}"'
        bases = Cast(KeyTransform("bases", "details"), TextField())
        versions = versions.alias(tried=Cast("tried_first", TextField()), asked=bases)
        versions = versions.filter(_kept_from_officers()).exclude(tried__contains=danger)
    return versions.filter(review__isnull=state is not State.REVIEWED)


def _kept_from_officers() -> Q:
    """Conduct, or a reason for calling police (in the text `asked`), that the policy keeps from officers."""
    found = Q(conduct__in=[one.value for one in NOT_OFFICERS_WORK])
    for basis in KEPT_FROM_OFFICERS:
        found |= Q(asked__contains=f'"{basis.value}"')
    return found
