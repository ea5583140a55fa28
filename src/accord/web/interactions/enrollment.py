"""Reading an enrollment file: every row against the schema and against the district's schools, nothing stored."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accord.decision import BadInput
from accord.stats.intake import BadRows, frame
from accord.stats.schema import ENROLLMENT
from accord.web.people.models import School

MAX_BYTES = 4 * 1024 * 1024
"""The largest file taken, in bytes: some 80,000 rows."""

_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True)
class Reading:
    """What a file holds. `errors` has a sentence for each row that cannot be read; then `rows` is empty."""

    school_year: str
    rows: tuple[dict[str, Any], ...]
    errors: tuple[str, ...]

    @property
    def students(self) -> int:
        return sum(row["count"] for row in self.rows)

    def require(self) -> Reading:
        """The same, when every row can be read.

        Raises:
            BadRows: otherwise, with every error.
        """
        if self.errors:
            raise BadRows(self.errors, where="")
        return self


def decoded(data: bytes) -> str:
    """The text of an uploaded file.

    Raises:
        BadInput: when it is too large or not UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise _too_large()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(_("This is not a text file in UTF-8."), mend=_("Save it as CSV in UTF-8.")) from error


def _too_large() -> BadInput:
    most = MAX_BYTES // 1024 // 1024
    return BadInput(_("The file is too large."), mend=_("Bring in at most %(most)s MB at a time.") % {"most": most})


def read(text: str) -> Reading:
    """Check every row of a CSV file with the columns of `schema.ENROLLMENT`.

    A school is given by its name or by its CDS code. A file holds one school year.

    Raises:
        BadInput: when the text is not CSV, lacks a column, has one more, or holds no row.
    """
    if len(text.encode()) > MAX_BYTES:
        raise _too_large()
    lines = _lines(text)
    schools = _schools()
    errors = [
        f"line {line}, column school: {(row.get('school') or '').strip()!r} is no school of this district"
        for line, row in lines
        if (row.get("school") or "").strip() and _plain(row["school"]) not in schools
    ]
    try:
        table = frame([(line, _named(row, schools)) for line, row in lines], ENROLLMENT, where="")
    except BadRows as bad:
        errors += bad.rows
        return Reading("", (), tuple(sorted(errors, key=_line_of)))
    rows = table.to_pylist()
    years = sorted({row["school_year"] for row in rows})
    if len(years) > 1:
        errors.append(
            f"line 2, column school_year: the file holds {' and '.join(years)}; give one school year at a time"
        )
    if errors:
        return Reading("", (), tuple(sorted(errors, key=_line_of)))
    return Reading(years[0], tuple(row | {"school": schools[_plain(row["school"])]} for row in rows), ())


def _lines(text: str) -> list[tuple[int, dict[str | None, Any]]]:
    """The rows with their line numbers, under a head that names exactly the columns of the schema."""
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    names = [column.name for column in ENROLLMENT]
    try:
        head = list(reader.fieldnames or ())
        if sorted(head) != sorted(names):
            mend = _("It reads: %(names)s") % {"names": ",".join(names)}
            raise BadInput(_("The first line does not name the columns."), mend=mend)
        rows = [(reader.line_num, dict(row)) for row in reader]
    except csv.Error as error:
        what = _("Line %(line)s is not CSV.") % {"line": reader.line_num}
        raise BadInput(what, mend=_("Save it as CSV in UTF-8.")) from error
    if not rows:
        raise BadInput(_("The file holds no row."), mend=_("Give one row for each group of students."))
    return rows


def _schools() -> dict[str, School]:
    """Every school by its name and by its CDS code."""
    found: dict[str, School] = {}
    for school in School.objects.all():
        found[_plain(school.name)] = found[school.cds] = school
    return found


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _named(row: dict[str | None, Any], schools: dict[str, School]) -> dict[str | None, Any]:
    """The row with the school's own name, so that one school written two ways is one school."""
    school = schools.get(_plain(row.get("school") or ""))
    return row | {"school": school.name} if school else row


def _line_of(error: str) -> int:
    match = _LINE.match(error)
    return int(match[1]) if match else 0


def parted(errors: Iterable[str]) -> list[tuple[str, str]]:
    """Each error as where it is and what is wrong."""
    return [(place, what) for place, _colon, what in (error.partition(": ") for error in errors)]
