"""Whose records an account holds the rights to today, and what it may do about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from accord.decision import Finding
from accord.facts.records import SignerRole
from accord.rules import people
from accord.rules import records as rule
from accord.web.people.models import User
from accord.web.records.bars import barred_from
from accord.web.records.consents import adult
from accord.web.records.links import standing
from accord.web.records.models import Link
from accord.web.students.models import Student


@dataclass(frozen=True)
class Child:
    """A student with whom an account is linked today. `reads` and `signs` say whether and why (not)."""

    link: Link
    reads: Finding
    signs: Finding
    barred: bool = False

    @property
    def student(self) -> Student:
        student: Student = self.link.student
        return student


def children(user: User, *, at: datetime, on: date) -> list[Child]:
    """Every student this account is linked to today, once each. Two queries.

    Where two links stand, that one counts which gives rights today.
    """
    barred = barred_from(user, at=at)
    found: dict[int, Child] = {}
    for link in standing(user, on=on).order_by("student__given_name", "student__local_id", "id"):
        child = _child(link, barred=str(link.student.uid) in barred, on=on)
        if link.student_id not in found or child.reads.met:
            found[link.student_id] = child
    return list(found.values())


def _child(link: Link, *, barred: bool, on: date) -> Child:
    grown, role = adult(link.student, on=on), SignerRole(link.role)
    reading = rule.Reading(role=role, holds=True, adult=grown, barred=barred)
    may_sign = link.may_sign and not barred
    signing = rule.Signing(on=on, role=role, holds=True, may_sign=may_sign, adult=grown)
    return Child(link, rule.log_opens(reading), rule.signer_may(signing), barred)


def child(user: User, student: Student, *, at: datetime, on: date) -> Child | None:
    """The same for one student; None for anyone the account is not linked to."""
    return next((one for one in children(user, at=at, on=on) if one.link.student_id == student.pk), None)


def keeps(user: User, *, on: date) -> bool:
    """Does this account keep the records for the district?"""
    return people.scope(user.facts(), "records.log", on=on).district
