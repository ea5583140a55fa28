"""Bringing in enrollment counts: a school year is replaced as a whole, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput
from accord.rules import people
from accord.web.audit.record import record
from accord.web.interactions import content, enrollment, references
from accord.web.interactions.models import Enrollment
from accord.web.people.models import User


@dataclass(frozen=True)
class Imported:
    """What an import left on file. `changed` is False when the same counts were there already."""

    school_year: str
    rows: int
    students: int
    changed: bool


@transaction.atomic
def import_enrollment(*, by: User, at: datetime, on: date, text: str, as_of: date) -> Imported:
    """Replace the counts of the school year that a CSV text holds. `as_of` is the day they were counted on.

    Raises:
        BadInput: when the text cannot be read, naming every bad row, or the counts lie in the future.
    """
    decision = people.may(by.facts(), "interactions.import_enrollment", on=on).require()
    if as_of > on:
        raise BadInput(_("The counts cannot lie in the future."), mend=_("Give the day they were counted on."))
    reading = enrollment.read(text).require()
    references.take_turns()
    year = reading.school_year
    stored = Enrollment.objects.filter(school_year=year)
    rows = _rows(reading, as_of=as_of, by=by, at=at)
    counts = content.counts(rows)
    if counts == content.counts(stored.select_related("school")):
        return Imported(year, len(rows), reading.students, changed=False)
    stored.delete()
    Enrollment.objects.bulk_create(rows, batch_size=500)
    record(
        "interactions.imported_enrollment",
        by=str(by.uid),
        at=at,
        target=f"interactions.enrollment:{year}",
        detail={"rows": len(rows), "students": reading.students, "as_of": str(as_of)},
        content=content.imported(rows),
        decision=decision,
    )
    return Imported(year, len(rows), reading.students, changed=True)


def _rows(reading: enrollment.Reading, *, as_of: date, by: User, at: datetime) -> list[Enrollment]:
    names = ("school", "school_year", "grade", "race", "sex", "disability", "english_learner", "count")
    return [
        Enrollment(**{name: row[name] for name in names}, as_of=as_of, imported_by=by, imported_at=at)
        for row in reading.rows
    ]
