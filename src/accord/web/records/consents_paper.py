"""A consent that was signed on paper: whoever keeps the records compares the signature and files the scan."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision, Finding
from accord.rules import people
from accord.rules import records as rule
from accord.web.base.scans import scan_type
from accord.web.interactions.times import midnight
from accord.web.people.models import User
from accord.web.records import consents, texts
from accord.web.records.consents import Terms
from accord.web.records.models import Link
from accord.web.records.models_consents import Consent


@transaction.atomic
def file_paper(
    *,
    by: User,
    at: datetime,
    on: date,
    key: str,
    link: Link,
    terms: Terms,
    signature: str,
    signed_on: date,
    seen: str,
    language: str,
    text: str,
    name: str,
    scan: bytes,
) -> Consent:
    """File a consent signed on paper. The signer is a linked account: a parent without one is given one first.

    The signer must have held the rights on the day of signing, and hold them today. `seen` is what the signature was
    held against; `text` says what the paper says, in its language.

    Raises:
        NotAllowed: when the signer may not sign, something is not stated, or somebody files their own.
        BadInput: for a day to come, a scan that is none, or a form that somebody else sent.
    """
    if again := consents.filed_before(key, by):
        return again
    may = people.may(by.facts(), "records.keep", on=on).require()
    second = people.other_person(people.Pair(str(link.user.uid), str(by.uid)))
    words = {"seen": seen, "signature": signature}
    if signed_on > on:
        raise BadInput(_("This day has not come yet."), where="signed_on", mend=_("Give the day on the paper."))
    facts_of = consents.signing(link, terms, on=on, at=at, signature=signature, authenticated=bool(seen.strip()))
    decision = Decision.of(
        may.findings,
        second,
        texts.clean({**words, "scan": name}),
        texts.says(words),
        rule.may_be_signed(facts_of),
        _held_then(link, terms, signed_on=signed_on, at=at, signature=signature),
    ).require()
    scan_type(name, scan)
    row = Consent(student=link.student, signer=link.user, role=link.role, authenticated_by="paper", scan=scan)
    row.key, row.signature, row.language, row.text = key, signature.strip(), language, text
    row.signed_at = midnight(signed_on)
    return consents.file(row, terms, by=by, at=at, decision=decision)


def _held_then(link: Link, terms: Terms, *, signed_on: date, at: datetime, signature: str) -> Finding:
    """Did the signer hold the rights on the day on the paper?"""
    then = link if link.starts_on <= signed_on else None
    return rule.signer_may(consents.signing(then, terms, on=signed_on, at=at, signature=signature, authenticated=True))
