"""Filing what somebody else checked of what whoever asks says."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.facts import from_plain
from accord.facts import records as facts
from accord.facts.records import Claim
from accord.rules import people
from accord.rules import records as rule
from accord.web.audit.record import record, take_turn
from accord.web.people.models import User
from accord.web.records import confirmed, content, texts
from accord.web.records.models_confirmations import Confirmation
from accord.web.records.models_requests import Request
from accord.web.records.stepping import Conflict
from accord.web.records.steps import State, state


@transaction.atomic
def confirm(
    *, by: User, at: datetime, on: date, request: Request, number: int, claim: Claim, yes: bool, source: str
) -> Confirmation:
    """File a word on a claim: is it so, and how that is known. `number` is how many words the page showed.

    After a decision too: a no then closes what rests on the claim, at the next opening.

    Raises:
        NotAllowed: for whoever asked or serves with the police, and without a word on how it is known.
        BadInput: for a request that was taken back.
        Conflict: when somebody filed a word meanwhile.
    """
    may = people.may(by.facts(), "records.confirm", on=on).require()
    roles = {one.role for one in by.facts().roles if one.in_force(on)}
    stands = rule.may_confirm(
        facts.Confirming(
            by=str(by.uid),
            asker=str(request.asker.uid),
            police=bool(roles & people.police_roles()),
            claim=claim,
            claims=by_hand(request),
            source=source,
        )
    )
    decision = Decision.of(may.findings, stands, texts.clean({"source": source})).require()
    take_turn()
    if state(request.steps.values_list("act", flat=True)) is State.WITHDRAWN:
        raise BadInput(_("The request was taken back."), mend=_("Nothing is left to confirm."))
    row = _filed(request, number, claim, yes, source.strip(), by=by, at=at)
    record(
        "records.confirmed",
        by=str(by.uid),
        at=at,
        target=f"records.confirmation:{row.uid}",
        detail={"reference": request.reference, "claim": row.claim, "yes": yes},
        content=content.confirmation(row),
        decision=decision,
    )
    return row


def by_hand(request: Request) -> tuple[Claim, ...]:
    """The claims of a request that somebody else can file a word on: no role on file settles them."""
    asked: facts.Request = from_plain(facts.Request, request.body)
    told = rule.claims(asked)
    blank = not asked.asker.agency
    return tuple(
        one for one in told if not confirmed.by_role(request, one, asked) and not (one is Claim.AGENCY and blank)
    )


def _filed(
    request: Request, number: int, claim: Claim, yes: bool, source: str, *, by: User, at: datetime
) -> Confirmation:
    if Confirmation.objects.filter(request=request).count() != number:
        raise Conflict
    try:
        with transaction.atomic():
            row: Confirmation = Confirmation.objects.create(
                request=request, number=number + 1, claim=claim.value, yes=yes, source=source, by=by, at=at
            )
    except IntegrityError as error:
        raise Conflict from error
    return row
