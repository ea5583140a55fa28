"""The invented people: one for each role on the sign-in page, then staff. Names drawn from lists, tied to nobody."""

from __future__ import annotations

import random
from datetime import date, datetime

from accord.facts import Role
from accord.rules.people import police_roles
from accord.web.demo.district import AGENCY, MAIL
from accord.web.people.content import record_user
from accord.web.people.models import RoleGrant, School, User

_FIRST = (
    "Amara Ben Camila Devon Elena Farah Gabriel Hana Isaac Jun Kofi Lucia Marco Nadia Omar Priya Quinn Rosa Samuel "
    "Tala Ursula Victor Wen Ximena Yusuf Zoe"
).split()
_LAST = (
    "Abbott Barros Castillo Dang Ellison Flores Gupta Hollis Ibarra Jensen Kaur Lozano Moreno Nakamura Okafor Pruitt "
    "Quintero Reyes Sato Tran Ulloa Vance Whitfield Xiong Yates Zamora"
).split()

PASSWORD = "demo demo demo demo"  # noqa: S105 - said on the page where it is asked for, in the demo alone
OFFICERS = 4
STAFF = 60


class Cast:
    """Makes accounts and role grants in bulk. Only officers get a password, to sign with; others sign in by choice."""

    def __init__(self, rng: random.Random, *, at: datetime, since: date) -> None:
        self._rng, self._at, self._since = rng, at, since
        self._people: list[User] = []
        self._names = [f"{first} {last}" for first in _FIRST for last in _LAST]
        rng.shuffle(self._names)

    def person(self, role: Role, school: School | None = None, *, name: str = "") -> User:
        """One account with one role."""
        name = name or self._names.pop()
        user = User(username=name.lower().replace(" ", ".") + MAIL, name=name, created_at=self._at)
        user.set_password(PASSWORD if role is Role.SRO else None)
        user.save()
        self._people.append(user)
        self.grant(user, role, school)
        return user

    def record(self) -> None:
        """Tell the history of everybody, with the roles they hold, once all of them are cast."""
        for user in self._people:
            record_user("people.opened", user, by="system", at=self._at)

    def grant(self, user: User, role: Role, school: School | None) -> None:
        served = {"agency": AGENCY, "agency_by": "system", "agency_at": self._at} if role in police_roles() else {}
        RoleGrant.objects.create(
            user=user,
            role=role.value,
            school=school,
            starts_on=self._since,
            granted_by="system",
            granted_at=self._at,
            **served,
        )


def office(cast: Cast) -> dict[Role, User]:
    """The district office: one person for each role that is held for the whole district."""
    roles = (Role.SUPERINTENDENT, Role.CLERK, Role.CUSTODIAN, Role.AGENCY_SUPERVISOR, Role.PROGRAM_ADMIN, Role.PARENT)
    people = {role: cast.person(role) for role in roles}
    cast.person(Role.SUPERINTENDENT)
    board = [cast.person(Role.BOARD) for _ in range(5)]
    return {**people, Role.BOARD: board[0]}


def sites(cast: Cast, schools: list[School], rng: random.Random) -> tuple[dict[int, User], dict[int, User]]:
    """A principal for each school, officers with their schools, staff. Gives principals and officers by school."""
    principals = {school.pk: cast.person(Role.PRINCIPAL, school) for school in schools}
    officers: dict[int, User] = {}
    crew = [cast.person(Role.SRO, school) for school in schools[:OFFICERS]]
    officers.update({school.pk: officer for school, officer in zip(schools[:OFFICERS], crew, strict=True)})
    for index, school in enumerate(schools[OFFICERS:]):
        officer = crew[index % OFFICERS]
        cast.grant(officer, Role.SRO, school)
        officers[school.pk] = officer
    for index in range(STAFF):
        cast.person(Role.STAFF, schools[index % len(schools)] if rng.random() < 0.9 else schools[0])
    return principals, officers
