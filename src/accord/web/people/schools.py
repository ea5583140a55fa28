"""Schools: adding, changing, closing; one by one on a page, or from a file on the command line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.rules import people
from accord.web.people.content import record_school
from accord.web.people.models import School, User

COLUMNS = ["cds", "name", "level"]


@dataclass(frozen=True)
class Row:
    """A school as a file names it."""

    cds: str
    name: str
    level: str


@dataclass(frozen=True)
class Loaded:
    """What a file led to, or would lead to: how many schools are new, changed, and as they were."""

    added: int
    changed: int
    unchanged: int


def _may(by: User, on: date) -> Decision:
    return people.may(by.facts(), "people.manage_schools", on=on).require()


def problem(row: Row) -> str:
    """What is wrong with a school's particulars; "" when nothing is."""
    if not (len(row.cds) == 14 and row.cds.isascii() and row.cds.isdecimal()):
        return _("cds is not California's 14-digit code: %(cds)s") % {"cds": row.cds or "–"}
    for name, most in (("name", 120), ("level", 40)):
        text = getattr(row, name)
        if not text or len(text) > most or not text.isprintable():
            return _("%(column)s must have 1 to %(most)s printable characters") % {"column": name, "most": most}
    return ""


@transaction.atomic
def add_school(*, by: User, at: datetime, on: date, row: Row) -> School:
    """Add a school.

    Raises:
        BadInput: when its particulars are wrong or its code is taken.
    """
    decision = _may(by, on)
    if wrong := problem(row):
        raise BadInput(wrong, where="cds" if "cds" in wrong else "name", mend=_("Mend it and send it again."))
    try:
        with transaction.atomic():
            school = School.objects.create(cds=row.cds, name=row.name, level=row.level)
    except IntegrityError as error:
        raise BadInput(
            _("There is a school with this code."), where="cds", mend=_("Look for it in the list.")
        ) from error
    record_school("people.school_added", school, by=str(by.uid), at=at, decision=decision)
    return school


@transaction.atomic
def close_school(*, by: User, at: datetime, on: date, school: School) -> None:
    """Close a school: nothing new happens there; what is on file stays. A second time changes nothing."""
    _set_active(False, "people.school_closed", by=by, at=at, on=on, school=school)


@transaction.atomic
def reopen_school(*, by: User, at: datetime, on: date, school: School) -> None:
    """Open a closed school again. A second time changes nothing."""
    _set_active(True, "people.school_reopened", by=by, at=at, on=on, school=school)


def _set_active(active: bool, verb: str, *, by: User, at: datetime, on: date, school: School) -> None:
    decision = _may(by, on)
    row = School.objects.select_for_update().get(pk=school.pk)
    if row.active != active:
        row.active = active
        row.save(update_fields=["active"])
        record_school(verb, row, by=str(by.uid), at=at, decision=decision)


def read(text: str) -> list[Row]:
    """The schools of a CSV text whose first line reads `cds,name,level`.

    Raises:
        BadInput: naming every line that cannot be read, so that all are mended at once.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    wrong: list[str] = []
    seen: set[str] = set()
    try:
        if list(reader.fieldnames or ()) != COLUMNS:
            raise BadInput("The first line does not name the columns.", where="line 1", mend="It reads: cds,name,level")
        for given in reader:
            row = Row(*((given[name] or "").strip() for name in COLUMNS))
            what = problem(row) if None not in given else "there are more than three columns"
            what = what or ("the code stands in an earlier line already" if row.cds in seen else "")
            wrong += [f"line {reader.line_num}: {what}"] if what else []
            seen.add(row.cds)
            rows.append(row)
    except csv.Error as error:
        raise BadInput(f"This is not CSV: {error}.", where=f"line {reader.line_num}", mend="Save it as CSV.") from error
    if wrong:
        raise BadInput("; ".join(wrong), mend=f"Mend {len(wrong)} lines and run the command again. Nothing was stored.")
    if not rows:
        raise BadInput("The file holds no school.", mend="Give one line for each school.")
    return rows


@transaction.atomic
def load(rows: list[Row], *, at: datetime, dry_run: bool = False) -> Loaded:
    """Add schools and change those that differ; run again it changes nothing. For whoever sits at the machine.

    Schools that the file does not name stay as they are: closing one is an act of its own.
    """
    stored = {school.cds: school for school in School.objects.select_for_update()}
    added = [row for row in rows if row.cds not in stored]
    changed = [row for row in rows if row.cds in stored and (row.name, row.level) != _particulars(stored[row.cds])]
    if not dry_run:
        for row in added:
            school = School.objects.create(cds=row.cds, name=row.name, level=row.level)
            record_school("people.school_added", school, by="system", at=at)
        for row in changed:
            school = stored[row.cds]
            school.name, school.level = row.name, row.level
            school.save(update_fields=["name", "level"])
            record_school("people.school_changed", school, by="system", at=at)
    return Loaded(len(added), len(changed), len(rows) - len(added) - len(changed))


def _particulars(school: School) -> tuple[str, str]:
    return school.name, school.level
