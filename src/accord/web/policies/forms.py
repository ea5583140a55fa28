"""Bringing in a file, and putting a version in force."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.decision import BadInput, NotAllowed
from accord.documents.limits import MAX_FILE
from accord.web.base.templatetags.accord import say


def refuse(form: forms.Form, refused: NotAllowed | BadInput) -> None:
    """Show why an act was refused: beside the field a finding names, else above the form."""
    if isinstance(refused, BadInput):
        form.add_error(refused.where if refused.where in form.fields else None, f"{refused.what} {refused.mend}")
        return
    for finding in refused.decision.unmet:
        form.add_error(finding.field if finding.field in form.fields else None, say(finding.reason))


def day_input() -> forms.DateInput:
    """An input that browsers show as a calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ImportForm(forms.Form):
    """A policy document as a file."""

    file = forms.FileField(
        label=_("Policy document"),
        help_text=_("The export of the policy site (text or HTML), Markdown, Word or PDF. At most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".txt,.html,.htm,.md,.docx,.pdf"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE:
            raise forms.ValidationError(_("The file is larger than 20 MB. Cut the policy out and give it alone."))
        return file


class PutInForceForm(forms.Form):
    """The Board's vote, and the day from which the version counts."""

    meeting_on = forms.DateField(
        label=_("Board meeting"), widget=day_input(), help_text=_("The day the Board voted for this version.")
    )
    in_force_from = forms.DateField(
        label=_("In force from"), widget=day_input(), help_text=_("Not before the day it was adopted.")
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_meeting_on(self) -> date:
        meeting: date = self.cleaned_data["meeting_on"]
        if meeting > self.on:
            raise forms.ValidationError(_("The meeting has not been held yet. Come back after the vote."))
        return meeting
