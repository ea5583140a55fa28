"""Who may see or do what. One table (people.toml), one function that reads it (`may`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from accord import clauses
from accord.decision import Decision, Finding, Say, implements
from accord.facts import Asker, Reach, Role, RoleHeld


@dataclass(frozen=True)
class Permission:
    """One row of the table: what it lets a person do, in words, and how far for each role.

    Whoever holds a role of `own_at_most` reaches no more than their own, whatever other role they hold.
    """

    id: str
    words: str
    public: bool
    reach: Mapping[Role, Reach]
    own_at_most: frozenset[Role]


@dataclass(frozen=True)
class Scope:
    """What a person reaches with one permission today: everything, some schools, or own entries in some schools."""

    district: bool
    schools: frozenset[str]
    own_schools: frozenset[str]
    own_anywhere: bool

    def covers(self, *, school: str, own: bool) -> bool:
        return self.district or school in self.schools or (own and (self.own_anywhere or school in self.own_schools))

    @property
    def empty(self) -> bool:
        return not (self.district or self.schools or self.own_schools or self.own_anywhere)


@dataclass(frozen=True)
class Pair:
    """Two acts on the same thing: who did the first, and who wants to do the second."""

    first: str
    second: str


@cache
def permissions() -> dict[str, Permission]:
    """The table of permissions, in the order of people.toml."""
    return {row_id: _permission(row_id, row) for row_id, row in clauses.table("people")["permission"].items()}


@cache
def police_roles() -> frozenset[Role]:
    """The roles of those who serve with the police: what the table keeps to their own, whatever else they hold."""
    return frozenset(role for row in permissions().values() for role in row.own_at_most)


def _permission(row_id: str, row: dict[str, Any]) -> Permission:
    reach = {role: Reach(row.get(role.value, "none")) for role in Role}
    own_at_most = frozenset(Role(role) for role in row.get("own_at_most", ()))
    return Permission(row_id, row["words"], bool(row.get("public", False)), reach, own_at_most)


def scope(asker: Asker, permission: str, *, on: date) -> Scope:
    """What does this person reach with this permission on this day? Nothing when the account is closed.

    A role held in the wrong place (`role_place`) counts for nothing, however it came to be stored.
    """
    held = [role for role in asker.roles if asker.active and role.in_force(on) and role_place(role).met]
    row = permissions()[permission]
    kept_in = any(role.role in row.own_at_most for role in held)

    def schools(wanted: Reach) -> Iterable[RoleHeld]:
        return (role for role in held if row.reach[role.role] is wanted and not (kept_in and wanted is not Reach.OWN))

    own = list(schools(Reach.OWN))
    return Scope(
        district=any(schools(Reach.DISTRICT)),
        schools=frozenset(role.school for role in schools(Reach.SCHOOL) if role.school),
        own_schools=frozenset(role.school for role in own if role.school),
        own_anywhere=any(not role.school for role in own),
    )


@implements("people.active")
def is_active(asker: Asker, *, on: date) -> Finding:
    """Is the account in use, with a role in force on this day?"""
    if not asker.active:
        return Finding("people.active", False, Say("This account is closed."))
    if not any(role.in_force(on) for role in asker.roles):
        return Finding("people.active", False, Say("No role of this account is in force on {on}.", {"on": on}))
    return Finding("people.active", True, Say("The account is in use and holds a role."))


@implements("people.permission")
def has_permission(
    asker: Asker, *, permission: str, on: date, school: str | None = None, author: str | None = None
) -> Finding:
    """Does a role of this person grant the permission, as far as this school and entry?

    With neither `school` nor `author` the question is whether the permission reaches anything at all.
    """
    row = permissions()[permission]
    if row.public:
        return Finding("people.permission", True, Say("Open to everyone."))
    reached = scope(asker, permission, on=on)
    words = {"act": Say(row.words)}
    if reached.empty:
        return Finding("people.permission", False, Say("None of your roles grants: {act}.", words))
    if (school is not None or author is not None) and not reached.covers(
        school=school or "", own=author is not None and author == asker.id
    ):
        return Finding("people.permission", False, Say("Your roles grant this elsewhere, not here: {act}.", words))
    return Finding("people.permission", True, Say("A role of yours grants: {act}.", words))


@implements("people.role-place")
def role_place(held: RoleHeld) -> Finding:
    """Is the role held at a school exactly when it is one that acts at a school?"""
    at_school = held.role.value in clauses.table("people")["place"]["at_school"]
    if at_school and not held.school:
        return Finding("people.role-place", False, Say("Choose the school this role is held at."), "school")
    if held.school and not at_school:
        return Finding("people.role-place", False, Say("This role is held for the whole district."), "school")
    return Finding("people.role-place", True, Say("The role is held where it acts."), "school")


@implements("people.agency")
def role_agency(held: RoleHeld) -> Finding:
    """Does the role name an agency exactly when it is one of the police?"""
    police = held.role in police_roles()
    if police and not held.agency.strip():
        return Finding("people.agency", False, Say("Say which agency this person serves."), "agency")
    if held.agency and not police:
        return Finding("people.agency", False, Say("Only a role with the police is held for an agency."), "agency")
    return Finding(
        "people.agency", True, Say("A role with the police names the agency, and no other role does."), "agency"
    )


@implements("people.other-person")
def other_person(pair: Pair) -> Finding:
    """Is the second act done by someone other than the first?"""
    if not pair.second or not pair.first:
        return Finding("people.other-person", False, Say("It is not known who did this."))
    if pair.first == pair.second:
        return Finding("people.other-person", False, Say("You did the first step yourself. A second person decides."))
    return Finding("people.other-person", True, Say("Done by a second person."))


@implements("people.own")
def own(pair: Pair) -> Finding:
    """Is the second act done by whoever did the first?"""
    met = bool(pair.first) and pair.first == pair.second
    say = Say("Done by whoever began it.") if met else Say("Only whoever began this may do that.")
    return Finding("people.own", met, say)


def may(asker: Asker, permission: str, *, on: date, school: str | None = None, author: str | None = None) -> Decision:
    """May this person do this, on this day, at this school, to this author's entry?"""
    granted = has_permission(asker, permission=permission, on=on, school=school, author=author)
    if permissions()[permission].public:
        return Decision.of(granted)
    return Decision.of(is_active(asker, on=on), granted)
