"""What a browser sends of a stop: one that holds, of a student searched at school, and each way to get it wrong."""

from __future__ import annotations

from typing import Any

from accord.facts.stop_codes import OfficerAssignment, RipaRace
from accord.facts.stops import OfficerProfile
from tests.web import factories as make

OFFICER = OfficerProfile(
    key="K3P9", since=make.SINCE, assignment=OfficerAssignment.SCHOOL, races=(RipaRace.ASIAN,), ori="CA0010000"
)
CONTACT = {"kind": "stop", "location": "hallway", "stop_type": "3", "stop_city": "Berkeley"}
STUDENT: dict[str, Any] = {
    "kind": "student",
    "role": "subject",
    "actions": ["talked", "searched_property"],
    "outcomes": ["report_to_school"],
    "ripa_races": ["2", "7"],
    "ripa_gender": "2",
    "ripa_orientation": "2",
    "ripa_age": "15",
    "ripa_limited_english": "N",
    "ripa_disabilities": ["8"],
    "ripa_unhoused": "N",
    "ripa_reason": "7",
    "ripa_ed_section": "1",
    "ripa_ed_subdivision": "4",
    "ripa_given": ["20"],
    "ripa_narrative": "Smell of cannabis in the hallway, told by a teacher.",
    "ripa_non_force": ["1", "3"],
    "ripa_agreed_property": "Y",
    "ripa_force": ["18"],
    "ripa_search_bases": ["14"],
    "ripa_search_explanation": "Signed the form and opened the bag.",
    "ripa_contraband": ["1"],
    "ripa_results": ["12", "14"],
    "ripa_offences_verbal": "23008",
}

SUSPECT = {"ripa_reason": "2", "ripa_details": ["1"], "ripa_offence": "23008", "ripa_given": ["4"]}
SEARCHED = {"actions": ["searched_person"], "ripa_non_force": ["18"]}
UNSEARCHED = {"actions": ["talked"], "ripa_non_force": ["18"], "ripa_search_bases": [], "ripa_search_explanation": ""}
VISITOR = {"kind": "visitor", "ripa_non_force": ["3"], "ripa_results": ["1"]}

INVALID: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "V1 no disability and one": ({}, {"ripa_disabilities": ["8", "4"]}, "ripa_disabilities"),
    "V1 no action without force and one": ({}, {"ripa_non_force": ["6", "18"]}, "ripa_non_force"),
    "V1 no force and some": ({}, {"ripa_force": ["18", "1"]}, "ripa_force"),
    "V1 nothing found and drugs": ({}, {"ripa_contraband": ["1", "5"]}, "ripa_contraband"),
    "V1 no action and a call home": ({}, {"ripa_results": ["1", "9"]}, "ripa_results"),
    "V2 no reason": ({}, {"ripa_reason": ""}, "ripa_reason"),
    "V3 suspicion without a detail": ({}, SUSPECT | {"ripa_details": []}, "ripa_details"),
    "V3 suspicion without an offense": ({}, SUSPECT | {"ripa_offence": ""}, "ripa_offence"),
    "V3 cause without a detail": ({}, SUSPECT | {"ripa_reason": "9", "ripa_details": []}, "ripa_details"),
    "V3 cause without an offense": ({}, SUSPECT | {"ripa_reason": "9", "ripa_offence": ""}, "ripa_offence"),
    "V3 traffic without a kind": (
        {},
        {"ripa_reason": "1", "ripa_given": ["1"], "ripa_offence": "54106"},
        "ripa_traffic_type",
    ),
    "V3 traffic without an offense": (
        {},
        {"ripa_reason": "1", "ripa_given": ["1"], "ripa_traffic_type": "1"},
        "ripa_offence",
    ),
    "V3 Education Code without a section": ({}, {"ripa_ed_section": "", "ripa_ed_subdivision": ""}, "ripa_ed_section"),
    "V3 48900 without a subdivision": ({}, {"ripa_ed_subdivision": ""}, "ripa_ed_subdivision"),
    "V3 reason 7 and no student": ({}, VISITOR | {"ripa_given": ["4"]}, "ripa_reason"),
    "V3 reason 8 and no student": ({}, VISITOR | {"ripa_reason": "8", "ripa_given": ["4"]}, "ripa_reason"),
    "V3 reason 7 away from school": ({"location": "off_campus"}, {"ripa_given": ["4"]}, "ripa_reason"),
    "V3 told 20 and no student": ({}, VISITOR | SUSPECT | {"ripa_given": ["20"]}, "ripa_given"),
    "V3 told 21 away from school": (
        {"location": "off_campus"},
        SUSPECT | {"ripa_given": ["21"]},
        "ripa_given",
    ),
    "V3 result 12 and no student": ({}, VISITOR | SUSPECT | {"ripa_results": ["12"]}, "ripa_results"),
    "V3 result 13 away from school": (
        {"location": "off_campus"},
        SUSPECT | {"ripa_results": ["13"]},
        "ripa_results",
    ),
    "V3 disability 7 and no student": ({}, VISITOR | SUSPECT | {"ripa_disabilities": ["7"]}, "ripa_disabilities"),
    "V3 action 1 and no student": (
        {},
        VISITOR | SUSPECT | UNSEARCHED | {"ripa_non_force": ["1"]},
        "ripa_non_force",
    ),
    "V3 basis 13 and no student": ({}, VISITOR | SUSPECT | {"ripa_search_bases": ["13"]}, "ripa_search_bases"),
    "V3 seizure 6 and no student": (
        {},
        VISITOR
        | SUSPECT
        | {
            "actions": ["searched_property", "seized_property"],
            "ripa_seizure_bases": ["6"],
            "ripa_property_types": ["9"],
        },
        "ripa_seizure_bases",
    ),
    "V4 no text": ({}, {"ripa_narrative": ""}, "ripa_narrative"),
    "V4 too long a text": ({}, {"ripa_narrative": "x" * 251}, "ripa_narrative"),
    "V4 a telephone number": ({}, {"ripa_narrative": "Call 555-123-4567."}, "ripa_narrative"),
    "V4 not told, and no why": ({}, {"ripa_given": ["22"]}, "ripa_narrative"),
    "V4 told another reason, and no why": ({}, {"ripa_given": ["18"]}, "ripa_narrative"),
    "V4 nothing said of what was told": ({}, {"ripa_given": []}, "ripa_given"),
    "V5 a search of property without a ground": ({}, {"ripa_search_bases": []}, "ripa_search_bases"),
    "V5 a search of the person without a ground": ({}, SEARCHED | {"ripa_search_bases": []}, "ripa_search_bases"),
    "V5 a frisk without a ground": (
        {},
        SEARCHED | {"ripa_person_search": ["16"], "ripa_search_bases": []},
        "ripa_search_bases",
    ),
    "V5 a search without a word": ({}, {"ripa_search_explanation": ""}, "ripa_search_explanation"),
    "V5 too long a word": ({}, {"ripa_search_explanation": "x" * 251}, "ripa_search_explanation"),
    "V5 consent in two forms": ({}, {"ripa_search_bases": ["1", "14"]}, "ripa_search_bases"),
    "V5 an inventory of a person": ({}, SEARCHED | {"ripa_search_bases": ["12"]}, "ripa_search_bases"),
    "V6 a consensual encounter without a search": (
        {},
        UNSEARCHED | {"ripa_reason": "6", "ripa_given": ["19"]},
        "actions",
    ),
    "V8 a seizure without a ground": (
        {},
        {"actions": ["searched_property", "seized_property"], "ripa_property_types": ["9"]},
        "ripa_seizure_bases",
    ),
    "V8 a seizure of nothing": (
        {},
        {"actions": ["searched_property", "seized_property"], "ripa_seizure_bases": ["3"]},
        "ripa_property_types",
    ),
    "V9 a citation for nothing": ({}, {"ripa_results": ["3"]}, "ripa_offences_citation"),
    "V9 a release for nothing": ({}, {"ripa_results": ["4"]}, "ripa_offences_release"),
    "V9 an arrest for nothing": ({}, {"ripa_results": ["6"]}, "ripa_offences_arrest"),
    "V9 a spoken warning for nothing": (
        {},
        {"ripa_results": ["14"], "ripa_offences_verbal": ""},
        "ripa_offences_verbal",
    ),
    "V9 a written warning for nothing": ({}, {"ripa_results": ["15"]}, "ripa_offences_written"),
    "V12 a passenger's record": (
        {"stop_type": "1"},
        UNSEARCHED | {"ripa_passenger": "on", "ripa_non_force": ["13"]},
        "ripa_non_force",
    ),
    "V12 no vehicle": ({}, UNSEARCHED | {"ripa_non_force": ["4"]}, "ripa_non_force"),
    "V14 no word on force": ({}, {"ripa_force": []}, "ripa_force"),
    "V14 no word on acts": ({}, UNSEARCHED | {"ripa_non_force": []}, "ripa_non_force"),
    "elements 5 to 11: race": ({}, {"ripa_races": []}, "ripa_races"),
    "elements 5 to 11: gender": ({}, {"ripa_gender": ""}, "ripa_gender"),
    "elements 5 to 11: orientation": ({}, {"ripa_orientation": ""}, "ripa_orientation"),
    "elements 5 to 11: age": ({}, {"ripa_age": ""}, "ripa_age"),
    "elements 5 to 11: English": ({}, {"ripa_limited_english": ""}, "ripa_limited_english"),
    "elements 5 to 11: disability": ({}, {"ripa_disabilities": []}, "ripa_disabilities"),
    "elements 5 to 11: unhoused": ({}, {"ripa_unhoused": ""}, "ripa_unhoused"),
}
"""What is wrong, by name: what the contact and the person say instead of what holds, and the field to say it beside."""

NAMED: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "V4 a name": ({}, {"ripa_narrative": "Told by Mr. Jones in the hallway."}, "ripa_narrative"),
    "V4 a name in the search": (
        {},
        {"ripa_search_explanation": "Ms. Garcia saw the bag opened."},
        "ripa_search_explanation",
    ),
}
"""The same for names, which are looked for where the school's roster is at hand."""

WARNED: dict[str, tuple[dict[str, Any], str]] = {
    "V7 an arrest that did not follow": ({"ripa_search_bases": ["10"]}, "ripa_results"),
    "how supervision was learned": ({"ripa_search_bases": ["4"]}, "ripa_search_explanation"),
    "a grown student": ({"ripa_age": "25"}, "ripa_age"),
}
"""What deserves a second look and stops nothing."""
