"""A form for each kind of paper on file. Each gives the body that the paper's fact is read from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.facts import records as facts
from accord.facts import to_plain
from accord.facts.records import Capacity
from accord.web.base.scans import LARGEST, SCANS
from accord.web.records.account_field import PersonField
from accord.web.records.copy_forms import file_field, lines
from accord.web.records.form_fields import RuledText, area, day, several, yes_no
from accord.web.records.models import HeldKind

_PERSON = {"required": _("Say who.")}
_WHO = _("The address of an account, or the name of someone without one as it stands in their requests.")


def _agency(help_text: Any) -> forms.CharField:
    """For which agency a paper about a person counts."""
    return forms.CharField(
        label=_("For which agency"),
        max_length=120,
        required=False,
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class HeldForm(forms.Form):
    """A paper on file: what it is called, and its scan."""

    use_required_attribute = False

    title = RuledText(label=_("What it is"), max_length=200, help_text=_("Such as: annual notice 2026-27."))
    scan = file_field(_("Scan"), _("A PDF or an image, at most 10 MiB."), required=False, endings=SCANS)

    def clean_scan(self) -> Any:
        scan = self.cleaned_data["scan"]
        if scan and scan.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MiB. Give a smaller scan."))
        return scan

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("given_on") or data.get("signed_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day lies before the first."))
        return data

    def _named(self, *names: str) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in names}

    def body(self) -> dict[str, Any]:
        """The fact of the paper, as plain values.

        Raises:
            NotImplementedError: in this form, which is of no kind.
        """
        raise NotImplementedError


class NoticeForm(HeldForm):
    """This year's notice to parents."""

    given_on = day(_("Given on"), required=True)
    ends_on = day(_("In force until"), _("The day before the next notice."), required=True)
    officials = several(Capacity, _("Whom it counts among school officials"))
    interest_defined = yes_no(_("Does it say what interest is legitimate?"))
    transfers_announced = yes_no(_("Does it say that records go to the next school?"))
    directory_items = forms.CharField(
        label=_("Items of directory information"),
        required=False,
        max_length=2000,
        help_text=_("One a line."),
        widget=area(4),
    )
    directory_recipients = several(Capacity, _("Who may receive directory information"))
    opt_out_until = day(_("Time to refuse runs until"))

    def body(self) -> dict[str, Any]:
        data = self.cleaned_data
        return to_plain(
            facts.AnnualNotice(
                officials=tuple(Capacity(one) for one in data["officials"]),
                directory_items=lines(data["directory_items"]),
                directory_recipients=tuple(Capacity(one) for one in data["directory_recipients"]),
                **self._named("given_on", "ends_on", "interest_defined", "transfers_announced", "opt_out_until"),
            )
        )


class AgreementForm(HeldForm):
    """A written agreement with an agency or a contractor."""

    party = PersonField(
        label=_("With whom"),
        help_text=_("The agency, as officers name it in a request; or the address of a contractor’s account."),
        error_messages=_PERSON,
    )
    signed_on = day(_("Signed on"), required=True)
    ends_on = day(_("Runs until"), _("Leave empty when it states no end."))
    school_function = yes_no(_("Do they do work that employees would otherwise do?"))
    direct_control = yes_no(_("Does the district directly control how they use and keep records?"))
    use_limits = yes_no(_("Does it bind them to use records only for that and not pass them on?"))
    purpose_and_scope = yes_no(_("Does it state purpose, scope and records of a study?"))
    no_identification = yes_no(_("Does it keep anyone outside a study from telling who a student is?"))
    destroy_by = day(_("Records are destroyed by"), _("For a study."))

    def body(self) -> dict[str, Any]:
        terms = ("school_function", "direct_control", "use_limits", "purpose_and_scope", "no_identification")
        return to_plain(facts.Agreement(**self._named("party", "signed_on", "ends_on", "destroy_by", *terms)))


class AcknowledgementForm(HeldForm):
    """A person's signed word to keep the limits."""

    person = PersonField(label=_("Who signed"), help_text=_WHO, error_messages=_PERSON)
    signed_on = day(_("Signed on"), required=True)
    ends_on = day(_("Counts until"), _("Leave empty when it states no end."))
    agency = _agency(_("The agency under whose agreement it was signed. Left empty it is the one that the role names."))

    def body(self) -> dict[str, Any]:
        return to_plain(facts.Acknowledgement(**self._named("person", "signed_on", "ends_on", "agency")))


class DesignationForm(HeldForm):
    """An officer named in writing by the agency."""

    officer = PersonField(label=_("Officer"), help_text=_WHO, error_messages=_PERSON)
    submitted_on = day(_("Submitted on"), required=True)
    agency = _agency(_("The agency that submitted the name. Left empty it is the one that the role names."))

    def body(self) -> dict[str, Any]:
        return to_plain(facts.Designation(**self._named("officer", "submitted_on", "agency")))


class UnitForm(HeldForm):
    """The Board's designation of a law enforcement unit."""

    on = day(_("Designated on"), required=True)

    def body(self) -> dict[str, Any]:
        return {"on": self.cleaned_data["on"].isoformat()}


class BarForm(HeldForm):
    """A court order that keeps a person from a student's records. `student` comes from the student's file."""

    person = PersonField(label=_("Whom it keeps out"), help_text=_WHO, error_messages=_PERSON)
    student = forms.UUIDField(widget=forms.HiddenInput)

    def body(self) -> dict[str, Any]:
        return to_plain(facts.CourtBar(self.cleaned_data["person"], str(self.cleaned_data["student"])))


class OptOutForm(HeldForm):
    """A parent's or adult student's refusal of directory information."""

    student = forms.UUIDField(widget=forms.HiddenInput)

    def body(self) -> dict[str, Any]:
        return {"student": str(self.cleaned_data["student"])}


class EndPaperForm(forms.Form):
    """Why a paper counts no more."""

    use_required_attribute = False

    reason = RuledText(label=_("Why it counts no more"), max_length=2000, widget=area(2))


FORMS: dict[HeldKind, type[HeldForm]] = {
    HeldKind.NOTICE: NoticeForm,
    HeldKind.AGREEMENT: AgreementForm,
    HeldKind.ACKNOWLEDGEMENT: AcknowledgementForm,
    HeldKind.DESIGNATION: DesignationForm,
    HeldKind.UNIT: UnitForm,
    HeldKind.BAR: BarForm,
    HeldKind.OPT_OUT: OptOutForm,
}
OF_STUDENT = (HeldKind.BAR, HeldKind.OPT_OUT)
"""Papers about one student: they are put on file from the student's own page."""
OF_PROGRAM = tuple(one for one in FORMS if one not in OF_STUDENT)
"""Papers of the program as a whole."""
