"""What is told of one person beyond what happened and how it ended, line by line."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from accord.facts import Coded, PersonDetails
from accord.facts.person_details import Force, Notice, Offences, Questioning, SchoolReport, Search, Seizure
from accord.web.base.templatetags.accord import label
from accord.web.interactions.lines import Line, labels, when


def lines(details: PersonDetails) -> list[Line]:
    """Every fact told, in the order of the form. What was left empty is left out."""
    rows = [
        *_questioning(details.questioning),
        Line(_("Age in years"), "" if details.age is None else str(details.age)),
        *_search(details.search),
        *_force(details.force),
        *_seizure(details.seizure),
        *_offences(details.offences),
        *_report(details.report),
        *_notices(details.notices),
    ]
    return [row for row in rows if row.value]


def _one(member: Coded | None) -> str:
    return label(member) if member else ""


def _questioning(told: Questioning) -> list[Line]:
    return [
        Line(_("Not free to leave while questioned"), _one(told.custodial)),
        Line(_("When the questions began"), when(told.began_at)),
        Line(_("Consulted a lawyer before the questions"), _one(told.counsel)),
        Line(_("When the talk with the lawyer began"), when(told.counsel_from)),
        Line(_("When the talk with the lawyer ended"), when(told.counsel_until)),
        Line(_("Why there was no time for a lawyer"), labels(told.urgency)),
        Line(_("Told of the right to silence and to a lawyer"), _one(told.rights)),
        Line(_("When a parent or guardian was told of the questioning"), when(told.parent_told_at)),
    ]


def _search(told: Search) -> list[Line]:
    return [
        Line(_("Who searched"), labels(told.by)),
        Line(_("On what ground the search was made"), labels(told.bases)),
        Line(_("How strong the reason was"), _one(told.standard)),
        Line(_("What was searched"), labels(told.extent)),
        Line(_("Who was present at the search"), labels(told.witnesses)),
        Line(_("What was found"), labels(told.found)),
    ]


def _force(told: Force) -> list[Line]:
    return [
        Line(_("What force was used"), labels(told.types)),
        Line(_("A shot hit the person"), _one(told.hit)),
        Line(_("What held the person"), labels(told.devices)),
        Line(_("Was the person hurt"), _one(told.person_hurt)),
        Line(_("Was an officer hurt"), _one(told.officer_hurt)),
        Line(_("Medical aid to the person"), labels(told.aid)),
    ]


def _seizure(told: Seizure) -> list[Line]:
    return [
        Line(_("What was taken"), labels(told.what)),
        Line(_("Why it was taken"), labels(told.why)),
        Line(_("Where it went"), labels(told.given_to)),
    ]


def _offences(told: Offences) -> list[Line]:
    return [
        Line(_("Offenses of the citation"), ", ".join(told.citation)),
        Line(_("Offenses of the arrest"), ", ".join(told.arrest)),
        Line(_("Offenses referred for prosecution"), ", ".join(told.referral)),
    ]


def _report(told: SchoolReport) -> list[Line]:
    return [
        Line(_("Was the school told"), _one(told.told)),
        Line(_("When the school was told"), when(told.at)),
        Line(_("Who at the school was told"), labels(told.to)),
    ]


def _notices(told: tuple[Notice, ...]) -> Iterator[Line]:
    for number, notice in enumerate(told, 1):
        parts = (when(notice.at), _one(notice.how), _one(notice.language), _one(notice.reached))
        name = _("Attempt %(number)s to tell a parent or guardian") % {"number": number}
        yield Line(name, "; ".join(part for part in parts if part))
