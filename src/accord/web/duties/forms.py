"""What is asked about a task that was done, a narrowed list, and the calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accord.facts import Coded, DayKind
from accord.web.duties.models import NAME
from accord.web.people.models import School

_said = lazy(gettext, str)
_FIRST, _LAST = 2000, 2099


class State(Coded):
    """Where a task stands, as the list is narrowed by it."""

    OPEN = "open", "To do"
    OVERDUE = "overdue", "Overdue"
    DONE = "done", "Done"
    CLOSED = "closed", "No longer owed"


def _choices(kind: type[Coded]) -> list[tuple[str, Any]]:
    return [(member.value, _said(member.label)) for member in kind]


def within_reach(value: Any) -> None:
    """Refuse years that only a slip of the hand or a machine would write."""
    if not _FIRST <= value.year <= _LAST:
        raise ValidationError(_("This is too far away."))


class RuledText(forms.CharField):
    """Text that a rule asks for: a form takes it empty, and the rule's finding is shown beside it."""

    widget = forms.Textarea

    def validate(self, value: Any) -> None:
        if value not in self.empty_values:
            super().validate(value)


class NarrowForm(forms.Form):
    """Which tasks are shown."""

    use_required_attribute = False

    school = forms.ModelChoiceField(
        label=_("School"), queryset=School.objects.none(), required=False, empty_label=_("All")
    )
    state = forms.ChoiceField(label=_("State"), choices=_choices(State), required=False)

    def __init__(self, *args: Any, schools: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]


class DoneForm(forms.Form):
    """What was done, and when. Whether that stands is for the rules to say."""

    use_required_attribute = False

    done_at = forms.DateTimeField(
        label=_("Done on"),
        help_text=_("When it was done, in district time."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        validators=[within_reach],
        error_messages={"required": _("Say when it was done.")},
    )
    note = RuledText(
        label=_("What was done"),
        help_text=_("Whom you told, and how. No student's name."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_done_at(self) -> datetime:
        at: datetime = self.cleaned_data["done_at"]
        return at.astimezone(UTC)


class ReopenForm(forms.Form):
    """Why a task is opened again."""

    use_required_attribute = False

    reason = RuledText(label=_("Why it is opened again"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class DayForm(forms.Form):
    """One day of the calendar."""

    use_required_attribute = False

    day = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[within_reach],
        error_messages={"required": _("Give the day.")},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=_choices(DayKind))
    name = forms.CharField(label=_("Name"), max_length=NAME, required=False)


class RemoveForm(forms.Form):
    """The day that leaves the calendar."""

    day = forms.DateField(validators=[within_reach])


class FileForm(forms.Form):
    """A calendar file."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("File"),
        help_text=_("An .ics file as calendar programs export it, or CSV."),
        widget=forms.FileInput(attrs={"accept": ".ics,.csv,text/calendar,text/csv"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )


class CarriedForm(forms.Form):
    """The days of a file after the dry run, as they travel with the page."""

    content = forms.CharField(strip=False, widget=forms.HiddenInput)
