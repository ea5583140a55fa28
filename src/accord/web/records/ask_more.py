"""The further questions of a request: what each is, and for whom, which purpose or which paper it is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.facts.records import AuthorityShown, Capacity, Purpose, RecordKind
from accord.web.interactions.choices import choices
from accord.web.records import asking
from accord.web.records.form_fields import chosen, day, several, yes_no


class Answers(Protocol):
    """As much of a request as decides what else is asked."""

    @property
    def outside(self) -> bool: ...
    @property
    def capacity(self) -> Capacity: ...
    @property
    def stated_purpose(self) -> Purpose | None: ...
    @property
    def onward_to(self) -> str: ...
    @property
    def brings_paper(self) -> bool: ...


def _text(label: Any, help_text: Any = "", *, error: Any = None) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=200,
        required=error is not None,
        error_messages={"required": error} if error is not None else {},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _capacity(label: Any) -> forms.ChoiceField:
    field = chosen(Capacity, label)
    outside = set(asking.OUTSIDE)
    field.choices = [row for row in choices(Capacity, _("Choose")) if not row[0] or row[0] in outside]
    return field


def _shows() -> forms.ChoiceField:
    return chosen(AuthorityShown, _("What the officer shows"), required=False)


FIELDS: dict[str, Callable[[], forms.Field]] = {
    "name": lambda: _text(_("Name of whoever asks"), error=_("Give the name.")),
    "capacity": lambda: _capacity(_("In what capacity they ask")),
    "party_agency": lambda: _text(_("Agency or organization they serve")),
    "verified": lambda: yes_no(_("Did you check who they are?")),
    "identity": lambda: _text(_("How you checked it"), _("Such as: badge and a call back to the agency. No numbers.")),
    "teaches_student": lambda: yes_no(_("Do you teach or supervise this student?")),
    "reported_crime": lambda: yes_no(_("Was a crime by this student reported to you?")),
    "statute": lambda: _text(
        _("State law that allows it"), _("The section, such as: Welfare and Institutions Code 827.")
    ),
    "before_adjudication": lambda: yes_no(_("Is it before the court has ruled on the child?")),
    "probable_cause": lambda: yes_no(_("Is there probable cause that the student was kidnapped?")),
    "may_be_enrolled": lambda: yes_no(_("May the abductor have enrolled the student in a school?")),
    "investigation_active": lambda: yes_no(_("Has the investigation begun?")),
    "shows": _shows,
    "enrolls_there": lambda: yes_no(_("Is the student enrolled at that school, or about to be?")),
    "parent_started_it": lambda: yes_no(_("Did the parent start the transfer?")),
    "aid_applied_for": lambda: yes_no(_("Did the student apply for the aid, or receive it?")),
    "program": lambda: _text(_("Program that is audited or evaluated")),
    "whole_group": lambda: yes_no(_("Is it about a whole group of students?")),
    "certified": lambda: yes_no(
        _("Is it certified in writing that the records go no further?"),
        _("By whoever asks. Without it no record is released for this purpose."),
    ),
    "certified_on": lambda: day(_("Day of the certificate")),
    "passed_name": lambda: _text(_("To whom they would be passed on"), _("A name or an office.")),
    "passed_capacity": lambda: _capacity(_("In what capacity they receive it")),
    "passed_agency": lambda: _text(_("Agency of those who receive it")),
    "paper_signed": lambda: yes_no(_("Is the paper signed by a judge?"), _("An agency's own officer is no judge.")),
    "paper_issued": lambda: day(_("Day on the paper")),
    "paper_expires": lambda: day(_("Last day of the paper"), _("Leave empty when it states none.")),
    "paper_names": lambda: several(RecordKind, _("Which kinds of records the paper names")),
    "paper_recipient": lambda: yes_no(_("Does the paper name whoever asks, or their agency, as the recipient?")),
    "paper_secret": lambda: yes_no(_("Does it order that nobody be told of it?")),
}
"""Every further question, in the order in which they are asked."""

_CERTIFIED = frozenset(
    {
        Purpose.JUVENILE_JUSTICE,
        Purpose.CRIMINAL_INVESTIGATION,
        Purpose.WARDSHIP,
        Purpose.PROBATION_VIOLATION,
        Purpose.TRUANCY_MEDIATION,
        Purpose.TRUANCY_PETITION,
        Purpose.CRIME_REPORT,
    }
)
_OF_PURPOSE: dict[Purpose, tuple[str, ...]] = {
    Purpose.JUVENILE_JUSTICE: ("statute", "before_adjudication"),
    Purpose.KIDNAPPING: ("probable_cause", "may_be_enrolled", "investigation_active", "shows"),
    Purpose.CRIME_REPORT: ("reported_crime",),
    Purpose.ENROLLMENT: ("enrolls_there", "parent_started_it"),
    Purpose.FINANCIAL_AID: ("aid_applied_for",),
    Purpose.AUDIT: ("program", "whole_group"),
    Purpose.STUDY: ("whole_group",),
    Purpose.ACCREDITATION: ("whole_group",),
}
_PAPER = ("paper_signed", "paper_issued", "paper_expires", "paper_names", "paper_recipient", "paper_secret")


def needed(answers: Answers) -> list[str]:
    """The further questions that these answers call for, in order."""
    wanted = set(_OF_PURPOSE.get(answers.stated_purpose, ()) if answers.stated_purpose else ())
    if answers.outside:
        wanted |= {"name", "capacity", "party_agency", "verified", "identity"}
    if answers.capacity is Capacity.EMPLOYEE and answers.stated_purpose in (
        Purpose.SCHOOL_DUTY,
        Purpose.TEACHER_NOTICE,
    ):
        wanted.add("teaches_student")
    if answers.capacity is not Capacity.EMPLOYEE and answers.stated_purpose in _CERTIFIED:
        wanted |= {"certified", "certified_on"} if answers.outside else {"certified"}
    if answers.onward_to == "others":
        wanted |= {"passed_name", "passed_capacity", "passed_agency"}
    if answers.brings_paper:
        wanted |= set(_PAPER)
    return [name for name in FIELDS if name in wanted]
