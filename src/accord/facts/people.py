"""Roles, how far they reach, and whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accord.facts.coded import Coded


class Role(Coded):
    """Who a person is to the program. A person may hold several roles, each with its dates."""

    SUPERINTENDENT = "superintendent", "Superintendent or designee"
    BOARD = "board", "Board member"
    CLERK = "clerk", "Board clerk"
    PRINCIPAL = "principal", "Principal or site administrator"
    STAFF = "staff", "School staff"
    SRO = "sro", "School resource officer"
    AGENCY_SUPERVISOR = "agency_supervisor", "Agency supervisor"
    CUSTODIAN = "custodian", "Records custodian"
    PARENT = "parent", "Parent, guardian or adult student"
    PROGRAM_ADMIN = "program_admin", "Program administrator (IT)"


class Reach(Coded):
    """How far a permission goes for a role."""

    NONE = "none", "No"
    OWN = "own", "Own entries"
    SCHOOL = "school", "Own schools"
    DISTRICT = "district", "Whole district"


@dataclass(frozen=True)
class RoleHeld:
    """A role in force from a day to a day; `school` is "" for the whole district, `agency` whom the police serve.

    No agency on a police role means that it is not on file.
    """

    role: Role
    school: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    agency: str = ""

    def in_force(self, on: date) -> bool:
        return (self.starts_on is None or self.starts_on <= on) and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True)
class Asker:
    """Whoever asks to do something: an opaque id, and the roles held. No role at all is the public."""

    id: str
    active: bool
    roles: tuple[RoleHeld, ...] = ()
