"""Does what is told of a contact beyond its first form hold together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from accord.decision import Finding, Say, implements
from accord.facts.details import ContactDetails, times
from accord.rules.school_days import district_day

_OFFENCE = re.compile(r"\d{1,5}", re.ASCII)


@implements("interactions.followed")
def followed_in_time(details: ContactDetails, *, on: date) -> Finding:
    """Did everything that is told to have followed happen by this day, and is a release told where one is meant?"""
    clause = "interactions.followed"
    for field, at in times(details).items():
        if district_day(at) > on:
            return Finding(clause, False, Say("This time lies in the future."), field)
    if details.released_to_officer_at is None and (details.release_exception or details.place_withheld):
        say = Say("Say when the student was released to an officer, or take this answer out.")
        return Finding(clause, False, say, "released_to_officer_at")
    if details.place_withheld and not details.release_exception:
        say = Say("The place is held back only under the exception: choose which.")
        return Finding(clause, False, say, "release_exception")
    return Finding(clause, True, Say("What followed is told in time."))


@implements("interactions.offences")
def offences_are_codes(details: ContactDetails) -> Finding:
    """Is every offense a code of the state's table, given once?"""
    fault = offence_fault(details.offences)
    say = fault or Say("Offenses are given by their codes.")
    return Finding("interactions.offences", fault is None, say, "offences")


def offence_fault(codes: Sequence[str]) -> Say | None:
    """What is wrong with codes of the state's table of offenses, None where nothing is."""
    if not all(_OFFENCE.fullmatch(code) for code in codes):
        return Say("Give offenses by their codes in the state's table: one to five digits, with commas between.")
    if len(set(codes)) < len(codes):
        return Say("The same offense stands here twice.")
    return None
