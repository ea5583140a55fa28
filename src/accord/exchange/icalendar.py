"""A strict reader of what district calendars use of iCalendar (RFC 5545): events with days, a name and categories.

Repeated events are refused with their line rather than guessed; district calendars that repeat a day list it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from accord.decision import BadInput, Say

DISTRICT_TIME = ZoneInfo("America/Los_Angeles")
LONGEST_DAYS = 366
MOST_EVENTS = 20_000

_INSTANT = timedelta(microseconds=1)
_REPEATS = {"RRULE", "RDATE", "EXRULE", "RECURRENCE-ID"}
_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{8})T(\d{2})(\d{2})(\d{2})(Z?)")
_DURATION = re.compile(r"P(?:(\d{1,3})W|(\d{1,3})D)")
_ESCAPED = re.compile(r"\\([\\;,nN])")


@dataclass(frozen=True)
class Property:
    """One content line: name, parameters (`TZID=...`) and value, with the line of the file it began on."""

    line: int
    name: str
    parameters: dict[str, str]
    value: str


@dataclass(frozen=True)
class Happening:
    """An event of the file: its first and last day, name and categories."""

    line: int
    first: date
    last: date
    name: str
    categories: tuple[str, ...] = ()


class Unreadable(Exception):  # noqa: N818
    """An event that cannot be read, with the reason as a sentence."""

    def __init__(self, line: int, problem: Say) -> None:
        self.line, self.problem = line, problem
        super().__init__(str(problem))


@dataclass
class _Event:
    line: int
    properties: dict[str, Property] = field(default_factory=dict)
    categories: list[str] = field(default_factory=list)


def happenings(text: str) -> Iterator[Happening | Unreadable]:
    """Every event of a calendar file in its order, cancelled ones apart; one that cannot be read comes as `Unreadable`.

    Raises:
        BadInput: when the text is no iCalendar file, ends too early, or holds too many events.
    """
    for count, event in enumerate(_events(text)):
        if count >= MOST_EVENTS:
            raise BadInput(
                f"The calendar holds more than {MOST_EVENTS} events.", mend="Export one school year at a time."
            )
        status = event.properties.get("STATUS")
        if status and status.value.strip().upper() == "CANCELLED":
            continue
        try:
            yield _happening(event)
        except Unreadable as bad:
            yield bad


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Content lines with the line they begin on: a line of the file that begins with a blank goes on from the last."""
    current, begun = "", 0
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        if line[:1] in (" ", "\t") and begun:
            current += line[1:]
            continue
        if current:
            yield begun, current
        current, begun = line, number
    if current:
        yield begun, current


def _property(number: int, line: str) -> Property:
    """Take a content line apart. A colon or semicolon inside quotes is part of a parameter's value."""
    parts = re.findall(r'(?:[^;:"]|"[^"]*")+|[;:]', line)
    head: list[str] = []
    for index, part in enumerate(parts):
        if part == ":":
            return _of(number, head, "".join(parts[index + 1 :]))
        if part != ";":
            head.append(part)
    raise BadInput("This line is no iCalendar.", where=f"line {number}", mend="Export the calendar again as .ics.")


def _of(number: int, head: list[str], value: str) -> Property:
    if not head:
        raise BadInput("This line has no name.", where=f"line {number}", mend="Export the calendar again as .ics.")
    given = dict(part.partition("=")[::2] for part in head[1:])
    parameters = {name.strip().upper(): held.strip().strip('"') for name, held in given.items()}
    return Property(number, head[0].strip().upper(), parameters, value)


def _events(text: str) -> Iterator[_Event]:
    """The events of the file; what stands in parts inside an event (alarms) is left out."""
    open_parts: list[str] = []
    event: _Event | None = None
    for number, line in _unfolded(text.removeprefix("\ufeff")):
        one = _property(number, line)
        if not open_parts and (one.name, one.value.strip().upper()) != ("BEGIN", "VCALENDAR"):
            raise BadInput("This is no iCalendar file.", where=f"line {number}", mend="It begins with BEGIN:VCALENDAR.")
        if one.name == "BEGIN":
            open_parts.append(one.value.strip().upper())
            if open_parts[-1] == "VEVENT" and event is None:
                event = _Event(number)
        elif one.name == "END":
            if one.value.strip().upper() != open_parts.pop():
                raise BadInput("A part ends that did not begin.", where=f"line {number}", mend="Export it again.")
            if event and "VEVENT" not in open_parts:
                yield event
                event = None
        elif event and open_parts[-1] == "VEVENT":
            if one.name == "CATEGORIES":
                event.categories += [_plain(part) for part in one.value.split(",")]
            else:
                event.properties.setdefault(one.name, one)
    if open_parts:
        raise BadInput(f"The file ends inside {open_parts[-1]}.", mend="It was cut short: export or download it again.")


def _plain(value: str) -> str:
    """A text value without its escapes, on one line."""
    text = _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)
    return " ".join(text.split())


def _happening(event: _Event) -> Happening:
    held = event.properties
    if repeats := sorted(_REPEATS & set(held)):
        say = Say("This event repeats ({name}). List each of its days as an event of its own.", {"name": repeats[0]})
        raise Unreadable(held[repeats[0]].line, say)
    if "DTSTART" not in held:
        raise Unreadable(event.line, Say("This event has no DTSTART."))
    first = _day(held["DTSTART"])
    last = _last(held, first)
    name = _plain(held["SUMMARY"].value) if "SUMMARY" in held else ""
    return Happening(event.line, first, last, name, tuple(event.categories))


def _last(held: dict[str, Property], first: date) -> date:
    """The last day of an event. Without an end it has one day."""
    if "DTEND" in held:
        last, where = _end(held["DTEND"], first), held["DTEND"]
    elif "DURATION" in held:
        last, where = first + timedelta(days=_days_of(held) - 1), held["DURATION"]
    else:
        return first
    if last < first:
        raise Unreadable(where.line, Say("This event ends before it begins."))
    if (last - first).days >= LONGEST_DAYS:
        raise Unreadable(where.line, Say("This event is longer than a year."))
    return last


def _end(end: Property, first: date) -> date:
    """The last day before an end, which is itself outside the event: a day, or a time that may be midnight.

    Some programs end an event of one day on that day; it has one day all the same.
    """
    day = _day(end)
    if "T" not in end.value:
        return day if day == first else day - timedelta(days=1)
    return max(_day(end, before=True), first) if day > first else day


def _days_of(held: dict[str, Property]) -> int:
    match = _DURATION.fullmatch(held["DURATION"].value.strip())
    if match:
        return max(int(match[1] or 0) * 7 + int(match[2] or 0), 1)
    if "T" in held["DTSTART"].value:
        return 1
    raise Unreadable(held["DURATION"].line, Say("Only a DURATION in whole days or weeks can be read."))


def _day(one: Property, *, before: bool = False) -> date:
    """The day, in the district, of a DATE or DATE-TIME value, or of the moment before it.

    A time without a zone is the district's.
    """
    value = one.value.strip()
    wrong = Say("“{value}” is no day of the calendar.", {"value": value[:40]})
    try:
        if match := _DATE.fullmatch(value):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if not (match := _TIME.fullmatch(value)):
            raise Unreadable(one.line, wrong)
        wall = datetime.strptime("".join(match.groups()[:4]), "%Y%m%d%H%M%S")  # noqa: DTZ007 - zoned below
        zone = UTC if match[5] else ZoneInfo(one.parameters.get("TZID", DISTRICT_TIME.key))
        return (wall.replace(tzinfo=zone).astimezone(UTC) - before * _INSTANT).astimezone(DISTRICT_TIME).date()
    except (ValueError, OverflowError):
        raise Unreadable(one.line, wrong) from None
    except (ZoneInfoNotFoundError, OSError):
        say = Say("The time zone “{zone}” is not known.", {"zone": one.parameters.get("TZID", "")[:40]})
        raise Unreadable(one.line, say) from None
