"""One cell in, one checked value out. A refusal says what may stand there and never repeats what stood there."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from accord.decision import Say
from accord.facts import EnglishLearner, Grade, Hispanic, Sex


class UnreadableError(ValueError):
    """A cell cannot be read. `say` tells what may stand there."""

    def __init__(self, say: Say) -> None:
        self.say = say
        super().__init__(str(say))


EARLIEST = date(1900, 1, 1)

_AMERICAN = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:[ T].*)?\Z")
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T].*)?\Z")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

_YES = {"yes", "y", "true", "t", "1"}
_NO = {"no", "n", "false", "f", "0"}
_UNKNOWN = {"", "unknown", "notselected", "unspecified", "notspecified", "notrecorded", "notreported", "tbd", "null"}
_SEX = {
    "f": Sex.FEMALE,
    "female": Sex.FEMALE,
    "m": Sex.MALE,
    "male": Sex.MALE,
    "x": Sex.NONBINARY,
    "n": Sex.NONBINARY,
    "nonbinary": Sex.NONBINARY,
    "other": Sex.NONBINARY,
}
_ENGLISH = {
    "el": EnglishLearner.YES,
    "limited": EnglishLearner.YES,
    "englishlearner": EnglishLearner.YES,
    "eo": EnglishLearner.NO,
    "ifep": EnglishLearner.NO,
    "rfep": EnglishLearner.NO,
    "adel": EnglishLearner.YES,
    "notlimited": EnglishLearner.NO,
    "reclassified": EnglishLearner.NO,
}
_ORDINALS = ("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth").split()
_GRADES: dict[str, Grade] = {
    "tk": Grade.TK,
    "transitionalkindergarten": Grade.TK,
    **dict.fromkeys(("k", "kg", "kn", "kindergarten", "0", "00"), Grade.KN),
    **{str(number): Grade(f"{number:02d}") for number in range(1, 13)},
    **{f"{number:02d}": Grade(f"{number:02d}") for number in range(1, 10)},
    **{f"{word}grade": Grade(f"{number:02d}") for number, word in enumerate(_ORDINALS, 1)},
    **{f"grade{number}": Grade(f"{number:02d}") for number in range(1, 13)},
}
_OTHER_GRADES = (
    "it pr pk ps ps1 ps2 ps3 ps4 ug ue us ab ae 13 in pfs infanttoddler preschool prekindergarten "
    "preschoolprekindergarten infant toddler postsecondary ungraded other grade13 adulteducation adult earlyeducation"
).split()
_GRADES |= dict.fromkeys([*_OTHER_GRADES, *_UNKNOWN], Grade.UNKNOWN)
"""Grades that the standards know and the district's tables do not are "not recorded"."""


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """Letters and digits in lower case, so that spelling and descriptors' paths do not matter."""
    return "".join(letter for letter in text.rpartition("#")[2].lower() if letter.isalnum())


def text(value: str, *, longest: int) -> str:
    """Text of at most `longest` characters, without control characters."""
    cleaned = " ".join(value.split(" ")).strip()
    if _CONTROL.search(cleaned):
        raise UnreadableError(Say("there is a character that cannot be seen"))
    if len(cleaned) > longest:
        raise UnreadableError(Say("this is longer than {most} characters", {"most": longest}))
    return cleaned


@lru_cache(maxsize=50_000)
def day(value: str) -> date | None:
    """A day as YYYY-MM-DD or M/D/YYYY; None where nothing is given."""
    value = value.strip()
    if not value:
        return None
    if match := _ISO.match(value) or _PACKED.match(value):
        year, month, number = match.groups()
    elif match := _AMERICAN.match(value):
        month, number, year = match.groups()
    else:
        raise UnreadableError(Say("this is not a day written as YYYY-MM-DD"))
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        raise UnreadableError(Say("there is no such day in the calendar")) from None


def birth_date(value: str, *, on: date) -> date | None:
    """A day of birth, not later than `on`."""
    born = day(value)
    if born is not None and not EARLIEST <= born <= on:
        raise UnreadableError(Say("a student cannot be born on this day"))
    return born


def sex(value: str) -> Sex:
    """Sex as the school recorded it."""
    word = plain(value)
    if word in _UNKNOWN:
        return Sex.UNKNOWN
    if word not in _SEX:
        raise UnreadableError(Say("this is not one of female, male, nonbinary"))
    return _SEX[word]


def grade(value: str) -> Grade:
    """The grade, also as a word or a descriptor."""
    word = plain(value)
    if word not in _GRADES:
        raise UnreadableError(Say("this is not a grade such as TK, KN, 01 or 12"))
    return _GRADES[word]


def yes_no(value: str) -> bool | None:
    """Yes, no, or None where it is not recorded."""
    word = plain(value)
    if word in _UNKNOWN:
        return None
    if word in _YES or word in _NO:
        return word in _YES
    raise UnreadableError(Say("this is not one of yes, no"))


def hispanic(value: str) -> Hispanic:
    """The answer to the first of the two questions on race and ethnicity."""
    word = plain(value)
    if word in ("hispanic", "hispanicorlatino", "latino", "hispaniclatino", "hispanicorlatinoethnicity"):
        return Hispanic.YES
    if word in ("nothispanic", "nothispanicorlatino", "nonhispanic", "nothispaniclatino"):
        return Hispanic.NO
    answer = yes_no(value)
    return Hispanic.UNKNOWN if answer is None else Hispanic.YES if answer else Hispanic.NO


def english_learner(value: str) -> EnglishLearner:
    """Yes or no, or the state's code of English language acquisition."""
    word = plain(value)
    if word in _ENGLISH:
        return _ENGLISH[word]
    answer = yes_no(value)
    return EnglishLearner.UNKNOWN if answer is None else EnglishLearner.YES if answer else EnglishLearner.NO
