"""The state's table of offences, imported by the district from the state's own file. Accord ships and invents none.

An offence has a number of the state; one statute has several, by kind of charge (I infraction, M misdemeanor,
F felony).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from accord.decision import BadInput
from accord.exchange.ripa_lines import table

_COLUMNS = (
    "Offense Code",
    "Offense Statute",
    "Offense Type of Statute CD",
    "Statute Literal 25",
    "Offense Type of Charge",
    "Offense Enacted",
    "Offense Repealed",
)
_MEND = "Give the table of offenses of the state's stop data collection, with its header."
_ENTRY = re.compile(r"(?P<law>[A-Z]{2}) (?P<statute>\S+) (?P<literal>.+?) \((?P<charge>[A-Z])\)")


@dataclass(frozen=True)
class Offence:
    """One offence: number, law (PC, VC, HS …), statute, the table's short words and kind of charge."""

    code: str
    law: str
    statute: str
    literal: str
    charge: str
    enacted: date | None = None
    repealed: date | None = None

    def in_force(self, on: date) -> bool:
        """Was it law on that day?"""
        return (self.enacted is None or self.enacted <= on) and (self.repealed is None or on < self.repealed)


def read(path: Path) -> dict[str, Offence]:
    """Every offence by its number, in the order of the file.

    Raises:
        BadInput: when a column is missing, or a number is none or stands twice.
    """
    rows = table(path, mend=_MEND)
    header = [name.strip() for name in next(rows, [])]
    missing = [name for name in _COLUMNS if name not in header]
    if missing:
        raise BadInput(f"The column {missing[0]} is missing.", where=f"{path}, row 1", mend=_MEND)
    places = [header.index(name) for name in _COLUMNS]
    offences: dict[str, Offence] = {}
    for number, cells in enumerate(rows, start=2):
        if not any(cells):
            continue
        where = f"{path}, row {number}"
        if len(cells) < len(header):
            raise BadInput("The row has too few cells.", where=where, mend=_MEND)
        code, statute, law, literal, charge, enacted, repealed = (cells[place].strip() for place in places)
        if not code.isdigit() or code in offences:
            raise BadInput(f"{code!r} is not a number, or stands twice.", where=where, mend=_MEND)
        offences[code] = Offence(code, law, statute, literal, charge, _day(enacted, where), _day(repealed, where))
    return offences


def search(offences: Iterable[Offence], words: str, *, on: date, limit: int = 20) -> list[Offence]:
    """Offences in force on a day that hold every word in law, statute, words or number; the plainest statute first."""
    wanted = words.casefold().split()
    found = [
        one
        for one in offences
        if one.in_force(on)
        and all(word in f"{one.law} {one.statute} {one.literal} {one.code}".casefold() for word in wanted)
    ]

    def rank(one: Offence) -> tuple[bool, int, str, str]:
        return (one.statute.casefold() not in wanted, len(one.statute), one.statute, one.code)

    return sorted(found, key=rank)[:limit] if wanted else []


def numbers_of(entry: str, offences: Iterable[Offence]) -> tuple[str, ...]:
    """The numbers that an entry such as "PC 484 THEFT (M)" can mean; none when the table has no such offence."""
    found = _ENTRY.fullmatch(entry.strip())
    if found is None:
        return ()
    return tuple(
        one.code
        for one in offences
        if (one.law, one.statute, one.charge) == (found["law"], found["statute"], found["charge"])
        and one.literal == found["literal"]
    )


def _day(cell: str, where: str) -> date | None:
    if not cell:
        return None
    try:
        return datetime.strptime(cell.replace("-", ""), "%Y%m%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError as error:
        raise BadInput(f"{cell!r} is not a date.", where=where, mend=_MEND) from error
