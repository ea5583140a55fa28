"""How the questions of a request are put when it is entered for someone outside: of them, and not of whoever types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LABELS: Mapping[str, Any] = {
    "interest": _("Why they need these very records"),
    "paper": _("Paper they bring"),
    "teaches_student": _("Do they teach or supervise this student?"),
    "reported_crime": _("Was a crime by this student reported to them?"),
}
HINTS: Mapping[str, Any] = {
    "about": _("In their words: the name, the school, the grade. Only you and whoever decides read it."),
    "interest": _("Their interest in each of them, as they state it. Write nothing of citizenship or immigration."),
    "consent": _("Only if they gave one. The request then stands and falls with that consent."),
}
ONWARD: Mapping[str, Any] = {"agency": _("To others at their agency")}
"""The choices of passing on that speak of one's own agency."""


def reword(fields: Mapping[str, forms.Field]) -> None:
    """Put the questions of a form so. Each form has fields of its own."""
    for name, label in LABELS.items():
        if name in fields:
            fields[name].label = label
    for name, hint in HINTS.items():
        if name in fields:
            fields[name].help_text = hint
    onward: Any = fields["onward"]
    onward.choices = [(code, ONWARD.get(code, label)) for code, label in onward.choices]
