"""Ed-Fi interchange XML of student discipline: incidents, the students in them, and what the school did.

Read as a stream, so that a file of any length takes little memory. Kept is a closed list of paths: names of reporters
and outsiders and free descriptions are never read. Each record that cannot be read becomes a problem of its own, and
the others stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import IO

from accord.exchange.xml_records import Record, records

_INCIDENT = "DisciplineIncidentReference"
_STUDENT = "StudentReference/StudentIdentity/StudentUniqueId"
_NUMBER = "/DisciplineIncidentIdentity/IncidentIdentifier"
_SCHOOL = "/DisciplineIncidentIdentity/SchoolReference/SchoolIdentity/SchoolId"
_ASSOCIATED = frozenset(
    {
        _STUDENT,
        f"{_INCIDENT}@ref",
        _INCIDENT + _NUMBER,
        _INCIDENT + _SCHOOL,
        "Behavior",
        "Behavior/Behavior",
        "Weapon",
        "Weapons",
        "DisciplineIncidentParticipationCode",
        "StudentParticipationCode",
    }
)
_ACTED_ON = (
    "StudentDisciplineIncidentBehaviorAssociationReference/StudentDisciplineIncidentBehaviorAssociationIdentity/"
)
WANTED: dict[str, frozenset[str]] = {
    "DisciplineIncident": frozenset(
        {
            "IncidentIdentifier",
            "IncidentDate",
            "IncidentTime",
            "IncidentLocation",
            "ReporterDescription",
            "Behavior/Behavior",
            "Weapon",
            "ReportedToLawEnforcement",
            "CaseNumber",
            "SchoolReference/SchoolIdentity/SchoolId",
            "DisciplineIncidentExternalParticipant/DisciplineIncidentParticipationCode",
        }
    ),
    "StudentDisciplineIncidentBehaviorAssociation": _ASSOCIATED,
    "StudentDisciplineIncidentNonOffenderAssociation": _ASSOCIATED,
    "StudentDisciplineIncidentAssociation": _ASSOCIATED,
    "DisciplineAction": frozenset(
        {
            "DisciplineActionIdentifier",
            "Discipline",
            "DisciplineDate",
            _STUDENT,
            _ACTED_ON + _INCIDENT + _NUMBER,
            _ACTED_ON + _INCIDENT + _SCHOOL,
            f"{_ACTED_ON}{_INCIDENT}@ref",
        }
    ),
}
"""For each kind of record, the only paths whose text is ever held."""

Key = tuple[str, str]
"""An incident: the school's identifier and the incident's at that school."""


@dataclass(frozen=True)
class Incident:
    """One incident. Codes are the words after the # of Ed-Fi's descriptors; `reported` is None where not said.

    `outsiders` has the part of each person from outside, without a name.
    """

    key: Key
    occurred_on: date
    occurred_at: time | None
    place: str
    reporter: str
    behaviors: tuple[str, ...]
    weapons: tuple[str, ...]
    reported: bool | None
    case_number: str
    outsiders: tuple[str, ...]


@dataclass(frozen=True)
class Involved:
    """A student in an incident: which part, what behavior, which weapons. `offender` is False for witness or victim."""

    incident: Key
    student: str
    part: str
    behaviors: tuple[str, ...]
    weapons: tuple[str, ...]
    offender: bool


@dataclass(frozen=True)
class Action:
    """What the school did about a student, and after which incidents."""

    identifier: str
    student: str
    on: date
    disciplines: tuple[str, ...]
    incidents: tuple[Key, ...]


@dataclass(frozen=True)
class Problem:
    """A record that was left out: which, where, and why. Never what stood there."""

    kind: str
    number: int
    line: int
    element: str
    problem: str


class _UnreadableError(ValueError):
    def __init__(self, element: str, problem: str) -> None:
        self.element, self.problem = element, problem
        super().__init__(problem)


@dataclass
class _Known:
    """Incidents seen so far: by their key, and by the id that other records refer to."""

    keys: set[Key] = field(default_factory=set)
    ids: dict[str, Key] = field(default_factory=dict)


def read(stream: IO[bytes], *, where: str) -> Iterator[Incident | Involved | Action | Problem]:
    """Every record in the order of the file; those that refer to an incident further down come last.

    Raises:
        BadInput: when the file is not plain XML.
    """
    known = _Known()
    later: list[Record] = []
    for record in records(stream, WANTED, where=where):
        if _ahead(record, known):
            later.append(record)
        else:
            yield _read(record, known)
    yield from (_read(record, known) for record in later)


def _ahead(record: Record, known: _Known) -> bool:
    """Does the record refer to an incident that was not seen yet?"""
    for path in (_INCIDENT, _ACTED_ON + _INCIDENT):
        keys = zip(record.all(path + _SCHOOL), record.all(path + _NUMBER), strict=False)
        if any(ref not in known.ids for ref in record.all(f"{path}@ref")) or any(key not in known.keys for key in keys):
            return True
    return False


def _read(record: Record, known: _Known) -> Incident | Involved | Action | Problem:
    try:
        if record.kind == "DisciplineIncident":
            return _incident(record, known)
        return _action(record, known) if record.kind == "DisciplineAction" else _involved(record, known)
    except _UnreadableError as error:
        return Problem(record.kind, record.number, record.line, error.element, error.problem)


def _incident(record: Record, known: _Known) -> Incident:
    key = (_needed(record, "SchoolReference/SchoolIdentity/SchoolId"), _needed(record, "IncidentIdentifier"))
    if key in known.keys:
        raise _UnreadableError("IncidentIdentifier", "The school has another incident of this identifier.")
    incident = Incident(
        key=key,
        occurred_on=_day(record, "IncidentDate"),
        occurred_at=_time(record, "IncidentTime"),
        place=_code(record.first("IncidentLocation")),
        reporter=_code(record.first("ReporterDescription")),
        behaviors=_codes(record, "Behavior/Behavior"),
        weapons=_codes(record, "Weapon"),
        reported=_yes_or_no(record, "ReportedToLawEnforcement"),
        case_number=record.first("CaseNumber"),
        outsiders=_codes(record, "DisciplineIncidentExternalParticipant/DisciplineIncidentParticipationCode"),
    )
    known.keys.add(key)
    if own := record.first("@id"):
        known.ids[own] = key
    return incident


def _involved(record: Record, known: _Known) -> Involved:
    incidents = _incidents(record, known, _INCIDENT)
    if len(incidents) != 1:
        raise _UnreadableError(_INCIDENT, "It is not said which incident this belongs to.")
    part = _code(record.first("DisciplineIncidentParticipationCode", "StudentParticipationCode"))
    return Involved(
        incident=incidents[0],
        student=_needed(record, _STUDENT),
        part=part,
        behaviors=_codes(record, "Behavior", "Behavior/Behavior"),
        weapons=_codes(record, "Weapon", "Weapons"),
        offender=_is_offender(record.kind, part),
    )


def _is_offender(kind: str, part: str) -> bool:
    if kind == "StudentDisciplineIncidentAssociation":
        return part.lower() not in {"victim", "witness", "reporter"}
    return kind == "StudentDisciplineIncidentBehaviorAssociation"


def _action(record: Record, known: _Known) -> Action:
    return Action(
        identifier=_needed(record, "DisciplineActionIdentifier"),
        student=_needed(record, _STUDENT),
        on=_day(record, "DisciplineDate"),
        disciplines=_codes(record, "Discipline"),
        incidents=_incidents(record, known, _ACTED_ON + _INCIDENT),
    )


def _incidents(record: Record, known: _Known, path: str) -> tuple[Key, ...]:
    """The incidents that a record refers to, by id or by school and identifier, each of which must be in the file."""
    schools, numbers = record.all(path + _SCHOOL), record.all(path + _NUMBER)
    if len(schools) != len(numbers):
        raise _UnreadableError(_INCIDENT, "The incident needs both a school and an identifier.")
    found = [known.ids.get(ref) for ref in record.all(f"{path}@ref")]
    found += [key if key in known.keys else None for key in zip(schools, numbers, strict=True)]
    if None in found:
        raise _UnreadableError(_INCIDENT, "The incident is not in this file, or could not be read.")
    return tuple(dict.fromkeys(key for key in found if key))


def _needed(record: Record, path: str) -> str:
    if not (text := record.first(path)):
        raise _UnreadableError(path.rpartition("/")[2], "It is missing.")
    return text


def _day(record: Record, element: str) -> date:
    try:
        return date.fromisoformat(_needed(record, element)[:10])
    except ValueError as error:
        if isinstance(error, _UnreadableError):
            raise
        raise _UnreadableError(element, "A day is written like 2026-11-24.") from error


def _time(record: Record, element: str) -> time | None:
    if not (text := record.first(element)):
        return None
    try:
        return time.fromisoformat(text.partition(".")[0].removesuffix("Z"))
    except ValueError as error:
        raise _UnreadableError(element, "A time is written like 14:05:00.") from error


def _yes_or_no(record: Record, element: str) -> bool | None:
    answers = {"": None, "true": True, "1": True, "false": False, "0": False}
    text = record.first(element).lower()
    if text not in answers:
        raise _UnreadableError(element, "It is true or false.")
    return answers[text]


def _code(text: str) -> str:
    """The code of a descriptor, which is what stands after its last #."""
    return text.rpartition("#")[2]


def _codes(record: Record, *paths: str) -> tuple[str, ...]:
    return tuple(_code(text) for text in record.all(*paths))
