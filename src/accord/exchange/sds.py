"""Microsoft School Data Sync as CSV: version 1 (School.csv, Student.csv) and version 2.1 (orgs, users, roles, ...)."""

from __future__ import annotations

from typing import Any

from accord.decision import Say
from accord.exchange import race, tables
from accord.exchange.assemble import Cell, disability, parsed
from accord.exchange.bundle import Bundle
from accord.exchange.cells import UnreadableError
from accord.exchange.roster import Place, Reading, RosterStudent, Students
from accord.exchange.tables import Row, Table
from accord.facts import EnglishLearner, Hispanic

_SPECIAL_EDUCATION, _PLAN_504, _ENGLISH = {"iep", "specialeducation"}, {"504", "section504"}, {"ell", "el"}
_THERE = {"", "active"}

Role = tuple[str, str, str, str, Place]
"""Organisation, grade, first and last day, and where that stands."""


def students_v1(bundle: Bundle, reading: Reading) -> Students:
    """The students of Student.csv, in its order, with the schools of School.csv."""
    schools = _schools(bundle, reading)
    with tables.table(bundle, "student.csv", reading) as table:
        table.require("SIS ID", "School SIS ID")
        for row in table.rows(counted=True):
            reading.rows += 1
            if student := _student_v1(table, row, schools, reading):
                yield student


def _schools(bundle: Bundle, reading: Reading) -> dict[str, str]:
    if "school.csv" not in bundle:
        reading.warn(Say("There is no School.csv; schools are known by their SIS ID only."))
        return {}
    with tables.table(bundle, "school.csv", reading) as table:
        table.require("SIS ID", "Name")
        return {row.get("sisid"): row.get("name") for row in table.rows()}


def _student_v1(table: Table, row: Row, schools: dict[str, str], reading: Reading) -> RosterStudent | None:
    def cell(column: str) -> Cell:
        return Cell(table.named(column), row.get(column), row.place)

    given = {
        "local_id": cell("sisid"),
        "ssid": cell("stateid"),
        "school": cell("schoolsisid"),
        "school_name": Cell("School SIS ID", schools.get(row.get("schoolsisid"), ""), row.place),
        "grade": cell("grade"),
        "birth_date": cell("birthdate"),
    }
    if reading.choices.keep_names:
        given |= {"given_name": cell("firstname"), "family_name": cell("lastname")}
    values = parsed(given, reading)
    if values is None:
        return None
    return RosterStudent(place=row.place, gone=row.get("status").lower() not in _THERE, **values)


def students_v2(bundle: Bundle, reading: Reading) -> Students:
    """The users who hold the role of a student, in the order of users.csv."""
    orgs, roles = _orgs(bundle, reading), _roles(bundle, reading)
    people, flags = _demographics(bundle, reading), _flags(bundle, reading)
    with tables.table(bundle, "users.csv", reading) as table:
        table.require("sourcedId")
        for row in table.rows(counted=True):
            user = row.get("sourcedid")
            if user not in roles:
                continue
            reading.rows += 1
            values = parsed(_cells_v2(table, row, roles[user], orgs, reading), reading)
            person = people.get(user, {})
            if values is not None and person is not None:
                yield RosterStudent(place=row.place, **values, **person, **_services(flags.get(user, set())))


def _orgs(bundle: Bundle, reading: Reading) -> dict[str, str]:
    if "orgs.csv" not in bundle:
        return {}
    with tables.table(bundle, "orgs.csv", reading) as table:
        table.require("sourcedId", "name")
        return {row.get("sourcedid"): row.get("name") for row in table.rows()}


def _roles(bundle: Bundle, reading: Reading) -> dict[str, Role]:
    """The role of each student: the primary one, otherwise the first."""
    found: dict[str, Role] = {}
    with tables.table(bundle, "roles.csv", reading) as table:
        table.require("userSourcedId", "orgSourcedId", "role")
        for row in table.rows():
            user = row.get("usersourcedid")
            primary = row.get("isprimary").lower() == "true"
            if row.get("role").lower() == "student" and (primary or user not in found):
                days = (row.get("rolestartdate"), row.get("roleenddate"))
                found[user] = (row.get("orgsourcedid"), row.get("grade"), *days, row.place)
    return found


def _cells_v2(table: Table, row: Row, role: Role, orgs: dict[str, str], reading: Reading) -> dict[str, Cell]:
    org, grade, begin, end, place = role
    given = {
        "local_id": Cell("sourcedId", row.get("sourcedid"), row.place),
        "school": Cell("orgSourcedId", org, place),
        "school_name": Cell("name", orgs.get(org, ""), place),
        "grade": Cell("grade", grade, place),
        "entered_on": Cell("roleStartDate", begin, place),
        "left_on": Cell("roleEndDate", end, place),
    }
    if reading.choices.keep_names:
        given["given_name"] = Cell(table.named("givenname"), row.get("givenname"), row.place)
        given["family_name"] = Cell(table.named("familyname"), row.get("familyname"), row.place)
    return given


def _demographics(bundle: Bundle, reading: Reading) -> dict[str, dict[str, Any] | None]:
    if "demographics.csv" not in bundle:
        return {}
    with tables.table(bundle, "demographics.csv", reading) as table:
        table.require("userSourcedId")
        return {row.get("usersourcedid"): _person(row, reading) for row in table.rows()}


def _person(row: Row, reading: Reading) -> dict[str, Any] | None:
    """Sex, day of birth and race. An ethnicity code other than Hispanic says nothing about it."""
    given = {
        "birth_date": Cell("birthDate", row.get("birthdate"), row.place),
        "sex": Cell("sex", row.get("sex"), row.place),
    }
    values = parsed(given, reading)
    ethnicities = [tables.key(one) for one in race.split(row.get("ethnicitycodes"))]
    hispanic = Hispanic.YES if any(one.startswith("hispanic") for one in ethnicities) else Hispanic.UNKNOWN
    try:
        answers = race.answers(race.split(row.get("racecodes")), hispanic)
    except UnreadableError as error:
        reading.reject(row.place, "raceCodes", error.say)
        return None
    return None if values is None else {**values, "race": answers}


def _flags(bundle: Bundle, reading: Reading) -> dict[str, set[str]]:
    if "userflags.csv" not in bundle:
        return {}
    found: dict[str, set[str]] = {}
    with tables.table(bundle, "userflags.csv", reading) as table:
        table.require("userSourcedId", "flag")
        for row in table.rows():
            found.setdefault(row.get("usersourcedid"), set()).add(tables.key(row.get("flag")))
    return found


def _services(flags: set[str]) -> dict[str, Any]:
    """What flags say. A flag that is not there says nothing: the file lists what applies and never what does not."""
    return {
        "disability": disability(
            idea=True if flags & _SPECIAL_EDUCATION else None, section_504=True if flags & _PLAN_504 else None
        ),
        "english_learner": EnglishLearner.YES if flags & _ENGLISH else EnglishLearner.UNKNOWN,
    }
