"""The layout of the state's annual files of stops: one row a person, a column of 0 and 1 for each answer.

2018 to 2023 have one family of actions (`ADS_`); since 2024 there are two (`NFA_`, `OFA_`) and more besides. The names
of some columns changed or were misspelled in some years; all of them are known here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from accord.exchange import ripa_published as words
from accord.exchange.ripa_cells import BadCell, answer, clock, day, whole, yes
from accord.exchange.ripa_published import PublishedStop, RowError

_FAMILIES: dict[str, tuple[str, list[str]]] = {
    "RAE_": ("races", words.RACES),
    "G_": ("genders", words.GENDERS),
    "PD_": ("disabilities", words.DISABILITIES),
    "RFS_RS_": ("details", words.DETAILS),
    "RFS_PC_": ("details", words.DETAILS),
    "RFS_RG_": ("given", words.GIVEN),
    "ADS_": ("actions", words.ACTIONS_2018),
    "NFA_": ("actions", words.NON_FORCE_2024),
    "OFA_": ("actions", words.FORCE_2024),
    "BFS_": ("bases", words.BASES),
    "CED_": ("contraband", words.CONTRABAND),
    "BPS_": ("seizure_bases", words.SEIZURE_BASES),
    "TPS_": ("property_types", words.PROPERTY_TYPES),
    "ROS_": ("results", words.RESULTS),
}
_OTHER_NAMES = {
    "RAE_HISPANIC_LATINO": "hispanic_latinex",
    "G_MALE": "cisgender_man",
    "G_FEMALE": "cisgender_woman",
    "G_GENDER_NONCONFORMING": "nonbinary_person",
    "ADS_NO_ACTIONS": "none",
    "ADS_SEARCHED_PER": "search_person",
    "ADS_SEARCHED_PROP": "search_property",
    "ADS_ASKED_SEARCHED_PROP": "asked_search_prop",
    "OFA_NONE": "no_force",
    "CED_STOLEN_PROPERTY": "stolen_prop",
    "TPS_STOLEN_PROPERTY": "stolen_prop",
    "BPS_VIOLENT_SCHOOL": "violate_school",
    "ROS_CUSTODIAL_WITHOU_WARRANT": "custodial_without_warrant",
    "ROS_NON_CRIMINAL_TRANSPORT": "noncriminal_transport",
    "ROS_REFFERAL_SCHOOL_ADMIN": "referral_school_admin",
    "ROS_REFFERAL_SCHOOL_COUNSELOR": "referral_school_counselor",
}
_SUMMARIES = {
    "RAE_FULL": ("races", words.RACES),
    "G_FULL": ("genders", words.GENDERS),
    "PD_FULL": ("disabilities", words.DISABILITIES),
}
"""Columns with one number for a family; read where the family's own columns are left out of a file."""

_ONLY_2024 = ("NFA_", "OFA_", "RFS_RG_", "RFS_PC_")
_NEEDED = {"DOJ_RECORD_ID", "PERSON_NUMBER", "DATE_OF_STOP"}
_REASONS = {str(number) for number in range(1, 11)}

Flag = tuple[int, str, str, str]


def fits(header: Sequence[str]) -> bool:
    """Does a file with this header have this layout?"""
    return {column.upper() for column in header} >= _NEEDED


def form(header: Sequence[str]) -> int:
    """The form of the collection: 2018 or 2024."""
    return 2024 if any(column.upper().startswith(_ONLY_2024) for column in header) else 2018


def name(header: Sequence[str]) -> str:
    """The layout's name, with the year its form began."""
    return f"doj-csv-{form(header)}"


def flags(header: Sequence[str]) -> list[Flag]:
    """Every column that answers yes or no within a family: place, column, field of `PublishedStop`, word."""
    found = []
    for place, column in enumerate(header):
        upper = column.upper()
        prefix = next((one for one in sorted(_FAMILIES, key=len, reverse=True) if upper.startswith(one)), None)
        if prefix is None:
            continue
        field, known = _FAMILIES[prefix]
        word = _OTHER_NAMES.get(upper, upper.removeprefix(prefix).lower())
        if word in known:
            found.append((place, column, field, word))
    return found


def parser(header: Sequence[str]) -> Callable[[int, Sequence[str]], PublishedStop | list[RowError]]:
    """How rows under this header are read."""
    places = {column.upper(): place for place, column in enumerate(header)}
    answers, year = flags(header), form(header)
    summaries = {
        column: field
        for column, field in _SUMMARIES.items()
        if column in places and field[0] not in {flag[2] for flag in answers}
    }

    def parse(row: int, cells: Sequence[str]) -> PublishedStop | list[RowError]:
        errors: list[RowError] = []

        def get(columns: str, read: Callable[[str], Any]) -> Any:
            column = next((one for one in columns.split() if one in places), None)
            if column is None:
                return read("")
            try:
                return read(cells[places[column]])
            except BadCell as bad:
                errors.append(RowError(row, header[places[column]], str(bad)))
                return None

        lists = _lists(row, cells, answers, errors)
        for column, (field, known) in summaries.items():
            number = get(column, whole)
            lists[field] = {known[number - 1]} if number and 1 <= number <= len(known) else set()
        fields: dict[str, Any] = {
            "record": get("DOJ_RECORD_ID", _key),
            "person": get("PERSON_NUMBER", _key),
            "date": get("DATE_OF_STOP", day),
            "time": get("TIME_OF_STOP", clock),
            "minutes": get("STOP_DURATION", whole),
            "agency": get("AGENCY_ORI", str.strip),
            "at_school": get("K12_SCHOOL_GROUNDS", yes),
            "school_code": get("SCHOOL_CODE", _cds),
            "school_name": get("SCHOOL_NAME", str.strip),
            "student": get("STOP_STUDENT", answer),
            "passenger": get("PASSENGER_IN_VEHICLE", answer),
            "age": get("AGE", whole),
            "reason": get("REASON_FOR_STOP", _reason),
        }
        if errors:
            return errors
        fields.update((field, frozenset(held)) for field, held in lists.items())
        if "K12_SCHOOL_GROUNDS" not in places:
            fields["at_school"] = bool(fields["school_code"])
        return PublishedStop(row=row, form=year, **fields)

    return parse


def _lists(row: int, cells: Sequence[str], answers: list[Flag], errors: list[RowError]) -> dict[str, set[str]]:
    lists: dict[str, set[str]] = {}
    for place, column, field, word in answers:
        cell = cells[place]
        if cell in ("", "0"):
            continue
        try:
            if yes(cell):
                lists.setdefault(field, set()).add(word)
        except BadCell as bad:
            errors.append(RowError(row, column, str(bad)))
    return lists


def _key(cell: str) -> str:
    key = cell.strip().removesuffix(".0")
    if not key:
        raise BadCell("is missing")
    return key


def _cds(cell: str) -> str:
    """A school's code of 14 digits; zeros in front that a spreadsheet took away are put back."""
    code = cell.strip().removesuffix(".0")
    return code.zfill(14) if code.isdigit() and len(code) >= 12 else code


def _reason(cell: str) -> str:
    number = whole(cell)
    if number is not None and str(number) not in _REASONS:
        raise BadCell(f"{number} is no reason for a stop")
    return "" if number is None else str(number)
