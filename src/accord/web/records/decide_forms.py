"""What is asked of whoever decides a request, finds its student and copies, takes it back or ends the access."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.web.records.form_fields import RuledText, area


class DecideForm(forms.Form):
    """Which copies are given, each by itself, and why fewer than the rule lets go."""

    use_required_attribute = False

    number = forms.IntegerField(min_value=0, max_value=10_000, widget=forms.HiddenInput)
    given = forms.MultipleChoiceField(
        label=_("Copies to give"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    because = RuledText(
        label=_("Why less than the rule allows"),
        required=False,
        max_length=2000,
        help_text=_("Needed when you take out a copy. Whoever asked does not read it."),
        widget=area(3),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, copies: Sequence[tuple[str, str]], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.fields["given"].choices = copies  # type: ignore[attr-defined]
        if not copies:
            del self.fields["given"], self.fields["because"]


class FindForm(forms.Form):
    """A step of finding the student and the copies of a request."""

    use_required_attribute = False

    do = forms.ChoiceField(choices=[(one, one) for one in ("find", "choose", "identify")])
    number = forms.IntegerField(min_value=0, max_value=10_000, required=False)
    text = forms.CharField(
        label=_("Student number or name"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    student = forms.UUIDField(required=False)
    copies = forms.TypedMultipleChoiceField(required=False, choices=(), coerce=UUID)

    def __init__(self, *args: Any, copies: Sequence[str] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["copies"].choices = [(one, one) for one in copies]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """Why access ends before its time."""

    use_required_attribute = False

    number = forms.IntegerField(min_value=0, max_value=10_000, widget=forms.HiddenInput)
    reason = RuledText(label=_("Why the access ends"), max_length=2000, widget=area(2))
