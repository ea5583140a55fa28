"""Did every officer sign, and was every request by immigration enforcement looked over in time and found kept?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from accord.decision import Say, implements
from accord.facts import Status
from accord.facts.immigration import Kept, OfficerPledge, RegisteredRequest, RequestRegister
from accord.rules.controls_standing import Standing, add_months, standing


@implements("controls.enforcement-register")
def register_kept(
    register: RequestRegister,
    *,
    on: date,
    months: int,
    review_days: int,
    cadence_months: int,
    sign_days: int,
    due_days: int,
) -> Standing:
    """Are all requests in `months` reviewed in time and found kept, and did every officer sign in `cadence_months`?

    A new officer has `sign_days` to sign; an acknowledgement turns due `due_days` before it runs out. Requests go
    before signatures: the graver is told.
    """
    requests = [one for one in register.requests if add_months(on, -months) < one.filed_on <= on]
    if wrong := sum(one.found is Kept.NOT_KEPT for one in requests):
        values = {"wrong": wrong, "all": len(requests), "months": months}
        say = Say("Of {all} requests by immigration enforcement in {months} months, found not kept: {wrong}.", values)
        return standing("controls.enforcement-register", Status.NOT_MET, say)
    looked = _waiting(requests, on, review_days)
    signed = _signed(register.officers, on, cadence_months, sign_days, due_days, requests=len(requests))
    if looked is None or (looked.status is Status.DUE and signed.status in (Status.NOT_MET, Status.NO_EVIDENCE)):
        return signed
    return looked


def _waiting(requests: Iterable[RegisteredRequest], on: date, review_days: int) -> Standing | None:
    waiting = [one for one in requests if one.found is None]
    if not waiting:
        return None
    limit = min(one.filed_on for one in waiting) + timedelta(days=review_days)
    say = Say("Requests by immigration enforcement waiting for review: {waiting}. The first is due on {limit}.")
    status = Status.NOT_MET if limit < on else Status.DUE
    values = {"waiting": len(waiting), "limit": limit}
    return standing("controls.enforcement-register", status, Say(say.template, values), limit)


def _signed(
    officers: tuple[OfficerPledge, ...], on: date, cadence_months: int, sign_days: int, due_days: int, *, requests: int
) -> Standing:
    clause = "controls.enforcement-register"
    if not officers:
        return standing(clause, Status.NO_EVIDENCE, Say("No evidence: no officer is assigned, so nobody could sign."))
    ends = [last_day(one, cadence_months=cadence_months, sign_days=sign_days) for one in officers]
    first = min(ends)
    values = {
        "officers": len(officers),
        "late": sum(end < on for end in ends),
        "first": first,
        "requests": requests,
    }
    if first < on:
        say = Say("Of {officers} officers, without an acknowledgement in force: {late}.", values)
        return standing(clause, Status.NOT_MET, say, first)
    unsigned = any(one.acknowledged_on is None for one in officers)
    if unsigned or first - on <= timedelta(days=due_days):
        return standing(clause, Status.DUE, Say("An officer has to sign by {first}.", values), first)
    say = Say("All {officers} officers signed; next on {first}. Requests on the register, all reviewed: {requests}.")
    return standing(clause, Status.MET, Say(say.template, values), first)


def last_day(officer: OfficerPledge, *, cadence_months: int, sign_days: int) -> date:
    """The last day on which nothing is lacking of this officer."""
    if officer.acknowledged_on is None:
        return officer.since + timedelta(days=sign_days)
    return add_months(officer.acknowledged_on, cadence_months)
