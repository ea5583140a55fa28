"""What keeps a record from going whatever else allows it, and what is no education record at all."""

from __future__ import annotations

from datetime import date

from accord.decision import Finding, Say, implements
from accord.facts.records import Asked, Capacity, Consent, Party, Purpose
from accord.rules.records_needs import (
    consents,
    emergency_covers,
    emergency_lasts,
    is_meant,
    is_unit_record,
    judicial,
    names,
    of_court,
)


@implements("records.immigration")
def immigration(asked: Asked) -> Finding:
    """Does no immigration purpose stand in the way, or does a judge's paper name this record and this party?"""
    clause, field = "records.immigration", asked.record.id
    if not for_immigration(asked):
        return Finding(clause, True, Say("Nobody asks for immigration enforcement."), field)
    if judicial(asked):
        return Finding(clause, True, Say("A paper signed by a judge names this record and this party."), field)
    if asked.numbers.immigration_judicial_only is False and consents(asked):
        return Finding(clause, True, Say("The law of that day let the parent consent in writing, as one did."), field)
    say = Say("For immigration enforcement nothing is released without a paper signed by a judge that names it.")
    return Finding(clause, False, say, field)


def for_immigration(asked: Asked) -> bool:
    """Is the request for immigration enforcement, by purpose, by who asks or by whom it is passed to?"""
    parties = (asked.request.asker, *asked.request.passed_to)
    return asked.request.purpose is Purpose.IMMIGRATION or any(
        one.capacity is Capacity.IMMIGRATION_OFFICER for one in parties
    )


@implements("records.redisclosure")
def redisclosure(asked: Asked) -> Finding:
    """Has everyone that the records are passed on to, the officer's own agency included, a basis of their own?"""
    clause, field = "records.redisclosure", asked.record.id
    bare = [one for one in asked.request.passed_to if not _may_receive(asked, one)]
    if not asked.request.passed_to:
        return Finding(clause, True, Say("The records are not passed on."), field)
    if not bare:
        return Finding(clause, True, Say("Everyone they are passed on to has a basis."), field)
    own = [one for one in bare if one.agency and one.agency == asked.request.asker.agency]
    if own:
        return Finding(clause, False, Say("Passing them on to one's own agency needs a basis for it."), field)
    return Finding(clause, False, Say("They are to be passed on to someone who has no basis."), field)


def _may_receive(asked: Asked, party: Party) -> bool:
    paper = asked.request.paper
    by_paper = paper is not None and of_court(asked) and is_meant(paper.recipient, party)
    by_emergency = (
        asked.request.purpose is Purpose.EMERGENCY and emergency_covers(asked, party) and emergency_lasts(asked)
    )
    by_court = by_paper and paper is not None and names(paper.names_records, asked.record)
    return consents(asked, party) or by_court or by_emergency


@implements("records.own-request")
def own_request(asked: Asked) -> Finding:
    """Does someone other than whoever asks decide?"""
    clause, request = "records.own-request", asked.request
    if not request.decided_by:
        return Finding(clause, False, Say("It is not stated who decides."), "decided_by")
    if request.decided_by == request.asker.id:
        return Finding(clause, False, Say("Nobody decides their own request."), "decided_by")
    return Finding(clause, True, Say("Someone else decides."), "decided_by")


@implements("records.consent-ended")
def consent_ended(asked: Asked) -> Finding:
    """Is the consent that the request rests on, if it names one, still in force?"""
    clause, wanted = "records.consent-ended", asked.request.consent
    if not wanted:
        return Finding(clause, True, Say("The request names no consent."), "consent")
    found = next((one for one in asked.on_file.consents if one.id == wanted), None)
    if found is None:
        return Finding(clause, False, Say("The consent that the request names is not on file."), "consent")
    ended = _ended(found, asked.on)
    return Finding(clause, ended is None, ended or Say("The consent that the request names is in force."), "consent")


def _ended(consent: Consent, on: date) -> Say | None:
    if consent.revoked_on is not None and consent.revoked_on <= on:
        return Say("The consent was revoked on {day}.", {"day": consent.revoked_on})
    if consent.expires_on is not None and consent.expires_on < on:
        return Say("The consent expired on {day}.", {"day": consent.expires_on})
    return None


@implements("records.court-bar")
def court_bar(asked: Asked) -> Finding:
    """Does no court order keep whoever asks, or whom it is passed to, from this student's records?"""
    who = {asked.request.asker.id, *(one.id for one in asked.request.passed_to)}
    barred = any(one.person in who and one.student == asked.request.student.id for one in asked.on_file.bars)
    say = Say("A court order on file keeps them from this student's records.")
    return Finding("records.court-bar", not barred, say if barred else Say("No court order stands against it."), "")


OF_RECORD = (immigration, redisclosure)
"""Each is a condition of releasing a record: one that is not met wins over any ground."""

OF_REQUEST = (own_request, consent_ended, court_bar)
"""Each is a condition of releasing anything at all on a request."""


@implements("records.unit-record")
def unit_record(asked: Asked) -> Finding:
    """Is this copy a record of the law enforcement unit, and so no education record?"""
    clause, record = "records.unit-record", asked.record
    if is_unit_record(asked):
        return Finding(clause, True, Say("The unit made it, to enforce the law, and keeps this copy."), record.id)
    if record.made_by_unit and record.made_for is not None and record.kept_by_unit is False:
        say = Say("This copy is kept outside the unit, so it is an education record.")
    elif record.made_by_unit and record.kept_by_unit and asked.on_file.unit_designated_on is None:
        say = Say("No designation of a law enforcement unit is on file.")
    else:
        say = Say("It is not shown that the unit made it, to enforce the law, and keeps this copy.")
    return Finding(clause, False, say, record.id)


@implements("records.excluded")
def excluded(asked: Asked) -> Finding:
    """Is it a maker's own notes shown to nobody, or made after the student left, and so no education record?"""
    clause, record = "records.excluded", asked.record
    if record.own_notes is True:
        return Finding(clause, True, Say("These are the maker's own notes, shown to nobody."), record.id)
    if record.after_attendance is True:
        return Finding(clause, True, Say("It was made after the student left and is not about that time."), record.id)
    return Finding(clause, False, Say("Nothing on file takes it out of the education records."), record.id)


OUTSIDE = (unit_record, excluded)
"""Each, when met, takes a copy out of the education records."""
