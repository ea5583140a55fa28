"""The state's table of schools, imported by the district from the state's own file. Accord ships and invents none.

A code is 14 digits (county, district, school). "No Data" as a name is a district's own row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from accord.decision import BadInput
from accord.exchange.ripa_lines import table

_COLUMNS = ("CDS_Code", "Status", "County", "District", "schoolname")
_MEND = "Give the table of schools of the state's stop data collection, with its header."


@dataclass(frozen=True)
class School:
    """One school; `name` is empty for a district's own row."""

    code: str
    status: str
    county: str
    district: str
    name: str

    @property
    def active(self) -> bool:
        return self.status == "Active"


def read(path: Path) -> dict[str, School]:
    """Every school by its code, in the order of the file.

    Raises:
        BadInput: when a column is missing, a code is not 14 digits or stands twice.
    """
    rows = table(path, mend=_MEND)
    header = [name.strip().lower() for name in next(rows, [])]
    missing = [name for name in _COLUMNS if name.lower() not in header]
    if missing:
        raise BadInput(f"The column {missing[0]} is missing.", where=f"{path}, row 1", mend=_MEND)
    places = [header.index(name.lower()) for name in _COLUMNS]
    schools: dict[str, School] = {}
    for number, cells in enumerate(rows, start=2):
        if not any(cells):
            continue
        if len(cells) < len(header):
            raise BadInput("The row has too few cells.", where=f"{path}, row {number}", mend=_MEND)
        code, status, county, district, name = (cells[place].strip() for place in places)
        if not (code.isascii() and code.isdigit() and len(code) == 14) or code in schools:
            what = f"{code!r} is not a code of 14 digits, or stands twice."
            raise BadInput(what, where=f"{path}, row {number}", mend=_MEND)
        schools[code] = School(code, status, county, district, "" if name == "No Data" else name)
    return schools


def search(schools: Iterable[School], words: str, *, limit: int = 20) -> list[School]:
    """Schools that hold every word in name, district, county or code; active ones and short names first."""
    wanted = words.casefold().split()
    found = [
        school
        for school in schools
        if school.name
        and all(word in f"{school.name} {school.district} {school.county} {school.code}".casefold() for word in wanted)
    ]
    return sorted(found, key=lambda one: (not one.active, len(one.name), one.code))[:limit] if wanted else []
