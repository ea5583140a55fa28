"""Reading the log on a student, or taking it out for an auditor: each leaves an event, the family's reading too."""

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
from accord.web.records.family import Child
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
def read_own(*, by: User, at: datetime, on: date, child: Child) -> list[Line]:
    """What a family may see of the log on their child, or on oneself. That they read it is written down like any look.

    Raises:
        NotAllowed: when the rights are not theirs today.
    """
    may = people.may(by.facts(), "records.log", on=on)
    decision = Decision.of(may.findings, child.reads).require()
    lines = log_lines.of(child.student, family=True)
    return _told("records.own_log_read", lines, child.student, by=by, at=at, decision=decision)


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
    return _told(verb, log_lines.of(student, family=False), student, by=by, at=at, decision=decision)


def _told(verb: str, lines: list[Line], student: Student, *, by: User, at: datetime, decision: Decision) -> list[Line]:
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
