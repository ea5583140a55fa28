"""The district's log as the federal collection's rows: every student in a contact of a school year."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from accord.exchange.crdc import Row, is_referral
from accord.facts import (
    Disability,
    EnglishLearner,
    InitiatedBy,
    Kind,
    Outcome,
    PersonKind,
    PersonRole,
    Race,
    Sex,
)
from accord.web.interactions.models import Interaction, Person
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

    The school is the one the contact was logged at. Two queries and one for the schools, however many contacts.
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
    found = students.select_related("version__interaction__school").order_by("version_id", "position")
    yield from (_row(one) for one in found.iterator())


def _row(person: Person) -> Row:
    version = person.version
    outcomes = [Outcome(code) for code in person.outcomes]
    return Row(
        interaction=version.interaction.reference,
        occurred_on=district_day(version.occurred_at),
        school=version.interaction.school.cds,
        student=_student(person),
        role=PersonRole(person.role),
        race=Race(person.race or Race.UNKNOWN),
        sex=Sex(person.sex or Sex.UNKNOWN),
        disability=Disability(person.disability or Disability.UNKNOWN),
        english_learner=EnglishLearner(person.english_learner or EnglishLearner.UNKNOWN),
        referred=is_referral(Kind(version.kind), InitiatedBy(version.initiated_by), outcomes),
        arrested=Outcome.ARREST in outcomes,
    )


def _student(person: Person) -> str | None:
    """A key that is the same for the same student. Persons that are not linked to the roster have none."""
    linked = getattr(person, "student_id", None)
    return None if linked is None else str(linked)
