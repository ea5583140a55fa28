"""Cells of one student, each parsed by its field; every cell that cannot be read is rejected with its own place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from accord.decision import Say
from accord.exchange import cells, race
from accord.exchange.cells import UnreadableError
from accord.exchange.roster import ID_LENGTH, NAME_LENGTH, Place, Reading
from accord.facts import Disability, Hispanic


class Cell(NamedTuple):
    """What stands in a cell, under which column, where."""

    column: str
    text: str
    place: Place


def _identifier(text: str) -> str:
    found = cells.text(text, longest=ID_LENGTH)
    if not found:
        raise UnreadableError(Say("a student needs an identifier"))
    return found


def _name(text: str) -> str:
    return cells.text(text, longest=NAME_LENGTH)


_PARSE: dict[str, Callable[[str], Any]] = {
    "local_id": _identifier,
    "school": _name,
    "school_name": _name,
    "grade": cells.grade,
    "sex": cells.sex,
    "hispanic": cells.hispanic,
    "idea": cells.yes_no,
    "section_504": cells.yes_no,
    "english_learner": cells.english_learner,
    "entered_on": cells.day,
    "left_on": cells.day,
    "given_name": _name,
    "family_name": _name,
}


def parsed(given: Mapping[str, Cell], reading: Reading, *, strict_ssid: bool = False) -> dict[str, Any] | None:
    """Fields of `RosterStudent`, as far as cells for them are given; None when one of them cannot be read.

    `hispanic` and `races` become `race`; `idea` and `section_504` become `disability`. A statewide identifier of the
    wrong shape is left out, or with `strict_ssid` rejected.
    """
    found: dict[str, Any] = {}
    fine = True
    for name, cell in given.items():
        try:
            found[name] = _value(name, cell.text, reading, strict_ssid)
        except UnreadableError as error:
            reading.reject(cell.place, cell.column, error.say)
            fine = False
    if not fine:
        return None
    return _together(found, given, reading)


def _value(name: str, text: str, reading: Reading, strict_ssid: bool) -> Any:
    if name == "birth_date":
        return cells.birth_date(text, on=reading.choices.on)
    if name == "ssid":
        return _ssid(text, reading.choices.ssid_digits, strict_ssid)
    if name == "races":
        return race.answers(race.split(text), Hispanic.UNKNOWN)
    return _PARSE[name](text)


def _ssid(text: str, digits: int, strict: bool) -> str:
    if text.isascii() and text.isdecimal() and len(text) == digits:
        return text
    if text and strict:
        raise UnreadableError(Say("a statewide identifier has {digits} digits and nothing else", {"digits": digits}))
    return ""


def _together(found: dict[str, Any], given: Mapping[str, Cell], reading: Reading) -> dict[str, Any] | None:
    """Answers that stand in several cells, as one."""
    hispanic, races = found.pop("hispanic", Hispanic.UNKNOWN), found.pop("races", None)
    if races is not None:
        said = races.hispanic if hispanic is Hispanic.UNKNOWN else hispanic
        found["race"] = type(races)(said, races.codes, races.several)
    elif "hispanic" in given:
        found["race"] = race.answers((), hispanic)
    idea, plan = found.pop("idea", None), found.pop("section_504", None)
    if "idea" in given or "section_504" in given:
        found["disability"] = disability(idea=idea, section_504=plan)
    entered, left = found.get("entered_on"), found.get("left_on")
    if entered and left and left < entered:
        cell = given["left_on"]
        reading.reject(cell.place, cell.column, Say("the student leaves before entering"))
        return None
    return found


def disability(*, idea: bool | None, section_504: bool | None) -> Disability:
    """The one service that is told of: special education before a Section 504 plan. None only where both say so."""
    if idea:
        return Disability.IDEA
    if section_504:
        return Disability.SECTION_504
    return Disability.UNKNOWN if idea is None and section_504 is None else Disability.NONE
