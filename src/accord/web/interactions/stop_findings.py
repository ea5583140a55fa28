"""Where in the form each finding about the record of a stop belongs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from accord.decision import Finding, Say
from accord.facts import Stop
from accord.facts.stops import PersonStopped
from accord.rules import immigration
from accord.rules import stops as rules
from accord.rules.stops_answers import NEED_OFFENCE, actions_open, perceptions_open
from accord.web.interactions.stop_asked import OFFENCES

FIELDS = {
    "is_student": "kind",
    "perceived.races": "ripa_races",
    "perceived.gender": "ripa_gender",
    "perceived.orientation": "ripa_orientation",
    "perceived.age": "ripa_age",
    "perceived.limited_english": "ripa_limited_english",
    "perceived.disabilities": "ripa_disabilities",
    "perceived.unhoused": "ripa_unhoused",
    "reason.code": "ripa_reason",
    "reason.traffic_type": "ripa_traffic_type",
    "reason.details": "ripa_details",
    "reason.offence": "ripa_offence",
    "reason.ed_section": "ripa_ed_section",
    "reason.ed_subdivision": "ripa_ed_subdivision",
    "reason.given": "ripa_given",
    "reason.narrative": "ripa_narrative",
    "non_force": "ripa_non_force",
    "force": "ripa_force",
    "search_bases": "ripa_search_bases",
    "consent_type": "ripa_search_bases",
    "search_explanation": "ripa_search_explanation",
    "contraband": "ripa_contraband",
    "seizure_bases": "ripa_seizure_bases",
    "property_types": "ripa_property_types",
    "results": "ripa_results",
}
"""For each place of a person's record that a finding names, the field of the form."""

"""For each place of a person's record that a finding names, the field of the form."""

_OF_STOP = {"minutes": "duration_minutes", "location.school_code": "school"}
_ABOUT_ACTS = {("stops.consensual-search", "non_force"), ("stops.seizure", "non_force")}
_OPEN = {"stops.perceived": perceptions_open, "stops.actions": actions_open}
_NO_PROFILE = Say("The officer's profile is not on file yet. Give it under “Officers”, then file the stop.")


def form_findings(stop: Stop) -> tuple[Finding, ...]:
    """Every finding that must be met before the stop is filed, each named by the field of the form it belongs beside.

    Those about a person stand as `people.<i>.<field>`, the person counted from 0 as the form holds them.
    """
    return (*_in_form(stop, rules.check(stop).findings), *_clean(stop))


def form_warnings(stop: Stop) -> tuple[Finding, ...]:
    """What deserves a second look, named the same way. Not met, it is shown and stops nothing."""
    return tuple(_in_form(stop, rules.warnings(stop)))


def _in_form(stop: Stop, findings: tuple[Finding, ...]) -> Iterator[Finding]:
    for finding in findings:
        people, _dot, rest = finding.field.partition(".")
        position, _dot, place = rest.partition(".")
        if people == "people" and position:
            person = stop.people[int(position)]
            for one, its_place in _each(person, finding, place):
                yield replace(one, field=f"people.{int(person.pid) - 1}.{_of_person(person, one, its_place)}")
        elif finding.field == "officer.years" and not finding.met:
            yield replace(finding, field="", reason=_NO_PROFILE)
        else:
            yield replace(finding, field=_OF_STOP.get(finding.field, ""))


def _each(person: PersonStopped, finding: Finding, place: str) -> list[tuple[Finding, str]]:
    """The finding with its place, or, when it is about several open answers, once for each of them."""
    still_open = () if finding.met or finding.clause not in _OPEN else _OPEN[finding.clause](person)
    return [(one, one.field) for one in still_open] or [(finding, place)]


def _of_person(person: PersonStopped, finding: Finding, place: str) -> str:
    if (finding.clause, place) in _ABOUT_ACTS:
        return "actions"
    if finding.clause == "stops.offences" and not finding.met:
        return next(OFFENCES[one.code] for one in person.results if one.code in NEED_OFFENCE and not any(one.offences))
    return FIELDS.get(place, "ripa_reason" if place.startswith("reason") else "")


def _clean(stop: Stop) -> Iterator[Finding]:
    """Do the texts of the record tell nothing of immigration? Names are looked for where the roster is at hand."""
    yield replace(immigration.text_is_clean(stop.location.city), field="stop_city")
    for person in stop.people:
        of_person = f"people.{int(person.pid) - 1}"
        for text, field in (
            (person.reason.narrative, "ripa_narrative"),
            (person.search_explanation, "ripa_search_explanation"),
            (person.reason.offence, "ripa_offence"),
        ):
            yield replace(immigration.text_is_clean(text), field=f"{of_person}.{field}")
