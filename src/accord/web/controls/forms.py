"""Evidence, its withdrawal, and the description of the program."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accord.catalogue import Obligation
from accord.web.controls.models import Award, Mode
from accord.web.policies.forms import day_input


class EvidenceForm(forms.Form):
    """A document or record, and the days it shows the obligation for."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("What it is"), max_length=200, help_text=_("Such as: minutes of a Board meeting."))
    reference = forms.CharField(
        label=_("Where it is kept"),
        max_length=2000,
        help_text=_("An address, a file number or a shelf. No names of students."),
    )
    item = forms.ChoiceField(
        label=_("Which part it shows"), required=False, help_text=_("Leave at the whole when it shows every part.")
    )
    effective_on = forms.DateField(label=_("Shows it from"), widget=day_input())
    expires_on = forms.DateField(
        label=_("Until"), required=False, widget=day_input(), help_text=_("Leave empty when it states no end.")
    )

    def __init__(self, *args: Any, obligation: Obligation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        if not obligation.items:
            del self.fields["item"]
            return
        parts = [(one.id, f"{one.id} {gettext(one.words)}") for one in obligation.items]
        self.fields["item"].choices = [("", _("The whole")), *parts]  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Why evidence no longer counts."""

    reason = forms.CharField(label=_("Why it no longer counts"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class ProgramForm(forms.Form):
    """How the program is run."""

    mode = forms.ChoiceField(label=_("Where officers come from"), choices=Mode.choices)
    award = forms.ChoiceField(
        label=_("Does the agency hold a federal hiring grant for this program?"),
        choices=Award.choices,
        help_text=_("Some commentary binds only an agency with such a grant."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in (("mode", Mode), ("award", Award)):
            choices = [(code, gettext(label)) for code, label in kind.choices()]
            self.fields[name].choices = choices  # type: ignore[attr-defined]
