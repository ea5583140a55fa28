"""A person contacted, with what the state's record of the stop tells of the same acts.

Ground of a search, what was found, types of force, property taken and offenses of a stop are asked once, for the
state's record, and stay there. Whoever judges or counts acts toward a person reads them through `with_stop`.
What the officer perceived is not among them.
"""

from __future__ import annotations

from dataclasses import replace

from accord.facts.interactions import Action, Interaction, Outcome, PersonContacted
from accord.facts.stop_codes import ForceAction, StopResult
from accord.facts.stops import PersonStopped, Stop

_SEARCHES = {Action.SEARCHED_PERSON, Action.SEARCHED_PROPERTY}
_CITATIONS = {StopResult.CITATION, StopResult.CITE_RELEASE}
NOT_FORCE = (ForceAction.NONE, ForceAction.HANDCUFFED)
"""Answers of the state's list of force that are no type of force here: handcuffs are told as the device."""


def people_with_stop(entry: Interaction, stop: Stop | None) -> tuple[PersonContacted, ...]:
    """The people of a contact; those who were stopped, with what the state's record tells of them."""
    stopped = {one.pid: one for one in stop.people} if stop else {}
    return tuple(with_stop(person, stopped.get(str(number))) for number, person in enumerate(entry.people, 1))


def with_stop(person: PersonContacted, stopped: PersonStopped | None) -> PersonContacted:
    """The person with the answers of the state's record, as far as the act they tell of was chosen."""
    if stopped is None:
        return person
    told, actions = person.details, set(person.actions)
    if actions & _SEARCHES:
        told = replace(told, search=replace(told.search, bases=stopped.search_bases, found=stopped.contraband))
    if Action.FORCE in actions:
        types = tuple(one for one in stopped.force if one not in NOT_FORCE)
        told = replace(told, force=replace(told.force, types=types))
    if Action.SEIZED_PROPERTY in actions:
        taken = replace(told.seizure, what=stopped.property_types, why=stopped.seizure_bases)
        told = replace(told, seizure=taken)
    if Outcome.CITATION in person.outcomes:
        told = replace(told, offences=replace(told.offences, citation=_offences(stopped, _CITATIONS)))
    if Outcome.ARREST in person.outcomes:
        told = replace(told, offences=replace(told.offences, arrest=_offences(stopped, {StopResult.ARREST})))
    return replace(person, details=told)


def homeland_contacted(stop: Stop) -> bool:
    """Did the stop of anybody end with a call to the Department of Homeland Security?"""
    return any(result.code is StopResult.HOMELAND_SECURITY for one in stop.people for result in one.results)


def _offences(stopped: PersonStopped, results: set[StopResult]) -> tuple[str, ...]:
    """The offenses of some results, each once."""
    codes = (code for result in stopped.results if result.code in results for code in result.offences)
    return tuple(dict.fromkeys(codes))
