"""Enrollment counts from the roster, in the shape that the Board report reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count

from accord.facts.school_years import school_year
from accord.stats.schema import ENROLLMENT
from accord.web.students.models import Student

_GROUPS = ("grade", "race", "sex", "disability", "english_learner")


def counts(*, on: date) -> list[dict[str, Any]]:
    """Students enrolled on a day who share school and demographics: rows with the columns of `schema.ENROLLMENT`.

    Students without a school of the district are left out; `unplaced` counts them.
    """
    enrolled = Student.objects.enrolled(on).filter(school__isnull=False)
    grouped = enrolled.order_by("school__name", *_GROUPS).values_list("school__name", *_GROUPS)
    year = school_year(on)
    names = [column.name for column in ENROLLMENT]
    return [
        dict(zip(names, (school, year, *groups), strict=True))
        for school, *groups in grouped.annotate(count=Count("pk"))
    ]


def unplaced(*, on: date) -> int:
    """How many students enrolled on a day have no school of the district."""
    return Student.objects.enrolled(on).filter(school__isnull=True).count()


def as_csv(rows: Iterable[dict[str, Any]]) -> str:
    """The rows as the file that an import of enrollment counts reads."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [column.name for column in ENROLLMENT], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
