"""Papers on file that bear on requests for records, and who holds the rights to a student's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accord.facts.records_codes import Purpose, SignerRole


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent as signed. `records` holds ids or kinds; `party` an id, an agency or a capacity."""

    id: str = ""
    student: str = ""
    signer: str = ""
    signer_role: SignerRole | None = None
    signed_on: date | None = None
    authenticated: bool | None = None
    records: tuple[str, ...] = ()
    purpose: Purpose | None = None
    party: str = ""
    expires_on: date | None = None
    revoked_on: date | None = None
    copy_requested: bool = False


@dataclass(frozen=True, slots=True)
class RightsHolder:
    """Who holds the rights to a student's records, from a day to a day."""

    person: str = ""
    student: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A written agreement with a party; the terms that the law asks for, each stated or not."""

    party: str = ""
    signed_on: date | None = None
    ends_on: date | None = None
    school_function: bool | None = None
    direct_control: bool | None = None
    use_limits: bool | None = None
    purpose_and_scope: bool | None = None
    no_identification: bool | None = None
    destroy_by: date | None = None


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A person's signed word to keep to the limits of use and redisclosure, given for the agency they serve."""

    person: str = ""
    signed_on: date | None = None
    ends_on: date | None = None
    agency: str = ""


@dataclass(frozen=True, slots=True)
class Designation:
    """An officer whose name the agency submitted in writing."""

    officer: str = ""
    submitted_on: date | None = None
    agency: str = ""


@dataclass(frozen=True, slots=True)
class CourtBar:
    """A court order that keeps a person from a student's records."""

    person: str = ""
    student: str = ""
