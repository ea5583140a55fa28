"""What keeps a record from going whatever else allows it, and what is no education record at all."""

from __future__ import annotations

from datetime import date

from accord.decision import Finding, Say, implements
from accord.facts.records import Asked, Consent, Party, Purpose
from accord.rules.records_consents import consents
from accord.rules.records_door import for_immigration
from accord.rules.records_needs import (
    emergency_covers,
    emergency_lasts,
    is_meant,
    is_unit_record,
    judicial,
    names,
    of_court,
)

NO_ENFORCEMENT = Finding("records.immigration", True, Say("Nobody asks for immigration enforcement."))
BY_JUDGE = Finding("records.immigration", True, Say("A paper signed by a judge names this record and this party."))
BY_PARENT = Finding(
    "records.immigration", True, Say("The law of that day let the parent consent in writing, as one did.")
)
NO_JUDGE = Finding(
    "records.immigration",
    False,
    Say("For immigration enforcement nothing is released without a paper signed by a judge that names it."),
)


@implements("records.immigration")
def immigration(asked: Asked) -> Finding:
    """Does no immigration purpose stand in the way, or does a judge's paper name this record and this party?"""
    if not for_immigration(asked):
        return NO_ENFORCEMENT
    if judicial(asked):
        return BY_JUDGE
    return BY_PARENT if asked.numbers.immigration_judicial_only is False and consents(asked) else NO_JUDGE


STAYS = Finding("records.redisclosure", True, Say("The records are not passed on."))
ALL_MAY = Finding("records.redisclosure", True, Say("Everyone they are passed on to has a basis."))
TO_OWN_AGENCY = Finding("records.redisclosure", False, Say("Passing them on to one's own agency needs a basis for it."))
TO_OTHERS = Finding("records.redisclosure", False, Say("They are to be passed on to someone who has no basis."))


@implements("records.redisclosure")
def redisclosure(asked: Asked) -> Finding:
    """Has everyone that the records are passed on to, the officer's own agency included, a basis of their own?"""
    if not asked.request.passed_to:
        return STAYS
    bare = [one for one in asked.request.passed_to if not _may_receive(asked, one)]
    if not bare:
        return ALL_MAY
    own = [one for one in bare if one.agency and one.agency == asked.request.asker.agency]
    return TO_OWN_AGENCY if own else TO_OTHERS


def _may_receive(asked: Asked, party: Party) -> bool:
    paper = asked.request.paper
    by_court = (
        paper is not None
        and of_court(asked)
        and is_meant(paper.recipient, party)
        and names(paper.names_records, asked.record)
    )
    by_emergency = (
        asked.request.purpose is Purpose.EMERGENCY and emergency_covers(asked, party) and emergency_lasts(asked)
    )
    return by_court or by_emergency or consents(asked, party)


NOBODY_DECIDES = Finding("records.own-request", False, Say("It is not stated who decides."), "decided_by")
ASKER_DECIDES = Finding("records.own-request", False, Say("Nobody decides their own request."), "decided_by")
OTHER_DECIDES = Finding("records.own-request", True, Say("Someone else decides."), "decided_by")


@implements("records.own-request")
def own_request(asked: Asked) -> Finding:
    """Does someone other than whoever asks decide?"""
    request = asked.request
    if not request.decided_by:
        return NOBODY_DECIDES
    return ASKER_DECIDES if request.decided_by == request.asker.id else OTHER_DECIDES


NAMES_NONE = Finding("records.consent-ended", True, Say("The request names no consent."), "consent")
NOT_THERE = Finding(
    "records.consent-ended", False, Say("The consent that the request names is not on file."), "consent"
)
LASTS = Finding("records.consent-ended", True, Say("The consent that the request names is in force."), "consent")


@implements("records.consent-ended")
def consent_ended(asked: Asked) -> Finding:
    """Is the consent that the request rests on, if it names one, still in force?"""
    wanted = asked.request.consent
    if not wanted:
        return NAMES_NONE
    found = next((one for one in asked.on_file.consents if one.id == wanted), None)
    if found is None:
        return NOT_THERE
    ended = _ended(found, asked.on)
    return LASTS if ended is None else Finding("records.consent-ended", False, ended, "consent")


def _ended(consent: Consent, on: date) -> Say | None:
    if consent.revoked_on is not None and consent.revoked_on <= on:
        return Say("The consent was revoked on {day}.", {"day": consent.revoked_on})
    if consent.expires_on is not None and consent.expires_on < on:
        return Say("The consent expired on {day}.", {"day": consent.expires_on})
    return None


NO_ORDER = Finding("records.court-bar", True, Say("No court order stands against it."))
ORDERED = Finding("records.court-bar", False, Say("A court order on file keeps them from this student's records."))


@implements("records.court-bar")
def court_bar(asked: Asked) -> Finding:
    """Does no court order keep whoever asks, or whom it is passed to, from this student's records?"""
    if not asked.on_file.bars:
        return NO_ORDER
    request = asked.request
    who = {request.asker.id, *(one.id for one in request.passed_to)}
    barred = any(one.person in who and one.student == request.student.id for one in asked.on_file.bars)
    return ORDERED if barred else NO_ORDER


OF_RECORD = (immigration, redisclosure)
"""Each is a condition of releasing a record: one that is not met wins over any ground."""

OF_REQUEST = (own_request, consent_ended, court_bar)
"""Each is a condition of releasing anything at all on a request."""

UNIT, EXCLUDED = "records.unit-record", "records.excluded"

OF_UNIT = Finding(UNIT, True, Say("The unit made it, to enforce the law, and keeps this copy."))
KEPT_OUTSIDE = Finding(UNIT, False, Say("This copy is kept outside the unit, so it is an education record."))
NO_UNIT = Finding(UNIT, False, Say("No designation of a law enforcement unit is on file."))
NOT_SHOWN = Finding(UNIT, False, Say("It is not shown that the unit made it, to enforce the law, and keeps this copy."))
OWN_NOTES = Finding(EXCLUDED, True, Say("These are the maker's own notes, shown to nobody."))
LATER = Finding(EXCLUDED, True, Say("It was made after the student left and is not about that time."))
INSIDE = Finding(EXCLUDED, False, Say("Nothing on file takes it out of the education records."))


@implements(UNIT)
def unit_record(asked: Asked) -> Finding:
    """Is this copy a record of the law enforcement unit, and so no education record?"""
    record = asked.record
    if not record.made_by_unit:
        return NOT_SHOWN
    if is_unit_record(asked):
        return OF_UNIT
    if record.made_for is not None and record.kept_by_unit is False:
        return KEPT_OUTSIDE
    if record.kept_by_unit and asked.on_file.unit_designated_on is None:
        return NO_UNIT
    return NOT_SHOWN


@implements(EXCLUDED)
def excluded(asked: Asked) -> Finding:
    """Is it a maker's own notes shown to nobody, or made after the student left, and so no education record?"""
    record = asked.record
    if record.own_notes is True:
        return OWN_NOTES
    return LATER if record.after_attendance is True else INSIDE


OUTSIDE = (unit_record, excluded)
"""Each, when met, takes a copy out of the education records."""
