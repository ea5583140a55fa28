"""The frames that the Board report counts: reviewed contacts with students, and enrollment."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from accord.facts import Action, Outcome, PersonKind
from accord.stats import arrow
from accord.stats.schema import BAND_OF, ENROLLMENT, EVENTS, NOT_RECORDED, OUTCOMES, Column
from accord.web.interactions.models import Enrollment, Person, Version, Versions
from accord.web.interactions.times import district_day, end_of, midnight

_FROM_ACTIONS = {
    "search": {Action.SEARCHED_PERSON, Action.SEARCHED_PROPERTY},
    "restraint": {Action.RESTRAINED},
    "force_used": {Action.FORCE},
}
"""Columns of the report that the officer's actions answer; the others are outcomes of the same name."""

_COLUMNS = {
    "interaction": "version__interaction__reference",
    "occurred_at": "version__occurred_at",
    "school": "version__interaction__school__name",
    "kind": "version__kind",
    "initiated_by": "version__initiated_by",
    "grade": "grade",
    "race": "race",
    "sex": "sex",
    "disability": "disability",
    "english_learner": "english_learner",
    "role": "role",
    "actions": "actions",
    "outcomes": "outcomes",
}


def _within(start: date, end: date) -> Versions:
    """The current versions of contacts that took place in a period, both days included, in district time."""
    rows: Versions = Version.objects.filter(
        is_current=True, occurred_at__gte=midnight(start), occurred_at__lt=end_of(end)
    )
    return rows


def unreviewed(*, start: date, end: date) -> int:
    """How many contacts of a period nobody has reviewed as they stand now. Both days are included."""
    return _within(start, end).filter(review__isnull=True).count()


def events(*, start: date, end: date) -> pa.Table:
    """One row for each student in each reviewed contact of a period, both days included; columns of `schema.EVENTS`.

    Contacts that nobody has reviewed, as they stand now, are left out (`unreviewed` counts them). So are staff,
    parents and visitors: the schema's rows are students.
    """
    people = Person.objects.filter(
        kind=PersonKind.STUDENT, version__in=_within(start, end), version__review__isnull=False
    )
    ordered = people.order_by("version__occurred_at", "version_id", "position").values_list(*_COLUMNS.values())
    rows = [_event(dict(zip(_COLUMNS, row, strict=True))) for row in ordered.iterator(chunk_size=5000)]
    return _table(EVENTS, rows)


def _event(row: dict[str, Any]) -> dict[str, Any]:
    actions, outcomes = set(row.pop("actions")), set(row.pop("outcomes"))
    found = {
        column.name: bool(_FROM_ACTIONS[column.name] & actions)
        if column.name in _FROM_ACTIONS
        else Outcome(column.name) in outcomes
        for column in OUTCOMES
    }
    grade = row.pop("grade") or NOT_RECORDED
    return {
        **{name: value or NOT_RECORDED for name, value in row.items()},
        "occurred_on": district_day(row.pop("occurred_at")),
        "grade_band": str(BAND_OF[grade]),
        "reviewed": True,
        **found,
    }


def enrollment(*, school_year: str) -> pa.Table:
    """The enrollment counts of a school year: columns of `schema.ENROLLMENT`, and the grade band."""
    names = {column.name: column.name for column in ENROLLMENT} | {"school": "school__name"}
    stored = Enrollment.objects.filter(school_year=school_year).order_by("school__name", "id")
    rows = [dict(zip(names, row, strict=True)) for row in stored.values_list(*names.values())]
    return arrow.with_bands(_table(ENROLLMENT, rows))


def _table(columns: tuple[Column, ...], rows: list[dict[str, Any]]) -> pa.Table:
    return arrow.table(columns, {one.name: [row[one.name] for row in rows] for one in columns})
