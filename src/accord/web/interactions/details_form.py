"""What may be told of a contact beyond its first form: the fields, and from fields to facts and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.decision import BadInput
from accord.facts import Coded, Ground, ReferralBasis, ReleaseException
from accord.facts.details import TIMES, AskedBy, ContactDetails
from accord.web.interactions.choices import choices
from accord.web.interactions.times import instant, written


def _time(label: Any, **more: Any) -> forms.CharField:
    widget = forms.TextInput(attrs={"type": "datetime-local"})
    return forms.CharField(label=label, required=False, max_length=30, widget=widget, **more)


def _several(kind: type[Coded], label: Any, **more: Any) -> forms.MultipleChoiceField:
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, choices=choices(kind), required=False, widget=widget, **more)


class DetailsForm(forms.Form):
    """Why police were asked, for what, and what followed. Nothing here has to be answered."""

    asked_by = forms.ChoiceField(
        label=_("Who on the staff asked for the officer"), choices=choices(AskedBy, _("–")), required=False
    )
    bases = _several(ReferralBasis, _("Why police were asked"))
    grounds = _several(Ground, _("Grounds in the Education Code"))
    offences = forms.CharField(
        label=_("Offense codes"),
        required=False,
        max_length=200,
        help_text=_("Codes of the state's table, with commas between."),
    )
    special_needs = forms.BooleanField(
        label=_("A reported student has special education or a Section 504 plan"), required=False
    )
    known_at = _time(
        _("When the school came to know of it"), help_text=_("Only when that was not when the contact began.")
    )
    threat_known_at = _time(_("When a threat to kill became known"))
    suspended_at = _time(_("When a student was suspended"))
    expelled_at = _time(_("When a student was expelled"))
    released_to_officer_at = _time(_("When a student was released to an officer"))
    release_exception = forms.ChoiceField(
        label=_("Why the school does not tell the parent"), choices=choices(ReleaseException, _("–")), required=False
    )
    place_withheld = forms.BooleanField(label=_("The officer holds back where the student was taken"), required=False)
    dhs_contacted_at = _time(_("When Homeland Security was contacted at the school"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in TIMES:
            if text := data.get(name):
                data[name] = self._instant(name, text)
        return data

    def _instant(self, name: str, text: str) -> datetime | None:
        try:
            return instant(text)
        except BadInput as error:
            self.add_error(name, f"{error.what} {error.mend}")
            return None


def told(data: Mapping[str, Any]) -> ContactDetails:
    """What was typed, as facts. Only after the form was found valid."""
    codes = re.split(r"[\s,;]+", data["offences"].strip())
    times: dict[str, Any] = {name: data[name] or None for name in TIMES}
    return ContactDetails(
        asked_by=AskedBy(data["asked_by"]) if data["asked_by"] else None,
        bases=tuple(ReferralBasis(code) for code in data["bases"]),
        grounds=tuple(Ground(code) for code in data["grounds"]),
        offences=tuple(code for code in codes if code),
        special_needs=data["special_needs"],
        release_exception=ReleaseException(data["release_exception"]) if data["release_exception"] else None,
        place_withheld=data["place_withheld"],
        **times,
    )


def initial(details: ContactDetails) -> dict[str, Any]:
    """What was filed, as the fields hold it."""
    held: dict[str, Any] = dict(vars(details))
    held |= {name: written(held[name]) if held[name] else "" for name in TIMES}
    return held | {"offences": ", ".join(details.offences)}
