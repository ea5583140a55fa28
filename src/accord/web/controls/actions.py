"""Putting evidence on file, withdrawing it, and describing the program."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput
from accord.rules import people
from accord.rules.controls import add_months
from accord.web.audit.record import record
from accord.web.controls import content, register
from accord.web.controls.models import Award, Evidence, Mode, Program
from accord.web.people.models import User
from accord.web.policies import catalogues

_EARLIEST = date(1990, 1, 1)
_LONGEST_YEARS = 50
_LETTERS = 3
_TYPED = ("obligation", "item", "title", "reference", "effective_on", "expires_on", "recorded_by_id")
"""What makes evidence sent again the same: everything typed, and who sent it."""


class Conflict(Exception):  # noqa: N818 - it is news, not a fault
    """Other evidence came with the same key, as from a page that the browser kept and showed again."""


@transaction.atomic
def add_evidence(
    *,
    by: User,
    at: datetime,
    on: date,
    obligation: str,
    title: str,
    reference: str,
    effective_on: date,
    expires_on: date | None = None,
    item: str = "",
    key: uuid.UUID | None = None,
) -> Evidence:
    """Put evidence on file for an obligation, or for one item of it, with the days it is about.

    Args:
        reference: where it is kept: evidence that nobody can find shows nothing.
        key: the random key of the form it came with; the same evidence sent again with it gives the same row.

    Raises:
        BadInput: for an unknown obligation or item, one whose standing no filed evidence can change, a title or place
            that says nothing, or days that cannot be meant.
        Conflict: when other evidence came with this key.
    """
    decision = people.may(by.facts(), "controls.add_evidence", on=on).require()
    row = Evidence(
        key=key or uuid.uuid4(),
        obligation=obligation,
        item=item,
        title=title.strip(),
        reference=reference.strip(),
        effective_on=effective_on,
        expires_on=expires_on,
        recorded_by=by,
        recorded_at=at,
    )
    if existing := _filed(row):
        return existing
    _check(obligation, item)
    _check_words(row)
    _check_days(effective_on, expires_on, on=on)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # the same form came a second time at the same moment
        if existing := _filed(row):
            return existing
        raise
    detail = {"obligation": obligation, "item": item, "from": str(effective_on), "until": str(expires_on or "")}
    record(
        "controls.evidence_added",
        by=str(by.uid),
        at=at,
        target=f"controls.evidence:{row.uid}",
        detail=detail,
        content=content.of_evidence(row),
        decision=decision,
    )
    return row


def _filed(typed: Evidence) -> Evidence | None:
    """What came with this key before; a conflict when that is something else."""
    existing = Evidence.objects.filter(key=typed.key).first()
    if existing and any(getattr(existing, name) != getattr(typed, name) for name in _TYPED):
        raise Conflict
    return existing


def _check(obligation: str, item: str) -> None:
    known = catalogues.everything().get(obligation)
    if known is None:
        raise BadInput(
            _("There is no such obligation."), where="obligation", mend=_("Choose one from the list of controls.")
        )
    control = register.control(known)
    if not control.takes_evidence:
        raise BadInput(
            _("%(obligation)s is not shown by filed evidence.") % {"obligation": obligation},
            where="obligation",
            mend=_("Its page says what its standing is worked out from."),
        )
    if item and item not in {one.id for one in known.items}:
        raise BadInput(
            _("The obligation has no such part."), where="item", mend=_("Choose a part from the list, or none.")
        )


def _check_words(row: Evidence) -> None:
    if sum(letter.isalpha() for letter in row.title) < _LETTERS:
        raise BadInput(
            _("The title says nothing."), where="title", mend=_("Say in a few words what it is, such as: minutes.")
        )
    if not row.reference:
        raise BadInput(
            _("It does not say where it is kept."),
            where="reference",
            mend=_("Give an address, a file number or a shelf, so that someone can find it."),
        )


def _check_days(effective_on: date, expires_on: date | None, *, on: date) -> None:
    """Days that a slip of the hand gives are refused: long before the program, or far ahead."""
    if not _EARLIEST <= effective_on <= add_months(on, 12):
        raise BadInput(
            _("This day cannot be meant."),
            where="effective_on",
            mend=_("Give a day since 1990 and not more than a year ahead."),
        )
    if expires_on and expires_on > add_months(on, 12 * _LONGEST_YEARS):
        raise BadInput(
            _("This day cannot be meant."),
            where="expires_on",
            mend=_("Give an earlier day, or leave it empty when it states no end."),
        )
    if expires_on and expires_on < effective_on:
        raise BadInput(
            _("It ends before it begins."), where="expires_on", mend=_("Give a later day, or leave it empty.")
        )


@transaction.atomic
def withdraw_evidence(*, by: User, at: datetime, on: date, evidence: Evidence, reason: str) -> Evidence:
    """Take evidence off the file from now on, saying why. It stays readable; a second time changes nothing."""
    decision = people.may(by.facts(), "controls.add_evidence", on=on).require()
    if not reason.strip():
        raise BadInput(_("A reason is missing."), where="reason", mend=_("Say in a sentence why it no longer counts."))
    row = Evidence.objects.select_for_update().get(id=evidence.id)
    if row.withdrawn_at:
        return row
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = by, at, reason.strip()
    row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    record(
        "controls.evidence_withdrawn",
        by=str(by.uid),
        at=at,
        target=f"controls.evidence:{row.uid}",
        detail={"obligation": row.obligation},
        content=content.of_evidence(row),
        decision=decision,
    )
    return row


@transaction.atomic
def describe_program(*, by: User, at: datetime, on: date, award: Award, mode: Mode) -> Program:
    """Say how the program is run. Saying the same again stores nothing."""
    decision = people.may(by.facts(), "controls.describe_program", on=on).require()
    newest = Program.objects.first()
    if newest and (newest.award, newest.mode) == (award, mode):
        return newest
    row = Program.objects.create(award=award.value, mode=mode.value, set_by=by, set_at=at)
    record(
        "controls.program_described",
        by=str(by.uid),
        at=at,
        target=f"controls.program:{row.id}",
        detail=content.of_program(row),
        content=content.of_program(row),
        decision=decision,
    )
    return row
