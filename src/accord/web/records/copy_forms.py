"""What is asked of a copy that is filed: what it is, and what 34 CFR 99.8 and 99.3 make of it, in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.facts.records import MadeFor, Record, RecordKind
from accord.web.base.scans import LARGEST, MEDIA
from accord.web.records.form_fields import RuledText, area, chosen, day, yes_no


def file_field(label: Any, help_text: Any, *, required: bool, endings: Iterable[str] = tuple(MEDIA)) -> forms.FileField:
    """A file of a kind that is kept, by how its name ends."""
    accept = ",".join(f".{one}" for one in endings)
    return forms.FileField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.FileInput(attrs={"accept": accept}),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("The file is empty."),
            "missing": _("Choose a file."),
            "invalid": _("Choose a file."),
        },
    )


class CopyForm(forms.Form):
    """A copy of a record, and who made it, why, and who keeps it."""

    use_required_attribute = False

    kind = chosen(RecordKind, _("What kind of record it is"))
    title = RuledText(
        label=_("What it is"), max_length=200, help_text=_("Such as: attendance, fall term. No name of a student.")
    )
    file = file_field(
        _("File"),
        _("PDF, PNG, JPEG or plain text, at most 10 MiB, without a password. Its name is not kept."),
        required=True,
    )
    made_by_unit = yes_no(
        _("Did the law enforcement unit make it?"),
        _("The office or person the Board designated to enforce law or keep order. A school office is none."),
    )
    made_for = chosen(MadeFor, _("What it was made for"), required=False)
    kept_by_unit = yes_no(
        _("Does that unit keep this very copy?"),
        _("A report of the officer in the principal’s file is kept by the school."),
    )
    own_notes = yes_no(_("Is it the maker’s own notes, shown to nobody?"))
    after_attendance = yes_no(_("Was it made after the student left, and not about the time before?"))
    act_on = day(_("Day of the act it tells of"), _("For discipline and police reports."))
    items = forms.CharField(
        label=_("Items of directory information in it"),
        required=False,
        max_length=1000,
        help_text=_("One a line, in the words of the annual notice."),
        widget=area(3),
    )
    identifiers_removed = yes_no(_("Was everything removed that identifies a student?"))
    not_identifiable = yes_no(_("Did someone determine, with other releases in view, that no student can be told?"))
    code_from_identity = yes_no(_("Does it hold a code made from personal data?"))

    MAIN = ("kind", "title", "file")
    MADE = ("made_by_unit", "made_for", "kept_by_unit", "own_notes", "after_attendance")
    SPECIAL = ("act_on", "items", "identifiers_removed", "not_identifiable", "code_from_identity")

    @property
    def main(self) -> list[forms.BoundField]:
        return [self[one] for one in self.MAIN]

    @property
    def made(self) -> list[forms.BoundField]:
        """Who made it, why, and who keeps it."""
        return [self[one] for one in self.MADE]

    @property
    def special(self) -> list[forms.BoundField]:
        """What matters to few copies."""
        return [self[one] for one in self.SPECIAL]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MiB. Give a smaller scan."))
        return file

    def said(self) -> Record:
        """What is said of the copy."""
        data = self.cleaned_data
        same = ("made_by_unit", "kept_by_unit", "own_notes", "after_attendance", "act_on")
        identity = ("identifiers_removed", "not_identifiable", "code_from_identity")
        return Record(
            items=lines(data["items"]),
            made_for=MadeFor(data["made_for"]) if data["made_for"] else None,
            **{name: data[name] for name in (*same, *identity)},
        )


def lines(text: str) -> tuple[str, ...]:
    """What stands on each line that is not empty."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
