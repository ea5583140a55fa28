"""OneRoster 1.1 and 1.2 as CSV: manifest, orgs, users, roles, demographics, and enrollments where nothing else helps.

Columns are found by name; a head that differs from the standard is said so and read all the same, as long as it has
what a student needs. Dates of classes are not dates of enrollment and are not taken for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

from accord.decision import Say
from accord.exchange import cells, race, tables
from accord.exchange.assemble import Cell, parsed
from accord.exchange.bundle import Bundle
from accord.exchange.cells import UnreadableError
from accord.exchange.roster import Place, Reading, RosterStudent, Students
from accord.exchange.tables import Row, Table
from accord.facts import Hispanic

HEADS: dict[str, tuple[str, ...]] = {
    "orgs.csv": ("sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",),
    "users.csv": (
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
        "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password",
        "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,"
        "email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,"
        "preferredFamilyName,primaryOrgSourcedId,pronouns",
        "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,"
        "email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,"
        "preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns",
    ),
    "roles.csv": (
        "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
        "userProfileSourcedId",
    ),
    "enrollments.csv": (
        "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
    ),
    "demographics.csv": (
        "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,"
        "nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,"
        "countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus",
    ),
}
"""The first lines of the standard. Columns that begin with "metadata." may be added to any of them."""

_IDS = re.compile(r"\{\s*([^:{}]+?)\s*:\s*([^{}]*?)\s*\}")
_STATE_ID = ("ssid", "state", "calpads", "sasid")
_DELETED = {"tobedeleted", "inactive"}


class Org(NamedTuple):
    """An organisation: what it is called, its code, and whether it is a school."""

    name: str
    identifier: str
    is_school: bool


@dataclass
class _Around:
    """What the other files say, before the users are gone through."""

    orgs: dict[str, Org]
    roles: dict[str, tuple[str, str, str, Place]]
    demographics: dict[str, dict[str, Any] | None]
    has_roles: bool
    enrolled_at: dict[str, str] | None = None


def version(bundle: Bundle, reading: Reading) -> str:
    """The version that the manifest states; without one, 1.2 where there are roles and 1.1 otherwise."""
    if "manifest.csv" in bundle:
        with tables.table(bundle, "manifest.csv", reading) as table:
            stated = {row.get("propertyname").lower(): row.get("value") for row in table.rows()}
        if stated.get("oneroster.version"):
            return stated["oneroster.version"]
    else:
        reading.warn(Say("There is no manifest.csv; the standard asks for one."))
    return "1.2" if "roles.csv" in bundle else "1.1"


def students(bundle: Bundle, reading: Reading) -> Students:
    """The users who are students, in the order of users.csv."""
    stated = version(bundle, reading)
    if not stated.startswith(("1.0", "1.1", "1.2")):
        reading.warn(Say("The manifest states version {version}; it was read as 1.2.", {"version": stated[:20]}))
    around = _Around(_orgs(bundle, reading), {}, _demographics(bundle, reading), "roles.csv" in bundle)
    if around.has_roles:
        around.roles = _roles(bundle, reading, around.orgs)
    with tables.table(bundle, "users.csv", reading) as table:
        _compare(table, reading)
        table.require("sourcedId", *(() if around.has_roles else ("role",)))
        for row in table.rows(counted=True):
            user = row.get("sourcedid")
            if user in around.roles if around.has_roles else row.get("role").lower() == "student":
                reading.rows += 1
                if student := _student(bundle, table, row, around, reading):
                    yield student


def _compare(table: Table, reading: Reading) -> None:
    """Say where a first line differs from the standard's. Nothing is refused for it."""
    head = [name for name in table.head if not name.startswith("metadata.")]
    known = [line.split(",") for line in HEADS[table.file.lower()]]
    if head in known:
        return
    if any(sorted(head) == sorted(one) for one in known):
        said = Say("{file}: the columns stand in another order than in the standard.", {"file": table.file})
        reading.warn(said)
        return
    nearest = min(known, key=lambda one: len(set(one) ^ set(head)))
    more, fewer = [name for name in head if name not in nearest], [name for name in nearest if name not in head]
    said = Say(
        "{file}: the columns differ from the standard. Not in it: {more}. Missing: {fewer}.",
        {"file": table.file, "more": ", ".join(more) or "–", "fewer": ", ".join(fewer) or "–"},
    )
    reading.warn(said)


def _orgs(bundle: Bundle, reading: Reading) -> dict[str, Org]:
    if "orgs.csv" not in bundle:
        reading.warn(Say("There is no orgs.csv; schools are known by their sourcedId only."))
        return {}
    with tables.table(bundle, "orgs.csv", reading) as table:
        _compare(table, reading)
        table.require("sourcedId", "name")
        return {
            row.get("sourcedid"): Org(row.get("name"), row.get("identifier"), row.get("type").lower() == "school")
            for row in table.rows()
        }


def _roles(bundle: Bundle, reading: Reading, orgs: dict[str, Org]) -> dict[str, tuple[str, str, str, Place]]:
    """For each student: organisation, first and last day, and where that stands. A primary role at a school is best."""
    best: dict[str, tuple[int, tuple[str, str, str, Place]]] = {}
    with tables.table(bundle, "roles.csv", reading) as table:
        _compare(table, reading)
        table.require("userSourcedId", "role", "orgSourcedId")
        for row in table.rows():
            if row.get("role").lower() != "student" or row.get("status").lower() in _DELETED:
                continue
            org = row.get("orgsourcedid")
            at_school = org in orgs and orgs[org].is_school
            rank = 2 * at_school + (row.get("roletype").lower() == "primary")
            user = row.get("usersourcedid")
            if user not in best or rank > best[user][0]:
                best[user] = (rank, (org, row.get("begindate"), row.get("enddate"), row.place))
    return {user: role for user, (_, role) in best.items()}


def _demographics(bundle: Bundle, reading: Reading) -> dict[str, dict[str, Any] | None]:
    """Fields of each student, None for one whose row cannot be read."""
    if "demographics.csv" not in bundle:
        reading.warn(Say("There is no demographics.csv; sex, race and birth date are not recorded."))
        return {}
    with tables.table(bundle, "demographics.csv", reading) as table:
        _compare(table, reading)
        table.require("sourcedId")
        return {row.get("sourcedid"): _person(table, row, reading) for row in table.rows()}


def _person(table: Table, row: Row, reading: Reading) -> dict[str, Any] | None:
    given = {
        "birth_date": Cell("birthDate", row.get("birthdate"), row.place),
        "sex": Cell("sex", row.get("sex"), row.place),
    }
    values = parsed(given, reading)
    answers: dict[str, bool | None] = {}
    for column in (*race.ONEROSTER, "demographicRaceTwoOrMoreRaces", "hispanicOrLatinoEthnicity"):
        try:
            answers[column] = cells.yes_no(row.get(column.lower()))
        except UnreadableError as error:
            reading.reject(row.place, column, error.say)
            values = None
    if values is None:
        return None
    hispanic = {True: Hispanic.YES, False: Hispanic.NO, None: Hispanic.UNKNOWN}[answers["hispanicOrLatinoEthnicity"]]
    named = [column for column in (*race.ONEROSTER, "demographicRaceTwoOrMoreRaces") if answers[column]]
    return {**values, "race": race.answers(named, hispanic)}


def _student(bundle: Bundle, table: Table, row: Row, around: _Around, reading: Reading) -> RosterStudent | None:
    user = row.get("sourcedid")
    org, begin, end, role_place = around.roles.get(user, ("", "", "", row.place))
    org = _school_of(bundle, row, org, around, reading)
    found = around.orgs.get(org, Org("", org, False))
    identified = row.get("identifier")
    given = {
        "local_id": Cell("identifier" if identified else "sourcedId", identified or user, row.place),
        "ssid": Cell("userIds", _state_id(row.get("userids")), row.place),
        "school": Cell("orgSourcedIds", found.identifier or org, row.place),
        "school_name": Cell("name", found.name, row.place),
        "grade": Cell("grades", row.get("grades").partition(",")[0], row.place),
        "entered_on": Cell("beginDate", begin, role_place),
        "left_on": Cell("endDate", end, role_place),
    }
    if reading.choices.keep_names:
        given["given_name"] = Cell("givenName", row.get("givenname"), row.place)
        given["family_name"] = Cell("familyName", row.get("familyname"), row.place)
    values, person = parsed(given, reading), around.demographics.get(user, {})
    if values is None or person is None:
        return None
    return RosterStudent(place=row.place, gone=row.get("status").lower() in _DELETED, **values, **person)


def _school_of(bundle: Bundle, row: Row, role_org: str, around: _Around, reading: Reading) -> str:
    """The school a user belongs to: by role, as primary, among several, or by the classes enrolled in."""
    named = [one.strip() for one in row.get("orgsourcedids").split(",") if one.strip()]
    asked = [role_org, row.get("primaryorgsourcedid"), *named]
    schools = [one for one in asked if one in around.orgs and around.orgs[one].is_school]
    if schools:
        return schools[0]
    if around.enrolled_at is None:
        around.enrolled_at = _enrolled_at(bundle, reading)
    return around.enrolled_at.get(row.get("sourcedid")) or next((one for one in asked if one), "")


def _enrolled_at(bundle: Bundle, reading: Reading) -> dict[str, str]:
    """The school of each student's first class."""
    if "enrollments.csv" not in bundle:
        return {}
    found: dict[str, str] = {}
    with tables.table(bundle, "enrollments.csv", reading) as table:
        _compare(table, reading)
        table.require("userSourcedId", "schoolSourcedId")
        for row in table.rows():
            if row.get("role").lower() == "student" and row.get("status").lower() not in _DELETED:
                found.setdefault(row.get("usersourcedid"), row.get("schoolsourcedid"))
    return found


def _state_id(ids: str) -> str:
    """The identifier among `{type:id}` whose type tells of the state."""
    return next((held for kind, held in _IDS.findall(ids) if any(word in kind.lower() for word in _STATE_ID)), "")
