"""Forms of consents: what it says, the signature, the paper, and taking it back for somebody."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.utils.translation import gettext_lazy as _

from accord.facts import Role
from accord.facts.records import Purpose
from accord.facts.school_years import school_year, school_year_days
from accord.web.duties.forms import within_reach
from accord.web.people.models import RoleGrant
from accord.web.records import asking, consent_text
from accord.web.records.consent_words import CLASSES, KINDS, PURPOSES, WORDS
from accord.web.records.consents import Terms
from accord.web.records.left_out import without_addresses
from accord.web.records.models import Copy, Link
from accord.web.students.models import Student

LANGUAGES = [("en", "English"), ("es", "Español")]
_DAY = {"type": "date"}


def school_year_end(on: date) -> date:
    """The last day of the school year of a day: until then a consent runs when nobody says otherwise."""
    return school_year_days(school_year(on))[1]


def copies(student: Student, *, language: str) -> list[tuple[str, str]]:
    """Copies that a consent can name one by one: not the unit's own records, nor anybody's own notes."""
    kept = Copy.objects.filter(student=student, kind__in=[kind.value for kind in KINDS]).defer("content")
    names = [one for one in kept if one.said.get("made_by_unit") is not True and one.said.get("own_notes") is not True]
    told = consent_text.records_named([str(one.uid) for one in names], language=language)
    return [(uid, without_addresses(title)) for uid, title in told.items()]


def officers(on: date) -> list[tuple[str, str]]:
    """The officers who hold their role on a day."""
    grants = RoleGrant.objects.filter(role=Role.SRO.value, user__is_active=True).select_related("user")
    held = {str(grant.user.uid): grant.user.name for grant in grants if grant.in_force(on)}
    return sorted(held.items(), key=lambda one: one[1])


class TermsForm(forms.Form):
    """What a consent says: which records, who may get them, what for, until when."""

    use_required_attribute = False

    records = forms.MultipleChoiceField(
        label=_("Which records?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose which records it is about.")},
    )
    party = forms.ChoiceField(label=_("Who may get them?"), error_messages={"required": _("Say who may receive them.")})
    purpose = forms.ChoiceField(
        label=_("What for?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what the records are for.")},
    )
    expires_on = forms.DateField(
        label=_("Until when?"),
        required=False,
        widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"),
        validators=[within_reach],
        help_text=_("If you leave this empty, it goes on until you take it back."),
    )
    copy_requested = forms.BooleanField(label=_("I want a copy of the records that are shared."), required=False)

    def __init__(self, *args: Any, link: Link, language: str, at: datetime, on: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"expires_on": school_year_end(on)})
        super().__init__(*args, **kwargs)
        words = WORDS[language]
        kinds = [(kind.value, words.kinds[kind]) for kind in KINDS]
        named = copies(link.student, language=language)
        groups = [(_("Kinds of records"), kinds), (_("One record"), named)]
        self._choose("records", groups if named else kinds)
        self._choose("purpose", [(one.value, words.purposes[one]) for one in PURPOSES])
        classes = [(one.value, words.classes[one]) for one in CLASSES]
        agencies = [(one, one) for one in asking.with_agreement(at=at)]
        parties = [(_("One officer"), officers(on)), (_("A group of people"), classes), (_("An agency"), agencies)]
        self._choose("party", [("", "–"), *(group for group in parties if group[1])])

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def terms(self) -> Terms:
        """What was chosen."""
        data = self.cleaned_data
        return Terms(
            records=data["records"],
            purpose=Purpose(data["purpose"]),
            party=data["party"],
            expires_on=data["expires_on"],
            copy_requested=data["copy_requested"],
        )

    def sent(self) -> list[tuple[str, str]]:
        """What was chosen, as the next step of the form carries it on."""
        data = self.cleaned_data
        day = data["expires_on"]
        single = {"party": data["party"], "purpose": data["purpose"], "expires_on": day.isoformat() if day else ""}
        wanted = [("copy_requested", "on")] if data["copy_requested"] else []
        return [*(("records", one) for one in data["records"]), *single.items(), *wanted]


class SignatureForm(forms.Form):
    """Name and password, typed again. A wrong password counts like a failed sign-in."""

    use_required_attribute = False

    signature = forms.CharField(
        label=_("Your full name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("The one you sign in with. It shows that it is you who signs."),
    )

    def __init__(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors:
            user = self.request.user
            known = authenticate(self.request, username=user.username, password=data["password"])
            if known is None or data["signature"].strip().casefold() != user.name.strip().casefold():
                raise forms.ValidationError(_("Name and password do not go together. Check both and try again."))
        return data


class PaperForm(TermsForm):
    """A consent signed on paper, as whoever keeps the records reads it from the scan."""

    language = forms.ChoiceField(label=_("Language of the paper"), choices=LANGUAGES)
    signed_on = forms.DateField(
        label=_("Signed on"), widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"), validators=[within_reach]
    )
    signature = forms.CharField(label=_("Name as signed"), max_length=150)
    seen = forms.CharField(
        label=_("What you held the signature against"),
        max_length=150,
        help_text=_("A paper with a signature that you know: an enrollment card, an identity card you saw."),
    )
    scan = forms.FileField(label=_("Scan"), help_text=_("A PDF or an image, at most 10 MiB."))

    field_order = ["scan", "signed_on", "signature", "seen", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={}, **kwargs)
        self.fields["copy_requested"].label = _("The paper asks for a copy of the records that are shared")


class TakeBackForm(forms.Form):
    """How whoever keeps the records was asked to take a consent back."""

    reason = forms.CharField(
        label=_("How you were asked to"), max_length=500, help_text=_("By letter, by telephone, at the counter; when.")
    )


class FindForm(forms.Form):
    """A student by number or name. It is posted: no name stands in an address."""

    text = forms.CharField(label=_("Number or name"), max_length=200)
