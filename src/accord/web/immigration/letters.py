"""Letters that follow from a request, drafted to copy or print. They name no student, no family and no staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from accord.facts.immigration import Known
from accord.web.base.templatetags.accord import label
from accord.web.immigration.listing import Row
from accord.web.immigration.models import WhomToCall

JUSTICE = "BCJ@doj.ca.gov"


@dataclass(frozen=True)
class Letter:
    """A draft: what it is for, to whom, about what, and its words."""

    title: str
    to: str
    subject: str
    body: str


def letters(row: Row, *, call: WhomToCall | None) -> tuple[Letter, ...]:
    """The letters that this request calls for today."""
    counsel = call.counsel_mail or call.counsel_name if call else _("Counsel")
    subject = _("Request by immigration enforcement, %(reference)s") % {"reference": row.entry.reference}
    told = "\n".join(_facts(row))
    close = _("No student and no family is named here, and none is to be asked for. The register is with the district.")
    found = (
        Letter(_("To the Bureau of Children's Justice"), JUSTICE, subject, f"{_opening()}\n\n{told}\n\n{close}"),
        Letter(_("To counsel"), counsel, subject, f"{_opening()}\n\n{told}\n\n{_ask_counsel()}"),
    )
    return (*found, _presence(row)) if row.told.present is Known.YES else found


def _opening() -> str:
    values = {"district": settings.DISTRICT or _("Our school district")}
    return _("%(district)s registered a request by immigration enforcement at one of its schools.") % values


def _ask_counsel() -> str:
    return _("Please call back at once and say what the paper asks of the district. Until then staff open nothing.")


def _facts(row: Row) -> list[str]:
    """What happened, in coded answers only: no text that somebody typed leaves the district by itself."""
    told = row.told
    lines = [
        (_("School"), row.entry.school.name),
        (_("When they came"), _when(told.came_at or row.entry.filed_at)),
        (_("Agency"), label(told.agency)),
        (_("What they wanted"), ", ".join(label(one) for one in told.wanted)),
        (_("The paper they showed"), label(told.paper)),
        (_("Signed by a judge of a court"), label(told.signed)),
        (_("They got into a place that is not public"), label(told.entered)),
        (_("Something was told about a student or a family"), label(told.informed)),
    ]
    return [f"{name}: {value}" for name, value in lines]


def _when(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")


def _presence(row: Row) -> Letter:
    """What parents, teachers, administrators and staff are told when a presence is confirmed: when, where, and help."""
    values = {"school": row.entry.school.name, "when": _when(row.told.confirmed_at or row.entry.filed_at)}
    said = _(
        "Officers of immigration enforcement were at %(school)s. We confirmed it: %(when)s.\n\n"
        "Nobody has to answer their questions or open a door. The school gives out nothing about any student or "
        "family without paper of a court.\n\n"
        "Know your rights, and where to find help: the Attorney General's guide to the educational rights of students "
        "and families, and the district's policy, which the school posts. Questions go to the principal."
    )
    return Letter(
        _("To parents and staff: presence confirmed"),
        _("Parents, teachers, administrators and staff of the school"),
        _("Immigration enforcement at %(school)s") % values,
        said % values,
    )
