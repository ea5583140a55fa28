"""What whoever asks says, claim by claim, with the words of others on it and a form for one more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.decision import Say
from accord.facts import from_plain
from accord.facts import records as facts
from accord.facts.records import Claim
from accord.rules import records as rule
from accord.web.people.models import User
from accord.web.records import confirmed, confirming
from accord.web.records.form_fields import area
from accord.web.records.models_confirmations import Confirmation
from accord.web.records.models_requests import Request
from accord.web.students.models import Student


class ConfirmForm(forms.Form):
    """A word on one claim: is it so, and how is that known?"""

    use_required_attribute = False

    number = forms.IntegerField(min_value=0, max_value=10_000, widget=forms.HiddenInput)
    claim = forms.ChoiceField(choices=Claim.choices(), widget=forms.HiddenInput)
    yes = forms.TypedChoiceField(
        label=_("Is it so?"),
        choices=[("yes", _("Yes, I checked it")), ("no", _("No, or it can no longer be shown"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    source = forms.CharField(
        label=_("How you know"),
        max_length=2000,
        error_messages={"required": _("Say what you looked at, or whom you asked.")},
        help_text=_("What you looked at, or whom you asked and when. The history keeps it."),
        widget=area(2),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, claim: str, **more: Any) -> None:
        super().__init__(data, auto_id=f"id_{claim}_%s", **more)

    def clean_claim(self) -> Claim:
        return Claim(self.cleaned_data["claim"])


def form_of(data: Mapping[str, Any]) -> ConfirmForm:
    """The form as it was sent, known by its claim."""
    sent = data.get("claim", "")
    return ConfirmForm(data, claim=sent if sent in set(Claim) else "claim")


@dataclass(frozen=True)
class Told:
    """One claim: what is said, who confirms it after checking what, every word on it, and a form for one more.

    `contacts` are those whose report to the police is on file. `settled` is whether the claim counts now, `by_role`
    whether a role on file settles it. No form: not for this reader.
    """

    claim: Claim
    said: str | Say
    check: Say
    words: list[Confirmation]
    contacts: list[str]
    settled: bool
    by_role: bool
    form: ConfirmForm | None


@dataclass(frozen=True)
class Reader:
    """Who reads the page, and when; `files` is whether they may file a word on a claim of somebody else's request."""

    by: User
    at: datetime
    on: date
    files: bool


def page(row: Request, about: Student | None, reader: Reader, *, bound: ConfirmForm | None) -> list[Told]:
    """Every claim of a request about a student. A fixed number of queries, whatever was filed."""
    stated: facts.Request = from_plain(facts.Request, row.body)
    found = confirmed.words(row, stated, about, at=reader.at, on=reader.on)
    held = facts.Asked(stated, reader.on, facts.OnFile(confirmations=found.every))
    words = list(Confirmation.objects.filter(request=row).select_related("by"))
    by_hand = confirming.by_hand(row) if reader.files and reader.by.pk != row.asker_id else ()

    def told(claim: Claim) -> Told:
        on_it = [one for one in words if one.claim == claim]
        return Told(
            claim,
            _said(row, stated, claim),
            rule.CHECK[claim],
            on_it,
            [one.source for one in found.contacts if one.claim is claim],
            rule.is_confirmed(held, claim),
            confirmed.by_role(row, claim, stated),
            _form(claim, len(words), bound) if claim in by_hand else None,
        )

    return [told(claim) for claim in rule.claims(stated)]


def _form(claim: Claim, number: int, bound: ConfirmForm | None) -> ConfirmForm:
    if bound is not None and bound.data.get("claim", bound.initial.get("claim")) == claim:
        return bound
    return ConfirmForm(claim=claim.value, initial={"claim": claim.value, "number": number})


def _said(row: Request, asked: facts.Request, claim: Claim) -> str | Say:
    """What a claim says or names, where it is more than a yes."""
    shows = asked.kidnapping.shows if asked.kidnapping else None
    named: dict[Claim, str | Say] = {
        Claim.INTEREST: row.interest,
        Claim.AGENCY: asked.asker.agency,
        Claim.STATUTE: asked.statute,
        Claim.PROGRAM: asked.program,
        Claim.SHOWS: Say(shows.label) if shows else "",
    }
    return named.get(claim, "")
