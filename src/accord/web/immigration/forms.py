"""What is asked of a request: three answers at the door, the rest later. No field asks for a student."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.facts.immigration import Area, EnforcementAgency, EnforcementRequest, Kept, Known, Paper, Wanted
from accord.web.base.choices import choices
from accord.web.immigration.models import WhomToCall
from accord.web.people.models import School

LONGEST = 4000
"""The longest text of an entry, in characters."""


def _radio(kind: Any, label: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices(kind), widget=forms.RadioSelect, required=False, **more)


def _text(label: Any, rows: int = 2, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=widget, **more)


def _line(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=300, **more)


def _time(label: Any, **more: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, widget=widget, **more)


class FirstForm(forms.Form):
    """The first report: where, what they want, which paper. The rest can wait."""

    use_required_attribute = False

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    school = forms.ModelChoiceField(
        label=_("School"), queryset=School.objects.filter(active=True), error_messages={"required": _("Say where.")}
    )
    wanted = forms.MultipleChoiceField(
        label=_("What they want"),
        choices=choices(Wanted),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Say what they want; “Nothing yet” is an answer.")},
    )
    paper = forms.ChoiceField(
        label=_("The paper they show"), choices=choices(Paper), widget=forms.RadioSelect, initial=Paper.NOT_KNOWN.value
    )

    def __init__(self, *args: Any, own: list[int] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid4().hex
        if own:
            self.fields["school"].initial = own[0]

    def told(self) -> EnforcementRequest:
        """What was said, as a fact. Only after the form was found valid."""
        data = self.cleaned_data
        return EnforcementRequest(wanted=tuple(Wanted(one) for one in data["wanted"]), paper=Paper(data["paper"]))


class RestForm(forms.Form):
    """Everything an entry holds. What is not known stays so; what they refused is written as refused."""

    use_required_attribute = False

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    wanted = forms.MultipleChoiceField(
        label=_("What they wanted"), choices=choices(Wanted), widget=forms.CheckboxSelectMultiple, required=False
    )
    came_at = _time(_("When they came"), help_text=_("In district time."))
    left_at = _time(_("When they left"))
    present = _radio(Known, _("Did somebody of the school see them on the site?"))
    confirmed_at = _time(_("When that was confirmed"))
    area = _radio(Area, _("Where they were or wanted to go"))
    officers = _line(_("Names of the officers"), help_text=_("Or: they gave none."))
    badges = _line(_("Badges or credentials"), help_text=_("Or: they showed none."))
    agency = _radio(EnforcementAgency, _("Agency"))
    supervisor_phone = _line(_("Telephone of their supervisor"), help_text=_("Or: refused."))
    reason_stated = _text(_("Reason they gave"))
    paper = _radio(Paper, _("The paper they showed"))
    issuing_authority = _line(_("Who issued the paper"), help_text=_("As printed at its top."))
    signed = _radio(Known, _("Did a judge of a court sign it?"))
    covers = _radio(Known, _("Does it name this place, or what they asked for?"))
    scope = _text(_("What the paper names"), help_text=_("In general words. Nobody's name."))
    staff = _line(_("Who of the staff spoke with them"))
    asked_for = _text(_("What exactly they asked for"), help_text=_("In general words. Nobody's name."))
    about_family = _radio(
        Known, _("Did they ask about somebody at the school?"), help_text=_("Never write down about whom.")
    )
    notice_barred = forms.BooleanField(
        label=_("A court order, or a child abuse investigation, forbids telling the parent"), required=False
    )
    response = _text(_("What the school answered"))
    further_acts = _text(_("What they did then"))
    entered = _radio(Known, _("Did they get into a place that is not public?"))
    entered_where = _line(_("Where"))
    informed = _radio(Known, _("Did anybody tell them anything about a student or a family?"))
    officer_helped = _radio(Known, _("Did the school resource officer help them?"))
    denied_by = _line(_("Who refused them"))
    denial_witness = _line(_("Who saw the refusal"))
    name_kept_because = _line(
        _("Why a name has to stay in a text above"), help_text=_("Only when Accord takes a word for a name.")
    )
    reason = forms.CharField(
        label=_("Why you file this version"),
        max_length=300,
        help_text=_("To tell more, or to correct what."),
        error_messages={"required": _("Say why you file this version: to tell more, or to correct what.")},
    )

    def told(self) -> EnforcementRequest:
        """What was said, as a fact. Only after the form was found valid."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("number", "reason")}
        kinds: dict[str, Any] = {"paper": Paper, "area": Area, "agency": EnforcementAgency}
        kinds |= dict.fromkeys(YES_OR_NO, Known)
        coded = {name: kind(data[name] or "not_known") for name, kind in kinds.items()}
        times: dict[str, datetime | None] = {
            name: data[name].astimezone(UTC) if data[name] else None for name in ("came_at", "left_at", "confirmed_at")
        }
        words = {name: value.strip() for name, value in data.items() if isinstance(value, str) and name not in coded}
        wanted = tuple(Wanted(one) for one in data["wanted"])
        return EnforcementRequest(wanted=wanted, notice_barred=data["notice_barred"], **{**words, **coded, **times})


YES_OR_NO = ("present", "signed", "covers", "about_family", "entered", "informed", "officer_helped")
"""Questions that are answered yes, no or not known."""
GROUPS = (
    (_("They"), ("wanted", "came_at", "left_at", "present", "confirmed_at", "area")),
    (_("Who they are"), ("officers", "badges", "agency", "supervisor_phone", "reason_stated")),
    (_("The paper"), ("paper", "issuing_authority", "signed", "covers", "scope")),
    (_("What was asked and answered"), ("staff", "asked_for", "about_family", "notice_barred", "response")),
    (_("What came of it"), ("further_acts", "entered", "entered_where", "informed", "officer_helped", "denied_by",
                            "denial_witness")),
    (_("This version"), ("name_kept_because", "reason")),
)  # fmt: skip
"""The questions of the form in groups, each with its heading."""


class ScanForm(forms.Form):
    """A copy of the paper."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("Scan or photograph of the paper"),
        help_text=_("PDF or image, at most 10 MB. The name of the file is not kept."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty.")},
    )


class ReviewForm(forms.Form):
    """What a second person found."""

    use_required_attribute = False

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    found = forms.ChoiceField(
        label=_("Were policy and law kept?"),
        choices=choices(Kept),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    note = _text(_("Note"))


class ClearForm(forms.Form):
    """Whether the paper binds the district."""

    use_required_attribute = False

    binds = forms.ChoiceField(
        label=_("The paper"),
        choices=[(Known.YES.value, _("binds the district: do what it says")), (Known.NO.value, _("does not bind"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    why = forms.CharField(
        label=_("Who of counsel read it, and what follows"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say who of counsel read it, and what it asks for.")},
    )


class PledgeForm(forms.Form):
    """An officer's signature."""

    use_required_attribute = False

    signature = forms.CharField(label=_("Your name"), max_length=150, error_messages={"required": _("Type your name.")})
    password = forms.CharField(
        label=_("Your password"),
        max_length=1000,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Type your password: it is your signature.")},
    )


class WhomToCallForm(forms.ModelForm):
    """Whom staff call at once."""

    use_required_attribute = False

    class Meta:
        model = WhomToCall
        fields = ("superintendent_phone", "counsel_name", "counsel_phone", "counsel_mail")
