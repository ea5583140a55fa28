"""Consents: signed by whoever holds the rights that day, filed from paper by a custodian, taken back in one step."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision, Finding
from accord.facts import records as facts
from accord.facts.records import Purpose, SignerRole
from accord.rules import people
from accord.rules import records as rule
from accord.rules.records_needs import is_adult
from accord.web.audit.record import record
from accord.web.people.models import User
from accord.web.records import content, texts
from accord.web.records import facts as filed
from accord.web.records.bars import is_barred
from accord.web.records.links import standing
from accord.web.records.models import Link
from accord.web.records.models_consents import Consent, Revocation
from accord.web.students.models import Student


@dataclass(frozen=True)
class Terms:
    """What a consent says. `records` holds ids or kinds; `party` an id, an agency or a capacity."""

    records: Collection[str]
    purpose: Purpose | None
    party: str
    expires_on: date | None = None
    copy_requested: bool = False


def adult(student: Student, *, on: date) -> bool | None:
    """Is the student an adult on this day in the district? None when the date of birth is not on file."""
    about = filed.student(student, opted_out=None)
    return is_adult(facts.Asked(facts.Request(student=about), on, numbers=rule.numbers(on=on)))


def signing(
    link: Link | None, terms: Terms, *, on: date, at: datetime, signature: str, authenticated: bool
) -> rule.Signing:
    """The facts of a signing on a day, as the rule reads them. A court's order that bars the signer is a limit too."""
    return rule.Signing(
        on=on,
        role=SignerRole(link.role) if link else None,
        holds=link is not None,
        may_sign=bool(link and link.may_sign and not is_barred(link.user, link.student, at=at)),
        adult=adult(link.student, on=on) if link else None,
        authenticated=authenticated,
        signature=signature,
        records=tuple(terms.records),
        purpose=terms.purpose,
        party=terms.party,
        expires_on=terms.expires_on,
    )


@transaction.atomic
def sign(
    *,
    by: User,
    at: datetime,
    on: date,
    key: str,
    student: Student,
    terms: Terms,
    signature: str,
    password: str,
    language: str,
    text: str,
) -> Consent:
    """Sign a consent: the name and the password, typed again, show who signs. `text` is what was shown, word for word.

    Raises:
        NotAllowed: when the signer may not sign for this student today, or something is not stated.
        BadInput: when the same form was sent by somebody else.
    """
    if again := filed_before(key, by):
        return again
    may = people.may(by.facts(), "records.sign", on=on).require()
    link = link_of(by, student, on=on)
    same = signature.strip().casefold() == by.name.strip().casefold()
    shown = same and by.check_password(password)
    facts_of = signing(link, terms, on=on, at=at, signature=signature, authenticated=shown)
    decision = Decision.of(may.findings, rule.may_be_signed(facts_of)).require()
    signed = Consent(student=student, signer=by, signed_at=at, authenticated_by="password")
    signed.role = link.role if link else ""
    signed.key, signed.signature, signed.language, signed.text = key, signature.strip(), language, text
    return file(signed, terms, by=by, at=at, decision=decision)


def filed_before(key: str, by: User) -> Consent | None:
    """The consent that this very form filed already, if it did.

    Raises:
        BadInput: when somebody else sent it.
    """
    before: Consent | None = Consent.objects.filter(key=key).select_related("by").first()
    if before is not None and before.by != by:
        raise BadInput(_("This form was sent by someone else."), mend=_("Open a new form and sign there."))
    return before


def link_of(user: User, student: Student, *, on: date) -> Link | None:
    """The link by which an account may sign for a student on a day: for an adult that of the student alone."""
    found = [one for one in standing(user, on=on) if one.student_id == student.pk]
    grown = adult(student, on=on)
    fits = [one for one in found if (one.role == SignerRole.STUDENT) is bool(grown)]
    return next(iter(fits or found), None)


def file(row: Consent, terms: Terms, *, by: User, at: datetime, decision: Decision) -> Consent:
    """File a consent, signed on the screen or on paper, with its terms. Sent twice at once, it is filed once."""
    row.records, row.party = sorted(terms.records), terms.party.strip()
    row.purpose = terms.purpose.value if terms.purpose else ""
    row.expires_on, row.copy_requested = terms.expires_on, terms.copy_requested
    row.digest = sha256(row.scan).hexdigest() if row.scan else ""
    row.by, row.at = by, at
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        before = filed_before(row.key, by)
        if before is None:
            raise
        return before
    target = f"records.consent:{row.uid}"
    record("records.consented", by=str(by.uid), at=at, target=target, content=content.consent(row), decision=decision)
    return row


def _may_revoke(by: User, consent: Consent, reason: str, *, on: date) -> list[Finding]:
    keeps = people.may(by.facts(), "records.keep", on=on)
    holds = consent.signer == by or any(one.student_id == consent.student_id for one in standing(by, on=on))
    if keeps.allowed and not holds:
        return [*keeps.findings, *texts.says({"reason": reason})]
    own = people.own(people.Pair(str(by.uid) if holds else str(consent.signer.uid), str(by.uid)))
    return [*people.may(by.facts(), "records.sign", on=on).findings, own]


@transaction.atomic
def revoke(*, by: User, at: datetime, on: date, consent: Consent, reason: str = "") -> Revocation:
    """Take a consent back. It counts no more from the next request on; asking twice changes nothing.

    Whoever signed it may, and whoever holds the rights to the student's records today. Whoever keeps the records may
    for them, saying how they were asked to.
    """
    decision = Decision.of(_may_revoke(by, consent, reason, on=on), texts.clean({"reason": reason})).require()
    before: Revocation | None = Revocation.objects.filter(consent=consent).first()
    if before is not None:
        return before
    try:
        with transaction.atomic():
            row: Revocation = Revocation.objects.create(consent=consent, by=by, at=at, reason=reason.strip())
    except IntegrityError as error:
        raise BadInput(_("The consent was taken back meanwhile."), mend=_("Nothing more is to be done.")) from error
    told = Consent.objects.select_related("student", "signer", "by", "revocation__by").get(pk=consent.pk)
    record(
        "records.revoked",
        by=str(by.uid),
        at=at,
        target=f"records.consent:{consent.uid}",
        content=content.consent(told),
        decision=decision,
    )
    return row
