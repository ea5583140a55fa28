"""Fields that several forms about records ask with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.facts import Coded
from accord.rules import records as rule
from accord.web.base.templatetags.accord import say
from accord.web.duties.forms import within_reach
from accord.web.interactions.choices import choices
from accord.web.interactions.ruled import RuledChoices, RuledDay, RuledText

__all__ = ["RuledText", "area", "chosen", "day", "ruled_day", "ruled_several", "say_empty", "several", "yes_no"]

_ANSWER = {"yes": True, "no": False, "": None}


def say_empty(form: forms.Form) -> None:
    """Put what a rule says of each text that is left empty beside it, in the same round as the form's own errors."""
    for name, field in form.fields.items():
        if isinstance(field, RuledText) and field.required and name not in form.errors:
            found = rule.is_said(str(form.data.get(name, "")))
            if not found.met:
                form.add_error(name, say(found.reason))


def area(rows: int) -> forms.Textarea:
    """A box for a longer text."""
    return forms.Textarea(attrs={"rows": rows})


def _answer(value: str) -> bool | None:
    return _ANSWER.get(value)


def yes_no(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    """A fact that is so, is not so, or is not known: what is not known is never taken for a yes."""
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=[("yes", _("Yes")), ("no", _("No")), ("", _("Not known"))],
        widget=forms.RadioSelect,
        required=False,
        coerce=_answer,
        empty_value=None,
        initial="",
    )


def day(label: Any, help_text: Any = "", *, required: bool = False) -> forms.DateField:
    """A day."""
    return _day(forms.DateField, label, help_text, required=required)


def ruled_day(label: Any, help_text: Any = "") -> forms.DateField:
    """A day that has to be given, as a rule says."""
    return _day(RuledDay, label, help_text, required=True)


def _day(kind: type[forms.DateField], label: Any, help_text: Any, *, required: bool) -> forms.DateField:
    return kind(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[within_reach],
        error_messages={"required": _("Give the day."), "invalid": _("Write the day as 2026-11-24.")},
    )


def several(kind: type[Coded], label: Any, help_text: Any = "", *, error: Any = None) -> forms.MultipleChoiceField:
    """Some of a closed list; at least one where `error` says what to do about none."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        choices=choices(kind),
        widget=forms.CheckboxSelectMultiple,
        required=error is not None,
        error_messages={"required": error} if error is not None else {},
    )


def ruled_several(kind: type[Coded], label: Any) -> RuledChoices:
    """Some of a closed list, at least one of which has to be chosen, as a rule says."""
    return RuledChoices(label=label, choices=choices(kind), widget=forms.CheckboxSelectMultiple)


def chosen(kind: type[Coded], label: Any, help_text: Any = "", *, required: bool = True) -> forms.ChoiceField:
    """One of a closed list."""
    return forms.ChoiceField(
        label=label,
        help_text=help_text,
        choices=choices(kind, _("Choose")),
        required=required,
        error_messages={"required": _("Choose one.")},
    )
