"""Requests for student records and what is on file: who asks, for what, with what paper; and the answer.

Every fact that nobody stated is None or empty, and a rule never takes that for a yes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from accord.facts.records_answers import Answer, Lack, LogEntry, Owed, Ruled, Wanted
from accord.facts.records_claims import Claim, Confirmation, Confirming
from accord.facts.records_codes import (
    AuthorityShown,
    Capacity,
    MadeFor,
    PaperKind,
    Purpose,
    RecordKind,
    Ruling,
    SignerRole,
)
from accord.facts.records_papers import (
    Acknowledgement,
    Agreement,
    Consent,
    CourtBar,
    Designation,
    RightsHolder,
)

__all__ = [
    "Acknowledgement",
    "Agreement",
    "AnnualNotice",
    "Answer",
    "Asked",
    "AuthorityShown",
    "Capacity",
    "Certification",
    "Claim",
    "Confirmation",
    "Confirming",
    "Consent",
    "CourtBar",
    "Designation",
    "Emergency",
    "Kidnapping",
    "Lack",
    "LogEntry",
    "MadeFor",
    "Numbers",
    "OnFile",
    "Owed",
    "Paper",
    "PaperKind",
    "Party",
    "Purpose",
    "Record",
    "RecordKind",
    "Request",
    "RightsHolder",
    "Ruled",
    "Ruling",
    "SignerRole",
    "Student",
    "Wanted",
]


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who asks or receives: an opaque id, a capacity and the agency served."""

    id: str = ""
    capacity: Capacity = Capacity.OTHER
    agency: str = ""
    identity_verified: bool | None = None


@dataclass(frozen=True, slots=True)
class Student:
    """The student the records are about."""

    id: str = ""
    born_on: date | None = None
    opted_out: bool | None = None
    homeless: bool | None = None
    with_disability: bool | None = None
    disciplined_for_assault: bool | None = None
    tax_dependent: bool | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One copy of a record. `interest` says why this very one is needed; `items` is directory information."""

    id: str = ""
    kind: RecordKind = RecordKind.OTHER
    interest: str = ""
    items: tuple[str, ...] = ()
    made_by_unit: bool | None = None
    made_for: MadeFor | None = None
    kept_by_unit: bool | None = None
    own_notes: bool | None = None
    after_attendance: bool | None = None
    identifiers_removed: bool | None = None
    not_identifiable: bool | None = None
    code_from_identity: bool | None = None
    act_on: date | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper from a court or an agency, and the notice given of it."""

    kind: PaperKind
    signed_by_judge: bool | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    names_records: tuple[str, ...] = ()
    recipient: str = ""
    counsel_reviewed_on: date | None = None
    parent_told_on: date | None = None
    pupil_told_on: date | None = None
    notice_excused_by_court: bool = False
    non_disclosure: bool | None = None
    objection_pending: bool = False


@dataclass(frozen=True, slots=True)
class Emergency:
    """An administrator's determination that someone must know, to protect health or safety."""

    threat: str = ""
    determined_by: str = ""
    determined_at: datetime | None = None
    recipients: tuple[str, ...] = ()
    records_needed: tuple[str, ...] = ()
    notice_endangers: bool = False


@dataclass(frozen=True, slots=True)
class Certification:
    """A written word that the records will not be passed on."""

    by: str = ""
    signed_on: date | None = None
    no_redisclosure: bool | None = None


@dataclass(frozen=True, slots=True)
class Kidnapping:
    """What an officer states of a kidnapping inquiry."""

    probable_cause: bool | None = None
    investigation_active: bool | None = None
    may_be_enrolled: bool | None = None
    shows: AuthorityShown | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A request for records of one student. `consent` is the id of the consent it rests on, if it names one.

    `claims` are those of its facts that only whoever asks states: each counts once somebody else confirmed it. What is
    no claim is a fact on file.
    """

    id: str = ""
    made_at: datetime | None = None
    asker: Party = Party()
    decided_by: str = ""
    student: Student = Student()
    whole_group: bool = False
    records: tuple[Record, ...] = ()
    purpose: Purpose = Purpose.OTHER
    passed_to: tuple[Party, ...] = ()
    consent: str = ""
    paper: Paper | None = None
    emergency: Emergency | None = None
    certification: Certification | None = None
    kidnapping: Kidnapping | None = None
    enrolls_there: bool | None = None
    parent_started_it: bool | None = None
    aid_applied_for: bool | None = None
    statute: str = ""
    before_adjudication: bool | None = None
    program: str = ""
    reported_crime: bool | None = None
    teaches_student: bool | None = None
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnualNotice:
    """This year's notice to parents."""

    given_on: date | None = None
    ends_on: date | None = None
    officials: tuple[Capacity, ...] = ()
    interest_defined: bool | None = None
    transfers_announced: bool | None = None
    directory_items: tuple[str, ...] = ()
    directory_recipients: tuple[Capacity, ...] = ()
    opt_out_until: date | None = None


@dataclass(frozen=True, slots=True)
class OnFile:
    """All that the district holds which may bear on a request. `confirmations` stand in the order they were filed."""

    consents: tuple[Consent, ...] = ()
    holders: tuple[RightsHolder, ...] = ()
    notice: AnnualNotice = AnnualNotice()
    agreements: tuple[Agreement, ...] = ()
    acknowledgements: tuple[Acknowledgement, ...] = ()
    designations: tuple[Designation, ...] = ()
    unit_designated_on: date | None = None
    bars: tuple[CourtBar, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()


@dataclass(frozen=True, slots=True)
class Numbers:
    """Dated numbers of law and policy. One that is not known never helps a request."""

    adult_years: int | None = None
    notice_days: int | None = None
    emergency_hours: int | None = None
    emergency_notice_days: int | None = None
    truancy_notice_hours: int | None = None
    access_days: int | None = None
    teacher_lookback_years: int | None = None
    immigration_judicial_only: bool | None = None


@dataclass(slots=True)
class Asked:
    """A request held against what is on file on a day; `index` is which of its records is looked at.

    `record` is that record, looked up once: the tests of a decision ask for it again and again.
    Not frozen, since one is made for each copy that is decided, and a frozen one takes four times as long to make.
    """

    request: Request
    on: date
    on_file: OnFile = OnFile()
    numbers: Numbers = Numbers()
    index: int = 0

    record: Record = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        records = self.request.records
        self.record = records[self.index] if records else Record()
