"""The facts that rules read: closed lists and frozen records, never a name where a rule does not need one.

Codes are stored and exchanged; labels are shown (and translated where they are shown).
"""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self


class Coded(StrEnum):
    """A closed list whose members carry a code and a label: `RACE = "asian", "Asian"`."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(member.value, member.label) for member in cls]


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


class Kind(Coded):
    """What kind of contact an interaction was."""

    STOP = "stop", "Stop"
    NON_STOP_CONTACT = "non_stop_contact", "Contact that was not a stop"
    PREVENTION = "prevention", "Prevention activity"
    CALL_FOR_POLICE = "call_for_police", "Call for police"


class InitiatedBy(Coded):
    """Who set the contact going."""

    STAFF = "staff", "School staff"
    ADMINISTRATOR = "administrator", "School administrator"
    STUDENT = "student", "Student"
    PARENT = "parent", "Parent or guardian"
    OFFICER = "officer", "The officer"
    DISPATCH = "dispatch", "Police dispatch"
    OTHER_AGENCY = "other_agency", "Another agency"
    COURT = "court", "Court"


class ConductClass(Coded):
    """What the contact was about, so that discipline and crime stay apart."""

    CODE_OF_CONDUCT = "code_of_conduct", "Code of conduct or routine discipline"
    MENTAL_HEALTH = "mental_health", "Conduct better addressed by mental health professionals"
    MANDATORY_REPORT = "mandatory_report", "Something the law requires the school to report"
    SERIOUS_CRIME = "serious_crime", "Serious crime"
    OTHER_CRIME = "other_crime", "Other possible crime"
    VICTIM_OR_WITNESS = "victim_or_witness", "Help to a victim or witness"
    NOT_CONDUCT = "not_conduct", "Nobody's conduct (greeting, class, event)"


class TriedFirst(Coded):
    """What was tried before an officer became involved."""

    RESTORATIVE_CONFERENCE = "restorative_conference", "Restorative conference"
    COUNSELING = "counseling", "Counseling"
    PARENT_CONFERENCE = "parent_conference", "Talk with parent or guardian"
    MENTAL_HEALTH_REFERRAL = "mental_health_referral", "Referral to mental health support"
    PEER_MEDIATION = "peer_mediation", "Peer mediation"
    BEHAVIOR_PLAN = "behavior_plan", "Behavior plan"
    ADMINISTRATOR_RESPONSE = "administrator_response", "An administrator responded"
    NOTHING_DANGER = "nothing_danger", "Nothing: imminent danger"
    NOTHING_REQUIRED = "nothing_required", "Nothing: the law requires the report"
    NOTHING = "nothing", "Nothing"
    NOT_NEEDED = "not_needed", "Not needed: prevention activity or greeting"


class DeEscalation(Coded):
    """Tactics used to keep force unnecessary."""

    TIME_AND_DISTANCE = "time_and_distance", "Time and distance"
    CALM_TALK = "calm_talk", "Calm talk"
    STAFF_KNOWN_TO_STUDENT = "staff_known_to_student", "Staff member the student trusts"
    CRISIS_TEAM = "crisis_team", "Crisis or mental health team"
    REMOVED_AUDIENCE = "removed_audience", "Onlookers moved away"
    NOT_POSSIBLE = "not_possible", "Not possible (say why in the narrative)"


class PersonKind(Coded):
    """Who the person contacted is to the school."""

    STUDENT = "student", "Student"
    STAFF = "staff", "School staff"
    PARENT = "parent", "Parent or guardian"
    VISITOR = "visitor", "Other person on campus"


class PersonRole(Coded):
    """The part the person had in what happened."""

    SUBJECT = "subject", "The contact was about this person's conduct"
    WITNESS = "witness", "Witness"
    VICTIM = "victim", "Victim"
    PARTICIPANT = "participant", "Took part (class, talk, greeting)"


class Action(Coded):
    """What the officer did toward one person."""

    TALKED = "talked", "Talked"
    QUESTIONED = "questioned", "Questioned about an offense"
    SEARCHED_PERSON = "searched_person", "Searched the person"
    SEARCHED_PROPERTY = "searched_property", "Searched property"
    SEIZED_PROPERTY = "seized_property", "Took property"
    RESTRAINED = "restrained", "Handcuffs or another restraint device"
    FORCE = "force", "Used force"
    NONE = "none", "None of these"


class Outcome(Coded):
    """How the contact ended for one person."""

    NO_ACTION = "no_action", "No action"
    WARNING = "warning", "Warning"
    SUPPORT = "support", "Linked to support or resources"
    REPORT_TO_SCHOOL = "report_to_school", "Reported to the school"
    DIVERSION = "diversion", "Diversion program"
    CITATION = "citation", "Citation"
    REFERRAL_FOR_PROSECUTION = "referral_for_prosecution", "Referred for prosecution"
    ARREST = "arrest", "Arrest"
    PSYCHIATRIC_HOLD = "psychiatric_hold", "Psychiatric hold (5150)"
    TRANSPORT = "transport", "Transported without arrest"
    REMOVED_FROM_CAMPUS = "removed_from_campus", "Removed from campus"


class Race(Coded):
    """Race and ethnicity as the school recorded it, rolled up the federal way. Never what an officer perceived."""

    HISPANIC = "hispanic", "Hispanic or Latino"
    AMERICAN_INDIAN = "american_indian", "American Indian or Alaska Native"
    ASIAN = "asian", "Asian"
    PACIFIC_ISLANDER = "pacific_islander", "Native Hawaiian or Pacific Islander"
    BLACK = "black", "Black or African American"
    WHITE = "white", "White"
    TWO_OR_MORE = "two_or_more", "Two or more races"
    UNKNOWN = "unknown", "Not recorded"


class Sex(Coded):
    """Sex as the school recorded it."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    NONBINARY = "nonbinary", "Nonbinary"
    UNKNOWN = "unknown", "Not recorded"


class Disability(Coded):
    """Disability service as the school recorded it."""

    NONE = "none", "None"
    IDEA = "idea", "Special education (IDEA)"
    SECTION_504 = "section_504", "Section 504 plan"
    UNKNOWN = "unknown", "Not recorded"


class EnglishLearner(Coded):
    """English learner as the school recorded it."""

    YES = "yes", "English learner"
    NO = "no", "Not an English learner"
    UNKNOWN = "unknown", "Not recorded"


class Grade(Coded):
    """Grade the student is enrolled in."""

    TK = "TK", "Transitional kindergarten"
    KN = "KN", "Kindergarten"
    G01 = "01", "Grade 1"
    G02 = "02", "Grade 2"
    G03 = "03", "Grade 3"
    G04 = "04", "Grade 4"
    G05 = "05", "Grade 5"
    G06 = "06", "Grade 6"
    G07 = "07", "Grade 7"
    G08 = "08", "Grade 8"
    G09 = "09", "Grade 9"
    G10 = "10", "Grade 10"
    G11 = "11", "Grade 11"
    G12 = "12", "Grade 12"
    UNKNOWN = "unknown", "Not recorded"


class Status(Coded):
    """Whether a control is met today. The words are the only ones used for it anywhere."""

    MET = "met", "Met"
    DUE = "due", "Due"
    NOT_MET = "not_met", "Not met"
    NO_EVIDENCE = "no_evidence", "No evidence"
    NEEDS_JUDGEMENT = "needs_judgement", "Needs judgement"
    DOES_NOT_APPLY = "does_not_apply", "Does not apply"


class Review(Coded):
    """What a reviewer found about a contact."""

    APPROPRIATE = "appropriate", "Appropriate"
    NOT_APPROPRIATE = "not_appropriate", "Not appropriate"
    BETTER_HANDLED = "better_handled", "Better handled by someone else"


class Handler(Coded):
    """Who would have handled it better."""

    ADMINISTRATOR = "administrator", "School administrator"
    COUNSELOR = "counselor", "Counselor or mental health professional"
    TEACHER = "teacher", "Teacher or other staff"
    PARENT = "parent", "Parent or guardian"
    OTHER_AGENCY = "other_agency", "Another agency"


@dataclass(frozen=True)
class RoleHeld:
    """A role in force from a day to a day; `school` is "" for the whole district."""

    role: Role
    school: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    def in_force(self, on: date) -> bool:
        return (self.starts_on is None or self.starts_on <= on) and (self.ends_on is None or on <= self.ends_on)


@dataclass(frozen=True)
class Asker:
    """Whoever asks to do something: an opaque id, and the roles held. No role at all is the public."""

    id: str
    active: bool
    roles: tuple[RoleHeld, ...] = ()


@dataclass(frozen=True)
class PersonContacted:
    """One person in an interaction, with the demographics the school recorded."""

    kind: PersonKind
    role: PersonRole
    actions: tuple[Action, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    grade: Grade | None = None
    race: Race | None = None
    sex: Sex | None = None
    disability: Disability | None = None
    english_learner: EnglishLearner | None = None


@dataclass(frozen=True)
class Interaction:
    """A contact as entered. `recorded_at` is the server's clock; `occurred_at` is what the author says. Both in UTC."""

    kind: Kind
    occurred_at: datetime
    recorded_at: datetime
    initiated_by: InitiatedBy
    conduct: ConductClass
    tried_first: tuple[TriedFirst, ...] = ()
    de_escalation: tuple[DeEscalation, ...] = ()
    people: tuple[PersonContacted, ...] = ()
    duration_minutes: int = 1
    late_reason: str = ""
    narrative: str = ""


@dataclass(frozen=True)
class Reviewed:
    """Where an interaction stands in review, without anything about who was contacted."""

    author: str
    recorded_on: date
    conduct: ConductClass
    danger: bool = False
    force: bool = False
    de_escalated: bool = False
    with_student: bool = True
    restorative: bool = False
    reviewer: str = ""
    found: Review | None = None


@dataclass(frozen=True)
class Evidence:
    """A document or record on file that shows an obligation, or one item of it, for the days from `effective_on`
    to `expires_on` (None: no end stated)."""

    title: str
    effective_on: date
    expires_on: date | None = None
    item: str = ""


@dataclass(frozen=True)
class EditionFact:
    """A published Board report."""

    period_start: date
    period_end: date
    published_on: date
    sections: tuple[str, ...] = ()
    disparities: tuple[str, ...] = ()


@dataclass(frozen=True)
class DraftEdition:
    """A Board report waiting to be published."""

    author: str
    publisher: str
    period_start: date
    period_end: date
    hidden: int
    smallest_width: int | None = None
    unreviewed: int = 0
    published_periods: tuple[tuple[date, date], ...] = ()


@dataclass(frozen=True)
class SentenceBound:
    """A sentence of the policy in force and where its binding stands."""

    id: str
    modality: str
    obligations: tuple[str, ...] = ()
    confirmed: bool = False


@dataclass(frozen=True)
class Adopted:
    """A policy document as filed."""

    code: str
    status: str
    adopted_on: date | None
    sentences: tuple[SentenceBound, ...] = ()


def from_plain(kind: Any, value: Any) -> Any:
    """Build a fact of type `kind` from plain values, as worked cases and JSON files hold them.

    Raises:
        TypeError: for a key that the fact does not have, naming it.
        ValueError: for a value outside its closed list.
    """
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        return from_plain(next(part for part in typing.get_args(kind) if part is not type(None)), value)
    if origin is tuple:
        part = typing.get_args(kind)
        if len(part) == 2 and part[1] is Ellipsis:
            return tuple(from_plain(part[0], item) for item in value)
        return tuple(from_plain(inner, item) for inner, item in zip(part, value, strict=True))
    if isinstance(kind, type) and is_dataclass(kind):
        known = {field.name for field in fields(kind)}
        if unknown := set(value) - known:
            raise TypeError(f"{kind.__name__} has no {', '.join(sorted(unknown))}; it has {', '.join(sorted(known))}")
        hints = typing.get_type_hints(kind)
        return kind(**{key: from_plain(hints[key], item) for key, item in value.items()})
    if kind is date and isinstance(value, str):
        return date.fromisoformat(value)
    if kind is datetime and isinstance(value, str):
        return datetime.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    return value
