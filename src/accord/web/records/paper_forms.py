"""What is asked about a paper, at each stage of its way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.decision import Finding
from accord.facts import records as facts
from accord.facts.records import PaperKind, RecordKind
from accord.rules import records as rule
from accord.web.base.scans import LARGEST, SCANS
from accord.web.interactions.ruled import RuledFile
from accord.web.records.form_fields import RuledText, area, chosen, day, ruled_day, ruled_several, yes_no
from accord.web.records.papers import How, Scan
from accord.web.records.steps import Act


class StageForm(forms.Form):
    """A note on a request: `number` is how many steps the page showed."""

    use_required_attribute = False

    number = forms.IntegerField(min_value=0, max_value=10_000, widget=forms.HiddenInput)


class FoundForm(StageForm):
    """What a paper is."""

    kind = chosen(PaperKind, _("What it is"), _("Look at who signed it: a judge, or an officer of the agency itself."))
    signed_by_judge = yes_no(_("Did a judge sign it?"))
    non_disclosure = yes_no(_("Does a court forbid to tell anyone of it?"))
    excused = forms.BooleanField(label=_("The court excuses the notice to the family"), required=False)
    barred_by = RuledText(
        label=_("The words that forbid or excuse the notice"),
        required=False,
        max_length=2000,
        help_text=_("Copied from the paper, with its page. Without them the family is told."),
        widget=area(2),
    )

    def clean_kind(self) -> PaperKind:
        return PaperKind(self.cleaned_data["kind"])

    def paper(self, **more: Any) -> facts.Paper:
        """The paper as the form tells of it."""
        data = self.cleaned_data
        return facts.Paper(
            kind=data["kind"],
            signed_by_judge=data["signed_by_judge"],
            non_disclosure=data["non_disclosure"],
            notice_excused_by_court=data["excused"],
            **more,
        )


class ReceiveForm(FoundForm):
    """A paper that arrived."""

    field_order = (
        "number",
        "court",
        "kind",
        "signed_by_judge",
        "issued_on",
        "expires_on",
        "recipient",
        "names_records",
    )

    court = RuledText(label=_("Which court or agency issued it"), max_length=200, widget=forms.TextInput)
    issued_on = ruled_day(_("Issued on"))
    expires_on = day(_("In force until"), _("Leave empty when it states no end."))
    recipient = RuledText(
        label=_("To whom it tells the school to give the records"),
        max_length=120,
        widget=forms.TextInput,
        help_text=_("The agency or the person, as they stand in the request."),
    )
    names_records = ruled_several(RecordKind, _("Which kinds of records it names"))
    file = RuledFile(
        label=_("Scan"),
        help_text=_("A PDF or an image, at most 10 MiB."),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{one}" for one in SCANS)}),
    )

    def clean_file(self) -> Scan:
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MiB. Give a smaller scan."))
        return Scan(file.name, file.read()) if file else Scan("", b"")

    def received(self) -> facts.Paper:
        """The paper with its days, its recipient and what it names."""
        data = self.cleaned_data
        return self.paper(
            issued_on=data["issued_on"],
            expires_on=data["expires_on"],
            recipient=data["recipient"].strip(),
            names_records=tuple(data["names_records"]),
        )

    def lacks(self) -> list[Finding]:
        """What the rule finds missing where the form itself found nothing wrong, whatever else is wrong with it."""
        data = self.cleaned_data
        paper = facts.Paper(
            kind=data.get("kind", PaperKind.JUDICIAL_ORDER),
            issued_on=data.get("issued_on"),
            recipient=data.get("recipient", ""),
            names_records=tuple(data.get("names_records", ())),
            non_disclosure=data.get("non_disclosure"),
            notice_excused_by_court=data.get("excused", False),
        )
        scan = data.get("file")
        told = rule.Received(paper, data.get("court", ""), scan.name if scan else "", data.get("barred_by", ""))
        return [one for one in rule.paper_lacks(told) if one.field not in self.errors]


class ReadForm(FoundForm):
    """That counsel read it, and what counsel found."""

    field_order = ("number", "day", "words", "kind", "signed_by_judge")

    day = day(_("Read on"), required=True)
    words = RuledText(
        label=_("What counsel says is to be done"),
        max_length=2000,
        help_text=_("As much as may stand here; advice itself stays with counsel."),
        widget=area(3),
    )


class TellForm(StageForm):
    """An attempt to tell the parent or the pupil."""

    whom = forms.ChoiceField(
        label=_("Whom"),
        choices=[(Act.PARENT_TOLD.value, _("The parent")), (Act.PUPIL_TOLD.value, _("The pupil"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    day = day(_("On"), required=True)
    how = chosen(How, _("How"))
    words = RuledText(label=_("What was said"), required=False, max_length=2000, widget=area(2))

    def clean_how(self) -> How:
        return How(self.cleaned_data["how"])

    def clean_whom(self) -> Act:
        return Act(self.cleaned_data["whom"])


class ScopeForm(StageForm):
    """Copy by copy: does the paper name it?"""

    named = forms.MultipleChoiceField(
        label=_("The paper names"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    words = RuledText(
        label=_("Where the paper says so"), max_length=2000, help_text=_("The page and line."), widget=area(2)
    )

    def __init__(self, *args: Any, copies: Sequence[tuple[str, str]] = (), **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["named"].choices = copies  # type: ignore[attr-defined]


class WordsForm(StageForm):
    """An objection, its end, or the effort for confidentiality, in words."""

    words = RuledText(label=_("What happened"), max_length=2000, widget=area(2))


class SecretForm(StageForm):
    """Whether the paper of a settled request forbids telling the family."""

    forbids = forms.ChoiceField(
        label=_("Does a court, or the agency that issued it, forbid telling anyone of the paper?"),
        choices=[("no", _("No: the family reads of the request")), ("yes", _("Yes: nobody is told"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    words = RuledText(
        label=_("Where it says so, or who found that it does not"),
        max_length=2000,
        help_text=_("The words of the paper with their page, or the name of the lawyer and the day."),
        widget=area(2),
    )

    def clean_forbids(self) -> bool:
        return bool(self.cleaned_data["forbids"] == "yes")
