"""Facts that a basis for a release needs: each in words, with the test of whether it is on file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from accord.decision import Say
from accord.facts.records import (
    Agreement,
    Asked,
    Capacity,
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
ASKED_FOR_POLICE = frozenset({Capacity.SRO, Capacity.PEACE_OFFICER})


@dataclass(frozen=True, eq=False)
class Need:
    """A fact that must be on file, in words, and the test of whether it is."""

    words: Say
    holds: Callable[[Asked], bool]


def asks_as(*capacities: Capacity) -> Callable[[Asked], bool]:
    """Does whoever asks do so in one of these capacities?"""
    allowed = frozenset(capacities)
    return lambda asked: asked.request.asker.capacity in allowed


def in_force(starts: date | None, ends: date | None, on: date) -> bool:
    """Did it start on a stated day that has come, and not end before this day?"""
    return starts is not None and starts <= on and (ends is None or on <= ends)


def is_adult(asked: Asked) -> bool | None:
    """Is the student an adult on the day? None when birth date or age is not known."""
    born, years = asked.request.student.born_on, asked.numbers.adult_years
    if born is None or years is None:
        return None
    reached = born.year + years, born.month, born.day
    return (asked.on.year, asked.on.month, asked.on.day) >= reached


def names(listed: tuple[str, ...], record: Record) -> bool:
    """Does a list of ids and kinds name this record?"""
    return (bool(record.id) and record.id in listed) or record.kind.value in listed


def is_meant(party: str, whom: Party) -> bool:
    """Does an id, an agency or a capacity mean this party?"""
    return bool(party) and party in (whom.id, whom.agency, whom.capacity.value)


def holds_rights(asked: Asked, person: str) -> bool:
    """Does this person hold the rights to the student's records on the day, by what is on file?"""
    return bool(person) and any(
        one.person == person
        and one.student == asked.request.student.id
        and in_force(one.starts_on, one.ends_on, asked.on)
        for one in asked.on_file.holders
    )


def could_sign(asked: Asked, consent: Consent) -> bool:
    """Could the signer give this consent, then and now?

    An adult student signs alone, and once a student is an adult nobody else can.
    """
    adult = is_adult(asked)
    if adult is None or consent.signer_role is None or consent.signed_on is None:
        return False
    if consent.signer_role is SignerRole.STUDENT:
        then = is_adult(Asked(asked.request, consent.signed_on, numbers=asked.numbers))
        return bool(then) and consent.signer == asked.request.student.id
    held = any(
        one.person == consent.signer
        and one.student == consent.student
        and in_force(one.starts_on, one.ends_on, consent.signed_on)
        for one in asked.on_file.holders
    )
    return not adult and held and holds_rights(asked, consent.signer)


NOBODY = Consent()


def candidate(asked: Asked, party: Party | None = None) -> Consent:
    """The consent on file that comes nearest for this student and party; an empty one when there is none."""
    whom = party or asked.request.asker
    mine = [one for one in asked.on_file.consents if one.student == asked.request.student.id]
    if not mine:
        return NOBODY
    if asked.request.consent:
        mine = [one for one in mine if one.id == asked.request.consent]
    return max(mine, key=lambda one: sum(test(asked, one, whom) for _, test in CONSENT), default=NOBODY)


CONSENT: tuple[tuple[Say, Callable[[Asked, Consent, Party], bool]], ...] = (
    (
        Say("A consent for this student is on file."),
        lambda asked, one, _: bool(one.student) and one.student == asked.request.student.id,
    ),
    (
        Say("The consent is signed and dated on or before this day."),
        lambda asked, one, _: one.signed_on is not None and one.signed_on <= asked.on,
    ),
    (Say("The signature identifies and authenticates the signer."), lambda _, one, __: one.authenticated is True),
    (Say("The signer holds the rights to the records."), lambda asked, one, _: could_sign(asked, one)),
    (Say("The consent names the record."), lambda asked, one, _: names(one.records, asked.record)),
    (Say("The consent states a purpose."), lambda _, one, __: one.purpose is not None),
    (
        Say("The purpose of the request is the one the consent states."),
        lambda asked, one, _: one.purpose is asked.request.purpose,
    ),
    (Say("The consent names the party or the class of parties."), lambda _, one, whom: is_meant(one.party, whom)),
    (
        Say("The consent has not expired."),
        lambda asked, one, _: bool(one.student) and (one.expires_on is None or asked.on <= one.expires_on),
    ),
    (
        Say("The consent has not been revoked."),
        lambda asked, one, _: bool(one.student) and (one.revoked_on is None or asked.on < one.revoked_on),
    ),
)


def consents(asked: Asked, party: Party | None = None) -> bool:
    """Is there a consent in force that covers this record, the purpose and the party?"""
    whom = party or asked.request.asker
    one = candidate(asked, party)
    return all(test(asked, one, whom) for _, test in CONSENT)


def agreement(asked: Asked) -> Agreement:
    """The agreement in force with whoever asks or with the agency they serve; an empty one when there is none."""
    asker = asked.request.asker
    found = (one for one in asked.on_file.agreements if one.party and one.party in (asker.id, asker.agency))
    return next((one for one in found if in_force(one.signed_on, one.ends_on, asked.on)), Agreement())


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
