"""Rows to the facts that rules read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import pairwise
from typing import NamedTuple, TypeVar

from accord.decision import Finding
from accord.facts import (
    Action,
    Coded,
    ConductClass,
    DeEscalation,
    Disability,
    EnglishLearner,
    Event,
    Grade,
    InitiatedBy,
    Interaction,
    Kind,
    Outcome,
    PersonContacted,
    PersonKind,
    PersonRole,
    Race,
    Review,
    Reviewed,
    Sex,
    Stop,
    TriedFirst,
    from_plain,
)
from accord.facts.details import ContactDetails
from accord.facts.people_stopped import homeland_contacted
from accord.facts.person_details import PersonDetails
from accord.rules.interactions import (
    FORCE,
    KEPT_FROM_OFFICERS,
    NOT_OFFICERS_WORK,
    RESTORATIVE,
    officers_work,
    used_force,
)
from accord.rules.interactions_persons import taken_untold
from accord.web.interactions import models
from accord.web.interactions.places import ELSEWHERE, Place
from accord.web.interactions.times import district_day, end_of

_Code = TypeVar("_Code", bound=Coded)


def _all(kind: type[_Code], codes: Iterable[str]) -> tuple[_Code, ...]:
    return tuple(kind(code) for code in codes)


def _one(kind: type[_Code], code: str) -> _Code | None:
    return kind(code) if code else None


def person(row: models.Person) -> PersonContacted:
    """One person contacted, as filed."""
    return PersonContacted(
        kind=PersonKind(row.kind),
        role=PersonRole(row.role),
        actions=_all(Action, row.actions),
        outcomes=_all(Outcome, row.outcomes),
        grade=_one(Grade, row.grade),
        race=_one(Race, row.race),
        sex=_one(Sex, row.sex),
        disability=_one(Disability, row.disability),
        english_learner=_one(EnglishLearner, row.english_learner),
        student=str(row.student.uid) if row.student else "",
        details=from_plain(PersonDetails, row.details),
    )


def entry(row: models.Version, people: Iterable[models.Person] = ()) -> Interaction:
    """A version as filed. `people` are its rows, where the question is about them."""
    return Interaction(
        kind=Kind(row.kind),
        occurred_at=row.occurred_at,
        recorded_at=row.interaction.filed_at,
        initiated_by=InitiatedBy(row.initiated_by),
        conduct=ConductClass(row.conduct),
        tried_first=_all(TriedFirst, row.tried_first),
        de_escalation=_all(DeEscalation, row.de_escalation),
        people=tuple(person(one) for one in people),
        duration_minutes=row.duration_minutes,
        late_reason=row.late_reason,
        narrative=row.narrative,
        kept_because=row.kept_because,
    )


def details(row: models.Version) -> ContactDetails:
    """What is told of the contact beyond its first form, as filed."""
    read: ContactDetails = from_plain(ContactDetails, row.details)
    return read


def event(entry: Interaction, details: ContactDetails, *, place: Place, stop: Stop | None = None) -> Event:
    """What happened, as far as a duty follows from it. Where nothing is said, the school knew when it happened.

    A stop that ended with a call to Homeland Security counts as such a call, and a student whom an officer took from
    the school without a parent being told as released, whether the time is told or not.
    """
    apart = ("asked_by", "offences", "known_at", "follows", "dhs_contacted_at", "released_to_officer_at")
    held = {one.name: getattr(details, one.name) for one in fields(details) if one.name not in apart}
    called = stop is not None and homeland_contacted(stop)
    taken = place not in ELSEWHERE and taken_untold(entry, excused=details.release_exception is not None)
    return Event(
        known_at=details.known_at or entry.occurred_at,
        released_to_officer_at=details.released_to_officer_at or (entry.occurred_at if taken else None),
        dhs_contacted_at=details.dhs_contacted_at or (entry.occurred_at if called else None),
        conduct=entry.conduct,
        danger=TriedFirst.NOTHING_DANGER in entry.tried_first,
        force=used_force(entry),
        **held,
    )


def kept_from_officers(row: models.Version) -> bool:
    """Is this, by its conduct or by why police were asked, what the policy keeps from officers, danger or not?"""
    return ConductClass(row.conduct) in NOT_OFFICERS_WORK or any(one.prohibited for one in details(row).bases)


def retold(versions: Sequence[models.Version]) -> tuple[datetime | None, datetime | None]:
    """When a correction last told the use of force differently, and when whose work it was. None: never.

    `versions` are all of one contact, the first one first.
    """
    force = work = None
    for before, after in pairwise(versions):
        force = force if _force(before) == _force(after) else after.at
        work = work if _work(before) == _work(after) else after.at
    return force, work


def _force(row: models.Version) -> object:
    """What a version tells of force."""
    met = [(FORCE & set(one.actions), one.details.force) for one in map(person, row.people.all())]
    return met, row.de_escalation, row.narrative


def _work(row: models.Version) -> object:
    """What a version tells of whose work it was."""
    return row.conduct, row.tried_first, details(row).bases


def is_flagged(row: models.Version) -> bool:
    """Does the rule on officers' work flag this version for its reviewer?"""
    return not work(row).met


def work(row: models.Version) -> Finding:
    """What the rule on officers' work says of a version."""
    return officers_work(entry(row), bases=details(row).bases)


@dataclass
class _Met:
    """What the people of a version add to where it stands in review."""

    student: bool = False
    force: bool = False


TOLD = ("conduct", "tried_first", "de_escalation", "details__bases")
"""The columns of a version that `Told` holds."""


class Told(NamedTuple):
    """What a version says that bears on its review."""

    conduct: str
    tried: list[str]
    de_escalation: list[str]
    bases: list[str] | None


def reviewed(*, on: date) -> tuple[Reviewed, ...]:
    """Every contact on file at the end of a day in the district, and where its review stood then.

    The version that was current at that moment counts, with the review it had by then. Three queries in all.
    """
    end = end_of(on)
    met = what_people_met(on)
    reviews = {
        version: (str(by), Review(found))
        for version, by, found in models.Review.objects.filter(at__lt=end).values_list("version", "by__uid", "found")
    }
    columns = ("interaction", "id", "interaction__author__uid", "interaction__filed_at", "at")
    rows = models.Version.objects.filter(at__lt=end).order_by("interaction_id", "number")
    latest = {row[0]: row[1:] for row in rows.values_list(*columns, *TOLD)}
    return tuple(
        review_state(author, district_day(filed_at), district_day(at), Told(*told), met[version], reviews.get(version))
        for version, author, filed_at, at, *told in latest.values()
    )


def what_people_met(on: date) -> dict[int, _Met]:
    met: dict[int, _Met] = defaultdict(_Met)
    people = models.Person.objects.filter(version__at__lt=end_of(on)).order_by()
    for version, kind, actions in people.values_list("version", "kind", "actions"):
        one = met[version]
        one.student = one.student or kind == PersonKind.STUDENT
        one.force = one.force or not FORCE.isdisjoint(actions)
    return met


def review_state(
    author: object,
    recorded_on: date,
    review_from: date,
    told: Told,
    met: _Met,
    review: tuple[str, Review] | None,
) -> Reviewed:
    reviewer, found = review or ("", None)
    return Reviewed(
        author=str(author),
        recorded_on=recorded_on,
        review_from=review_from,
        conduct=ConductClass(told.conduct),
        kept_from_officers=not set(KEPT_FROM_OFFICERS).isdisjoint(told.bases or ()),
        danger=TriedFirst.NOTHING_DANGER in told.tried,
        force=met.force,
        de_escalated=bool(told.de_escalation) and DeEscalation.NOT_POSSIBLE not in told.de_escalation,
        with_student=met.student,
        restorative=not RESTORATIVE.isdisjoint(told.tried),
        reviewer=reviewer,
        found=found,
    )
