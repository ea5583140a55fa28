"""Putting evidence on file, withdrawing it, and describing the program."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput
from accord.rules import people
from accord.web.audit.record import record
from accord.web.controls import content, register
from accord.web.controls.models import Award, Evidence, Mode, Program
from accord.web.people.models import User
from accord.web.policies import catalogues


@transaction.atomic
def add_evidence(
    *,
    by: User,
    at: datetime,
    on: date,
    obligation: str,
    title: str,
    effective_on: date,
    expires_on: date | None = None,
    item: str = "",
    reference: str = "",
    key: uuid.UUID | None = None,
) -> Evidence:
    """Put evidence on file for an obligation, or for one item of it, with the days it is about.

    Args:
        key: the random key of the form it came with; the same key a second time gives the same row.

    Raises:
        BadInput: for an unknown obligation or item, one whose standing no filed evidence can change, or days that
            run backwards.
    """
    decision = people.may(by.facts(), "controls.add_evidence", on=on).require()
    key = key or uuid.uuid4()
    if existing := Evidence.objects.filter(key=key).first():
        return existing
    _check(obligation, item, effective_on, expires_on)
    row = Evidence.objects.create(
        key=key,
        obligation=obligation,
        item=item,
        title=title.strip(),
        reference=reference.strip(),
        effective_on=effective_on,
        expires_on=expires_on,
        recorded_by=by,
        recorded_at=at,
    )
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


def _check(obligation: str, item: str, effective_on: date, expires_on: date | None) -> None:
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
