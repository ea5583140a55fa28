"""Which questions apply, given what was answered so far. What does not apply is neither shown nor filed.

A question is left out only when an answer rules it out: what is not answered yet rules nothing out. The exceptions are
questions that only a few contacts call for, which wait for the answer that calls for them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accord.decision import BadInput
from accord.facts import InitiatedBy, Kind, Outcome, PersonKind, PersonRole, ReferralBasis
from accord.web.interactions import answers, person_details_form
from accord.web.interactions.answers import Answers, Values
from accord.web.interactions.person_details_form import PersonDetailsForm
from accord.web.interactions.recorded import SCHOOL_RECORDED
from accord.web.interactions.times import instant

_BY_STAFF = {InitiatedBy.STAFF, InitiatedBy.ADMINISTRATOR, ""}
_TAKEN_AWAY = {Outcome.ARREST, Outcome.PSYCHIATRIC_HOLD, Outcome.TRANSPORT, Outcome.REMOVED_FROM_CAMPUS}
"""Outcomes with which a student leaves the school in an officer's hands."""
_RELEASE = frozenset({"released_to_officer_at", "release_exception", "place_withheld"})
_DISCIPLINE = frozenset({"suspended_at", "expelled_at"})
_ASKED_FOR = frozenset({"asked_by", "bases", "grounds", "offences", "de_escalation"})


@dataclass(frozen=True)
class Asked:
    """The names of the questions that apply, about the contact and about each person in it."""

    main: frozenset[str]
    people: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class LeftOut:
    """Answers that were left out because they do not apply: of which person (0 for none), and to which questions."""

    person: int
    names: tuple[str, ...]


def asked(told: Answers, forms: answers.Forms, *, recorded_at: datetime, late_hours: int) -> Asked:
    """The questions that apply. `recorded_at` and `late_hours` say from when on an entry is late."""
    main = answers.raw(told.main, forms.main)
    people = [answers.raw(one, forms.person) for one in told.people]
    of_contact = frozenset(forms.main.base_fields) - _ruled_out(main, people)
    if not main["late_reason"] and not _is_late(str(main["occurred_at"]), recorded_at, timedelta(hours=late_hours)):
        of_contact -= {"late_reason"}
    return Asked(of_contact, tuple(_of_person(main, one, forms.person) for one in people))


def _ruled_out(main: Mapping[str, Any], people: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The questions about the contact that its answers, or those about its people, rule out."""
    students = [one for one in people if one["kind"] in (PersonKind.STUDENT, "")]
    subjects = [one for one in students if one["role"] in (PersonRole.SUBJECT, "")]
    out: set[str] = set()
    if main["kind"] == Kind.PREVENTION:
        out |= _ASKED_FOR
    if main["initiated_by"] not in _BY_STAFF:
        out.add("asked_by")
    if not subjects:
        out |= {"grounds", *_DISCIPLINE}
    if not main["bases"]:
        out.add("known_at")
    if not students or not main["bases"]:
        out.add("special_needs")
    if ReferralBasis.M5 not in main["bases"]:
        out.add("threat_known_at")
    if not any(_TAKEN_AWAY & set(one["outcomes"]) for one in students):
        out |= _RELEASE
    return frozenset(out)


def _is_late(occurred_at: str, recorded_at: datetime, after: timedelta) -> bool:
    try:
        return recorded_at - instant(occurred_at) > after
    except BadInput:
        return False


def _of_person(main: Mapping[str, Any], person: Mapping[str, Any], form: type[Any]) -> frozenset[str]:
    own = frozenset(form.base_fields) - frozenset(PersonDetailsForm.base_fields)
    if person["kind"] not in (PersonKind.STUDENT, ""):
        own -= frozenset(SCHOOL_RECORDED)
    return own | person_details_form.applying(main, person)


def reduced(told: Answers, asked: Asked) -> tuple[Answers, tuple[LeftOut, ...]]:
    """The answers to the questions that apply, and which others were given and are left out."""
    sides = list(zip((told.main, *told.people), (asked.main, *asked.people), strict=True))
    kept = [_only(values, names) for values, names in sides]
    left = [
        LeftOut(person, out)
        for person, (values, names) in enumerate(sides)
        if (out := tuple(name for name in values if name not in names))
    ]
    return Answers(kept[0], tuple(kept[1:])), tuple(left)


def _only(values: Values, names: frozenset[str]) -> Values:
    return {name: held for name, held in values.items() if name in names}
