"""The facts that rules read: closed lists and frozen records, never a name where a rule does not need one.

Codes are stored and exchanged; labels are shown (and translated where they are shown). One file for each noun.
"""

from accord.facts.coded import Coded
from accord.facts.controls import Evidence, Status
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
    TriedFirst,
)
from accord.facts.people import Asker, Reach, Role, RoleHeld
from accord.facts.plain import from_plain
from accord.facts.policies import Adopted, SentenceBound
from accord.facts.reports import DraftEdition, EditionFact
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
    "Asker",
    "Coded",
    "ConductClass",
    "DeEscalation",
    "Disability",
    "DraftEdition",
    "EditionFact",
    "EnglishLearner",
    "Enrolled",
    "Evidence",
    "Grade",
    "Handler",
    "Hispanic",
    "InitiatedBy",
    "Interaction",
    "Kind",
    "Outcome",
    "PersonContacted",
    "PersonKind",
    "PersonRole",
    "Race",
    "RaceAnswers",
    "RaceCode",
    "Reach",
    "Review",
    "Reviewed",
    "Role",
    "RoleHeld",
    "SentenceBound",
    "Sex",
    "StateIdentifier",
    "StateRace",
    "Status",
    "TriedFirst",
    "from_plain",
]
