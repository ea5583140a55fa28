"""What is asked when a roster is brought in, and when a student is searched for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.exchange.roster_files import FORMATS

MAX_BYTES = 20 * 1024 * 1024
"""The largest upload, in bytes. A zip of 100,000 students takes some 6 MB, with all their classes three times that."""

_STANDARDS = {
    "oneroster": _("OneRoster (zip of CSV files)"),
    "edfi": _("Ed-Fi (XML of students)"),
    "sds": _("Microsoft School Data Sync (zip of CSV files)"),
    "csv": _("Plain CSV, one row for each student"),
}


class RosterForm(forms.Form):
    """A roster, and what the district decides about it."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("Roster"),
        help_text=_("As it comes out of the student system: a zip, a CSV file or XML. At most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".zip,.csv,.tsv,.txt,.xml,.gz"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )
    format = forms.ChoiceField(
        label=_("Standard"),
        required=False,
        choices=[("", _("Find out from the file")), *((code, _STANDARDS[code]) for code in FORMATS)],
    )
    keep_names = forms.BooleanField(
        label=_("Keep names, for finding a student and for warning that a name stands in a report of a contact"),
        required=False,
        initial=True,
    )
    complete = forms.BooleanField(
        label=_("The roster names everyone enrolled: whoever is on file and not in it has left today"),
        required=False,
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 20 MB. Pack it as a zip, or give it in parts."))
        return file


class ConfirmForm(RosterForm):
    """The same file once more, after the check: what was read is not kept in between."""

    checked = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("format", "keep_names", "complete"):
            self.fields[name].widget = forms.HiddenInput()
        self.fields["file"].label = _("The same file again")
        self.fields["file"].help_text = _("Student data is not kept between the check and this step.")


class SearchForm(forms.Form):
    """A student by number or name."""

    use_required_attribute = False

    text = forms.CharField(
        label=_("Student number or name"),
        min_length=2,
        max_length=120,
        error_messages={"required": _("Give a number or a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
