"""Demographics as the school recorded them. Never what an officer perceived."""

from __future__ import annotations

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
