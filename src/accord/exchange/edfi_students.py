"""Ed-Fi interchange XML: students, their schools, and what the education organisation says of them.

A student's own interchange has a name and a birth date. Grade, school and demographics stand in associations, in the
enrollment interchange; they are read too where they are given along. What is kept is a closed list of paths, so that
birthplace, citizenship and visa are never read, wherever they stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from accord.decision import BadInput
from accord.exchange.assemble import Cell, parsed
from accord.exchange.bundle import Bundle
from accord.exchange.cells import plain
from accord.exchange.roster import Place, Reading, RosterStudent, Students
from accord.exchange.xml_records import Record, interchange, records

SUFFIXES = (".xml", ".xml.gz")

_STUDENT = "StudentReference/StudentIdentity/StudentUniqueId"
_DEMOGRAPHICS = (
    "Sex",
    "BirthSex",
    "HispanicLatinoEthnicity",
    "Race",
    "Race/Race",
    "Race/RaceType",
    "Race/RacialCategory",
    "LimitedEnglishProficiency",
    "StudentIdentificationCode/IdentificationCode",
    "StudentIdentificationCode/StudentIdentificationSystem",
)
WANTED: dict[str, frozenset[str]] = {
    "Student": frozenset(
        {"StudentUniqueId", "Name/FirstName", "Name/LastSurname", "BirthData/BirthDate", "BirthData/BirthSex"}
        | {*_DEMOGRAPHICS}
    ),
    "StudentSchoolAssociation": frozenset(
        {
            _STUDENT,
            "StudentReference@ref",
            "SchoolReference/SchoolIdentity/SchoolId",
            "SchoolReference@ref",
            "EntryDate",
            "EntryGradeLevel",
            "ExitWithdrawDate",
        }
    ),
    "StudentEducationOrganizationAssociation": frozenset(
        {_STUDENT, "StudentReference@ref", "Disability/Disability", *_DEMOGRAPHICS}
    ),
    "StudentSpecialEducationProgramAssociation": frozenset({_STUDENT, "StudentReference@ref", "EndDate"}),
    "School": frozenset({"SchoolId", "NameOfInstitution"}),
}
"""For each kind of record, the only paths whose text is ever held."""


@dataclass
class _Around:
    """What other interchanges say, by the student's identifier or by the reference to the student's record."""

    enrolled: dict[str, dict[str, Cell]] = field(default_factory=dict)
    demographics: dict[str, dict[str, Cell]] = field(default_factory=dict)
    special_education: set[str] = field(default_factory=set)
    schools: dict[str, str] = field(default_factory=dict)
    school_ids: dict[str, str] = field(default_factory=dict)


def students(bundle: Bundle, reading: Reading) -> Students:
    """The students of every interchange of students, in order.

    Raises:
        BadInput: when no file holds students, or one is not plain XML.
    """
    roots = {name: interchange(bundle, name) for name in bundle.ending(*SUFFIXES)}
    around = _Around()
    for name, root in roots.items():
        if root != "InterchangeStudent":
            _gather(bundle, name, around, reading)
    found = [name for name, root in roots.items() if root == "InterchangeStudent"]
    if not found:
        mend = "Give the interchange of students, Student.xml, alone or with the others in a folder or zip."
        raise BadInput("No file is an Ed-Fi interchange of students.", where=bundle.name, mend=mend)
    for name in found:
        for record in _records(bundle, name, reading):
            if record.kind == "Student":
                reading.rows += 1
                if student := _student(record, bundle.where(name), around, reading):
                    yield student


def _records(bundle: Bundle, name: str, reading: Reading) -> Any:
    def seen(element: str) -> None:
        if reading.choices.dropped(element):
            reading.drop(element)

    known: set[str] = set()

    def once(element: str) -> None:
        if element not in known:
            known.add(element)
            seen(element)

    with bundle.open(name) as stream:
        yield from records(stream, WANTED, where=bundle.where(name), seen=once)


def _gather(bundle: Bundle, name: str, around: _Around, reading: Reading) -> None:
    """Take what one interchange says around students."""
    file = bundle.where(name)
    for record in _records(bundle, name, reading):
        place = Place(file, record.number, record.line)
        if record.kind == "School":
            around.schools[record.first("SchoolId")] = record.first("NameOfInstitution")
            around.school_ids[record.first("@id")] = record.first("SchoolId")
            continue
        student = record.first(_STUDENT, "StudentReference@ref")
        if record.kind == "StudentSchoolAssociation":
            _enrol(around.enrolled, student, record, place)
        elif record.kind == "StudentEducationOrganizationAssociation":
            around.demographics.setdefault(student, {}).update(_demographics(record, place))
        elif record.kind == "StudentSpecialEducationProgramAssociation" and not record.first("EndDate"):
            around.special_education.add(student)


def _enrol(enrolled: dict[str, dict[str, Cell]], student: str, record: Record, place: Place) -> None:
    """Keep the association that still runs, or else the one entered last."""
    school = record.first("SchoolReference/SchoolIdentity/SchoolId", "SchoolReference@ref")
    new = {
        "school": Cell("SchoolId", school, place),
        "entered_on": Cell("EntryDate", record.first("EntryDate"), place),
        "grade": Cell("EntryGradeLevel", record.first("EntryGradeLevel"), place),
        "left_on": Cell("ExitWithdrawDate", record.first("ExitWithdrawDate"), place),
    }
    old = enrolled.get(student)
    if old is None or _runs(new) >= _runs(old):
        enrolled[student] = new


def _runs(cells: dict[str, Cell]) -> tuple[bool, str]:
    return (not cells["left_on"].text, cells["entered_on"].text)


def _demographics(record: Record, place: Place) -> dict[str, Cell]:
    """The cells that a record has; what it does not say is not there."""
    races = record.all("Race", "Race/Race", "Race/RaceType", "Race/RacialCategory")
    cells = {
        "sex": record.first("Sex", "BirthData/BirthSex", "BirthSex"),
        "hispanic": record.first("HispanicLatinoEthnicity"),
        "races": ";".join(one.rpartition("#")[2].replace(" - ", " ").replace("/", " ") for one in races),
        "english_learner": record.first("LimitedEnglishProficiency"),
        "ssid": _state_id(record),
    }
    columns = {"hispanic": "HispanicLatinoEthnicity", "races": "Race", "english_learner": "LimitedEnglishProficiency"}
    return {
        name: Cell(columns.get(name, {"sex": "Sex", "ssid": "StudentIdentificationCode"}.get(name, name)), text, place)
        for name, text in cells.items()
        if text
    }


def _state_id(record: Record) -> str:
    codes = record.all("StudentIdentificationCode/IdentificationCode")
    systems = record.all("StudentIdentificationCode/StudentIdentificationSystem")
    return next((code for code, system in zip(codes, systems, strict=False) if plain(system) in ("state", "ssid")), "")


def _student(record: Record, file: str, around: _Around, reading: Reading) -> RosterStudent | None:
    place = Place(file, record.number, record.line)
    own, ref = record.first("StudentUniqueId"), record.first("@id")
    given = {
        "local_id": Cell("StudentUniqueId", own, place),
        "birth_date": Cell("BirthDate", record.first("BirthData/BirthDate"), place),
        **_demographics(record, place),
        **_of(around.demographics, own, ref),
        **_of(around.enrolled, own, ref),
    }
    if reading.choices.keep_names:
        given["given_name"] = Cell("FirstName", record.first("Name/FirstName"), place)
        given["family_name"] = Cell("LastSurname", record.first("Name/LastSurname"), place)
    if "school" in given:
        school = given["school"]
        known = around.school_ids.get(school.text, school.text)
        given["school"] = school._replace(text=known)
        given["school_name"] = school._replace(text=around.schools.get(known, ""))
    if {own, ref} & around.special_education:
        given["idea"] = Cell("StudentSpecialEducationProgramAssociation", "yes", place)
    values = parsed(given, reading)
    return None if values is None else RosterStudent(place=place, **values)


def _of(table: dict[str, dict[str, Cell]], own: str, ref: str) -> dict[str, Cell]:
    return table.get(own) or (table.get(ref, {}) if ref else {})
