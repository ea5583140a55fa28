"""The district's log as the federal collection's rows: every student in a contact of a school year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from accord.exchange.crdc import Row, is_referral
from accord.facts import (
    Disability,
    EnglishLearner,
    Enrolled,
    InitiatedBy,
    Kind,
    Outcome,
    PersonKind,
    PersonRole,
    Race,
    ReferralBasis,
    Sex,
)
from accord.rules.students import is_enrolled
from accord.web.interactions.models import Interaction, Person, Version
from accord.web.interactions.times import district_day, end_of, midnight
from accord.web.people.models import School


@dataclass(frozen=True)
class Collected:
    """What the log holds of some days.

    `schools` says of every school, by CDS code, whether contacts were logged at all by the last of these days;
    `began_on` is the day of the log's earliest contact, None while it is empty.
    """

    rows: tuple[Row, ...]
    schools: dict[str, bool]
    began_on: date | None


def rows(first: date, last: date) -> Collected:
    """The students in the contacts from one day to another, both included, as their current versions tell.

    The school is the one where a linked student was enrolled that day, by the roster as it stands; for everybody else
    the one the contact was logged at. Three queries and one for the schools, however many contacts.
    """
    earliest = Interaction.objects.order_by("versions__occurred_at").values_list("versions__occurred_at", flat=True)
    begins = earliest.first()
    began_on = district_day(begins) if begins else None
    collected = began_on is not None and began_on <= last
    schools = dict.fromkeys(School.objects.filter(active=True).values_list("cds", flat=True), collected)
    return Collected(tuple(_rows(first, last)), schools, began_on)


def _rows(first: date, last: date) -> Iterator[Row]:
    students = Person.objects.filter(
        kind=PersonKind.STUDENT,
        version__is_current=True,
        version__occurred_at__gte=midnight(first),
        version__occurred_at__lt=end_of(last),
    )
    people = students.select_related("version__interaction__school", "student__school")
    incidents = _incidents()
    yield from (_row(one, incidents) for one in people.order_by("version_id", "position").iterator())


def _incidents() -> dict[str, str]:
    """For each contact that follows from another, the first one of the incident, both by reference."""
    versions = Version.objects.current().exclude(details__follows="").filter(details__follows__isnull=False)
    follows = dict(versions.values_list("interaction__reference", "details__follows"))
    return {reference: _first(reference, follows) for reference in follows}


def _first(reference: str, follows: dict[str, str]) -> str:
    """Where a chain of contacts begins. One that runs in a circle begins with its earliest reference."""
    seen = [reference]
    while (before := follows.get(seen[-1])) and before not in seen:
        seen.append(before)
    return min(seen) if seen[-1] in follows else seen[-1]


def _row(person: Person, incidents: dict[str, str]) -> Row:
    version = person.version
    outcomes = [Outcome(code) for code in person.outcomes]
    bases = [ReferralBasis(code) for code in version.details.get("bases", ())]
    reference, day = version.interaction.reference, district_day(version.occurred_at)
    enrolled_at = _enrolled_at(person, day)
    return Row(
        interaction=reference,
        occurred_on=day,
        school=(enrolled_at or version.interaction.school).cds,
        student=None if person.student is None else str(person.student.uid),
        role=PersonRole(person.role),
        race=Race(person.race or Race.UNKNOWN),
        sex=Sex(person.sex or Sex.UNKNOWN),
        disability=Disability(person.disability or Disability.UNKNOWN),
        english_learner=EnglishLearner(person.english_learner or EnglishLearner.UNKNOWN),
        referred=is_referral(Kind(version.kind), InitiatedBy(version.initiated_by), outcomes, bases=bases),
        arrested=Outcome.ARREST in outcomes,
        incident=incidents.get(reference, ""),
        by_enrollment=enrolled_at is not None,
    )


def _enrolled_at(person: Person, day: date) -> School | None:
    """The school of the district where a linked student was enrolled on a day, None when the roster does not say."""
    student = person.student
    if student is None or student.school is None:
        return None
    there = is_enrolled(Enrolled(student.entered_on, student.left_on), on=day).met
    return student.school if there else None
