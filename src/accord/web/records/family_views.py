"""HTTP for a family's own page: who asked for their child's records, what came of it, consents, and their rights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accord.facts.records import Ruling
from accord.rules import records as rule
from accord.web.records import consent_state, log_actions, reach
from accord.web.records.consent_list_views import mine
from accord.web.records.consent_views import language_of
from accord.web.records.family import Child
from accord.web.records.log_lines import Line
from accord.web.records.rights_words import RIGHTS
from accord.web.records.steps import Act

ANSWERS = {
    Ruling.RELEASE.value: _("Yes. It may be read."),
    Ruling.IN_PART.value: _("Yes, for some of it."),
    Ruling.DENY.value: _("No."),
    Ruling.COUNSEL.value: _("No, not before a lawyer of the district has looked at it."),
    Ruling.NOT_EDUCATION.value: _("It is no school record, so other rules hold for it."),
}
"""The decision in plain words."""


@dataclass(frozen=True)
class Told:
    """One request about a child: what was asked first, what came of it, and when something was opened."""

    first: Line
    answer: Line | None
    answered: str
    withdrawn: Line | None
    opened: list[Line]


@dataclass(frozen=True)
class Page:
    """What a family sees of one child. `requests` is empty where the rights are not theirs today."""

    child: Child
    consents: list[consent_state.Shown]
    requests: list[Told]


@require_safe
def index(request: Any) -> HttpResponse:
    """My child's records: nothing of another child, and nothing where the rights are not mine today."""
    pages = [Page(child, shown, told(request, child)) for child, shown in mine(request)]
    days = rule.numbers(on=request.on).access_days
    rights = [(one, one.words.format(access_days=days)) for one in RIGHTS[language_of(get_language())]]
    return render(request, "records/family.html", {"pages": pages, "rights": rights})


def told(request: Any, child: Child) -> list[Told]:
    """The requests about a child, newest first, as far as the family may be told. Reading them leaves an event."""
    if not child.reads.met:
        return []
    by_reference: dict[str, list[Line]] = {}
    for line in log_actions.read_own(**reach.who(request), child=child):
        by_reference.setdefault(line.reference, []).insert(0, line)
    return [_told(lines) for lines in by_reference.values()]


def _told(lines: list[Line]) -> Told:
    """Lines of one request, oldest first."""

    def of(act: Act) -> list[Line]:
        return [line for line in lines if line.code is act]

    answer = next(iter(of(Act.DECIDED)), None)
    return Told(
        first=lines[0],
        answer=answer,
        answered=str(ANSWERS.get(answer.ruling, "")) if answer else "",
        withdrawn=next(iter(of(Act.WITHDRAWN)), None),
        opened=of(Act.OPENED),
    )
