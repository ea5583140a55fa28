"""What is asked about a contact, and how a review and a narrowed list are asked for.

A form only reads what was typed. Whether the entry may stand is for `rules/interactions` to say, so fields that a rule
watches may be empty here; the rule's finding is then shown beside them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.decision import BadInput
from accord.facts import (
    Action,
    Coded,
    ConductClass,
    DeEscalation,
    Disability,
    EnglishLearner,
    FollowUp,
    Grade,
    Handler,
    InitiatedBy,
    Kind,
    Outcome,
    PersonKind,
    PersonRole,
    Race,
    Review,
    Sex,
    TriedFirst,
)
from accord.rules.interactions import OWNERS
from accord.web.base.templatetags.accord import say
from accord.web.interactions import entry_times, texts
from accord.web.interactions.choices import choices as choices
from accord.web.interactions.details_form import DetailsForm
from accord.web.interactions.person_details_form import PersonDetailsForm
from accord.web.interactions.places import Place
from accord.web.interactions.recorded import LEFT, SCHOOL_RECORDED
from accord.web.interactions.ruled import RuledChoice, RuledChoices, RuledText
from accord.web.interactions.stop_form import PersonStoppedForm, StopForm
from accord.web.interactions.times import instant
from accord.web.people.models import School

UNCLEAN = "unclean"
"""The code of an error about a text that the law keeps from being stored."""


def _select(kind: type[Coded], label: Any, **more: Any) -> forms.ChoiceField:
    missing = {"required": _("Choose one.")}
    return forms.ChoiceField(label=label, choices=choices(kind, _("Choose")), error_messages=missing, **more)


def _several(kind: type[Coded], label: Any, **more: Any) -> RuledChoices:
    return RuledChoices(label=label, choices=choices(kind), widget=forms.CheckboxSelectMultiple, **more)


def _recorded(kind: type[Coded], label: Any) -> RuledChoice:
    return RuledChoice(label=label, choices=choices(kind, _("–")))


def _text(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def refuse_unclean(form: forms.Form, data: Mapping[str, Any]) -> None:
    """Say beside each text that may not be stored why it may not."""
    for finding in texts.clean(data):
        if not finding.met and finding.field in form.fields:
            form.add_error(finding.field, forms.ValidationError(say(finding.reason), code=UNCLEAN))


def unclean(form: forms.Form) -> bool:
    """Was a text refused that may not be stored?"""
    return any(error.code == UNCLEAN for errors in form.errors.as_data().values() for error in errors)


class EntryForm(StopForm, DetailsForm):
    """A contact, without the people in it."""

    use_required_attribute = False

    occurred_at = forms.CharField(
        label=_("When"),
        max_length=30,
        widget=forms.TextInput(attrs={"type": "datetime-local"}),
        error_messages={"required": _("Give the day and time.")},
    )
    duration_minutes = forms.IntegerField(
        label=_("Minutes it took"),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Give whole minutes.")},
    )
    location = _select(Place, _("Where"))
    late_reason = forms.CharField(
        label=_("Why it is entered late"),
        required=False,
        max_length=500,
        help_text=_("Only when a day or more passed."),
    )
    kind = _select(Kind, _("Kind of contact"))
    initiated_by = _select(InitiatedBy, _("Who started it"))
    conduct = _select(ConductClass, _("What it was about"))
    tried_first = forms.MultipleChoiceField(
        label=_("Tried before an officer became involved"),
        choices=choices(TriedFirst),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose what was tried, even if it was nothing.")},
    )
    de_escalation = _several(DeEscalation, _("What was done to avoid force"), required=False)
    narrative = forms.CharField(
        label=_("What happened"),
        required=False,
        max_length=10_000,
        widget=_text(6),
        help_text=_("Write no names, of students or anyone else. Say “student 1”, “a teacher”."),
    )
    keep = forms.BooleanField(label=_("The name or number has to stay"), required=False)
    kept_because = forms.CharField(label=_("Why it has to stay"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("keep"):
            data["kept_because"] = ""
        refuse_unclean(self, data)
        return data

    def clean_occurred_at(self) -> datetime:
        try:
            return instant(self.cleaned_data["occurred_at"])
        except BadInput as error:
            raise forms.ValidationError(f"{error.what} {error.mend}") from error


class LogForm(EntryForm):
    """A new contact: at which school, and the key that makes sending it twice harmless."""

    school = forms.ModelChoiceField(
        label=_("School"),
        queryset=School.objects.none(),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose one.")},
    )
    key = forms.CharField(max_length=64, min_length=16, widget=forms.HiddenInput)
    opened = entry_times.opened_field()


class CorrectForm(EntryForm):
    """A correction: why, and of which version."""

    reason = RuledText(label=_("Why it is corrected"), max_length=1000, widget=_text(2))
    number = forms.IntegerField(widget=forms.HiddenInput)


class PersonForm(PersonStoppedForm, PersonDetailsForm):
    """One person contacted."""

    use_required_attribute = False

    kind = _select(PersonKind, _("Who"))
    role = _select(PersonRole, _("Part in it"))
    actions = _several(Action, _("What the officer did"), required=False)
    outcomes = _several(Outcome, _("How it ended"))
    grade = _recorded(Grade, _("Grade"))
    race = _recorded(Race, _("Race and ethnicity"))
    sex = _recorded(Sex, _("Sex"))
    disability = _recorded(Disability, _("Disability service"))
    english_learner = _recorded(EnglishLearner, _("English learner"))
    was = forms.IntegerField(required=False, widget=forms.HiddenInput)


class OfficersPersonForm(PersonForm):
    """The same for somebody who sees own answers only: what the school records may be left to the school."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SCHOOL_RECORDED:
            field: Any = self.fields[name]
            field.choices = [*field.choices, (LEFT, _("Left to the school"))]


class ReviewForm(forms.Form):
    """What a second person found about the version on the page."""

    use_required_attribute = False

    number = forms.IntegerField(widget=forms.HiddenInput)
    found = forms.ChoiceField(label=_("What you found"), choices=choices(Review), widget=forms.RadioSelect)
    better_handled_by = forms.ChoiceField(
        label=_("Better handled by"),
        choices=choices(Handler, _("–")),
        required=False,
        help_text=_("Only when someone else should have handled it."),
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=_text(3), help_text=_("Write no names.")
    )
    follow_up = forms.ChoiceField(
        label=_("What is to be done now"),
        choices=choices(FollowUp, _("Nothing")),
        required=False,
        help_text=_("It becomes a task."),
    )
    follow_up_note = forms.CharField(
        label=_("More about it"), required=False, max_length=2000, widget=_text(2), help_text=_("Write no names.")
    )
    follow_up_by = forms.ChoiceField(label=_("Who does it"), choices=choices(OWNERS, _("–")), required=False)
    follow_up_due = forms.DateField(
        label=_("By which day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day like 2026-11-24.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        refuse_unclean(self, data)
        better = data.get("found") == Review.BETTER_HANDLED
        if better and not data.get("better_handled_by"):
            self.add_error("better_handled_by", _("Say who would have handled it better."))
        if not better:
            data["better_handled_by"] = ""
        return data


class EnrollmentForm(forms.Form):
    """A file of enrollment counts, and the day they were counted on."""

    file = forms.FileField(label=_("File"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}))
    as_of = forms.DateField(label=_("Counted on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class EnrollmentCountForm(forms.Form):
    """The day on which the roster is counted; after the dry run, with what was seen then."""

    as_of = forms.DateField(label=_("Counted on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    checked = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class EnrollmentTextForm(forms.Form):
    """The same after the dry run, when the text of the file travels with the page."""

    content = forms.CharField(strip=False, widget=forms.HiddenInput)
    as_of = forms.DateField(widget=forms.HiddenInput)
