"""Does what is told of one person contacted hold together, so that it may be stored.

Only what makes a record whole stands here. What the law asks of an officer or a school, and may have gone otherwise, is
flagged by `interactions_person_flags` and never keeps a contact from being stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from accord.decision import Finding, Say, implements
from accord.facts import Action, Outcome, PersonContacted, PersonKind
from accord.facts.person_codes import Aid, Answer, Injury, Standard, Witness
from accord.facts.person_details import Force, Questioning, SchoolReport, Search, Seizure
from accord.facts.stop_codes import Contraband, ForceAction, SearchBasis, SeizureBasis
from accord.rules.interactions_details import offence_fault
from accord.rules.school_days import district_day

SEARCHES = {Action.SEARCHED_PERSON, Action.SEARCHED_PROPERTY}
"""Actions that are a search."""

HURT = {Injury.INJURY, Injury.SERIOUS}
"""Injuries that ask for medical aid."""

CONSENT = {SearchBasis.CONSENT_VERBAL, SearchBasis.CONSENT_WRITTEN, SearchBasis.CONSENT_IMPLIED}
"""Grounds of a search that are consent."""

_RESTS_ON = {
    Standard.CONSENT: CONSENT,
    Standard.WARRANT: {SearchBasis.WARRANT},
    Standard.SUPERVISION: {SearchBasis.SUPERVISION},
}


@implements("interactions.questioning")
def questioning_told(person: PersonContacted) -> Finding:
    """Does questioning say whether the person was free to leave, and is it told only where it took place?"""
    clause, told = "interactions.questioning", person.details.questioning
    if Action.QUESTIONED not in person.actions:
        return _nothing_told(clause, told == Questioning(), Say("Questioning is told, and nobody was questioned."))
    if told.custodial is None:
        say = Say("Say whether the person was free to leave while questioned.")
        return Finding(clause, False, say, "custodial")
    return Finding(clause, True, Say("The questioning is told."), "custodial")


@implements("interactions.search")
def search_told(person: PersonContacted) -> Finding:
    """Does a search say who searched, on what ground, how far and what was found, without contradicting itself?"""
    return search_findings(person)[0]


def search_findings(person: PersonContacted) -> tuple[Finding, ...]:
    """Everything that is missing or at odds about a search; where nothing is, the one finding that says so."""
    clause, told = "interactions.search", person.details.search
    if not SEARCHES & set(person.actions):
        return (_nothing_told(clause, told == Search(), Say("A search is told, and nothing was searched.")),)
    gaps = _gaps(
        clause,
        ("search_by", told.by, Say("Say who searched.")),
        ("search_bases", told.bases, Say("Say on what ground the search was made.")),
        ("search_standard", told.standard, Say("Say how strong the reason for the search was.")),
        ("search_extent", told.extent, Say("Say what was searched.")),
        ("search_found", told.found, Say("Say what was found, even if nothing.")),
    )
    at_odds = _search_at_odds(clause, person)
    found = (*gaps, at_odds) if at_odds else gaps
    return found or (Finding(clause, True, Say("The search is told."), "search_bases"),)


def _gaps(clause: str, *asked: tuple[str, object, Say]) -> tuple[Finding, ...]:
    """A finding for each answer that is missing: field, answer and what to say of it."""
    return tuple(Finding(clause, False, say, field) for field, answer, say in asked if not answer)


def _search_at_odds(clause: str, person: PersonContacted) -> Finding | None:
    """The first answer about a search that another one rules out."""
    told = person.details.search
    if Contraband.NONE in told.found and len(told.found) > 1:
        return Finding(clause, False, Say("Something was found, or nothing was: not both."), "search_found")
    if Witness.NOBODY in told.witnesses and len(told.witnesses) > 1:
        return Finding(clause, False, Say("Somebody was present, or nobody was: not both."), "search_witnesses")
    if SearchBasis.SCHOOL_POLICY in told.bases and person.kind is not PersonKind.STUDENT:
        return Finding(clause, False, Say("Only a student is searched for a school rule."), "search_bases")
    if told.standard in _RESTS_ON and not _RESTS_ON[told.standard] & set(told.bases):
        say = Say("“{reason}” is given as the reason and not among the grounds.", {"reason": Say(told.standard.label)})
        return Finding(clause, False, say, "search_standard")
    return None


@implements("interactions.force-types")
def force_told(person: PersonContacted) -> Finding:
    """Does force say of what type it was, who was hurt and what medical aid followed? A restraint device does too."""
    return force_findings(person)[0]


def force_findings(person: PersonContacted) -> tuple[Finding, ...]:
    """Everything that is missing or at odds about force; where nothing is, the one finding that says so."""
    clause, told = "interactions.force-types", person.details.force
    forced, held = Action.FORCE in person.actions, Action.RESTRAINED in person.actions
    if not forced and told.types:
        return (Finding(clause, False, Say("Types of force are told, and no force was used."), "force_types"),)
    if not forced and not held:
        idle = told == Force(devices=told.devices)
        return (_nothing_told(clause, idle, Say("Injuries are told, and no force was used.")),)
    typed = not forced or set(told.types) - {ForceAction.NONE}
    fired = ForceAction.FIREARM_DISCHARGED in told.types
    aided = told.person_hurt not in HURT or told.aid
    found = _gaps(
        clause,
        ("force_types", typed, Say("Force was used: say of what type.")),
        ("shot_hit", not fired or told.hit, Say("A shot was fired: say whether it hit the person.")),
        ("person_hurt", told.person_hurt, Say("Say whether the person was hurt.")),
        ("officer_hurt", told.officer_hurt, Say("Say whether an officer was hurt.")),
        ("aid", aided, Say("The person was hurt: say what medical aid followed, even if none.")),
    )
    if Aid.NOT_GIVEN in told.aid and len(told.aid) > 1:
        found += (Finding(clause, False, Say("Medical aid was given, or none was: not both."), "aid"),)
    return found or (Finding(clause, True, Say("The force and what it did are told."), "force_types"),)


@implements("interactions.restraint")
def restraint_told(person: PersonContacted) -> Finding:
    """Does a restraint name the device, and only a restraint?"""
    clause, field, devices = "interactions.restraint", "devices", person.details.force.devices
    if Action.RESTRAINED not in person.actions:
        return _nothing_told(clause, not devices, Say("A restraint device is told, and nobody was restrained."))
    say = Say("The device is named.") if devices else Say("Say what held the person.")
    return Finding(clause, bool(devices), say, field)


@implements("interactions.seizure")
def seizure_told(person: PersonContacted) -> Finding:
    """Does a seizure say what was taken and why?"""
    return seizure_findings(person)[0]


def seizure_findings(person: PersonContacted) -> tuple[Finding, ...]:
    """Everything that is missing or at odds about property taken; where nothing is, the one finding that says so."""
    clause, told = "interactions.seizure", person.details.seizure
    if Action.SEIZED_PROPERTY not in person.actions:
        return (_nothing_told(clause, told == Seizure(), Say("Property is told, and none was taken.")),)
    found = _gaps(
        clause,
        ("seized_what", told.what, Say("Say what was taken.")),
        ("seized_why", told.why, Say("Say why it was taken.")),
    )
    if SeizureBasis.SCHOOL_POLICY in told.why and person.kind is not PersonKind.STUDENT:
        found += (
            Finding(clause, False, Say("Only from a student is property taken for a school rule."), "seized_why"),
        )
    return found or (Finding(clause, True, Say("What was taken, and why, is told."), "seized_what"),)


@implements("interactions.person-offences")
def offences_told(person: PersonContacted) -> Finding:
    """Are the offenses of an outcome codes of the state's table, told once, and of an outcome that came?"""
    clause, told = "interactions.person-offences", person.details.offences
    for outcome, field, codes in (
        (Outcome.CITATION, "citation_offences", told.citation),
        (Outcome.ARREST, "arrest_offences", told.arrest),
        (Outcome.REFERRAL_FOR_PROSECUTION, "referral_offences", told.referral),
    ):
        if codes and outcome not in person.outcomes:
            return Finding(clause, False, Say("These offenses belong to an outcome that was not chosen."), field)
        if fault := offence_fault(codes):
            return Finding(clause, False, fault, field)
    return Finding(clause, True, Say("Offenses are given by their codes."), "arrest_offences")


@implements("interactions.school-told")
def report_holds(person: PersonContacted) -> Finding:
    """Do the answers on the report to the school agree with each other and with how it ended?"""
    clause, told = "interactions.school-told", person.details.report
    if told.told is not Answer.YES and told != SchoolReport(told.told):
        say = Say("Say that the school was told, or take out when and whom.")
        return Finding(clause, False, say, "school_told")
    if told.told is Answer.NO and Outcome.REPORT_TO_SCHOOL in person.outcomes:
        say = Say("It ended with a report to the school, and the school was not told: not both.")
        return Finding(clause, False, say, "school_told")
    return Finding(clause, True, Say("The answers on the report to the school agree."), "school_told")


@implements("interactions.notice")
def notices_whole(person: PersonContacted) -> Finding:
    """Does each attempt to tell a parent say when, how and with what result, and belong to a student?"""
    clause, notices = "interactions.notice", person.details.notices
    if notices and person.kind is not PersonKind.STUDENT:
        return Finding(clause, False, Say("Only of a student is a parent or guardian told."), "notice_1_at")
    for number, notice in enumerate(notices, 1):
        for part in ("at", "how", "reached"):
            if getattr(notice, part) is None:
                say = Say("Say of each attempt when it was, how, and what came of it.")
                return Finding(clause, False, say, f"notice_{number}_{part}")
    return Finding(clause, True, Say("Every attempt is told whole."), "notice_1_at")


@implements("interactions.person-times")
def times_in_order(person: PersonContacted, *, at: datetime, on: date) -> Finding:
    """Do the times told of a person lie neither in the future nor in the wrong order?

    Args:
        at: when the contact began, in UTC.
        on: today, in the district.
    """
    clause, asked = "interactions.person-times", person.details.questioning
    for field, time in _times(person):
        if district_day(time) > on:
            return Finding(clause, False, Say("This time lies in the future."), field)
    if asked.began_at and asked.began_at < at:
        return Finding(clause, False, Say("The questions cannot begin before the contact."), "questioned_from")
    if asked.counsel_from and asked.counsel_until and asked.counsel_until < asked.counsel_from:
        return Finding(clause, False, Say("The talk with the lawyer cannot end before it begins."), "counsel_until")
    return Finding(clause, True, Say("The times are in order."))


def _times(person: PersonContacted) -> Iterator[tuple[str, datetime]]:
    asked, report = person.details.questioning, person.details.report
    told = {
        "questioned_from": asked.began_at,
        "counsel_from": asked.counsel_from,
        "counsel_until": asked.counsel_until,
        "questioning_told_at": asked.parent_told_at,
        "school_told_at": report.at,
    }
    told |= {f"notice_{number}_at": notice.at for number, notice in enumerate(person.details.notices, 1)}
    yield from ((field, time) for field, time in told.items() if time)


def _nothing_told(clause: str, met: bool, otherwise: Say) -> Finding:
    """The answer where the act did not take place: nothing may be told of it."""
    return Finding(clause, met, Say("Nothing of the kind took place.") if met else otherwise, "actions")
