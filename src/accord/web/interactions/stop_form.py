"""What the state asks of a stop (RIPA, 2024 form): the fields of the contact, and those of each person stopped.

What the officer perceived is asked here and nowhere filled in from what a school recorded, nor the other way about.
No field has to be answered for the form to be read; `rules/stops` says what a record must hold, and fields whose
answer it may ask for are not called optional. What the contact tells
already is not asked again: day, time and duration, school, whether the person is a student, search of property and
property taken.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accord.facts import Coded
from accord.facts import stop_codes as codes
from accord.rules import immigration
from accord.web.base.templatetags.accord import say
from accord.web.interactions.choices import choices
from accord.web.interactions.person_details_form import OffenceCodesField
from accord.web.interactions.ruled import Ruled, RuledChoice, RuledChoices, RuledText
from accord.web.interactions.stop_asked import applying as applying
from accord.web.interactions.stop_asked import offer as offer
from accord.web.interactions.stop_filed import initial as initial
from accord.web.interactions.stop_filed import initial_people as initial_people
from accord.web.interactions.stop_findings import form_findings as form_findings
from accord.web.interactions.stop_findings import form_warnings as form_warnings
from accord.web.interactions.stop_told import told_stop as told_stop

_Action = codes.NonForceAction
_ASKED_ELSEWHERE = {_Action.SEIZED, _Action.SEARCHED_PERSON, _Action.SEARCHED_PROPERTY, _Action.FRISK}


class _Age(Ruled, forms.IntegerField):
    """Whole years, watched by a rule."""


class _Offences(Ruled, OffenceCodesField):
    """Codes of the state's table, watched by a rule."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.required = True


def _one(kind: type[Coded], label: Any) -> RuledChoice:
    return RuledChoice(label=label, choices=choices(kind, _("Choose")))


def _several(
    kind: type[Coded], label: Any, *, only: Collection[Coded] = (), says: Mapping[Coded, Any] | None = None, **more: Any
) -> RuledChoices:
    words = {one.value: text for one, text in (says or {}).items()}
    rows = [(code, words.get(code, text)) for code, text in choices(kind) if not only or code in only]
    return RuledChoices(label=label, choices=rows, widget=forms.CheckboxSelectMultiple, **more)


_ANSWERS = (("", _("Choose")), ("Y", _("Yes")), ("N", _("No")))


def _yes_or_no(label: Any) -> RuledChoice:
    return RuledChoice(label=label, choices=_ANSWERS)


def _agreed(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=_ANSWERS, required=False)


def _text(label: Any, **more: Any) -> RuledText:
    widget = forms.Textarea(attrs={"rows": 3})
    return RuledText(label=label, max_length=2000, widget=widget, validators=[_says_nothing_unclean], **more)


def _says_nothing_unclean(text: str) -> None:
    finding = immigration.text_is_clean(text)
    if not finding.met:
        raise ValidationError(say(finding.reason), code="unclean")


def _tick(label: Any, **more: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, **more)


class StopForm(forms.Form):
    """What the state asks once of a stop, beyond what every contact tells."""

    use_required_attribute = False

    stop_type = RuledChoice(
        label=_("How the person was moving"),
        choices=choices(codes.StopType)[::-1],
        initial=codes.StopType.PEDESTRIAN.value,
    )
    stop_service_call = _tick(_("During a call for service"))
    stop_welfare_check = _tick(_("During a welfare or wellness check, or community caretaking"))
    stop_city = forms.CharField(
        label=_("City"), required=False, max_length=40, validators=[_says_nothing_unclean], help_text=_("No address.")
    )
    stop_grounds = _tick(_("It was on the grounds of the school"))


class PersonStoppedForm(forms.Form):
    """What the state asks of each person stopped."""

    use_required_attribute = False

    ripa_races = _several(codes.RipaRace, _("Race or ethnicity, as perceived"), help_text=_("Choose all that apply."))
    ripa_gender = _one(codes.RipaGender, _("Gender, as perceived"))
    ripa_nonbinary = _tick(_("Nonbinary, as perceived"))
    ripa_orientation = _one(codes.RipaOrientation, _("Sexual orientation, as perceived"))
    ripa_age = _Age(
        label=_("Age, as perceived"),
        min_value=1,
        max_value=120,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("In whole years, rounded up."),
    )
    ripa_limited_english = _yes_or_no(_("Limited or no English, as perceived"))
    ripa_disabilities = _several(codes.RipaDisability, _("Disability, as perceived or known"))
    ripa_unhoused = _yes_or_no(_("Unhoused, as perceived"))
    ripa_passenger = _tick(_("A passenger of the vehicle"))
    ripa_residence = _tick(_("Inside a residence"))
    ripa_reason = _one(codes.StopReason, _("The main reason for the stop"))
    ripa_traffic_type = _one(codes.TrafficType, _("Kind of traffic violation"))
    ripa_details = _several(codes.SuspicionDetail, _("What the suspicion or cause rested on"))
    ripa_ed_section = _one(codes.EdCodeSection, _("Section of the Education Code"))
    ripa_ed_subdivision = _one(codes.EdCodeSubdivision, _("Subdivision of section 48900"))
    ripa_offence = RuledText(
        label=_("Code of the suspected offense"),
        max_length=20,
        help_text=_("A code of the state's table."),
        validators=[_says_nothing_unclean],
    )
    ripa_given = _several(codes.ReasonGiven, _("Reason the person was told"))
    ripa_narrative = _text(
        _("Why the person was stopped, in a few words"),
        help_text=_("At most 250 characters. No names and no numbers. If the person was told another reason, say why."),
    )
    ripa_non_force = _several(
        _Action,
        _("What else the officer did, without force"),
        only=set(_Action) - _ASKED_ELSEWHERE,
        says={_Action.NONE: _("None of these")},
    )
    ripa_agreed_person = _agreed(_("Agreed to a search of the person"))
    ripa_agreed_property = _agreed(_("Agreed to a search of property"))
    ripa_force = _several(codes.ForceAction, _("What the officer did with force"))
    ripa_person_search = _several(
        _Action,
        _("How the person was searched"),
        only=(_Action.SEARCHED_PERSON, _Action.FRISK),
        says={_Action.SEARCHED_PERSON: _("Searched, beyond a frisk")},
        required=False,
    )
    ripa_search_bases = _several(codes.SearchBasis, _("On what ground the search rested"))
    ripa_search_explanation = _text(
        _("The ground of the search, in a few words"),
        help_text=_("At most 250 characters. Where the person agreed, tell what they said or did."),
    )
    ripa_contraband = _several(codes.Contraband, _("Contraband or evidence found"))
    ripa_seizure_bases = _several(codes.SeizureBasis, _("On what ground property was taken"))
    ripa_property_types = _several(codes.PropertyType, _("Property that was taken"))
    ripa_results = _several(codes.StopResult, _("Result of the stop"))
    ripa_offences_citation = _Offences(label=_("Offenses of the citation"))
    ripa_offences_release = _Offences(label=_("Offenses of the citation and release"))
    ripa_offences_arrest = _Offences(label=_("Offenses of the arrest"))
    ripa_offences_verbal = _Offences(label=_("Offenses of the spoken warning"))
    ripa_offences_written = _Offences(label=_("Offenses of the written warning"))


SEVERAL = frozenset(
    name for name, field in PersonStoppedForm.base_fields.items() if isinstance(field, forms.MultipleChoiceField)
)
"""Fields with several answers; all of them are a person's."""

GROUPS_OF_CONTACT: Sequence[tuple[Any, tuple[str, ...]]] = ((_("The stop"), tuple(StopForm.base_fields)),)
"""The fields of the contact in groups, each to stand under its title."""

_names = list(PersonStoppedForm.base_fields)


def _from_to(first: str, last: str) -> tuple[str, ...]:
    return tuple(_names[_names.index(first) : _names.index(last) + 1])


GROUPS: Sequence[tuple[Any, tuple[str, ...]]] = (
    (
        _("What the officer perceived. Do not ask, and do not look at identification."),
        _from_to("ripa_races", "ripa_unhoused"),
    ),
    (_("Why the person was stopped"), _from_to("ripa_passenger", "ripa_narrative")),
    (_("What the officer did in the stop"), _from_to("ripa_non_force", "ripa_force")),
    (_("Search and finds in the stop"), _from_to("ripa_person_search", "ripa_contraband")),
    (_("Property taken in the stop"), _from_to("ripa_seizure_bases", "ripa_property_types")),
    (_("How the stop ended"), _from_to("ripa_results", "ripa_offences_written")),
)
"""The fields of a person in groups, each to stand under its title."""
