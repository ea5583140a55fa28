"""Invented contacts over eighteen months: what, when, with whom, how it ended. Plain data, before any action runs."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from accord.facts import (
    Action,
    ConductClass,
    DeEscalation,
    Handler,
    InitiatedBy,
    Kind,
    Outcome,
    PersonKind,
    PersonRole,
    Review,
    TriedFirst,
)
from accord.web.demo.district import InventedSchool, Student, subject
from accord.web.demo.told import details

_LOCAL = ZoneInfo("America/Los_Angeles")

_KINDS = {Kind.NON_STOP_CONTACT: 48, Kind.PREVENTION: 20, Kind.STOP: 20, Kind.CALL_FOR_POLICE: 12}
_CONDUCT = {
    ConductClass.OTHER_CRIME: 40,
    ConductClass.MANDATORY_REPORT: 16,
    ConductClass.SERIOUS_CRIME: 8,
    ConductClass.VICTIM_OR_WITNESS: 16,
    ConductClass.CODE_OF_CONDUCT: 7,
    ConductClass.MENTAL_HEALTH: 5,
    ConductClass.NOT_CONDUCT: 8,
}
_NO_CALL = {ConductClass.NOT_CONDUCT}
_NO_STOP = {ConductClass.NOT_CONDUCT, ConductClass.VICTIM_OR_WITNESS, ConductClass.MANDATORY_REPORT}
_NOT_ABOUT = {Kind.CALL_FOR_POLICE: _NO_CALL, Kind.STOP: _NO_STOP}
"""What a kind of contact is never about: nobody calls the police about nothing, and no witness is stopped."""
_INITIATED = {
    InitiatedBy.STAFF: 34,
    InitiatedBy.ADMINISTRATOR: 28,
    InitiatedBy.OFFICER: 18,
    InitiatedBy.STUDENT: 9,
    InitiatedBy.PARENT: 6,
    InitiatedBy.DISPATCH: 5,
}
_NOT_STARTED_BY = {
    Kind.CALL_FOR_POLICE: {InitiatedBy.OFFICER, InitiatedBy.DISPATCH},
    Kind.PREVENTION: {InitiatedBy.DISPATCH, InitiatedBy.PARENT},
}
_STEPS = {
    TriedFirst.ADMINISTRATOR_RESPONSE: 34,
    TriedFirst.COUNSELING: 18,
    TriedFirst.PARENT_CONFERENCE: 16,
    TriedFirst.RESTORATIVE_CONFERENCE: 12,
    TriedFirst.PEER_MEDIATION: 6,
    TriedFirst.MENTAL_HEALTH_REFERRAL: 5,
    TriedFirst.NOTHING: 9,
}
_OUTCOMES = {
    Outcome.WARNING: 30,
    Outcome.NO_ACTION: 22,
    Outcome.SUPPORT: 16,
    Outcome.REPORT_TO_SCHOOL: 16,
    Outcome.DIVERSION: 6,
    Outcome.CITATION: 4,
    Outcome.REFERRAL_FOR_PROSECUTION: 3,
    Outcome.ARREST: 3,
}
_JUSTICE = {Outcome.DIVERSION, Outcome.CITATION, Outcome.REFERRAL_FOR_PROSECUTION, Outcome.ARREST}
_NO_CRIME = {ConductClass.CODE_OF_CONDUCT, ConductClass.MENTAL_HEALTH, ConductClass.MANDATORY_REPORT}
"""Conduct that ends with the school, a counselor or a family, not with a court."""
_NOTES = {
    ConductClass.OTHER_CRIME: "Property was missing from a locker area. Talked with those present.",
    ConductClass.MANDATORY_REPORT: "The school made the report that the law requires and told the family.",
    ConductClass.SERIOUS_CRIME: "Adults kept people apart until the area was safe.",
    ConductClass.VICTIM_OR_WITNESS: "Listened, wrote down what was seen, linked to the counselor.",
    ConductClass.CODE_OF_CONDUCT: "Staff asked for help with a phone that was not put away.",
    ConductClass.MENTAL_HEALTH: "A student was in distress; the counselor took over.",
    ConductClass.NOT_CONDUCT: "Visited during lunch and answered questions.",
}


@dataclass(frozen=True)
class InventedContact:
    """One contact and what became of its review. `entry` has the keywords of the action that logs it."""

    school: int
    occurred_at: datetime
    filed_at: datetime
    entry: dict[str, Any]
    reviewed_at: datetime | None
    review: dict[str, Any] = field(default_factory=dict)


def _pick(rng: random.Random, weights: Mapping[Any, float], never: Container[Any] = ()) -> Any:
    left = {choice: weight for choice, weight in weights.items() if choice not in never}
    return rng.choices(list(left), list(left.values()))[0]


def school_days(start: date, end: date) -> list[date]:
    """Weekdays outside June 10 to August 10 and the last week of December: simple, as the district is invented."""
    days = (start + timedelta(days=offset) for offset in range((end - start).days + 1))
    return [day for day in days if day.weekday() < 5 and not _holiday(day)]


def _holiday(day: date) -> bool:
    return (6, 10) <= (day.month, day.day) <= (8, 10) or (day.month == 12 and day.day >= 22)


def contacts(
    schools: dict[int, InventedSchool],
    enrolled: dict[int, Counter[Student]],
    *,
    start: date,
    now: datetime,
    rng: random.Random,
) -> list[InventedContact]:
    """Every contact of the period, oldest first."""
    days = school_days(start, now.astimezone(_LOCAL).date() - timedelta(days=1))
    years = len(days) / 180
    found = [
        _contact(key, school, enrolled[key], rng.choice(days), now, rng)
        for key, school in schools.items()
        for _ in range(round(school.students / 100 * school.contacts * years))
    ]
    return sorted(found, key=lambda one: one.filed_at)


def _contact(
    key: int, school: InventedSchool, enrolled: Counter[Student], day: date, now: datetime, rng: random.Random
) -> InventedContact:
    kind = _pick(rng, _KINDS)
    conduct = ConductClass.NOT_CONDUCT if kind is Kind.PREVENTION else _pick(rng, _CONDUCT, _NOT_ABOUT.get(kind, ()))
    tried = (
        (TriedFirst.NOT_NEEDED,)
        if conduct is ConductClass.NOT_CONDUCT
        else (TriedFirst.NOTHING_REQUIRED,)
        if conduct is ConductClass.MANDATORY_REPORT
        else (TriedFirst.NOTHING_DANGER,)
        if conduct is ConductClass.SERIOUS_CRIME
        else (_pick(rng, _STEPS),)
    )
    people = _people(kind, conduct, enrolled, rng)
    force = any({Action.FORCE, Action.RESTRAINED} & set(person["actions"]) for person in people)
    occurred = datetime.combine(day, time(8 + rng.randrange(7), rng.randrange(60)), _LOCAL)
    for person in people:
        if person["kind"] is PersonKind.STUDENT:
            person["details"] = details(person["role"], person["actions"], person["outcomes"], at=occurred)
    late = rng.random() < 0.04
    filed = min(occurred + (timedelta(hours=30) if late else timedelta(minutes=rng.randrange(10, 300))), now)
    entry = {
        "kind": kind,
        "occurred_at": occurred,
        "duration_minutes": rng.choice([3, 5, 5, 10, 15, 20, 30, 45]),
        "initiated_by": _pick(rng, _INITIATED, _NOT_STARTED_BY.get(kind, ())),
        "conduct": conduct,
        "tried_first": tried,
        "de_escalation": (DeEscalation.TIME_AND_DISTANCE, DeEscalation.CALM_TALK) if force else (),
        "late_reason": "Off campus for training the rest of the day." if late else "",
        "narrative": _NOTES[conduct],
        "people": people,
    }
    return InventedContact(key, occurred, filed, entry, *_review(conduct, force, filed, now, rng))


def _people(kind: Kind, conduct: ConductClass, enrolled: Counter[Student], rng: random.Random) -> list[dict[str, Any]]:
    if kind is Kind.PREVENTION:
        return []
    people = [_person(conduct, subject(enrolled, rng), rng) for _ in range(2 if rng.random() < 0.12 else 1)]
    if rng.random() < 0.05:
        visitor = {"kind": PersonKind.VISITOR, "role": PersonRole.WITNESS, "actions": (Action.TALKED,)}
        people.append({**visitor, "outcomes": (Outcome.NO_ACTION,)})
    return people


def _person(conduct: ConductClass, student: Student, rng: random.Random) -> dict[str, Any]:
    grade, race, sex, disability, english = student
    about = conduct not in (ConductClass.VICTIM_OR_WITNESS, ConductClass.NOT_CONDUCT)
    role = PersonRole.SUBJECT if about else rng.choice([PersonRole.VICTIM, PersonRole.WITNESS])
    if conduct is ConductClass.NOT_CONDUCT:
        role = PersonRole.PARTICIPANT
    actions = [Action.TALKED]
    outcomes = [_pick(rng, _OUTCOMES, _JUSTICE if conduct in _NO_CRIME else ()) if about else Outcome.SUPPORT]
    if about and rng.random() < 0.3:
        actions.append(Action.QUESTIONED)
    if about and rng.random() < 0.08:
        actions.append(Action.SEARCHED_PROPERTY)
    if Outcome.ARREST in outcomes:
        actions.append(Action.RESTRAINED)
        outcomes.append(Outcome.REPORT_TO_SCHOOL)
    return {
        "kind": PersonKind.STUDENT,
        "role": role,
        "actions": tuple(actions),
        "outcomes": tuple(outcomes),
        "grade": grade,
        "race": race,
        "sex": sex,
        "disability": disability,
        "english_learner": english,
    }


def _review(
    conduct: ConductClass, force: bool, filed: datetime, now: datetime, rng: random.Random
) -> tuple[datetime | None, dict[str, Any]]:
    """Most contacts are reviewed within a week; the newest wait, and so do a few of the last weeks."""
    flagged = conduct in (ConductClass.CODE_OF_CONDUCT, ConductClass.MENTAL_HEALTH)
    at = filed + timedelta(days=rng.randrange(1, 7), hours=rng.randrange(8))
    forgotten = not force and now - filed < timedelta(days=40) and rng.random() < 0.25
    if at > now or forgotten:
        return None, {}
    if flagged and rng.random() < 0.3:
        by = Handler.ADMINISTRATOR if conduct is ConductClass.CODE_OF_CONDUCT else Handler.COUNSELOR
        note = "Staff were reminded whom to call."
        return at, {"found": Review.BETTER_HANDLED, "better_handled_by": by, "note": note}
    return at, {"found": Review.APPROPRIATE, "better_handled_by": None, "note": ""}
