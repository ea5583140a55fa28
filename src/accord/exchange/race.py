"""How the standards say race and ethnicity, as the state's detailed codes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from accord.decision import Say
from accord.exchange.cells import UnreadableError
from accord.facts import Hispanic, RaceAnswers, RaceCode

ONEROSTER: dict[str, RaceCode] = {
    "americanIndianOrAlaskaNative": RaceCode.AMERICAN_INDIAN,
    "asian": RaceCode.ASIAN,
    "blackOrAfricanAmerican": RaceCode.BLACK,
    "nativeHawaiianOrOtherPacificIslander": RaceCode.PACIFIC_ISLANDER,
    "white": RaceCode.WHITE,
}
"""OneRoster's yes-or-no columns; School Data Sync uses the same words as values."""

_HISPANIC = "500"
_DECLINED = {"999", "900", "800"}
_SEVERAL = {"twoormore", "twoormoreraces", "demographicracetwoormoreraces", "multiracial", "multiple", "mr"}
_NONE = {"unknown", "notrecorded", "declined", "declinedtostate", "decline", "notspecified", "other", "none"}
_HISPANIC_WORDS = {"hispanic", "latino", "hispanicorlatino", "hispaniclatino", "hispanicorlatinoethnicity", "hi"}
_WORDS: dict[str, RaceCode] = {
    **{"".join(filter(str.isalpha, word)).lower(): code for word, code in ONEROSTER.items()},
    **{"".join(filter(str.isalpha, code.label)).lower(): code for code in RaceCode},
    "americanindian": RaceCode.AMERICAN_INDIAN,
    "americanindianalaskanative": RaceCode.AMERICAN_INDIAN,
    "americanindianalaskannative": RaceCode.AMERICAN_INDIAN,
    "americanindianoralaskannative": RaceCode.AMERICAN_INDIAN,
    "alaskanative": RaceCode.AMERICAN_INDIAN,
    "nativeamerican": RaceCode.AMERICAN_INDIAN,
    "ai": RaceCode.AMERICAN_INDIAN,
    "as": RaceCode.ASIAN,
    "black": RaceCode.BLACK,
    "africanamerican": RaceCode.BLACK,
    "blackafricanamerican": RaceCode.BLACK,
    "aa": RaceCode.BLACK,
    "pacificislander": RaceCode.PACIFIC_ISLANDER,
    "nativehawaiianpacificislander": RaceCode.PACIFIC_ISLANDER,
    "nativehawaiianorpacificislander": RaceCode.PACIFIC_ISLANDER,
    "nativehawaiianotherpacificislander": RaceCode.PACIFIC_ISLANDER,
    "hawaiian": RaceCode.HAWAIIAN,
    "hawaiiannative": RaceCode.HAWAIIAN,
    "pi": RaceCode.PACIFIC_ISLANDER,
    "fi": RaceCode.FILIPINO,
    "wh": RaceCode.WHITE,
}
_BETWEEN = re.compile(r"[;,|/]|\s{2,}|(?<=\d)\s+(?=\d)")


def split(text: str) -> list[str]:
    """The answers in one cell: parted by commas, semicolons, bars or slashes, or by spaces between codes."""
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def answers(races: Iterable[str], hispanic: Hispanic) -> RaceAnswers:
    """What a family answered, from codes or words in any of the usual vocabularies.

    Raises:
        UnreadableError: for a word that is none of them.
    """
    found: list[RaceCode] = []
    several = False
    for race in races:
        plain = "".join(letter for letter in race.lower() if letter.isalnum())
        if plain == _HISPANIC or plain in _HISPANIC_WORDS:
            hispanic = Hispanic.YES
        elif plain in _SEVERAL:
            several = True
        elif plain in _DECLINED or plain in _NONE:
            continue
        else:
            found.append(_code(plain))
    return RaceAnswers(hispanic, tuple(sorted(set(found))), several)


def _code(plain: str) -> RaceCode:
    if plain in _WORDS:
        return _WORDS[plain]
    try:
        return RaceCode(plain)
    except ValueError:
        raise UnreadableError(Say("this is no race code of the state")) from None
