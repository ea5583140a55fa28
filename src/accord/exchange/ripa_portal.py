"""The layout of a city's open-data portal: one row a person, answers as words parted by "|".

Faults of such files that are read here: a comma inside an answer was turned into "|" too, and blanks stand after some
"|". An answer that is not known is an error of its row, never left out in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from accord.exchange import ripa_published as words
from accord.exchange.ripa_cells import BadCell, answer, clock, day, whole, yes
from accord.exchange.ripa_json_values import shown
from accord.exchange.ripa_published import PublishedStop, RowError

_NEEDED = {"LEA Record ID", "Person Number", "Date of Stop"}

# An answer is known by parts of its words, tried from above; the first pair that is all there is meant.
Known = tuple[tuple[str, str], ...]
_RACES: Known = (
    ("black", "black_african_american"),
    ("hispanic", "hispanic_latinex"),
    ("middle eastern", "middle_eastern_south_asian"),
    ("south asian", "middle_eastern_south_asian"),
    ("asian", "asian"),
    ("native american", "native_american"),
    ("pacific islander", "pacific_islander"),
    ("white", "white"),
)
_GENDERS: Known = (
    ("transgender woman", "transgender_woman"),
    ("transgender man", "transgender_man"),
    ("nonbinary", "nonbinary_person"),
    ("female", "cisgender_woman"),
    ("woman", "cisgender_woman"),
    ("male", "cisgender_man"),
    ("man", "cisgender_man"),
)
_DISABILITIES: Known = (
    ("none", "none_disability"),
    ("including dementia", "devel_disab"),
    ("developmental", "devel_disab"),
    ("mental health", "mental_health"),
    ("hyperactiv", "hyperactivity_disability"),
    ("impulsive", "hyperactivity_disability"),
    ("speech", "speech_impair"),
    ("limited use of language", "speech_impair"),
    ("blind", "blind"),
    ("limited vision", "blind"),
    ("deaf", "deafness_hearing"),
    ("hearing", "deafness_hearing"),
    ("other", "other"),
)
_DETAILS: Known = (
    ("witness or victim", "witness_id"),
    ("victim or witness", "witness_id"),
    ("witnessed", "off_witness"),
    ("vehicle", "match_vehicle"),
    ("matched", "match_suspect"),
    ("suspicious object", "carry_sus_object"),
    ("casing", "actions_indicative"),
    ("lookout", "suspect_look"),
    ("drug", "drug_trans"),
    ("violent", "violent_crime"),
    ("other", "reason_susp"),
)
_BASES: Known = (
    ("consent", "consent_given"),
    ("officer safety", "officer_safety"),
    ("safety of others", "officer_safety"),
    ("warrant", "search_warrant"),
    ("parole", "parole"),
    ("probation", "parole"),
    ("supervision", "parole"),
    ("weapon", "suspect_weapon"),
    ("visible", "visible_contraband"),
    ("odor", "odor_contraband"),
    ("canine", "canine_detect"),
    ("school policy", "school_policy"),
    ("evidence", "evidence"),
    ("incident to arrest", "incident"),
    ("exigent", "exigent_circum"),
    ("emergency", "exigent_circum"),
    ("inventory", "vehicle_invent"),
)
_SEIZURES: Known = (
    ("safekeeping", "safekeeping"),
    ("impound", "impound_vehicle"),
    ("abandon", "abandon_prop"),
    ("school policy", "violate_school"),
    ("contraband", "contraband"),
    ("evidence", "evidence"),
)
_THINGS: Known = (
    ("other than", "weapon"),
    ("firearm", "firearm"),
    ("ammunition", "ammunition"),
    ("weapon", "weapon"),
    ("paraphernalia", "drug_paraphernalia"),
    ("drugs", "drugs"),
    ("narcotic", "drugs"),
    ("alcohol", "alcohol"),
    ("money", "money"),
    ("stolen", "stolen_prop"),
)
_CONTRABAND: Known = (
    ("none", "none_contraband"),
    *_THINGS,
    ("phone", "elect_device"),
    ("electronic", "elect_device"),
    ("other", "other_contraband"),
)
_PROPERTY: Known = (
    *_THINGS,
    ("phone", "cellphone"),
    ("electronic", "cellphone"),
    ("vehicle", "vehicle"),
    ("other", "contraband"),
)
_RESULTS: Known = (
    ("no action", "no_action"),
    ("verbal or written", "warning"),
    ("written warning", "written_warning"),
    ("verbal warning", "verbal_warning"),
    ("warning", "warning"),
    ("cite and release", "in_field_cite_release"),
    ("without warrant", "custodial_without_warrant"),
    ("without a warrant", "custodial_without_warrant"),
    ("outstanding warrant", "custodial_warrant"),
    ("pursuant to", "custodial_warrant"),
    ("citation", "citation"),
    ("field interview", "field_interview_card"),
    ("transport", "noncriminal_transport"),
    ("guardian", "contact_legal_guardian"),
    ("psychiatric", "psych_hold"),
    ("homeland", "us_homeland"),
    ("school administrator", "referral_school_admin"),
    ("counselor", "referral_school_counselor"),
    ("support staff", "referral_school_counselor"),
)
_REASONS: Known = (
    ("traffic", "1"),
    ("reasonable suspicion", "2"),
    ("warrant", "4"),
    ("truant", "5"),
    ("consensual", "6"),
    ("school policy", "8"),
    ("education code", "7"),
    ("discipline", "7"),
    ("5150", "10"),
    ("probable cause", "9"),
    ("parole", "3"),
    ("probation", "3"),
    ("supervision", "3"),
)
_FRAGMENTS = frozenset({"48900.2", "48900.3", "48900.4", "48900.7", "and 48900.7", "or 48900.7"})


def fits(header: Sequence[str]) -> bool:
    """Does a file with this header have this layout?"""
    return set(header) >= _NEEDED


def name(_header: Sequence[str]) -> str:
    """The layout's name."""
    return "city-portal-csv"


def parser(header: Sequence[str]) -> Callable[[int, Sequence[str]], PublishedStop | list[RowError]]:
    """How rows under this header are read."""
    places = {column: place for place, column in enumerate(header)}

    def parse(row: int, cells: Sequence[str]) -> PublishedStop | list[RowError]:
        errors: list[RowError] = []

        def get(column: str, read: Callable[[str], Any]) -> Any:
            if column not in places:
                return read("")
            try:
                return read(cells[places[column]])
            except BadCell as bad:
                errors.append(RowError(row, column, str(bad)))
                return None

        fields: dict[str, Any] = {
            "record": get("LEA Record ID", _key),
            "person": get("Person Number", _key),
            "date": get("Date of Stop", day),
            "time": get("Time of Stop", clock),
            "minutes": get("Duration of Stop", whole),
            "at_school": get("Is Location a K12 Public School", yes),
            "school_name": get("School Name", str.strip),
            "student": get("If K12 School Is Stop of a Student", answer),
            "officer_at_school": get("Officer Type of Assignment", _k12_assignment),
            "age": get("Perceived Age", whole),
            "reason": get("Reason for Stop", lambda cell: one(cell, _REASONS) if cell.strip() else ""),
            "races": get("Perceived Race or Ethnicity", lambda cell: several(cell, _RACES)),
            "genders": get("Perceived Gender", lambda cell: several(cell, _GENDERS)),
            "disabilities": get("Perceived or Known Disability", lambda cell: several(cell, _DISABILITIES)),
            "details": get("Suspicion SubType", lambda cell: several(cell, _DETAILS)),
            "actions": get("Actions Taken", _actions),
            "bases": get("Basis for Search", lambda cell: several(cell, _BASES)),
            "contraband": get("Contraband or Evidence", lambda cell: several(cell, _CONTRABAND)),
            "seizure_bases": get("Basis for Property Seizure", lambda cell: several(cell, _SEIZURES)),
            "property_types": get("Type of Property Seized", lambda cell: several(cell, _PROPERTY)),
            "results": get("Result of Stop", lambda cell: several(cell, _RESULTS)),
        }
        if get("Perceived Gender Nonconforming", yes):
            fields["genders"] = (fields["genders"] or frozenset()) | {"nonbinary_person"}
        return errors or PublishedStop(row=row, form=2018, **fields)

    return parse


@lru_cache(maxsize=4096)
def several(cell: str, known: Known) -> frozenset[str]:
    """The answers of a cell, parted by "|"."""
    pieces = (piece.strip() for piece in cell.split("|"))
    return frozenset(one(piece, known) for piece in pieces if piece and piece not in _FRAGMENTS)


@lru_cache(maxsize=4096)
def one(words_of_answer: str, known: Known) -> str:
    """The answer that these words mean."""
    low = words_of_answer.lower()
    for part, word in known:
        if part in low:
            return word
    raise BadCell(f"{shown(words_of_answer)} is not a known answer")


@lru_cache(maxsize=4096)
def _actions(cell: str) -> frozenset[str]:
    """Numbers of the 2018-2023 list of actions, parted by "|"."""
    numbers = [whole(piece) for piece in cell.split("|") if piece.strip()]
    wrong = [number for number in numbers if number is None or not 1 <= number <= len(words.ACTIONS_2018)]
    if wrong:
        raise BadCell(f"{wrong[0]} is no action of the 2018-2023 list")
    return frozenset(words.ACTIONS_2018[number - 1] for number in numbers if number)


def _k12_assignment(cell: str) -> bool | None:
    word = cell.strip().lower()
    return ("k-12" in word or "k12" in word or "school resource" in word) if word else None


def _key(cell: str) -> str:
    if not cell.strip():
        raise BadCell("is missing")
    return cell.strip()
