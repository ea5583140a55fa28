"""Questions about what is on file that several grounds and bars ask: days, names, signatures, papers, emergencies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from accord.facts.records import (
    Asked,
    Consent,
    MadeFor,
    Paper,
    PaperKind,
    Party,
    Record,
    SignerRole,
)

COURT = frozenset({PaperKind.JUDICIAL_ORDER, PaperKind.JUDICIAL_WARRANT, PaperKind.JUDICIAL_SUBPOENA})
SEALED = frozenset({PaperKind.GRAND_JURY, PaperKind.LAW_ENFORCEMENT_SUBPOENA, PaperKind.TERRORISM_ORDER})
SUBPOENAS = frozenset({PaperKind.GRAND_JURY, PaperKind.LAW_ENFORCEMENT_SUBPOENA})


def in_force(starts: date | None, ends: date | None, on: date) -> bool:
    """Did it start on a stated day that has come, and not end before this day?"""
    return starts is not None and starts <= on and (ends is None or on <= ends)


def is_adult(asked: Asked, on: date | None = None) -> bool | None:
    """Is the student an adult, on the day of the request or another? None when birth date or age is not known."""
    born, years, day = asked.request.student.born_on, asked.numbers.adult_years, on or asked.on
    if born is None or years is None:
        return None
    return (day.year, day.month, day.day) >= (born.year + years, born.month, born.day)


def names(listed: tuple[str, ...], record: Record) -> bool:
    """Does a list of ids and kinds name this record?"""
    return (bool(record.id) and record.id in listed) or record.kind in listed


def is_meant(party: str, whom: Party) -> bool:
    """Does an id, an agency or a capacity mean this party?"""
    return bool(party) and party in (whom.id, whom.agency, whom.capacity)


def holds_rights(asked: Asked, person: str, on: date | None = None) -> bool:
    """Does this person hold the rights to the student's records, on the day or another, by what is on file?"""
    return bool(person) and any(
        one.person == person
        and one.student == asked.request.student.id
        and in_force(one.starts_on, one.ends_on, on or asked.on)
        for one in asked.on_file.holders
    )


def could_sign(asked: Asked, consent: Consent) -> bool:
    """Could the signer give this consent, then and now?

    An adult student signs alone, and once a student is an adult nobody else can.
    """
    adult, signed = is_adult(asked), consent.signed_on
    if adult is None or consent.signer_role is None or signed is None:
        return False
    if consent.signer_role is SignerRole.STUDENT:
        return bool(is_adult(asked, signed)) and consent.signer == asked.request.student.id
    return not adult and holds_rights(asked, consent.signer, signed) and holds_rights(asked, consent.signer)


def noticed(asked: Asked) -> bool:
    """Is this year's annual notice in force?"""
    notice = asked.on_file.notice
    return notice.ends_on is not None and in_force(notice.given_on, notice.ends_on, asked.on)


def certified(asked: Asked) -> bool:
    """Did whoever asks certify in writing that the records go no further?"""
    paper = asked.request.certification
    return (
        paper is not None
        and bool(paper.by)
        and paper.by == asked.request.asker.id
        and paper.no_redisclosure is True
        and paper.signed_on is not None
        and paper.signed_on <= asked.on
    )


def of_court(asked: Asked) -> bool:
    """Is the paper a court's, signed by a judge, issued and not run out?"""
    paper = asked.request.paper
    return (
        paper is not None
        and paper.kind in COURT | SEALED
        and paper.signed_by_judge is True
        and in_force(paper.issued_on, paper.expires_on, asked.on)
    )


def judicial(asked: Asked) -> bool:
    """Is the paper a valid judicial warrant, judicial subpoena or court order that names this record and this party?"""
    paper = asked.request.paper
    return (
        paper is not None
        and paper.kind in COURT
        and of_court(asked)
        and names(paper.names_records, asked.record)
        and is_meant(paper.recipient, asked.request.asker)
    )


def awaits_counsel(asked: Asked) -> bool:
    """Is there a paper in force for this record and this party that counsel has not looked at, or that is contested?

    What an unread paper is worth is for counsel to say, whoever signed it.
    """
    paper = asked.request.paper
    if paper is None or not in_force(paper.issued_on, paper.expires_on, asked.on):
        return False
    if not names(paper.names_records, asked.record) or not is_meant(paper.recipient, asked.request.asker):
        return False
    unread = paper.counsel_reviewed_on is None or paper.counsel_reviewed_on > asked.on
    return unread or (paper.objection_pending and of_court(asked))


def on_paper(test: Callable[[Asked, Paper], bool]) -> Callable[[Asked], bool]:
    """A test of the paper that is shown; without a paper it fails."""
    return lambda asked: asked.request.paper is not None and test(asked, asked.request.paper)


def notice_done(asked: Asked, paper: Paper) -> bool:
    """Were parent and pupil told long enough ago, or did the court excuse the notice?"""
    days = asked.numbers.notice_days
    if paper.notice_excused_by_court:
        return True
    if days is None or paper.parent_told_on is None or paper.pupil_told_on is None:
        return False
    return max(paper.parent_told_on, paper.pupil_told_on) + timedelta(days=days) <= asked.on


def emergency_covers(asked: Asked, party: Party) -> bool:
    """Does the determination name this party and this record?"""
    emergency = asked.request.emergency
    return (
        emergency is not None
        and any(one and one in (party.id, party.agency) for one in emergency.recipients)
        and names(emergency.records_needed, asked.record)
    )


def emergency_lasts(asked: Asked) -> bool:
    """Was it determined before the request, and no longer ago than an emergency lasts?"""
    emergency, made, hours = asked.request.emergency, asked.request.made_at, asked.numbers.emergency_hours
    if emergency is None or emergency.determined_at is None or made is None or hours is None:
        return False
    return emergency.determined_at <= made <= emergency.determined_at + timedelta(hours=hours)


def is_unit_record(asked: Asked) -> bool:
    """Is this copy a record of a law enforcement unit: made by it, to enforce the law, and kept by it?"""
    record, designated = asked.record, asked.on_file.unit_designated_on
    return (
        in_force(designated, None, asked.on)
        and record.made_by_unit is True
        and record.made_for in (MadeFor.LAW_ENFORCEMENT, MadeFor.BOTH)
        and record.kept_by_unit is True
    )
