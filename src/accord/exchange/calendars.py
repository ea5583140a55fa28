"""A district calendar from a file: iCalendar (`.ics`) or CSV, into days of five kinds.

An iCalendar event says its kind by a category that is one of our codes, or by its name in usual words ("No School",
"Winter Break", "Minimum Day"). Events that say none ("Back to School Night") are passed over and listed.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accord.decision import BadInput, Say
from accord.exchange.icalendar import Happening, Unreadable, happenings
from accord.facts import CalendarDay, DayKind

COLUMNS = ("date", "kind", "name")
MAX_BYTES = 4 * 1024 * 1024
"""The largest file taken, in bytes: a school year is some 30,000."""
NAME = 120
"""The longest name of a day, in characters."""

_SATURDAY = 5
_YEARS = range(2000, 2100)
_GATHERING = r"\b(assembly|concert|parade|party|fair|breakfast|lunch|festival|performance|celebration|meeting)\b"
"""Something held on a school day, whatever holiday it is named after."""
_WORDS: tuple[tuple[DayKind, str], ...] = (
    (DayKind.STAFF_ONLY, r"staff development|professional development|teacher work ?day|staff (only|day)|in-?service"),
    (DayKind.MINIMUM_DAY, r"minimum[ -]days?|early (release|dismissal)|shortened day|half[ -]day"),
    (DayKind.BREAK, r"\b(winter|spring|fall|autumn|summer|thanksgiving|mid-?winter|february) (break|recess|vacation)"),
    (DayKind.BREAK, r"\brecess\b|\bschool vacation\b"),
    (DayKind.HOLIDAY, r"no school|schools? closed|non-?student day|non-?school day|no students|holidays?\)?$"),
    (
        DayKind.HOLIDAY,
        r"^(labor|memorial|veterans?'?s?|presidents?'?s?|c[eé]sar ch[aá]vez|indigenous peoples?'?s?) day\b",
    ),
    (DayKind.HOLIDAY, r"^(martin luther king|juneteenth|thanksgiving|independence day|lincoln)\b"),
    (DayKind.INSTRUCTION, r"(first|last) day (of|for) (school|instruction|classes|students)"),
    (DayKind.INSTRUCTION, r"^(regular )?(school|instruction(al)?) day$|^school (begins|ends|resumes)$"),
)


@dataclass(frozen=True)
class Fault:
    """A row or event that cannot be read: its line in the file, the column or property, and why."""

    line: int
    column: str
    problem: Say


@dataclass(frozen=True)
class PassedOver:
    """An event that says nothing about school days."""

    line: int
    day: date
    name: str


@dataclass(frozen=True)
class Calendar:
    """What a file holds: each day once, in order. With faults it must not be used."""

    days: tuple[CalendarDay, ...]
    passed_over: tuple[PassedOver, ...] = ()
    faults: tuple[Fault, ...] = ()


def read(data: bytes) -> Calendar:
    """Read a calendar file, whichever of the two it is.

    Raises:
        BadInput: when it is too large, no text in UTF-8, neither kind of file, or holds no day.
    """
    text = decoded(data)
    first = text.lstrip().partition("\n")[0].strip().upper()
    calendar = from_ics(text) if first == "BEGIN:VCALENDAR" else from_csv(text)
    if not calendar.days and not calendar.faults:
        mend = "Name school days, holidays, breaks, minimum days and staff days in it."
        raise BadInput("The file names no school day and no day off.", mend=mend)
    return calendar


def decoded(data: bytes) -> str:
    """The text of a file.

    Raises:
        BadInput: when it is too large, empty, or not text in UTF-8.
    """
    if len(data) > MAX_BYTES:
        raise BadInput("The file is too large.", mend=f"Bring in at most {MAX_BYTES // 1024 // 1024} MB at a time.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("This is not a text file in UTF-8.", mend="Export it again as .ics or as CSV.") from error
    if "\0" in text or not text.strip():
        raise BadInput("This file holds no text.", mend="Export the calendar again as .ics or as CSV.")
    return text


def from_ics(text: str) -> Calendar:
    """Days from an iCalendar file. A longer event covers its weekdays."""
    found: list[tuple[int, CalendarDay]] = []
    passed: list[PassedOver] = []
    faults: list[Fault] = []
    for one in happenings(text):
        if isinstance(one, Unreadable):
            faults.append(Fault(one.line, "VEVENT", one.problem))
        elif one.first.year not in _YEARS or one.last.year not in _YEARS:
            faults.append(Fault(one.line, "DTSTART", Say("This day is too far away.")))
        elif (kind := kind_of(one.name, one.categories)) is None:
            passed.append(PassedOver(one.line, one.first, one.name))
        else:
            found += [(one.line, CalendarDay(day, kind, one.name[:NAME])) for day in _days(one)]
    return _once(found, passed, faults)


def kind_of(name: str, categories: Iterable[str] = ()) -> DayKind | None:
    """What kind of day an event makes, by its categories or the usual words in its name; None when it says nothing."""
    codes = {kind.value: kind for kind in DayKind}
    for category in categories:
        if kind := codes.get(re.sub(r"[\s-]+", "_", category.strip().casefold())):
            return kind
    words = name.casefold().replace("’", "'")
    said = next((kind for kind, pattern in _WORDS if re.search(pattern, words)), None)
    gathering = said is DayKind.HOLIDAY and re.search(_GATHERING, words) and "no school" not in words
    return None if gathering else said


def _days(one: Happening) -> Iterator[date]:
    """The days an event covers: of a longer one the weekdays, of one day that day, be it a Saturday."""
    alone = one.first == one.last
    for offset in range((one.last - one.first).days + 1):
        day = one.first + timedelta(days=offset)
        if alone or day.weekday() < _SATURDAY:
            yield day


def from_csv(text: str) -> Calendar:
    """Days from a CSV file with the columns date, kind and name. A date is written 2026-08-17 or 8/17/2026.

    Raises:
        BadInput: when the first line names other columns, or a line is not CSV.
    """
    found: list[tuple[int, CalendarDay]] = []
    faults: list[Fault] = []
    for line, row in _rows(text):
        day, kind = _date(row["date"] or ""), (row["kind"] or "").strip().casefold()
        if day is None:
            say = Say("“{value}” is no day of the calendar.", {"value": (row["date"] or "")[:40]})
            faults.append(Fault(line, "date", say))
        if kind not in {one.value for one in DayKind}:
            values = {"value": kind[:40], "kinds": ", ".join(one.value for one in DayKind)}
            faults.append(Fault(line, "kind", Say("“{value}” is none of: {kinds}.", values)))
        elif day is not None:
            found.append((line, CalendarDay(day, DayKind(kind), " ".join((row["name"] or "").split())[:NAME])))
    return _once(found, [], faults)


def _rows(text: str) -> Iterator[tuple[int, dict[str, str | None]]]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        reader.fieldnames = [name.strip().casefold() for name in reader.fieldnames or ()]
        if sorted(reader.fieldnames) != sorted(COLUMNS):
            what = "The first line does not name the columns."
            raise BadInput(
                what, where="line 1", mend=f"It reads: {','.join(COLUMNS)}. An .ics file begins with BEGIN:VCALENDAR."
            )
        for row in reader:
            if None in row:
                mend = "Put a name that holds a comma in quotes."
                raise BadInput("This line has too many columns.", where=f"line {reader.line_num}", mend=mend)
            yield reader.line_num, row
    except csv.Error as error:
        where = f"line {reader.line_num}"
        raise BadInput("This line is not CSV.", where=where, mend="Save the file as CSV in UTF-8.") from error


def _date(written: str) -> date | None:
    for form in ("%Y-%m-%d", "%m/%d/%Y"):
        try:
            day = datetime.strptime(written.strip(), form).date()  # noqa: DTZ007 - a day, not an instant
        except ValueError:
            continue
        return day if day.year in _YEARS else None
    return None


def _once(found: list[tuple[int, CalendarDay]], passed: list[PassedOver], faults: list[Fault]) -> Calendar:
    """Each day once. School and no school on one day is a fault; of two that agree the first stays,
    a minimum day before a whole one."""
    kept: dict[date, tuple[int, CalendarDay]] = {}
    for line, one in found:
        line_before, before = kept.setdefault(one.day, (line, one))
        if before.kind.has_school != one.kind.has_school:
            values = {"day": one.day, "line": line_before}
            faults.append(Fault(line, "kind", Say("{day} has school here and none in line {line}.", values)))
        elif one.kind is DayKind.MINIMUM_DAY and before.kind is DayKind.INSTRUCTION:
            kept[one.day] = (line, one)
    days = tuple(one for _, one in sorted(kept.values(), key=lambda pair: pair[1].day))
    return Calendar(days, tuple(passed), tuple(sorted(faults, key=lambda fault: fault.line)))
