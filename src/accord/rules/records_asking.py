"""In what capacity, and for which agency, may this account ask: as its roles say, or for someone outside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from accord.decision import Finding, Say, implements
from accord.facts import Role
from accord.facts.records import Capacity

OF_ROLE: dict[Role, tuple[Capacity, ...]] = {
    Role.SRO: (Capacity.SRO,),
    Role.AGENCY_SUPERVISOR: (Capacity.PEACE_OFFICER,),
    Role.PRINCIPAL: (Capacity.EMPLOYEE,),
    Role.STAFF: (Capacity.EMPLOYEE,),
    Role.SUPERINTENDENT: (Capacity.EMPLOYEE,),
    Role.CUSTODIAN: (Capacity.EMPLOYEE,),
    Role.PARENT: (Capacity.PARENT, Capacity.STUDENT),
}
"""As what each role asks. A role that is not named asks as nothing."""


@dataclass(frozen=True)
class Asking:
    """Someone about to ask: the roles in force, the capacity stated, and whether it is for oneself.

    `keeps`: does the account keep the records, and so enter what someone outside asks?
    """

    roles: tuple[Role, ...] = ()
    capacity: Capacity = Capacity.OTHER
    own: bool = True
    keeps: bool = False


@dataclass(frozen=True)
class Serving:
    """The agency that an account states it serves, and those that its roles on file name."""

    stated: str = ""
    held: tuple[str, ...] = ()


def capacities(roles: Iterable[Role]) -> tuple[Capacity, ...]:
    """As what whoever holds these roles asks, each once. An officer's role comes first: none hides it."""
    held = set(roles)
    return tuple(dict.fromkeys(one for role, several in OF_ROLE.items() if role in held for one in several))


@implements("records.capacity")
def asks_as_what_they_are(asking: Asking) -> Finding:
    """Is the capacity one that the roles give; or does whoever keeps the records enter it for someone outside?"""
    clause = "records.capacity"
    if not asking.own:
        say = Say("Only whoever keeps the records enters a request of someone else.")
        met = Say("Entered for someone outside by whoever keeps the records.")
        return Finding(clause, asking.keeps, met if asking.keeps else say, "whose")
    if asking.capacity not in capacities(asking.roles):
        return Finding(clause, False, Say("None of your roles lets you ask in this capacity."), "capacity")
    return Finding(clause, True, Say("A role in force says in what capacity they ask."), "capacity")


@implements("records.agency")
def serves_the_agency(one: Serving) -> Finding:
    """Is the agency stated one that a role of the account names? None stated opens nothing that rests on one."""
    clause = "records.agency"
    if not one.stated:
        return Finding(clause, True, Say("No agency is stated, so nothing rests on one."), "agency")
    if one.stated in one.held:
        return Finding(clause, True, Say("The role on file names this agency."), "agency")
    if one.held:
        values = {"held": ", ".join(one.held), "stated": one.stated}
        return Finding(clause, False, Say("Your role is held for {held}, not for {stated}.", values), "agency")
    say = Say(
        "The agency you serve is not on file. The program administrator files it with your role, "
        "on the page of your account."
    )
    return Finding(clause, False, say, "agency")
