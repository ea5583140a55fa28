"""The rules about searches and seizures of one person of a stop."""

from __future__ import annotations

from accord.decision import Finding, Say, implements
from accord.facts.stop_codes import ConsentType, NonForceAction, SearchBasis, StopReason, StopResult
from accord.facts.stops import PersonStopped
from accord.rules.stops_reason import says_one_of

_SEARCHES = {NonForceAction.SEARCHED_PERSON, NonForceAction.SEARCHED_PROPERTY, NonForceAction.FRISK}
_ARRESTS = {StopResult.ARREST_WARRANT, StopResult.ARREST}

_REQUESTS = (
    (NonForceAction.ASKED_PERSON, "agreed_person", "non_force"),
    (NonForceAction.ASKED_PROPERTY, "agreed_property", "non_force"),
)

FORM_OF_CONSENT = {
    SearchBasis.CONSENT_VERBAL: ConsentType.VERBAL,
    SearchBasis.CONSENT_WRITTEN: ConsentType.WRITTEN,
    SearchBasis.CONSENT_IMPLIED: ConsentType.IMPLIED,
}
"""The form of consent that each basis of consent says."""


def searched(person: PersonStopped) -> bool:
    """Was the person or property searched? Since 2024 a frisk is listed on its own and counts as a search."""
    return bool(_SEARCHES & set(person.non_force))


@implements("stops.search-basis")
def search_has_basis(person: PersonStopped) -> Finding:
    """Does a search state its ground, and a vehicle inventory a search of property?"""
    clause, field = "stops.search-basis", "search_bases"
    if searched(person) and not person.search_bases:
        return Finding(clause, False, Say("There was a search: say on what ground."), field)
    inventory = SearchBasis.INVENTORY in person.search_bases
    if inventory and NonForceAction.SEARCHED_PROPERTY not in person.non_force:
        return Finding(clause, False, Say("A vehicle inventory is a search of property."), field)
    return Finding(clause, True, Say("Every search has its ground."), field)


@implements("stops.search-explained")
def search_is_explained(person: PersonStopped, *, longest_text: int) -> Finding:
    """Is a search explained in words, in no more than allowed? In characters. A person not searched needs none."""
    clause, field, text = "stops.search-explained", "search_explanation", person.search_explanation.strip()
    if searched(person) and not text:
        return Finding(clause, False, Say("There was a search: explain its ground in words."), field)
    if len(text) > longest_text:
        values = {"longest": longest_text, "length": len(text)}
        return Finding(clause, False, Say("Tell it in {longest} characters; these are {length}.", values), field)
    return Finding(clause, True, Say("Every search is explained."), field)


@implements("stops.consent")
def consent_has_form(person: PersonStopped) -> Finding:
    """Does a search by consent say in which form consent was given and how, and is no form given without one?"""
    clause = "stops.consent"
    for asked, answer, field in _REQUESTS:
        if getattr(person, answer) is not None and asked not in person.non_force:
            return Finding(clause, False, Say("An answer to a request belongs to the request."), field)
    forms = [FORM_OF_CONSENT[basis] for basis in person.search_bases if basis in FORM_OF_CONSENT]
    if not forms:
        met = person.consent_type is None
        say = Say("A form of consent belongs to a search by consent.")
        return Finding(clause, met, Say("Nobody was searched by consent.") if met else say, "consent_type")
    if [person.consent_type] != forms:
        say = Say("Consent was the ground: say in which one form it was given, the same in both places.")
        return Finding(clause, False, say, "consent_type")
    if not person.search_explanation.strip():
        say = Say("Consent was the ground: tell what the person said or did.")
        return Finding(clause, False, say, "search_explanation")
    return Finding(clause, True, Say("The form of consent is given."), "consent_type")


@implements("stops.consensual-search")
def consensual_means_search(person: PersonStopped) -> Finding:
    """Did a consensual encounter, given as the reason, lead to a search?"""
    met = person.reason.code is not StopReason.CONSENSUAL or searched(person)
    say = Say("A consensual encounter is reported only when it led to a search, and none is given.")
    yes = Say("The reason and the search agree.")
    return Finding("stops.consensual-search", met, yes if met else say, "non_force")


@implements("stops.arrest-warning")
def arrest_follows(person: PersonStopped) -> Finding:
    """Did an arrest follow a search incident to arrest? Not met is a warning."""
    arrested = bool(_ARRESTS & {result.code for result in person.results})
    met = SearchBasis.ARREST not in person.search_bases or arrested
    say = Say("Searched incident to an arrest, yet no arrest is among the results.")
    return Finding("stops.arrest-warning", met, Say("Search and results agree.") if met else say, "results")


@implements("stops.supervision-warning")
def supervision_learned(person: PersonStopped, *, learned_words: tuple[str, ...]) -> Finding:
    """Does a search on a condition of supervision say how the officer learned of it? Not met is a warning."""
    asked = SearchBasis.SUPERVISION in person.search_bases
    met = not asked or says_one_of(person.search_explanation, learned_words)
    say = Say("Searched on a condition of supervision: say how its existence was learned.")
    yes = Say("Nothing is left open about supervision.")
    return Finding("stops.supervision-warning", met, yes if met else say, "search_explanation")


@implements("stops.seizure")
def seizure_agrees(person: PersonStopped) -> Finding:
    """Do the action "seized property", its ground and what was taken stand together or not at all?"""
    seized = NonForceAction.SEIZED in person.non_force
    parts = (
        ("non_force", seized),
        ("seizure_bases", bool(person.seizure_bases)),
        ("property_types", bool(person.property_types)),
    )
    if len({said for _, said in parts}) == 1:
        return Finding("stops.seizure", True, Say("Seizure, ground and property agree."), "seizure_bases")
    missing = next(field for field, said in parts if not said)
    say = Say("A seizure has three parts: the action, its ground and what was taken. One is missing.")
    return Finding("stops.seizure", False, say, missing)
