"""What must be done after a contact: why police were asked, what happened, what is owed, what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accord.facts.coded import Coded
from accord.facts.grounds import Ground
from accord.facts.interactions import ConductClass
from accord.facts.people import Role


class ReferralBasis(Coded):
    """Why police were asked: M the law requires it, D an administrator chose it, X the policy forbids it."""

    M1 = "M1", "Assault with a deadly weapon or great force (Penal Code 245)"
    M2 = "M2", "Drugs, alcohol or what passes for them (Education Code 48900(c), (d))"
    M3 = "M3", "Controlled substance, or a weapon in a school zone (Penal Code 626.9, 626.10)"
    M4 = "M4", "Firearm or explosive (Education Code 48915(c)(1), (c)(5))"
    M5 = "M5", "Threat to kill at school (Education Code 49393)"
    M6 = "M6", "A student attacked, assaulted or threatened an employee (Education Code 44014)"
    M7 = "M7", "Suspected child abuse or neglect (Penal Code 11166)"
    M8 = "M8", "Missing child, court order or warrant"
    D1 = "D1", "Imminent danger"
    D2 = "D2", "Another possible crime, after alternatives"
    X1 = "X1", "Code of conduct or routine discipline (not an officer's work)"
    X2 = "X2", "Conduct for mental health professionals (not an officer's work)"

    @property
    def required(self) -> bool:
        """Does the law require the call?"""
        return self.value.startswith("M")

    @property
    def prohibited(self) -> bool:
        """Does the policy keep this from officers?"""
        return self.value.startswith("X")


class ReleaseException(Coded):
    """Why the school itself does not tell the parent that a minor was released to an officer."""

    CHILD_ABUSE_VICTIM = "child_abuse_victim", "Victim of suspected child abuse"
    PROTECTIVE_CUSTODY = "protective_custody", "Taken into protective custody"


class DutyKind(Coded):
    """What is to be done."""

    NOTIFY_BEFORE_DISCIPLINE = "notify_before_discipline", "Tell the police before suspending or expelling"
    NOTIFY_AFTER_DISCIPLINE = "notify_after_discipline", "Tell the police of drugs or alcohol after suspending"
    PROMPT_NOTICE = "prompt_notice", "Tell the police of the weapon, explosive or controlled substance"
    RECORDS_WITH_REPORT = "records_with_report", "Send the special education and discipline records with the report"
    THREAT_REPORT = "threat_report", "Report the threat to law enforcement, with copies of the evidence"
    EMPLOYEE_ATTACK_REPORT = "employee_attack_report", "Report the attack on an employee to the police"
    CHILD_ABUSE_REPORT = "child_abuse_report", "Report the suspected child abuse by telephone"
    CHILD_ABUSE_WRITTEN = "child_abuse_written", "Send the written report of suspected child abuse"
    PARENT_NOTICE = "parent_notice", "Tell the parent that the student was released to an officer, and where to"
    PARENT_CONTACT_TO_OFFICER = "parent_contact_to_officer", "Give the officer the parent's address and telephone"
    PLACE_TOLD = "place_told", "See that the officer tells the parent the place"
    FORCE_REVIEW = "force_review", "Review the use of force"
    DUTY_REVIEW = "duty_review", "Review a contact that was not an officer's work"
    MENTAL_HEALTH_FOLLOW_UP = "mental_health_follow_up", "Arrange mental health follow-up"
    REVIEW_FOLLOW_UP = "review_follow_up", "Do what the review of the contact asks for"
    DHS_ALERT = "dhs_alert", "Homeland Security was contacted at a school: act now"
    ENFORCEMENT_ALERT = "enforcement_alert", "Immigration enforcement at a school: act now"
    COUNSEL_TOLD = "counsel_told", "Tell counsel of the request by immigration enforcement"
    FAMILY_TOLD = "family_told", "Tell the parent whose child was asked about"
    PRESENCE_TOLD = "presence_told", "Tell parents and staff that immigration enforcement was confirmed at the school"
    BOARD_TOLD = "board_told", "Report the request by immigration enforcement to the Board, naming nobody"
    JUSTICE_TOLD = "justice_told", "Write to the Bureau of Children's Justice"
    EMERGENCY_ALERT = "emergency_alert", "Student records were released in an emergency: look now"
    EMERGENCY_CUSTODIAN = "emergency_custodian", "Records you keep were released in an emergency: look now"
    EMERGENCY_PARENT = "emergency_parent", "Tell the parent that records were released in an emergency"
    EMERGENCY_REVIEW = "emergency_review", "Review the emergency release of records"
    PAPER_PARENT = "paper_parent", "Tell the parent of the court's paper, who asks and for which records"
    PAPER_PUPIL = "paper_pupil", "Tell the pupil of the court's paper, who asks and for which records"
    RECORD_ACCESS = "record_access", "Show the family the record, with someone who can explain it"
    TRUANCY_PARENT = "truancy_parent", "Tell the parent that records were released for a truancy case"
    SIGNER_COPY = "signer_copy", "Give whoever signed the consent a copy of what was released"
    CONFIDENTIALITY = "confidentiality", "Ask the recipient to keep contact data confidential"
    EMERGENCY_DANGER = "emergency_danger", "Ask again whether telling the family would still put somebody in danger"
    PAPER_SECRECY = "paper_secrecy", "Say whether the paper forbids telling the family of the request"
    WEEK_REVIEW = "week_review", "Look over who opened student records in the week"

    @property
    def after_enforcement(self) -> bool:
        """Does this follow from a request by immigration enforcement?"""
        return self in _AFTER_ENFORCEMENT

    @property
    def alerts(self) -> bool:
        """Does this stand above every page of whoever owes it until it is done?"""
        return self in _ALERTS

    @property
    def of_records(self) -> bool:
        """Does this follow from a request for records, or from looks at them? Then no school's own people see it."""
        return self in OF_RECORDS


_ALERTS = frozenset(
    {
        DutyKind.DHS_ALERT,
        DutyKind.ENFORCEMENT_ALERT,
        DutyKind.EMERGENCY_ALERT,
        DutyKind.EMERGENCY_CUSTODIAN,
    }
)

OF_RECORDS = frozenset(
    {
        DutyKind.EMERGENCY_ALERT,
        DutyKind.EMERGENCY_CUSTODIAN,
        DutyKind.EMERGENCY_PARENT,
        DutyKind.EMERGENCY_REVIEW,
        DutyKind.EMERGENCY_DANGER,
        DutyKind.PAPER_PARENT,
        DutyKind.PAPER_PUPIL,
        DutyKind.RECORD_ACCESS,
        DutyKind.TRUANCY_PARENT,
        DutyKind.SIGNER_COPY,
        DutyKind.CONFIDENTIALITY,
        DutyKind.PAPER_SECRECY,
        DutyKind.WEEK_REVIEW,
    }
)
"""What follows from requests for student records, and from looks at them."""

REPEATED = (DutyKind.REVIEW_FOLLOW_UP, DutyKind.EMERGENCY_DANGER)
"""What may be owed about one thing more than once, each time on its own."""

_AFTER_ENFORCEMENT = frozenset(
    {
        DutyKind.ENFORCEMENT_ALERT,
        DutyKind.COUNSEL_TOLD,
        DutyKind.FAMILY_TOLD,
        DutyKind.PRESENCE_TOLD,
        DutyKind.BOARD_TOLD,
        DutyKind.JUSTICE_TOLD,
    }
)


class Timing(Coded):
    """How a duty states its time."""

    IMMEDIATELY = "immediately", "Immediately"
    PROMPTLY = "promptly", "Promptly"
    BEFORE_DISCIPLINE = "before_discipline", "Before the suspension or expulsion"
    BY_DAY = "by_day", "By the end of a day"
    BY_TIME = "by_time", "By a time"


@dataclass(frozen=True)
class Event:
    """What happened at a school, as far as a duty follows from it. All times in UTC.

    `known_at` is when the school came to know. `grades_6_to_12`: does the district serve any of these grades?
    `place_withheld`: does the officer hold back the place for the minor's safety?
    `force_told_at` and `duty_told_at`: when a correction last told the use of force, or whose work it was, differently.
    """

    known_at: datetime
    bases: tuple[ReferralBasis, ...] = ()
    grounds: tuple[Ground, ...] = ()
    conduct: ConductClass | None = None
    danger: bool = False
    special_needs: bool = False
    grades_6_to_12: bool = True
    suspended_at: datetime | None = None
    expelled_at: datetime | None = None
    threat_known_at: datetime | None = None
    released_to_officer_at: datetime | None = None
    release_exception: ReleaseException | None = None
    place_withheld: bool = False
    force: bool = False
    dhs_contacted_at: datetime | None = None
    force_told_at: datetime | None = None
    duty_told_at: datetime | None = None

    @property
    def disciplined_at(self) -> datetime | None:
        """When the student was first suspended or expelled for it."""
        return min((at for at in (self.suspended_at, self.expelled_at) if at), default=None)


@dataclass(frozen=True)
class RecordsEvent:
    """What happened about a request for records, as far as a duty follows from it. All times in UTC.

    `determined_at`: when an emergency was determined, `ends_at` when it is over; `by_superintendent`: by a
    Superintendent, who then does not review it; `notice_endangers`: telling the parent would put somebody in danger.
    `danger_said_at`: when somebody else last found that it still would; `danger_over_at`: when they found that it no
    longer does.
    `paper_at`: when counsel found a court's paper in force; `notice_barred`: a court forbids or excuses the notice.
    `secrecy_asked_at`: when a request was settled while nobody had said whether its paper forbids telling the family;
    `week_over_at`: the last moment of a week of looks at records.
    """

    determined_at: datetime | None = None
    ends_at: datetime | None = None
    by_superintendent: bool = False
    notice_endangers: bool = False
    danger_said_at: datetime | None = None
    danger_over_at: datetime | None = None
    paper_at: datetime | None = None
    notice_barred: bool = False
    access_asked_at: datetime | None = None
    truancy_released_at: datetime | None = None
    copy_owed_at: datetime | None = None
    contact_data_released_at: datetime | None = None
    secrecy_asked_at: datetime | None = None
    week_over_at: datetime | None = None


@dataclass(frozen=True)
class Duty:
    """Something owed. All times in UTC.

    `since` is when it began to be owed. `due_at` is when it is due: for "immediately" that is `since`; None while
    nobody was suspended or expelled and the duty only has to come before that.
    `late_at` is the last moment that still counts as in time; None as long as there is no such moment.
    `certain` is False where the calendar did not tell and the earliest possible day was taken.
    """

    kind: DutyKind
    clause: str
    owner: Role
    timing: Timing
    since: datetime
    due_at: datetime | None = None
    late_at: datetime | None = None
    certain: bool = True

    @property
    def before_event(self) -> bool:
        """Must this come before something else is done?"""
        return self.timing is Timing.BEFORE_DISCIPLINE


@dataclass(frozen=True)
class Task:
    """A duty and when it was done; None while it is not."""

    duty: Duty
    done_at: datetime | None = None


@dataclass(frozen=True)
class Completion:
    """What somebody says was done. `done_at` is what the person says, `recorded_at` the server's clock."""

    done_at: datetime
    recorded_at: datetime
    since: datetime
    note: str = ""


@dataclass(frozen=True)
class DutyTally:
    """How many duties arose in a time, and where they stand at its end."""

    in_time: int = 0
    late: int = 0
    overdue: int = 0
    waiting: int = 0

    @property
    def all(self) -> int:
        return self.in_time + self.late + self.overdue + self.waiting
