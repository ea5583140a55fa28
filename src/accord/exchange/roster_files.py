"""Which standard does a roster follow, and who are its students? One entry for files, zips and folders.

with roster_files.opened(Path("roster.zip"), choices) as (reading, students):
    for student in students: ...
reading.rejected, reading.dropped_columns
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from accord.decision import BadInput, Say
from accord.exchange import bundle as bundles
from accord.exchange import edfi_students, oneroster, plain_csv, sds, tables
from accord.exchange.bundle import Bundle
from accord.exchange.roster import Choices, Place, Reading, Students

FORMATS = ("oneroster", "edfi", "sds", "csv")
_MEND = "Name the standard: oneroster, edfi, sds or csv."


@contextmanager
def opened(
    source: Path | IO[bytes], choices: Choices, *, format: str = "", name: str = ""
) -> Iterator[tuple[Reading, Students]]:
    """Open a roster. `reading` is complete once its students have been gone through.

    Args:
        source: a file, zip or folder, or an open file.
        choices: what the district decides about the import.
        format: one of FORMATS; found out when left empty.
        name: what an open file was called.

    Raises:
        BadInput: when it follows none of the standards or cannot be read; also while students are gone through.
    """
    if format and format not in FORMATS:
        raise BadInput(f"There is no format {format}.", where="format", mend=_MEND)
    with bundles.opened(source, name=name) as bundle:
        followed = format or detected(bundle, choices)
        reading = Reading(choices, followed)
        yield reading, _once(_students(bundle, followed, reading), reading)


def detected(bundle: Bundle, choices: Choices) -> str:
    """The standard that a bundle follows, told by its files and their first lines."""
    if "users.csv" in bundle:
        throwaway = Reading(choices, "")
        with tables.table(bundle, "users.csv", throwaway) as table:
            users = set(table.columns)
        if "sourcedid" in users and ("manifest.csv" in bundle or {"status", "datelastmodified", "role"} & users):
            return "oneroster"
        if "sourcedid" in users and "roles.csv" in bundle:
            return "sds"
    if "student.csv" in bundle and _has(bundle, "student.csv", choices, "sisid", "schoolsisid"):
        return "sds"
    if bundle.ending(*edfi_students.SUFFIXES):
        return "edfi"
    if len(bundle.ending(".csv", ".csv.gz", ".txt", ".tsv")) == 1 or len(bundle.shown) == 1:
        return "csv"
    raise BadInput("This follows no standard of rosters that is known.", where=bundle.name, mend=_MEND)


def _has(bundle: Bundle, name: str, choices: Choices, *columns: str) -> bool:
    with tables.table(bundle, name, Reading(choices, "")) as table:
        return set(columns) <= set(table.columns)


def _students(bundle: Bundle, followed: str, reading: Reading) -> Students:
    readers: dict[str, Callable[[Bundle, Reading], Students]] = {
        "oneroster": oneroster.students,
        "edfi": edfi_students.students,
        "sds": sds.students_v1 if "student.csv" in bundle else sds.students_v2,
        "csv": _plain,
    }
    needed = {"oneroster": ("users.csv",), "sds": () if "student.csv" in bundle else ("users.csv", "roles.csv")}
    for name in needed.get(followed, ()):
        if name not in bundle:
            raise BadInput(f"There is no {name}.", where=bundle.name, mend=_MEND)
    return readers[followed](bundle, reading)


def _plain(bundle: Bundle, reading: Reading) -> Students:
    names = bundle.ending(".csv", ".csv.gz", ".txt", ".tsv") or list(bundle.shown)
    if len(names) != 1:
        raise BadInput("A plain CSV roster is one file.", where=bundle.name, mend="Give that file alone.")
    return plain_csv.students(bundle, names[0], reading)


def _once(students: Students, reading: Reading) -> Students:
    """Each student once: a second row with the same identifier is rejected."""
    first: dict[str, Place] = {}
    for student in students:
        place = first.setdefault(student.local_id, student.place)
        if place is student.place:
            yield student
        else:
            reading.reject(student.place, "local_id", Say("the same identifier as row {row}", {"row": place.row}))
