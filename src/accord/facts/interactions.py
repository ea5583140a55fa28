"""A contact between an officer and people: what, who, what was tried, how it ended, how it was reviewed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from accord.facts.coded import Coded
from accord.facts.person_details import PersonDetails
from accord.facts.students import Disability, EnglishLearner, Grade, Race, Sex


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
class PersonContacted:
    """One person in an interaction, with the demographics the school recorded.

    `student` is the opaque id of the student on the roster, "" for a person who is not linked to one.
    """

    kind: PersonKind
    role: PersonRole
    actions: tuple[Action, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    grade: Grade | None = None
    race: Race | None = None
    sex: Sex | None = None
    disability: Disability | None = None
    english_learner: EnglishLearner | None = None
    student: str = ""
    details: PersonDetails = field(default_factory=PersonDetails)


@dataclass(frozen=True)
class Interaction:
    """A contact as entered. `recorded_at` is the server's clock; `occurred_at` is what the author says. Both in UTC.

    `kept_because` says why a name or number has to stay in the narrative, "" where there is none.
    """

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
    kept_because: str = ""


@dataclass(frozen=True)
class Start:
    """When and where a contact began, and who logged it; all that tells whether two may be one. The time in UTC."""

    author: str
    school: str
    occurred_at: datetime
    reference: str = ""


@dataclass(frozen=True)
class Reviewed:
    """Where an interaction stands in review, without anything about who was contacted.

    `kept_from_officers`: were police asked for a reason that the policy forbids?
    """

    author: str
    recorded_on: date
    conduct: ConductClass
    kept_from_officers: bool = False
    danger: bool = False
    force: bool = False
    de_escalated: bool = False
    with_student: bool = True
    restorative: bool = False
    reviewer: str = ""
    found: Review | None = None
    review_from: date | None = None

    @property
    def waits_since(self) -> date:
        """The day the version that waits for review was filed: the first filing, or the newest correction."""
        return self.review_from or self.recorded_on
