"""What is asked of one person beyond what happened and how it ended: the fields, and from fields to facts and back.

Nothing here has to be answered for the form to be read: `rules/interactions_persons` says what a contact calls for, and
the fields whose answer it may ask for are not called optional.
Of a stop the state's own form asks some of the same; that is asked once, there (`facts.people_stopped`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accord.decision import BadInput
from accord.facts import Coded, PersonDetails, from_plain
from accord.facts import person_codes as codes
from accord.facts.people_stopped import NOT_FORCE
from accord.facts.person_details import Notice
from accord.facts.stop_codes import Contraband, ForceAction, PropertyType, SearchBasis, SeizureBasis
from accord.web.interactions.choices import choices
from accord.web.interactions.person_details_asked import NOTICES, PARTS, notice_fields
from accord.web.interactions.person_details_asked import applying as applying
from accord.web.interactions.ruled import RuledChoice, RuledChoices
from accord.web.interactions.times import instant, written


class InstantField(forms.CharField):
    """A time in the district as people write it; the instant in UTC, or None where nothing was written."""

    def __init__(self, **more: Any) -> None:
        widget = forms.TextInput(attrs={"type": "datetime-local"})
        super().__init__(required=False, max_length=30, widget=widget, **more)

    def clean(self, value: Any) -> datetime | None:
        text = super().clean(value)
        try:
            return instant(text) if text else None
        except BadInput as error:
            raise forms.ValidationError(f"{error.what} {error.mend}") from error


class OffenceCodesField(forms.CharField):
    """Codes of the state's table of offenses, as typed: with commas, semicolons or blanks between."""

    def __init__(self, **more: Any) -> None:
        help_text = _("Codes of the state's table, with commas between.")
        super().__init__(required=False, max_length=200, help_text=help_text, **more)

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(code for code in re.split(r"[\s,;]+", super().clean(value)) if code)


def _one(kind: type[Coded], label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices(kind, _("–")), required=False)


def _several(kind: type[Coded], label: Any) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=choices(kind), required=False, widget=widget)


def _asked_one(kind: type[Coded], label: Any) -> RuledChoice:
    return RuledChoice(label=label, choices=choices(kind, _("Choose")))


def _asked_several(kind: type[Coded], label: Any, leave_out: Collection[Coded] = ()) -> RuledChoices:
    rows = [row for row in choices(kind) if row[0] not in leave_out]
    return RuledChoices(label=label, choices=rows, widget=forms.CheckboxSelectMultiple)


def _tried_at(number: int) -> InstantField:
    return InstantField(label=format_lazy(_("Attempt {number}: when"), number=number))


def _tried_how(number: int) -> forms.ChoiceField:
    return _one(codes.NoticeWay, format_lazy(_("Attempt {number}: how"), number=number))


def _tried_in(number: int) -> forms.ChoiceField:
    return _one(codes.Language, format_lazy(_("Attempt {number}: in which language"), number=number))


def _came_of_it(number: int) -> forms.ChoiceField:
    return _one(codes.Reached, format_lazy(_("Attempt {number}: what came of it"), number=number))


class PersonDetailsForm(forms.Form):
    """What the officer's acts toward one person call for."""

    use_required_attribute = False

    custodial = _asked_one(codes.Answer, _("Not free to leave while questioned"))
    questioned_from = InstantField(label=_("When the questions began"))
    age = forms.IntegerField(
        label=_("Age in years"),
        required=False,
        min_value=0,
        max_value=120,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        help_text=_("As known that day, not as it seemed. Leave it empty if it is not known."),
    )
    counsel = _one(codes.Counsel, _("Consulted a lawyer before the questions"))
    counsel_from = InstantField(label=_("When the talk with the lawyer began"))
    counsel_until = InstantField(label=_("When the talk with the lawyer ended"))
    urgency = _several(codes.Urgency, _("Why there was no time for a lawyer"))
    rights = _one(codes.Rights, _("Told of the right to silence and to a lawyer"))
    questioning_told_at = InstantField(label=_("When a parent or guardian was told of the questioning"))
    search_by = _asked_several(codes.Searcher, _("Who searched"))
    search_bases = _asked_several(SearchBasis, _("On what ground the search was made"))
    search_standard = _asked_one(codes.Standard, _("How strong the reason was"))
    search_extent = _asked_several(codes.Extent, _("What was searched"))
    search_witnesses = _several(codes.Witness, _("Who was present at the search"))
    search_found = _asked_several(Contraband, _("What was found"))
    force_types = _asked_several(ForceAction, _("What force was used"), leave_out=NOT_FORCE)
    shot_hit = _asked_one(codes.Answer, _("A shot hit the person"))
    devices = _asked_several(codes.RestraintDevice, _("What held the person"))
    person_hurt = _asked_one(codes.Injury, _("Was the person hurt"))
    officer_hurt = _asked_one(codes.Injury, _("Was an officer hurt"))
    aid = _several(codes.Aid, _("Medical aid to the person"))
    seized_what = _asked_several(PropertyType, _("What was taken"))
    seized_why = _asked_several(SeizureBasis, _("Why it was taken"))
    seized_given_to = _several(codes.GivenTo, _("Where it went"))
    citation_offences = OffenceCodesField(label=_("Offenses of the citation"))
    arrest_offences = OffenceCodesField(label=_("Offenses of the arrest"))
    referral_offences = OffenceCodesField(label=_("Offenses referred for prosecution"))
    school_told = _one(codes.Answer, _("Was the school told"))
    school_told_at = InstantField(label=_("When the school was told"))
    school_told_to = _several(codes.SchoolContact, _("Who at the school was told"))
    notice_1_at, notice_1_how = _tried_at(1), _tried_how(1)
    notice_1_language, notice_1_reached = _tried_in(1), _came_of_it(1)
    notice_2_at, notice_2_how = _tried_at(2), _tried_how(2)
    notice_2_language, notice_2_reached = _tried_in(2), _came_of_it(2)
    notice_3_at, notice_3_how = _tried_at(3), _tried_how(3)
    notice_3_language, notice_3_reached = _tried_in(3), _came_of_it(3)


SEVERAL = frozenset(
    name for name, field in PersonDetailsForm.base_fields.items() if isinstance(field, forms.MultipleChoiceField)
)
"""Fields with several answers."""

GROUPS: Sequence[tuple[Any, tuple[str, ...]]] = (
    (_("Questioning"), ("custodial", "age", *list(PARTS["questioning"])[1:])),
    (_("Search"), tuple(PARTS["search"])),
    (_("Force and restraint"), tuple(PARTS["force"])),
    (_("Property taken"), tuple(PARTS["seizure"])),
    (_("Offenses"), tuple(PARTS["offences"])),
    (_("Report to the school"), tuple(PARTS["report"])),
    (_("Telling a parent or guardian"), tuple(name for number in NOTICES for name in notice_fields(number))),
)
"""The fields in groups, each to stand under its title."""


def told(data: Mapping[str, Any]) -> PersonDetails:
    """What was typed of one person, as facts. Only after the form was found valid."""
    parts = {
        part: {attribute: answer for name, attribute in names.items() if (answer := data.get(name))}
        for part, names in PARTS.items()
    }
    tried = ({short: data.get(name) or None for name, short in notice_fields(one).items()} for one in NOTICES)
    notices = [one for one in tried if any(one.values())]
    read: PersonDetails = from_plain(PersonDetails, {"age": data.get("age"), **parts, "notices": notices})
    return read


def initial(details: PersonDetails) -> dict[str, Any]:
    """What was filed of one person, as the fields hold it."""
    held: dict[str, Any] = {"age": details.age}
    for part, names in PARTS.items():
        held |= {name: _shown(getattr(getattr(details, part), attribute)) for name, attribute in names.items()}
    held |= {name: ", ".join(getattr(details.offences, attribute)) for name, attribute in PARTS["offences"].items()}
    for number, notice in zip(NOTICES, (*details.notices, *(Notice() for _none in NOTICES)), strict=False):
        held |= {name: _shown(getattr(notice, short)) for name, short in notice_fields(number).items()}
    return held


def _shown(answer: Any) -> Any:
    if isinstance(answer, datetime):
        return written(answer)
    if isinstance(answer, tuple):
        return [one.value for one in answer if isinstance(one, Coded)]
    return answer.value if isinstance(answer, Coded) else ""
