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
from accord.facts import InitiatedBy, Kind, PersonKind, PersonRole, ReferralBasis
from accord.rules.interactions_person_flags import TAKEN
from accord.rules.stops_answers import is_student_only
from accord.web.interactions import answers, person_details_form, stop_asked, stop_form
from accord.web.interactions.answers import Answers
from accord.web.interactions.person_details_form import PersonDetailsForm
from accord.web.interactions.recorded import LEFT, SCHOOL_RECORDED
from accord.web.interactions.stop_form import PersonStoppedForm, StopForm
from accord.web.interactions.times import instant

_BY_STAFF = {InitiatedBy.STAFF, InitiatedBy.ADMINISTRATOR, ""}
_RELEASE = frozenset({"released_to_officer_at", "release_exception", "place_withheld"})
_DISCIPLINE = frozenset({"suspended_at", "expelled_at"})
_OF_STOPPED = frozenset(PersonStoppedForm.base_fields)
_GATED = frozenset(PersonDetailsForm.base_fields) | _OF_STOPPED
"""Questions about a person that wait for an answer that calls for them."""
_STUDENT_ONLY = {
    name: frozenset(code.value for code in kind if is_student_only(code)) for name, kind in stop_asked.LISTS.items()
}
_ASKED_FOR = frozenset({"asked_by", "bases", "grounds", "offences", "de_escalation"})


@dataclass(frozen=True)
class Asked:
    """The names of the questions that apply, about the contact and about each person in it."""

    main: frozenset[str]
    people: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class LeftOut:
    """What was left out because it does not apply: of which person (0 for none), and of which question.

    `codes` are the answers left out where the question itself applies.
    """

    person: int
    name: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class When:
    """From when on an entry is late, and whether an officer makes it, who alone can tell what was perceived.

    `stop_stays`: corrects it somebody else, who leaves the record of the stop as the officer told it?
    """

    recorded_at: datetime
    late_hours: int
    by_officer: bool
    stop_stays: bool = False


def asked(told: Answers, forms: answers.Forms, when: When) -> Asked:
    """The questions that apply."""
    main = answers.raw(told.main, forms.main)
    people = [answers.raw(one, forms.person) for one in told.people]
    of_contact = frozenset(forms.main.base_fields) - _ruled_out(main, people)
    if not main["late_reason"] and not _is_late(str(main["occurred_at"]), when):
        of_contact -= {"late_reason"}
    stop = stop_form.applying(main, {}) if when.by_officer else frozenset()
    of_contact -= frozenset(StopForm.base_fields) - stop
    return Asked(of_contact, tuple(_of_person(main, one, forms.person, when) for one in people))


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
    if not any(TAKEN & set(one["outcomes"]) for one in students):
        out |= _RELEASE
    return frozenset(out)


def _is_late(occurred_at: str, when: When) -> bool:
    try:
        return when.recorded_at - instant(occurred_at) > timedelta(hours=when.late_hours)
    except BadInput:
        return False


def _of_person(main: Mapping[str, Any], person: Mapping[str, Any], form: type[Any], when: When) -> frozenset[str]:
    own = frozenset(form.base_fields) - _GATED
    if person["kind"] not in (PersonKind.STUDENT, ""):
        own -= frozenset(SCHOOL_RECORDED)
    if when.by_officer:
        return own | person_details_form.applying(main, person) | (stop_form.applying(main, person) & _OF_STOPPED)
    asked_of_stops = main if when.stop_stays else {**main, "kind": ""}
    return own | person_details_form.applying(asked_of_stops, person)


def reduced(told: Answers, asked: Asked, forms: answers.Forms) -> tuple[Answers, tuple[LeftOut, ...]]:
    """The answers to the questions that apply, and what else was answered and is left out."""
    main = answers.raw(told.main, forms.main)
    people = [answers.raw(one, forms.person) for one in told.people]
    closed = [dict[str, frozenset[str]](), *(_closed(main, one) for one in people)]
    kept, left = [], []
    for person, values in enumerate((told.main, *told.people)):
        names = (asked.main, *asked.people)[person]
        left += [LeftOut(person, name) for name, held in values.items() if name not in names and held != (LEFT,)]
        one = {name: held for name, held in values.items() if name in names}
        for name in one.keys() & closed[person].keys():
            if out := tuple(code for code in one[name] if code in closed[person][name]):
                left.append(LeftOut(person, name, out))
                one[name] = tuple(code for code in one[name] if code not in out)
        kept.append({name: held for name, held in one.items() if held})
    return Answers(kept[0], tuple(kept[1:])), tuple(left)


def _closed(main: Mapping[str, Any], person: Mapping[str, Any]) -> Mapping[str, frozenset[str]]:
    """For each question, the answers that only a student at a school can have, where this person is none."""
    return {} if stop_asked.is_student(main, person) else _STUDENT_ONLY
