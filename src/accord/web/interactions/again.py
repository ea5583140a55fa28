"""What of one contact may begin the next: answers that repeat themselves, and nothing that is told of a person.

The list says what is carried. Whatever it does not name stays behind: the time, every free text and reason, what
followed, what the school records of a student, the link to the roster, and the answers of a stop.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.http import QueryDict
from django.shortcuts import get_object_or_404

from accord.facts import (
    Action,
    Coded,
    ConductClass,
    DeEscalation,
    Ground,
    InitiatedBy,
    Kind,
    Outcome,
    PersonKind,
    PersonRole,
    ReferralBasis,
    TriedFirst,
)
from accord.facts.details import AskedBy
from accord.rules.interactions_details import offence_fault
from accord.web.interactions import facts, reach
from accord.web.interactions.models import Interaction, Version
from accord.web.interactions.models_favorites import Favorite
from accord.web.interactions.places import Place

ONE: Mapping[str, type[Coded]] = {
    "kind": Kind,
    "initiated_by": InitiatedBy,
    "conduct": ConductClass,
    "location": Place,
    "asked_by": AskedBy,
}
SEVERAL: Mapping[str, type[Coded]] = {
    "tried_first": TriedFirst,
    "de_escalation": DeEscalation,
    "bases": ReferralBasis,
    "grounds": Ground,
}
PERSON_ONE: Mapping[str, type[Coded]] = {"kind": PersonKind, "role": PersonRole}
PERSON_SEVERAL: Mapping[str, type[Coded]] = {"actions": Action, "outcomes": Outcome}
MOST_PEOPLE = 20
LAST = 10
"""The newest own contacts that are offered to begin from."""


@dataclass(frozen=True)
class Carried:
    """Answers to begin with, by the names of the fields of the full form: of the contact, and of each person in it."""

    main: Mapping[str, Any]
    people: tuple[Mapping[str, Any], ...] = ()

    def plain(self) -> dict[str, Any]:
        """For storing."""
        return {"main": dict(self.main), "people": [dict(one) for one in self.people]}


def carried(main: Mapping[str, Any], people: Iterable[Mapping[str, Any]]) -> Carried:
    """What is carried of these answers. Codes that no closed list holds, or holds no more, stay behind."""
    told = _coded(main, ONE, SEVERAL)
    for name in ("school", "duration_minutes"):
        if (text := str(main.get(name) or "")).isdecimal() and text.isascii() and len(text) <= 9:
            told[name] = int(text)
    offences = [code for code in str(main.get("offences") or "").replace(",", " ").split() if not offence_fault([code])]
    if offences:
        told["offences"] = ", ".join(dict.fromkeys(offences[:20]))
    rows = [_coded(one, PERSON_ONE, PERSON_SEVERAL) for one in people]
    return Carried(told, tuple(rows[:MOST_PEOPLE]))


def _coded(
    held: Mapping[str, Any], one: Mapping[str, type[Coded]], several: Mapping[str, type[Coded]]
) -> dict[str, Any]:
    told: dict[str, Any] = {
        name: held[name] for name, kind in one.items() if held.get(name) in {member.value for member in kind}
    }
    for name, kind in several.items():
        given = set(held.get(name) or ())
        if codes := [member.value for member in kind if member.value in given]:
            told[name] = codes
    return told


def of_version(version: Version) -> Carried:
    """What is carried of a contact as filed. Its interaction and people are at hand."""
    details = facts.details(version)
    main = {name: getattr(version, name) for name in ("kind", "initiated_by", "conduct", "location")}
    main |= {"tried_first": version.tried_first, "de_escalation": version.de_escalation}
    main |= {"duration_minutes": version.duration_minutes, "school": version.interaction.school_id}
    main |= {"asked_by": details.asked_by, "bases": details.bases, "grounds": details.grounds}
    people = [{name: getattr(one, name) for name in (*PERSON_ONE, *PERSON_SEVERAL)} for one in version.people.all()]
    return carried(main | {"offences": " ".join(details.offences)}, people)


def of_sent(data: QueryDict) -> Carried:
    """What is carried of the full form as it was sent."""

    def held(prefix: str, one: Iterable[str], several: Iterable[str]) -> dict[str, Any]:
        return {name: data.get(prefix + name, "") for name in one} | {
            name: data.getlist(prefix + name) for name in several
        }

    main = held("", (*ONE, "school", "duration_minutes", "offences"), SEVERAL)
    text = data.get("people", "")
    count = min(int(text), MOST_PEOPLE) if text.isdecimal() and text.isascii() and len(text) < 4 else 0
    return carried(main, [held(f"people-{i}-", PERSON_ONE, PERSON_SEVERAL) for i in range(count)])


def _identifier(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def own(request: Any, text: str) -> Version:
    """The newest version of a contact that this person logged; any other contact is not there."""
    found: Version = get_object_or_404(_own(request), interaction__uid=_identifier(text))
    return found


def _own(request: Any) -> Any:
    mine = Interaction.objects.visible_to(reach.scope(request, "interactions.read"), request.user)
    rows = Version.objects.filter(is_current=True, interaction__in=mine.filter(author=request.user))
    return rows.select_related("interaction").prefetch_related(Prefetch("people"))


def last_own(request: Any) -> list[Version]:
    """The newest contacts that this person logged, newest first. Two queries."""
    return list(_own(request).order_by("-interaction__filed_at", "-pk")[:LAST])


def favorite(request: Any, text: str) -> Favorite:
    """A favorite of one's own; any other is not there."""
    found: Favorite = get_object_or_404(Favorite, user=request.user, uid=_identifier(text))
    return found


def kept(row: Favorite) -> Carried:
    """What a favorite holds, as far as the closed lists still hold it."""
    return carried(row.answers["main"], row.answers["people"])


def prefill(request: Any) -> Carried | None:
    """What the address asks a form to begin with: `?again=<contact>` or `?template=<favorite>`, of one's own alone.

    Raises:
        Http404: for one that is not there, and for another's.
    """
    if "again" in request.GET:
        return of_version(own(request, request.GET["again"]))
    if "template" in request.GET:
        return kept(favorite(request, request.GET["template"]))
    return None
