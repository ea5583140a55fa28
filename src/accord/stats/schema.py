"""What is counted from: every column of the inputs, defined once.

Codes and labels come from `accord.facts`, so the form, the file and the printed table say the same.
Blank means "not recorded" and becomes a group of its own (`unknown`); it is never counted as zero or as "no".
Reserve codes are numbers that say why there is no count; they are data here, and nothing adds them up.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from accord.facts import (
    Coded,
    Disability,
    EnglishLearner,
    Grade,
    InitiatedBy,
    Kind,
    PersonRole,
    Race,
    Sex,
)

NOT_RECORDED = "unknown"
"""The code of the group that a blank falls into."""

ALL = "all"
"""The code of a total's row or column."""


class Type(StrEnum):
    """How a value is written."""

    TEXT = "text"
    DATE = "date"
    CODE = "code"
    YES_NO = "yes_no"
    COUNT = "count"
    SCHOOL_YEAR = "school_year"


class Privacy(StrEnum):
    """How a column may leave the district. Only tables made from them are published, never rows."""

    KEY = "key"
    STUDENT = "student"
    PROGRAM = "program"
    PUBLIC = "public"


class State(StrEnum):
    """Whether a figure was counted and, where it was not, why. None of the others is a zero."""

    COUNTED = "counted"
    MISSING = "missing"
    NOT_COLLECTED = "not_collected"
    NOT_APPLICABLE = "not_applicable"
    SUPPRESSED = "suppressed"
    RESERVE = "reserve"


@dataclass(frozen=True)
class Reserve:
    """A negative number that stands where a count would: what it says, and which state that is."""

    code: int
    state: State
    meaning: str


CRDC_RESERVE: tuple[Reserve, ...] = (
    Reserve(-9, State.NOT_APPLICABLE, "The question does not apply to the school, or was skipped"),
    Reserve(-5, State.NOT_COLLECTED, "The district could not answer and has a plan to collect it"),
    Reserve(-11, State.SUPPRESSED, "Suppressed or missing in this edition of the file"),
)
"""Reserve codes of the Civil Rights Data Collection. Any other negative number is a reserve code of unknown meaning."""


class GradeBand(Coded):
    """Grades in the three spans that schools are built around."""

    TK_5 = "tk_5", "Transitional kindergarten to grade 5"
    GRADES_6_8 = "6_8", "Grades 6 to 8"
    GRADES_9_12 = "9_12", "Grades 9 to 12"
    UNKNOWN = "unknown", "Not recorded"


BAND_OF: dict[str, str] = {
    grade: band
    for band, grades in {
        GradeBand.TK_5: (Grade.TK, Grade.KN, Grade.G01, Grade.G02, Grade.G03, Grade.G04, Grade.G05),
        GradeBand.GRADES_6_8: (Grade.G06, Grade.G07, Grade.G08),
        GradeBand.GRADES_9_12: (Grade.G09, Grade.G10, Grade.G11, Grade.G12),
        GradeBand.UNKNOWN: (Grade.UNKNOWN,),
    }.items()
    for grade in grades
}
"""The grade band of each grade."""


@dataclass(frozen=True)
class Column:
    """One column of an input.

    `allowed` lists codes with their labels. `needed` says that every row must have a value; where it is False a blank
    means "not recorded". `optional` says that the whole column may be left out of the file. `several` says that a value
    may name several codes, parted by `|`. `reserve` lists the numbers that are no counts.
    """

    name: str
    type: Type
    meaning: str
    privacy: Privacy
    unit: str = ""
    allowed: tuple[tuple[str, str], ...] = ()
    needed: bool = True
    optional: bool = False
    several: bool = False
    reserve: tuple[Reserve, ...] = CRDC_RESERVE

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(code for code, _ in self.allowed)

    def label(self, code: str) -> str:
        """The words for a code; a code that is free text (a school) stands for itself."""
        return dict(self.allowed).get(code, code)


def _codes(kind: type[Coded]) -> tuple[tuple[str, str], ...]:
    return tuple(kind.choices())


_WITH_UNKNOWN = (*InitiatedBy.choices(), (NOT_RECORDED, "Not recorded"))


def _student(name: str, kind: type[Coded], meaning: str) -> Column:
    return Column(name, Type.CODE, meaning, Privacy.STUDENT, allowed=_codes(kind), needed=False)


_RACE = _student("race", Race, "Race and ethnicity as the school recorded it, rolled up into the seven federal groups")
_SEX = _student("sex", Sex, "Sex as the school recorded it")
_DISABILITY = _student("disability", Disability, "Disability service as the school recorded it")
_ENGLISH = _student("english_learner", EnglishLearner, "English learner as the school recorded it")
_SCHOOL = Column("school", Type.TEXT, "School, spelled the same in both files", Privacy.PUBLIC)


def _outcome(name: str, label: str, meaning: str) -> Column:
    return Column(
        name,
        Type.YES_NO,
        meaning,
        Privacy.STUDENT,
        allowed=(("yes", label), ("no", "")),
        needed=False,
        optional=True,
    )


OUTCOMES: tuple[Column, ...] = (
    _outcome("arrest", "Arrested", "The student was arrested"),
    _outcome("referral_for_prosecution", "Referred for prosecution", "The case went to a prosecutor or probation"),
    _outcome("citation", "Cited", "The student was given a citation"),
    _outcome("diversion", "Diversion program", "The student entered a diversion program instead"),
    _outcome("report_to_school", "Reported to the school", "The officer reported misconduct to the school or district"),
    _outcome("psychiatric_hold", "Psychiatric hold", "The student was held for evaluation under section 5150"),
    _outcome("transport", "Transported", "The officer transported the student without arrest"),
    _outcome("removed_from_campus", "Removed from campus", "The student had to leave the campus"),
    _outcome("search", "Searched", "The officer searched the student or the student's property"),
    _outcome("restraint", "Restrained", "Handcuffs or another restraint device were used"),
    _outcome("force_used", "Force used", "The officer used force on the student"),
)
"""What can come of a contact. Several can be true of one student at once, so they do not add up to the contacts."""

EVENTS: tuple[Column, ...] = (
    Column("interaction", Type.TEXT, "The interaction this row belongs to; any id, the same for its rows", Privacy.KEY),
    Column("occurred_on", Type.DATE, "Day of the interaction, local time", Privacy.STUDENT, unit="YYYY-MM-DD"),
    _SCHOOL,
    Column("kind", Type.CODE, "What kind of contact it was", Privacy.PROGRAM, allowed=_codes(Kind)),
    Column(
        "initiated_by", Type.CODE, "Who set the contact going", Privacy.PROGRAM, allowed=_WITH_UNKNOWN, needed=False
    ),
    _student("grade_band", GradeBand, "Grade band the student is enrolled in"),
    _RACE,
    _SEX,
    _DISABILITY,
    _ENGLISH,
    Column(
        "role",
        Type.CODE,
        "The student's part; only subjects are counted in the tables",
        Privacy.STUDENT,
        allowed=_codes(PersonRole),
    ),
    *OUTCOMES,
    Column(
        "reviewed",
        Type.YES_NO,
        "Whether a second person has reviewed the interaction; without this column every row counts as reviewed",
        Privacy.PROGRAM,
        allowed=(("yes", "Reviewed"), ("no", "Not yet reviewed")),
        needed=False,
        optional=True,
    ),
)
"""One row for each student contacted in each interaction."""

ENROLLMENT: tuple[Column, ...] = (
    _SCHOOL,
    Column("school_year", Type.SCHOOL_YEAR, "School year, July to June", Privacy.PUBLIC, unit="YYYY-YY"),
    Column("grade", Type.CODE, "Grade", Privacy.PUBLIC, allowed=_codes(Grade), needed=False),
    _RACE,
    _SEX,
    _DISABILITY,
    _ENGLISH,
    Column("count", Type.COUNT, "Students enrolled who share all of these", Privacy.PUBLIC, unit="students"),
)
"""One row for each group of students enrolled. A group without a row has no students."""

STUDENT = Column(
    "student",
    Type.TEXT,
    "The student; any key, the same wherever the student occurs. Students are counted once by it",
    Privacy.KEY,
    needed=False,
    optional=True,
)

RACES = Column(
    "races",
    Type.CODE,
    "Every race and ethnicity recorded, parted by |; counted by it, a student is in each of them, so groups overlap",
    Privacy.STUDENT,
    allowed=tuple((code, label) for code, label in Race.choices() if code not in (Race.TWO_OR_MORE, Race.UNKNOWN)),
    needed=False,
    optional=True,
    several=True,
)

ROSTER: tuple[Column, ...] = (STUDENT, *(item for item in ENROLLMENT if item.type is not Type.COUNT), RACES)
"""One row for each student of a school year, in place of enrollment by group; events may leave to it who one is."""

CONTACTS = "contacts"
UNANSWERED = "outcome_not_recorded"

MEASURES: tuple[tuple[str, str, str], ...] = (
    (CONTACTS, "Contacts", "Students contacted as subjects, once for each interaction they were in"),
    *((column.name, column.label("yes"), column.meaning) for column in OUTCOMES),
    (UNANSWERED, "An outcome not recorded", "Contacts in which at least one outcome was left blank"),
)
"""What is counted: code, label, definition."""


def column(columns: tuple[Column, ...], name: str) -> Column:
    """The column of that name."""
    return next(item for item in columns if item.name == name)


def known(name: str) -> Column:
    """The definition of a column of any input; one that has none is free text that is not always recorded."""
    return _KNOWN.get(name, Column(name, Type.TEXT, "As the file has it", Privacy.STUDENT, needed=False))


_KNOWN = {item.name: item for item in (*ROSTER, *ENROLLMENT, *EVENTS)}
