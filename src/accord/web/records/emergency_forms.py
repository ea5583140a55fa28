"""What is asked about an emergency: when it is determined, when it ends, and when it is looked at again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.rules.records import Outcome
from accord.web.interactions.ruled import RuledChoices
from accord.web.people.models import User
from accord.web.records.account_field import AccountField
from accord.web.records.emergency import Said
from accord.web.records.form_fields import RuledText, area, chosen, day
from accord.web.records.models import Copy
from accord.web.records.papers import How

_WHY = "why_"


class SearchForm(forms.Form):
    """Whom it is about."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("Student number or name"),
        min_length=2,
        max_length=120,
        error_messages={
            "required": _("Give a number or a name."),
            "min_length": _("Give two letters or digits at least."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class DetermineForm(forms.Form):
    """The threat, who must know, and for each copy that is needed why. A copy without a reason is not needed."""

    use_required_attribute = False

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    threat = RuledText(
        label=_("What is the threat?"),
        max_length=2000,
        help_text=_("Who is in danger, of what, when, and how you know. It goes into the log as you write it."),
        widget=area(4),
    )
    recipients = RuledChoices(
        label=_("Officers who must know"),
        help_text=_("Only those who can do something about it; or somebody else below."),
        widget=forms.CheckboxSelectMultiple,
    )
    other = AccountField(
        label=_("Somebody else who must know"), required=False, help_text=_("The address of their account.")
    )
    tell_parent = forms.ChoiceField(
        label=_("Is the parent told within the week?"),
        choices=[("yes", _("Yes")), ("no", _("No: it would put somebody in danger"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    endangers = RuledText(
        label=_("Whom would it put in danger, and how?"),
        required=False,
        max_length=2000,
        help_text=_("Only when the parent is not told."),
        widget=area(2),
    )

    def __init__(self, data: Any = None, *, copies: Iterable[Copy], officers: Sequence[User], **more: Any) -> None:
        super().__init__(data, initial={"key": uuid4().hex, "tell_parent": "yes"}, **more)
        self.officers = {str(one.uid): one for one in officers}
        self.fields["recipients"].choices = [(uid, one.name) for uid, one in self.officers.items()]  # type: ignore[attr-defined]
        for one in copies:
            self.fields[f"{_WHY}{one.uid}"] = RuledText(
                label=one.title, required=False, max_length=500, widget=forms.TextInput
            )

    @property
    def copies(self) -> list[forms.BoundField]:
        """The fields that ask why each copy is needed."""
        return [self[name] for name in self.fields if name.startswith(_WHY)]

    def said(self) -> Said:
        """What the form says."""
        data = self.cleaned_data
        chosen = [self.officers[uid] for uid in data["recipients"]]
        other = [data["other"]] if data["other"] and data["other"] not in chosen else []
        why = {name.removeprefix(_WHY): str(value) for name, value in data.items() if name.startswith(_WHY)}
        return Said(
            threat=data["threat"],
            recipients=[*chosen, *other],
            needed={uid: words.strip() for uid, words in why.items() if words.strip()},
            tell_parent=data["tell_parent"] == "yes",
            endangers=data["endangers"],
        )


class EndForm(forms.Form):
    """Why it ends before its time."""

    use_required_attribute = False

    reason = RuledText(label=_("Why it is over"), max_length=2000, widget=area(2))


class TellForm(forms.Form):
    """How and when the parent was told."""

    use_required_attribute = False

    day = day(_("On"), required=True)
    how = chosen(How, _("How"))
    words = RuledText(label=_("What was said"), required=False, max_length=2000, widget=area(2))

    def clean_how(self) -> How:
        return How(self.cleaned_data["how"])


class ReviewForm(forms.Form):
    """What the review came to."""

    use_required_attribute = False

    outcome = chosen(Outcome, _("What it came to"))
    words = RuledText(label=_("What you looked at, and what you found"), max_length=4000, widget=area(4))

    def clean_outcome(self) -> Outcome:
        return Outcome(self.cleaned_data["outcome"])


class DangerForm(forms.Form):
    """Whether telling the family would still put somebody in danger, and why."""

    use_required_attribute = False

    still = forms.TypedChoiceField(
        label=_("Would telling the family still put somebody in danger?"),
        choices=[
            ("yes", _("Yes: the family is not told until this is asked again")),
            ("no", _("No: the family reads of it from now on, and the parent is told")),
        ],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        error_messages={"required": _("Choose one.")},
    )
    because = RuledText(label=_("Why, and what that rests on"), max_length=2000, widget=area(3))


class ReviewKeptForm(ReviewForm, DangerForm):
    """What the review of an emergency came to of which the parent was not told."""

    field_order = ("outcome", "words", "still", "because")
