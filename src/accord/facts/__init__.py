"""The facts that rules read: closed lists and frozen records, never a name where a rule does not need one.

Codes are stored and exchanged; labels are shown (and translated where they are shown). One file for each noun.
"""

from accord.facts import records
from accord.facts.calendars import CalendarDay, DayKind, SchoolCalendar, Term
from accord.facts.coded import Coded
from accord.facts.controls import Evidence, Status
from accord.facts.duties import (
    Completion,
    Duty,
    DutyKind,
    DutyTally,
    Event,
    RecordsEvent,
    ReferralBasis,
    ReleaseException,
    Task,
    Timing,
)
from accord.facts.follow_ups import Asked, FollowUp
from accord.facts.grounds import Ground
from accord.facts.interactions import (
    Action,
    ConductClass,
    DeEscalation,
    Handler,
    InitiatedBy,
    Interaction,
    Kind,
    Outcome,
    PersonContacted,
    PersonKind,
    PersonRole,
    Review,
    Reviewed,
    Start,
    TriedFirst,
)
from accord.facts.narratives import Narrative
from accord.facts.people import Asker, Reach, Role, RoleHeld
from accord.facts.person_details import PersonDetails
from accord.facts.plain import from_plain, to_plain
from accord.facts.policies import Adopted, SentenceBound
from accord.facts.reports import DraftEdition, EditionFact
from accord.facts.stops import OfficerProfile, Perceived, PersonStopped, Stop
from accord.facts.students import (
    Disability,
    EnglishLearner,
    Enrolled,
    Grade,
    Hispanic,
    Race,
    RaceAnswers,
    RaceCode,
    Sex,
    StateIdentifier,
    StateRace,
)

__all__ = [
    "Action",
    "Adopted",
    "Asked",
    "Asker",
    "CalendarDay",
    "Coded",
    "Completion",
    "ConductClass",
    "DayKind",
    "DeEscalation",
    "Disability",
    "DraftEdition",
    "Duty",
    "DutyKind",
    "DutyTally",
    "EditionFact",
    "EnglishLearner",
    "Enrolled",
    "Event",
    "Evidence",
    "FollowUp",
    "Grade",
    "Ground",
    "Handler",
    "Hispanic",
    "InitiatedBy",
    "Interaction",
    "Kind",
    "Narrative",
    "OfficerProfile",
    "Outcome",
    "Perceived",
    "PersonContacted",
    "PersonDetails",
    "PersonKind",
    "PersonRole",
    "PersonStopped",
    "Race",
    "RaceAnswers",
    "RaceCode",
    "Reach",
    "RecordsEvent",
    "ReferralBasis",
    "ReleaseException",
    "Review",
    "Reviewed",
    "Role",
    "RoleHeld",
    "SchoolCalendar",
    "SentenceBound",
    "Sex",
    "Start",
    "StateIdentifier",
    "StateRace",
    "Status",
    "Stop",
    "Task",
    "Term",
    "Timing",
    "TriedFirst",
    "from_plain",
    "records",
    "to_plain",
]
