"""Demographics as the school recorded them. Never what an officer perceived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accord.facts.coded import Coded


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


class Hispanic(Coded):
    """Answer to the first of the two questions: is the student Hispanic or Latino?"""

    YES = "yes", "Hispanic or Latino"
    NO = "no", "Not Hispanic or Latino"
    UNKNOWN = "unknown", "Not recorded"


class StateRace(Coded):
    """Race and ethnicity rolled up the way the state reports it: Filipino is a group of its own."""

    HISPANIC = "HI", "Hispanic or Latino"
    AMERICAN_INDIAN = "AI", "American Indian or Alaska Native"
    ASIAN = "AS", "Asian"
    FILIPINO = "FI", "Filipino"
    PACIFIC_ISLANDER = "PI", "Pacific Islander"
    BLACK = "AA", "African American"
    WHITE = "WH", "White"
    TWO_OR_MORE = "MR", "Two or more races"
    UNKNOWN = "unknown", "Not recorded"


class RaceCode(Coded):
    """The state's detailed race codes. Codes that end in two noughts say the group and not which people of it."""

    AMERICAN_INDIAN = "100", "American Indian or Alaska Native"
    ASIAN = "200", "Asian, which is not stated"
    CHINESE = "201", "Chinese"
    JAPANESE = "202", "Japanese"
    KOREAN = "203", "Korean"
    VIETNAMESE = "204", "Vietnamese"
    ASIAN_INDIAN = "205", "Asian Indian"
    LAOTIAN = "206", "Laotian"
    CAMBODIAN = "207", "Cambodian"
    HMONG = "208", "Hmong"
    OTHER_ASIAN = "299", "Other Asian"
    PACIFIC_ISLANDER = "300", "Pacific Islander, which is not stated"
    HAWAIIAN = "301", "Native Hawaiian"
    GUAMANIAN = "302", "Guamanian"
    SAMOAN = "303", "Samoan"
    TAHITIAN = "304", "Tahitian"
    OTHER_PACIFIC_ISLANDER = "399", "Other Pacific Islander"
    FILIPINO = "400", "Filipino"
    BLACK = "600", "Black or African American"
    WHITE = "700", "White"


@dataclass(frozen=True, slots=True)
class RaceAnswers:
    """What a family answered: Hispanic or not, and any number of races.

    `several` is set where the source says "two or more races" and not which.
    """

    hispanic: Hispanic
    codes: tuple[RaceCode, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True)
class Enrolled:
    """From which day to which day, both included, a student is enrolled. None: not stated, or no end."""

    entered_on: date | None = None
    left_on: date | None = None


@dataclass(frozen=True)
class StateIdentifier:
    """A number given as a student's statewide identifier."""

    text: str
