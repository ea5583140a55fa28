"""Holds the district's own log of stops against an agency's, contact by contact.

Two records are of one contact when both are at a K-12 school, start within a few minutes of each other, at the same
school, with as many persons and the same officer, as far as both say. Every record is matched at most once. What is
not matched names the record nearest to it and what differs. The answer does not depend on the order of the records.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from accord.decision import Say
from accord.exchange.ripa_published import PublishedStop
from accord.facts.stops import Stop


@dataclass(frozen=True, order=True)
class Contact:
    """What of a record can be compared. An empty school, name or officer, or no time, is not compared."""

    date: date
    time: time
    key: str
    timed: bool = True
    at_school: bool = True
    school_code: str = ""
    school_name: str = ""
    persons: int = 1
    officer: str = ""

    @property
    def minute(self) -> int:
        """The start as a count of minutes, to subtract by."""
        return self.date.toordinal() * 24 * 60 + self.time.hour * 60 + self.time.minute


@dataclass(frozen=True)
class Match:
    """A contact that both report, and how many minutes their clocks are apart."""

    ours: Contact
    theirs: Contact
    minutes_apart: int


@dataclass(frozen=True)
class Alone:
    """A contact that only one of the two reports, the other's nearest record, and what differs between them."""

    contact: Contact
    nearest: Contact | None
    reasons: tuple[Say, ...]


@dataclass(frozen=True)
class Reconciliation:
    """Both logs held against each other. `left_out` of theirs are not marked as at a K-12 school."""

    matched: tuple[Match, ...]
    only_ours: tuple[Alone, ...]
    only_theirs: tuple[Alone, ...]
    left_out: int


def of_stop(stop: Stop) -> Contact:
    """What can be compared of a stop in full."""
    place = stop.location
    return Contact(
        date=stop.date,
        time=stop.time,
        key=stop.record_id,
        at_school=place.at_school,
        school_code=place.school_code,
        persons=len(stop.people),
        officer=stop.officer.uid,
    )


def of_rows(rows: Iterable[PublishedStop]) -> list[Contact]:
    """What can be compared of published rows: the rows of one record are the persons of one contact."""
    records: dict[str, list[PublishedStop]] = defaultdict(list)
    for row in rows:
        records[row.record].append(row)
    return [_of_record(key, people) for key, people in records.items()]


def _of_record(key: str, rows: Sequence[PublishedStop]) -> Contact:
    first = rows[0]
    return Contact(
        date=first.date,
        time=first.time or time(),
        key=key,
        timed=first.time is not None,
        at_school=any(row.at_school for row in rows),
        school_code=first.school_code,
        school_name=first.school_name,
        persons=len(rows),
    )


def reconcile(ours: Iterable[Contact], theirs: Iterable[Contact], *, within_minutes: int) -> Reconciliation:
    """Match the two logs. `within_minutes`: how far the two clocks may be apart."""
    own, other = sorted(ours), sorted(theirs)
    flagged = [contact for contact in other if contact.at_school]
    near = _window(flagged, within_minutes)
    fits = {
        index: sorted(
            (_apart(one, flagged[place]), place)
            for place in near(one)
            if not differences(one, flagged[place], within_minutes)
        )
        for index, one in enumerate(own)
    }
    pairs = _pair(fits)
    taken = {place: index for index, place in pairs.items()}
    every = _by_day(other)
    own_days = _by_day(own)
    matched_theirs = {flagged[place].key: own[index].key for place, index in taken.items()}
    matched_ours = {own[index].key: flagged[place].key for index, place in pairs.items()}
    return Reconciliation(
        matched=tuple(
            Match(own[index], flagged[place], _apart(own[index], flagged[place]))
            for index, place in sorted(pairs.items())
        ),
        only_ours=tuple(
            _alone(one, [other[place] for place in _near(every, one.date)], matched_theirs, within_minutes)
            for index, one in enumerate(own)
            if index not in pairs
        ),
        only_theirs=tuple(
            _alone(one, [own[place] for place in _near(own_days, one.date)], matched_ours, within_minutes)
            for place, one in enumerate(flagged)
            if place not in taken
        ),
        left_out=len(other) - len(flagged),
    )


def differences(one: Contact, other: Contact, within_minutes: int) -> tuple[Say, ...]:
    """What says that two records are not of one contact; nothing when they may be."""
    found = []
    if not (one.at_school and other.at_school):
        found.append(Say("not marked as at a K-12 school"))
    if one.timed and other.timed:
        if _apart(one, other) > within_minutes:
            found.append(Say("{minutes} minutes apart", {"minutes": _apart(one, other)}))
    elif one.date != other.date:
        found.append(Say("another day"))
    if not _same_school(one, other):
        found.append(Say("another school"))
    if one.persons != other.persons:
        found.append(Say("{one} against {other} persons", {"one": one.persons, "other": other.persons}))
    if one.officer and other.officer and one.officer != other.officer:
        found.append(Say("another officer"))
    return tuple(found)


def _same_school(one: Contact, other: Contact) -> bool:
    if one.school_code and other.school_code:
        return one.school_code == other.school_code
    if one.school_name and other.school_name:
        return _plain(one.school_name) == _plain(other.school_name)
    return True


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _apart(one: Contact, other: Contact) -> int:
    """Minutes between the starts; 0 where one has no time."""
    if not (one.timed and other.timed):
        return 0
    return abs(one.minute - other.minute)


def _window(contacts: Sequence[Contact], within_minutes: int) -> Callable[[Contact], list[int]]:
    """Places of the records that may be of one contact with another by their clocks. `contacts` are in order."""
    timed = [place for place, one in enumerate(contacts) if one.timed]
    minutes = [contacts[place].minute for place in timed]
    untimed = _by_day(contacts, timed=False)
    days = _by_day(contacts)

    def near(one: Contact) -> list[int]:
        if not one.timed:
            return list(days.get(one.date, ()))
        first = bisect_left(minutes, one.minute - within_minutes)
        last = bisect_right(minutes, one.minute + within_minutes)
        return [*timed[first:last], *untimed.get(one.date, ())]

    return near


def _by_day(contacts: Sequence[Contact], *, timed: bool = True) -> Mapping[date, list[int]]:
    """Places by day: of all records, or only of those without a time."""
    days: dict[date, list[int]] = defaultdict(list)
    for place, contact in enumerate(contacts):
        if timed or not contact.timed:
            days[contact.date].append(place)
    return days


def _near(days: Mapping[date, list[int]], day: date) -> list[int]:
    """Places of the records of the day, the day before and the day after."""
    return [place for shift in (-1, 0, 1) for place in days.get(_shifted(day, shift), ())]


def _shifted(day: date, shift: int) -> date:
    try:
        return day + timedelta(days=shift)
    except OverflowError:
        return day


def _pair(fits: Mapping[int, Sequence[tuple[int, int]]]) -> dict[int, int]:
    """As many pairs as can be, the closest clocks first."""
    pairs: dict[int, int] = {}
    owner: dict[int, int] = {}
    for _, index, place in sorted((apart, index, place) for index, found in fits.items() for apart, place in found):
        if index not in pairs and place not in owner:
            pairs[index], owner[place] = place, index

    for index in sorted(fits):
        if index not in pairs:
            _make_room(index, fits, pairs, owner)
    return pairs


def _make_room(
    index: int, fits: Mapping[int, Sequence[tuple[int, int]]], pairs: dict[int, int], owner: dict[int, int]
) -> None:
    """Find a free record for one that has none, moving others to their next best where that frees one."""
    came_from: dict[int, int] = {}
    waiting = deque([index])
    while waiting:
        one = waiting.popleft()
        for _, place in fits[one]:
            if place in came_from:
                continue
            came_from[place] = one
            if place in owner:
                waiting.append(owner[place])
                continue
            free: int | None = place
            while free is not None:
                mover = came_from[free]
                left = pairs.get(mover)
                pairs[mover], owner[free] = free, mover
                free = left
            return


def _alone(contact: Contact, others: Sequence[Contact], matched: Mapping[str, str], within_minutes: int) -> Alone:
    """Why a contact stands alone: the nearest record of the other side, and what differs."""

    def reasons(other: Contact) -> tuple[Say, ...]:
        found = differences(contact, other, within_minutes)
        if other.key in matched:
            found += (Say("already matched with {key}", {"key": matched[other.key]}),)
        return found

    if not others:
        return Alone(contact, None, (Say("The other log has nothing on that day or the days beside it."),))
    nearest = min(others, key=lambda other: (len(reasons(other)), _apart(contact, other), other))
    return Alone(contact, nearest, reasons(nearest))
