"""Whoever keeps the records reads the log on a student, or takes it out for an auditor: each leaves an event."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from accord.decision import Decision
from accord.rules import people
from accord.rules import records as rule
from accord.stats.render import inert
from accord.web.audit.record import record
from accord.web.people.models import User
from accord.web.records import family, log_lines
from accord.web.records.log_lines import Line
from accord.web.students.models import Student


@transaction.atomic
def read(*, by: User, at: datetime, on: date, student: Student) -> list[Line]:
    """Every line on a student, for whoever keeps the records.

    Raises:
        NotAllowed: for anyone else.
    """
    return _reveal("records.log_read", by=by, at=at, on=on, student=student)


@transaction.atomic
def export(*, by: User, at: datetime, on: date, student: Student) -> str:
    """The same as CSV, for an auditor.

    Raises:
        NotAllowed: for anyone else.
    """
    return as_csv(_reveal("records.log_exported", by=by, at=at, on=on, student=student))


def _reveal(verb: str, *, by: User, at: datetime, on: date, student: Student) -> list[Line]:
    may = people.may(by.facts(), "records.log", on=on)
    opens = rule.log_opens(rule.Reading(keeps=family.keeps(by, on=on)))
    decision = Decision.of(may.findings, opens).require()
    lines = log_lines.of(student, family=False)
    detail = {"lines": len(lines)}
    record(verb, by=str(by.uid), at=at, target=f"records.log:{student.uid}", detail=detail, decision=decision)
    return lines


def as_csv(lines: list[Line]) -> str:
    """The lines as a table; times in the district's clock, and no cell that a spreadsheet runs as a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    names = Line.columns()
    writer.writerow(names)
    for line in lines:
        row = {name: getattr(line, name) for name in names} | {
            "at": timezone.localtime(line.at).isoformat(" ", "minutes")
        }
        writer.writerow([inert(row[name]) for name in names])
    return out.getvalue()
