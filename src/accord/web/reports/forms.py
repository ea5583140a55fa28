"""Which period a report is drafted for."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.web.reports import periods


class DraftForm(forms.Form):
    """One of the finished periods; the hidden key makes a second tap find the first one's draft."""

    period = forms.CharField(max_length=40)
    key = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on = on

    def clean_period(self) -> periods.Period:
        found = periods.find(self.cleaned_data["period"], on=self._on)
        if found is None:
            raise forms.ValidationError(_("Choose one of the periods offered: finished halves of a school year."))
        return found
