"""What the page that links people of a contact to the roster sends."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.web.interactions.recorded import SCHOOL_RECORDED

ACTS = ("find", "choose", "link", "unchoose", "unlink", "follow")


class LinkForm(forms.Form):
    """One step: search, look at somebody found, link; look at a link, take it back; name an earlier contact."""

    use_required_attribute = False

    do = forms.ChoiceField(label=_("What to do"), choices=[(one, one) for one in ACTS])
    number = forms.IntegerField(label=_("Version"), min_value=1, max_value=32_000)
    person = forms.IntegerField(label=_("Person"), required=False, min_value=0, max_value=10_000)
    student = forms.UUIDField(label=_("Student"), required=False)
    text = forms.CharField(label=_("Student number or name"), required=False, min_length=2, max_length=120)
    reference = forms.CharField(label=_("Reference of the earlier contact"), required=False, max_length=12)
    taken = forms.MultipleChoiceField(
        label=_("Answers taken"), required=False, choices=[(one, one) for one in SCHOOL_RECORDED]
    )
    words = forms.CharField(label=_("More about it"), required=False, max_length=500)

    def clean_person(self) -> int:
        return self.cleaned_data["person"] or 0
