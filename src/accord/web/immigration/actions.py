"""Filing a request by immigration enforcement, telling the rest, keeping the paper, reviewing, clearing.

Every act leaves an event in its transaction. None of them reads or stores anything of a student.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.facts import Role, to_plain
from accord.facts.immigration import Clearing, EnforcementRequest, EnforcementReview, Kept, Known
from accord.rules import duties as owed
from accord.rules import immigration, people
from accord.web.audit.record import record
from accord.web.base.scans import media_type
from accord.web.duties import actions as duties
from accord.web.immigration import content, texts
from accord.web.immigration.models import Clearance, Entry, Review, Scan, Version
from accord.web.people.models import School, User

_LOCK = 234_7


class Conflict(Exception):  # noqa: N818 - the name is what the page says
    """Somebody told more of this request meanwhile, or reviewed it."""


def is_officer(user: User, *, on: date) -> bool:
    """Does this person serve as a school resource officer today, whatever else?"""
    return any(held.role is Role.SRO and held.in_force(on) for held in user.facts().roles)


@transaction.atomic
def file(*, by: User, at: datetime, on: date, key: str, school: School, request: EnforcementRequest) -> Entry:
    """Put a request on the register. The Superintendent is told by this act; the same form twice is one request.

    Raises:
        NotAllowed: when this person may not, nothing is said to be wanted, or a text may not be stored.
        BadInput: when the form was sent by somebody else before.
    """
    may = people.may(by.facts(), "immigration.report", on=on).require()
    told = replace(request, came_at=request.came_at or at, superintendent_told_at=at)
    told = _confirmed(told, at=at)
    stands = immigration.requests.first_report_stands(told)
    decision = Decision.of(may.findings, stands, texts.findings(told)).require()
    _take_turns()
    again: Entry | None = Entry.objects.filter(key=key).first()
    if again is not None:
        if again.author_id != by.pk:
            raise BadInput(_("This form was sent by someone else."), mend=_("Open the page again and file it there."))
        return again
    entry: Entry = Entry.objects.create(key=key, reference=_next_reference(on), school=school, author=by, filed_at=at)
    _version(entry, 1, told, "", by=by, at=at, on=on, decision=decision)
    return entry


def _confirmed(request: EnforcementRequest, *, at: datetime) -> EnforcementRequest:
    """A presence that is said to be confirmed was confirmed by now."""
    if request.present is Known.YES and request.confirmed_at is None:
        return replace(request, confirmed_at=at)
    return request


def _version(
    entry: Entry,
    number: int,
    request: EnforcementRequest,
    reason: str,
    *,
    by: User,
    at: datetime,
    on: date,
    decision: Decision,
) -> Version:
    try:
        with transaction.atomic():
            row: Version = Version.objects.create(
                entry=entry, number=number, by=by, at=at, reason=reason, body=to_plain(request)
            )
    except IntegrityError as error:
        raise Conflict from error
    record(
        "immigration.filed" if number == 1 else "immigration.completed",
        by=str(by.uid),
        at=at,
        target=content.target("version", row),
        detail={"reference": entry.reference},
        content=content.version(row),
        decision=decision,
    )
    duties.raise_duties(
        interaction_uid=entry.uid,
        reference=entry.reference,
        school=entry.school,
        duties=owed.after_enforcement(request, filed_at=entry.filed_at, using=owed.enforcement_numbers(on=on)),
        by=by,
        at=at,
    )
    return row


@transaction.atomic
def complete(
    *, by: User, at: datetime, on: date, entry: Entry, number: int, request: EnforcementRequest, reason: str
) -> Version:
    """Tell the rest, or correct what was told: the whole request anew, as a version. `number`: the one that was shown.

    Raises:
        NotAllowed: when this person may not, gives no reason, or a text may not be stored.
        Conflict: when somebody told more meanwhile.
    """
    may = _reach(by, "immigration.report", entry, on=on).require()
    before = entry.newest
    told = replace(_confirmed(request, at=at), superintendent_told_at=before.facts().superintendent_told_at)
    said = immigration.requests.says_why(reason)
    stands = immigration.requests.first_report_stands(told)
    clean = texts.clean({"reason": reason})
    decision = Decision.of(may.findings, said, stands, clean, texts.findings(told)).require()
    if before.number != number:
        raise Conflict
    return _version(entry, number + 1, told, reason.strip(), by=by, at=at, on=on, decision=decision)


def _reach(by: User, permission: str, entry: Entry, *, on: date) -> Decision:
    """May this person do this to this entry? Whoever filed it reaches it at whichever school it was."""
    school = None if entry.author_id == by.pk else str(entry.school_id)
    return people.may(by.facts(), permission, on=on, school=school)


@transaction.atomic
def keep_scan(*, by: User, at: datetime, on: date, entry: Entry, name: str, data: bytes) -> Scan:
    """Keep a copy of the paper that was shown, pinned by its digest. The name of the file is not kept.

    Raises:
        BadInput: for a file that is not kept.
    """
    decision = _reach(by, "immigration.report", entry, on=on).require()
    digest = sha256(data).hexdigest()
    again: Scan | None = Scan.objects.filter(entry=entry, digest=digest).first()
    if again is not None:
        return again
    kind = media_type(name, data)
    if kind == "text/plain":  # whose words nobody would have looked through
        raise BadInput(_("This is no scan of a paper."), where="file", mend=_("Give a PDF or an image."))
    row: Scan = Scan.objects.create(entry=entry, content=data, media_type=kind, digest=digest, by=by, at=at)
    record(
        "immigration.paper_kept",
        by=str(by.uid),
        at=at,
        target=f"immigration.scan:{row.uid}",
        detail={"reference": entry.reference, "digest": digest},
        content=content.scan(row),
        decision=decision,
    )
    return row


@transaction.atomic
def open_scan(*, by: User, at: datetime, on: date, scan: Scan) -> Scan:
    """Open a kept paper. That it was opened is on file before its content is returned."""
    may = people.may(by.facts(), "immigration.review", on=on, school=str(scan.entry.school_id)).require()
    decision = Decision.of(may.findings, immigration.requests.no_officer(is_officer(by, on=on))).require()
    target = f"immigration.scan:{scan.uid}"
    detail = {"reference": scan.entry.reference}
    record("immigration.paper_opened", by=str(by.uid), at=at, target=target, detail=detail, decision=decision)
    return scan


def may_review(by: User, entry: Entry, *, on: date) -> Decision:
    """May this person review this request?"""
    may = people.may(by.facts(), "immigration.review", on=on, school=str(entry.school_id))
    who = EnforcementReview(str(entry.author.uid), str(by.uid), is_officer(by, on=on))
    return Decision.of(may.findings, immigration.requests.may_review(who))


@transaction.atomic
def review(*, by: User, at: datetime, on: date, entry: Entry, number: int, found: Kept, note: str) -> Review:
    """File what a second person found in the version that was shown.

    Raises:
        NotAllowed: for an officer, for the author, or while the entry is not complete.
        Conflict: when somebody told more, or reviewed it, meanwhile.
    """
    newest = entry.newest
    decision = Decision.of(
        may_review(by, entry, on=on).findings,
        immigration.requests.is_complete(newest.facts()),
        texts.clean({"note": note}),
    ).require()
    if newest.number != number:
        raise Conflict
    try:
        with transaction.atomic():
            row: Review = Review.objects.create(version=newest, by=by, at=at, found=found.value, note=note.strip())
    except IntegrityError as error:
        raise Conflict from error
    record(
        "immigration.reviewed",
        by=str(by.uid),
        at=at,
        target=content.target("review", newest),
        detail={"reference": entry.reference, "found": found.value},
        content=content.review(row),
        decision=decision,
    )
    return row


@transaction.atomic
def clear(*, by: User, at: datetime, on: date, entry: Entry, binds: Known, why: str) -> Clearance:
    """Put on file whether the paper binds the district. That it does takes the paper itself, a judge and a reason.

    Raises:
        NotAllowed: for anyone but the Superintendent, for an officer, or without what it takes.
    """
    told = entry.newest.facts()
    on_file, officer = entry.scans.exists(), is_officer(by, on=on)
    clearing = Clearing(told.paper, told.signed, on_file, officer, why, binds=binds is Known.YES)
    may = people.may(by.facts(), "immigration.clear", on=on)
    stands = immigration.requests.may_clear(clearing)
    decision = Decision.of(may.findings, stands, texts.clean({"why": why})).require()
    row: Clearance = Clearance.objects.create(entry=entry, binds=binds.value, why=why.strip(), by=by, at=at)
    record(
        "immigration.cleared",
        by=str(by.uid),
        at=at,
        target=f"immigration.clearance:{row.uid}",
        detail={"reference": entry.reference, "binds": binds.value},
        content=content.clearance(row),
        decision=decision,
    )
    return row


def _take_turns() -> None:
    """Wait until no other transaction is numbering a request. SQLite's writers already take turns."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _next_reference(on: date) -> str:
    """The next free reference of the year, `E2026-0042`."""
    last = Entry.objects.filter(reference__startswith=f"E{on.year:04d}-").order_by("-reference").first()
    number = int(last.reference.partition("-")[2]) + 1 if last else 1
    return f"E{on.year:04d}-{number:04d}"
