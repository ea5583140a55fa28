"""What the quick page asks: the fields of one short contact, to be shown as large buttons."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.decision import BadInput
from accord.facts import Coded, InitiatedBy, Outcome, PersonKind, TriedFirst
from accord.web.interactions.choices import choices
from accord.web.interactions.entry_times import opened, opened_field
from accord.web.interactions.forms import LogForm, PersonForm, refuse_unclean
from accord.web.interactions.places import Place
from accord.web.interactions.quick import ENDINGS, GROUP, MEANING, About
from accord.web.interactions.recorded import SCHOOL_RECORDED
from accord.web.interactions.times import instant, written

MINUTES = 5
"""What a short contact is taken to last until somebody says otherwise, in minutes."""


def _tiles(rows: Iterable[tuple[str, Any]], label: Any) -> forms.ChoiceField:
    missing = {"required": _("Choose one.")}
    return forms.ChoiceField(label=label, choices=list(rows), widget=forms.RadioSelect, error_messages=missing)


def _several(kind: type[Coded], offered: Iterable[Coded], label: Any, **more: Any) -> forms.MultipleChoiceField:
    values = {one.value for one in offered}
    rows = [row for row in choices(kind) if row[0] in values]
    return forms.MultipleChoiceField(
        label=label, choices=rows, required=False, widget=forms.CheckboxSelectMultiple, **more
    )


class QuickForm(forms.Form):
    """What the quick page asks. Whether the entry may stand is for the rules to say.

    Args:
        schools: the schools on offer.
        own: is it typed by somebody who leaves to the school what the school records of a student?
    """

    use_required_attribute = False

    school, key = LogForm.base_fields["school"], LogForm.base_fields["key"]
    opened = opened_field()
    occurred_at, duration_minutes = (LogForm.base_fields[name] for name in ("occurred_at", "duration_minutes"))
    initiated_by = _tiles(choices(InitiatedBy), _("Who started it"))
    about = _tiles(choices(About), _("What it was about"))
    tried_first = _several(
        TriedFirst,
        [one for one in TriedFirst if one is not TriedFirst.NOT_NEEDED],
        _("Tried before an officer became involved"),
        help_text=_("For help to a victim or witness. Choose “Nothing” where nothing was."),
    )
    location = _tiles(choices(Place), _("Where"))
    who = _tiles([*choices(PersonKind), (GROUP, _("A class or group, nobody in particular"))], _("Who"))
    grade, race, sex = (PersonForm.base_fields[name] for name in ("grade", "race", "sex"))
    disability, english_learner = (PersonForm.base_fields[name] for name in ("disability", "english_learner"))
    outcomes = _several(Outcome, ENDINGS, _("How it ended"))
    narrative, late_reason = (LogForm.base_fields[name] for name in ("narrative", "late_reason"))
    keep, kept_because = (LogForm.base_fields[name] for name in ("keep", "kept_because"))

    def __init__(self, *args: Any, schools: Any, own: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["school"].queryset = schools  # type: ignore[attr-defined]
        self.own = own
        for name in SCHOOL_RECORDED if own else ():
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("keep"):
            data["kept_because"] = ""
        refuse_unclean(self, data)
        about, who = data.get("about"), data.get("who")
        if about and not MEANING[About(about)].tried and not data.get("tried_first"):
            self.add_error("tried_first", _("Choose what was tried, even if it was nothing."))
        if who and who != GROUP and not data.get("outcomes"):
            self.add_error("outcomes", _("Say how it ended, even if with no action."))
        return data

    def clean_occurred_at(self) -> datetime:
        try:
            return instant(self.cleaned_data["occurred_at"])
        except BadInput as error:
            raise forms.ValidationError(f"{error.what} {error.mend}") from error

    @property
    def recorded(self) -> list[forms.BoundField]:
        """The fields that only a student has, where they are asked."""
        return [self[name] for name in SCHOOL_RECORDED if name in self.fields]


def blank(*, at: datetime, **known: Any) -> dict[str, Any]:
    """An empty page: the time now, a student, and what else is known."""
    usual = {"occurred_at": written(at), "duration_minutes": MINUTES, "who": PersonKind.STUDENT.value}
    return {**usual, **known, "opened": opened(at)}
