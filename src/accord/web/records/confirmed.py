"""What of a request only whoever asks says, and the words of others on file on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from accord.facts import records as facts
from accord.facts.records import Claim
from accord.rules import records as rule
from accord.web.interactions.times import district_day
from accord.web.records.crime_reports import reports
from accord.web.records.models_confirmations import Confirmation
from accord.web.records.models_requests import Request
from accord.web.students.models import Student


class Words(NamedTuple):
    """What is on file on the claims of a request: reports of contacts, words filed on the request, roles."""

    contacts: tuple[facts.Confirmation, ...]
    filed: tuple[facts.Confirmation, ...]
    roles: tuple[facts.Confirmation, ...]

    @property
    def every(self) -> tuple[facts.Confirmation, ...]:
        """All of them, the last on a claim being the one that counts: a no filed on the request outweighs a contact."""
        return (*self.contacts, *self.filed, *self.roles)


def words(row: Request, asked: facts.Request, about: Student | None, *, at: datetime, on: date) -> Words:
    """What is on file on the claims of a request about a student, if one was found.

    Two queries at most, and two more where a crime is claimed.
    """
    roles = tuple(role_on_file(row, asked, on=on))
    told = reports(about, agency=asked.asker.agency, at=at) if about and asked.reported_crime and roles else ()
    return Words(tuple(told), tuple(_filed(row, at)), roles)


def with_words(
    row: Request, asked: facts.Request, on_file: facts.OnFile, about: Student | None, *, at: datetime, on: date
) -> tuple[facts.Request, facts.OnFile]:
    """The request with its claims named, and what is on file with the words of others on them."""
    claims = rule.claims(asked)
    if not claims:
        return asked, on_file
    found = words(row, asked, about, at=at, on=on)
    return replace(asked, claims=claims), replace(on_file, confirmations=found.every)


def _filed(row: Request, at: datetime) -> Iterator[facts.Confirmation]:
    """The words filed for a request. A yes by a clock that is a little ahead opens nothing yet; a no closes."""
    told = Confirmation.objects.filter(request=row).values_list("claim", "yes", "by__uid", "at", "source")
    for claim, yes, by, filed, source in told:
        if filed <= at or not yes:
            yield facts.Confirmation(Claim(claim), yes, str(by), district_day(filed), source)


def role_on_file(row: Request, asked: facts.Request, *, on: date) -> Iterator[facts.Confirmation]:
    """The roles that name the agency for which an account asks: filed by whoever granted them.

    One query, or none where the roles of whoever asks are at hand.
    """
    party = asked.asker
    if not party.agency or party.id != str(row.asker.uid):
        return
    for grant in row.asker.grants.all():
        named = grant.agency == party.agency and grant.in_force(on)
        if named and party.capacity in rule.capacities([grant.facts().role]):
            filed = district_day(grant.agency_at) if grant.agency_at else None
            yield facts.Confirmation(Claim.AGENCY, True, grant.agency_by, filed, "The role on file names it.")


def by_role(row: Request, claim: Claim, asked: facts.Request) -> bool:
    """Is this claim settled by a role on file, so that nobody confirms it by hand?"""
    return claim is Claim.AGENCY and asked.asker.id == str(row.asker.uid)
