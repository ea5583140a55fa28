"""Which questions about one person apply, given what was answered so far; and which fact each field tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accord.facts import Action, Outcome, PersonKind, PersonRole
from accord.facts.person_codes import Answer, Counsel
from accord.facts.stop_codes import ForceAction
from accord.web.interactions import stop_asked

PARTS: Mapping[str, Mapping[str, str]] = {
    "questioning": {
        "custodial": "custodial",
        "questioned_from": "began_at",
        "counsel": "counsel",
        "counsel_from": "counsel_from",
        "counsel_until": "counsel_until",
        "urgency": "urgency",
        "rights": "rights",
        "questioning_told_at": "parent_told_at",
    },
    "search": {
        "search_by": "by",
        "search_bases": "bases",
        "search_standard": "standard",
        "search_extent": "extent",
        "search_witnesses": "witnesses",
        "search_found": "found",
    },
    "force": {
        "force_types": "types",
        "shot_hit": "hit",
        "devices": "devices",
        "person_hurt": "person_hurt",
        "officer_hurt": "officer_hurt",
        "aid": "aid",
    },
    "seizure": {"seized_what": "what", "seized_why": "why", "seized_given_to": "given_to"},
    "offences": {"citation_offences": "citation", "arrest_offences": "arrest", "referral_offences": "referral"},
    "report": {"school_told": "told", "school_told_at": "at", "school_told_to": "to"},
}
"""For each part of `PersonDetails`, its fields and the fact that each tells."""

NOTICES = (1, 2, 3)
"""The attempts to tell a parent that the form has room for."""

FROM_STOP: Mapping[str, tuple[str, ...]] = {
    "search_bases": ("ripa_search_bases",),
    "search_found": ("ripa_contraband",),
    "force_types": ("ripa_force",),
    "seized_what": ("ripa_property_types",),
    "seized_why": ("ripa_seizure_bases",),
    "citation_offences": ("ripa_offences_citation", "ripa_offences_release"),
    "arrest_offences": ("ripa_offences_arrest",),
}
"""Fields that the state's form asks of a stop, and the fields that answer them there (`facts.people_stopped`)."""

_OFFENCES = {
    Outcome.CITATION: "citation_offences",
    Outcome.ARREST: "arrest_offences",
    Outcome.REFERRAL_FOR_PROSECUTION: "referral_offences",
}
_ASKED_BY_RESULT = {"citation_offences", "arrest_offences"}
_SEARCHES = {Action.SEARCHED_PERSON, Action.SEARCHED_PROPERTY}
_FORCES = {Action.FORCE, Action.RESTRAINED}
_CONSEQUENCES = {
    Outcome.DIVERSION,
    Outcome.CITATION,
    Outcome.REFERRAL_FOR_PROSECUTION,
    Outcome.ARREST,
    Outcome.PSYCHIATRIC_HOLD,
    Outcome.TRANSPORT,
    Outcome.REMOVED_FROM_CAMPUS,
}
_GRAVE = _FORCES | _SEARCHES | {Action.QUESTIONED}
_CONSULTED = {Counsel.IN_PERSON, Counsel.TELEPHONE, Counsel.VIDEO}


def notice_fields(number: int) -> dict[str, str]:
    """The fields of one attempt to tell a parent, and the fact that each tells."""
    return {f"notice_{number}_{short}": short for short in ("at", "how", "language", "reached")}


def applying(main: Mapping[str, Any], person: Mapping[str, Any]) -> frozenset[str]:
    """The fields that are asked of one person, given the raw codes answered so far for the contact and the person.

    What an answer does not rule out is asked: a question whose condition is not answered yet stands. What the state's
    form asks of the person, as far as `person` holds its fields, is not asked again.
    """
    told_by_acts = (name for part in ("search", "seizure", "offences") for name in PARTS[part])
    asked = {
        *_questioning(person),
        *(name for name in told_by_acts if _happened(name, person)),
        *_force(person),
        *_report(person),
        *_notices(person),
    }
    return frozenset(asked - _asked_by_the_state(main, person))


def _asked_by_the_state(main: Mapping[str, Any], person: Mapping[str, Any]) -> set[str]:
    asked = stop_asked.applying(main, person) & set(person)
    same = {name for name, sources in FROM_STOP.items() if name not in PARTS["offences"] and asked & set(sources)}
    return same | (_ASKED_BY_RESULT if "ripa_results" in asked else set())


def _happened(name: str, person: Mapping[str, Any]) -> bool:
    """Was the act or outcome chosen that a field of search, force, seizure or offenses tells of?"""
    actions, outcomes = _codes(person, "actions"), _codes(person, "outcomes")
    if name in PARTS["search"]:
        return bool(_SEARCHES & actions)
    if name in PARTS["seizure"]:
        return Action.SEIZED_PROPERTY in actions
    if name in PARTS["offences"]:
        return any(outcome in outcomes for outcome, field in _OFFENCES.items() if field == name)
    return name == "force_types" and Action.FORCE in actions


def _codes(person: Mapping[str, Any], name: str) -> set[str]:
    return set(person.get(name) or ())


def _is_student(person: Mapping[str, Any]) -> bool:
    return person.get("kind") == PersonKind.STUDENT


def _questioning(person: Mapping[str, Any]) -> set[str]:
    if Action.QUESTIONED not in _codes(person, "actions"):
        return set()
    asked = {"custodial", "questioned_from", "rights"}
    if person.get("custodial") == Answer.NO:
        return asked - {"rights"}
    if _is_student(person):
        asked.add("questioning_told_at")
    if person.get("kind") in (PersonKind.STUDENT, PersonKind.VISITOR):
        asked |= {"age", "counsel", "counsel_from", "counsel_until", "urgency"}
    if person.get("counsel") in _CONSULTED:
        asked.discard("urgency")
    elif person.get("counsel"):
        asked -= {"counsel_from", "counsel_until"}
    return asked


def _force(person: Mapping[str, Any]) -> set[str]:
    actions = _codes(person, "actions")
    if not _FORCES & actions:
        return set()
    asked = {"person_hurt", "officer_hurt", "aid"}
    if Action.RESTRAINED in actions:
        asked.add("devices")
    if Action.FORCE in actions:
        asked.add("force_types")
        fired = _codes(person, "force_types") | _codes(person, "ripa_force")
        if ForceAction.FIREARM_DISCHARGED in fired:
            asked.add("shot_hit")
    return asked


def _report(person: Mapping[str, Any]) -> set[str]:
    if not _is_student(person) or person.get("role") != PersonRole.SUBJECT:
        return set()
    answered = person.get("school_told")
    return {"school_told"} if answered in (Answer.NO, Answer.UNKNOWN) else set(PARTS["report"])


def _notices(person: Mapping[str, Any]) -> set[str]:
    """One attempt more than was told, as long as the form has room."""
    grave = _CONSEQUENCES & _codes(person, "outcomes") or _GRAVE & _codes(person, "actions")
    if not _is_student(person) or not grave:
        return set()
    given = [number for number in NOTICES if any(person.get(name) for name in notice_fields(number))]
    last = max(given, default=0) + 1
    return {name for number in NOTICES if number <= last for name in notice_fields(number)}
