"""What of a request only whoever asks says: it is not known until somebody else, who has to know, confirms it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from accord.decision import Finding, Say, implements
from accord.facts.records import Asked, Capacity, Claim, Confirmation, Confirming, Purpose, Request
from accord.rules.records_needs import in_force

CONFIRMED = "records.confirmed"
CONFIRMING = "records.confirming"
OFFICERS = frozenset({Capacity.SRO, Capacity.PEACE_OFFICER})

_OF_KIDNAPPING = (Claim.PROBABLE_CAUSE, Claim.MAY_BE_ENROLLED, Claim.INVESTIGATION_ACTIVE, Claim.SHOWS)
_CALLED_BACK = Say("The custodian files it after calling the agency back.")
CHECK: dict[Claim, Say] = {
    Claim.INTEREST: Say("The custodian files it after holding it against what the annual notice calls legitimate."),
    Claim.AGENCY: Say(
        "The program administrator files the agency with the role of an account; "
        "of someone outside the custodian files it after calling the agency back."
    ),
    Claim.TEACHES_STUDENT: Say("The custodian files it after looking at the class list."),
    Claim.REPORTED_CRIME: Say("The custodian files it after checking the report of the crime."),
    Claim.PROBABLE_CAUSE: _CALLED_BACK,
    Claim.MAY_BE_ENROLLED: _CALLED_BACK,
    Claim.INVESTIGATION_ACTIVE: _CALLED_BACK,
    Claim.SHOWS: Say("The custodian files it after seeing the paper, or after asking the parent."),
    Claim.STATUTE: Say("The custodian files it after counsel has read that section."),
    Claim.BEFORE_ADJUDICATION: Say("The custodian files it after asking the court or the probation department."),
    Claim.ENROLLS_THERE: Say("The custodian files it after calling the other school back."),
    Claim.PARENT_STARTED_IT: Say("The custodian files it after asking the parent."),
    Claim.AID_APPLIED_FOR: Say("The custodian files it after seeing the application."),
    Claim.PROGRAM: Say("The custodian files it after seeing the letter of the authority."),
}
"""Who files each claim, and after checking what."""


def _held(claim: Claim) -> Callable[[Request], Any]:
    """The fact that a claim is, in a request; None or empty where it is not stated."""
    if claim is Claim.INTEREST:
        return lambda request: request.purpose is Purpose.SCHOOL_DUTY
    if claim is Claim.AGENCY:
        return lambda request: request.asker.agency or request.asker.capacity in OFFICERS
    if claim in _OF_KIDNAPPING:
        return lambda request: request.kidnapping and getattr(request.kidnapping, claim.value)
    return lambda request: getattr(request, claim.value)


_HELD = {claim: _held(claim) for claim in Claim}


def claims(request: Request) -> tuple[Claim, ...]:
    """What of a request only whoever asks says, and a ground can rest on.

    An officer's agency is one though none is stated: then it is said that it is not on file.
    """
    return tuple(claim for claim, held in _HELD.items() if held(request))


def _without(request: Request, claims: Collection[Claim]) -> Request:
    """The request as if these claims had not been made. It is copied once, however many there are."""
    changes: dict[str, Any] = {}
    told = {claim.value: None for claim in claims if claim in _OF_KIDNAPPING}
    if told and request.kidnapping is not None:
        changes["kidnapping"] = replace(request.kidnapping, **told)
    for claim in claims:
        if claim is Claim.INTEREST:
            changes["records"] = tuple(replace(one, interest="") for one in request.records)
        elif claim is Claim.AGENCY:
            changes["asker"] = replace(request.asker, agency="")
        elif claim not in _OF_KIDNAPPING:
            changes[claim.value] = "" if isinstance(getattr(request, claim.value), str) else None
    return replace(request, **changes) if changes else request


def newest(asked: Asked, claim: Claim) -> Confirmation | None:
    """The last word on file on a claim."""
    for one in reversed(asked.on_file.confirmations):
        if one.claim is claim:
            return one
    return None


def is_confirmed(asked: Asked, claim: Claim) -> bool:
    """Is the last word on a claim a yes, of somebody other than whoever asks, of a day that has come?"""
    one = newest(asked, claim)
    return (
        one is not None
        and one.yes is True
        and bool(one.by)
        and one.by != asked.request.asker.id
        and in_force(one.confirmed_on, None, asked.on)
    )


def is_of_agency(asked: Asked, agency: str) -> bool:
    """Does a paper about a person, filed for this agency, count for whoever asks?

    One for an agency counts for no other. Where which agency they serve is only claimed, one for none counts for none.
    """
    served = asked.request.asker.agency
    return agency == served or (not agency and Claim.AGENCY not in asked.request.claims)


def settled(asked: Asked) -> Asked:
    """The same, with every claim that nobody confirmed taken out: it is not known."""
    unknown = [claim for claim in asked.request.claims if not is_confirmed(asked, claim)]
    request = _without(asked.request, unknown) if unknown else asked.request
    return asked if request is asked.request else replace(asked, request=request)


def word(asked: Asked) -> tuple[Finding, ...]:
    """What is found of each claim, in words that say how it is mended."""
    return tuple([_found(asked, claim) for claim in dict.fromkeys(asked.request.claims)])


def _found(asked: Asked, claim: Claim) -> Finding:
    words = _words(claim)
    if is_confirmed(asked, claim):
        return words.confirmed
    if claim is Claim.AGENCY and not asked.request.asker.agency:
        return words.unstated
    told = newest(asked, claim)
    return words.refused if told is not None and told.yes is False else words.alone


class _Words(NamedTuple):
    """All that can be found of a claim: said once, and shared by every decision."""

    confirmed: Finding
    unstated: Finding
    refused: Finding
    alone: Finding


@cache
def _words(claim: Claim) -> _Words:
    values: dict[str, Any] = {"claim": Say(claim.label), "check": CHECK[claim]}
    return _Words(
        Finding(CONFIRMED, True, Say("Somebody other than whoever asks confirmed it: {claim}.", values)),
        Finding(CONFIRMED, False, Say("It is not on file which agency they serve. {check}", values)),
        Finding(CONFIRMED, False, Say("Somebody looked and does not confirm it: {claim}.", values)),
        Finding(CONFIRMED, False, Say("Nobody but whoever asks says so: {claim}. {check}", values)),
    )


@implements(CONFIRMED)
def confirmed(asked: Asked) -> Finding:
    """Is every claim of whoever asks confirmed by somebody else? When not, the first that is not."""
    nothing = Finding(CONFIRMED, True, Say("Nothing in the request rests on the word of whoever asks alone."))
    found = word(asked)
    return next((one for one in found if not one.met), nothing)


@implements(CONFIRMING)
def may_confirm(one: Confirming) -> Finding:
    """Is it a claim of this request, and does somebody else file the word on it who is no officer and says how?"""
    if not one.by or not one.asker or one.by == one.asker:
        return Finding(CONFIRMING, False, Say("Nobody confirms what they say themselves."))
    if one.police is not False:
        return Finding(CONFIRMING, False, Say("Who serves with the police confirms nothing of a request for records."))
    if one.claim is None or one.claim not in one.claims:
        return Finding(CONFIRMING, False, Say("This request makes no such claim."), "claim")
    if not one.source.strip():
        return Finding(CONFIRMING, False, Say("Say what you looked at, or whom you asked."), "source")
    return Finding(CONFIRMING, True, Say("Somebody else says how they know."), "source")
