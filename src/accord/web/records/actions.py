"""Asking for records, noting what was done about a request, deciding it, and opening what was let go."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.facts import records as facts
from accord.facts import to_plain
from accord.facts.records import Ruling
from accord.rules import people
from accord.rules import records as rule
from accord.web.audit.record import record
from accord.web.people.models import User
from accord.web.records import asking, content, log, tasks, texts, week_tasks
from accord.web.records.holding import Held, afresh, hold
from accord.web.records.holding import about as about_of
from accord.web.records.models_requests import Decision as Decided
from accord.web.records.models_requests import Released, Request, Step
from accord.web.records.opening import open_copy, opening
from accord.web.records.plain import answer_to_plain
from accord.web.records.references import next_reference, take_turns
from accord.web.records.stepping import Conflict, file_step, tell
from accord.web.records.steps import PAPERWORK, Act, State, state

__all__ = [
    "Conflict",
    "Held",
    "ask",
    "decide",
    "end",
    "file_request",
    "file_step",
    "hold",
    "note",
    "open_copy",
    "opening",
    "settled",
    "take_turns",
    "withdraw",
]


@transaction.atomic
def ask(
    *,
    by: User,
    at: datetime,
    on: date,
    key: str,
    about: str,
    wanted: str,
    interest: str,
    stated: facts.Request,
    identity: str = "",
) -> Request:
    """Ask for records of a student. `stated` holds what the asker says; whom it is about stands in words.

    Whoever keeps the records enters what someone outside asks; `identity` then says how it was checked who that is.

    Raises:
        NotAllowed: when this person may not ask, or not in this capacity, or a text holds what may not be stored.
        BadInput: when the same form was sent by somebody else, or an account is given as the name of someone outside.
    """
    decision = people.may(by.facts(), "records.ask", on=on).require()
    words = {"about": about, "wanted": wanted, "interest": interest}
    more = {"identity": identity, **asking.words(stated)}
    asks = asking.findings(by, stated.asker, on=on)
    clean = Decision.of(decision.findings, asks, texts.clean(words | more), texts.says(words)).require()
    asking.named(by, stated.asker, on=on)
    take_turns()
    again: Request | None = Request.objects.filter(key=key).first()
    if again is not None:
        if again.asker_id != by.pk:
            raise BadInput(_("This form was sent by someone else."), mend=_("Open a new form and ask there."))
        return again
    told = {"identity": identity.strip()} if identity.strip() else {}
    return file_request(by=by, asker=by, at=at, on=on, key=key, words=words, stated=stated, told=told, decision=clean)


def file_request(
    *,
    by: User,
    asker: User,
    at: datetime,
    on: date,
    key: str,
    words: Mapping[str, str],
    stated: facts.Request,
    decision: Decision,
    told: Mapping[str, str] | None = None,
) -> Request:
    """File a request and its line in the log, inside an act that has asked whether it may be. `words`: about, wanted,
    interest.
    """
    take_turns()
    row: Request = Request.objects.create(
        key=key, reference=next_reference(on), asker=asker, at=at, body=to_plain(stated), **words
    )
    record(
        "records.asked",
        by=str(by.uid),
        at=at,
        target=f"records.request:{row.uid}",
        detail={"reference": row.reference},
        content=content.request(row),
        decision=decision,
    )
    week_tasks.owe(by=by, at=at, on=on)
    log.write(row, Act.ASKED, by=by, at=at, holds=log.holds(row) | dict(told or {}))
    return row


@transaction.atomic
def note(*, by: User, at: datetime, on: date, request: Request, number: int, act: Act, body: Mapping[str, Any]) -> Step:
    """Note something that was done about a request that waits. `number` is how many steps the page showed.

    Raises:
        Conflict: when somebody noted something meanwhile.
        BadInput: for an act that is no paperwork, or on a request that is settled.
    """
    decision = people.may(by.facts(), "records.decide", on=on).require()
    words = {name: str(value) for name, value in body.items() if name in ("words", "threat")}
    clean = Decision.of(decision.findings, texts.clean(words)).require()
    if act not in PAPERWORK | {Act.REVIEWED, Act.CONFIDENTIALITY_ASKED, Act.SECRECY_SAID}:
        raise BadInput(_("This cannot be noted here."), mend=_("Open the request again."))
    step = file_step(request, number, act, body, by=by, at=at, decision=clean)
    if act in (Act.IDENTIFIED, Act.COUNSEL_READ):
        tasks.after_note(request, by=by, at=at, on=on)
    return step


@transaction.atomic
def withdraw(*, by: User, at: datetime, on: date, request: Request, number: int) -> Step:
    """Take one's own request back. It is logged like any other.

    Raises:
        Conflict: when somebody decided or noted something meanwhile.
    """
    reached = people.may(by.facts(), "records.ask", on=on)
    own = people.own(people.Pair(str(request.asker.uid), str(by.uid)))
    decision = Decision.of(reached.findings, own).require()
    step = file_step(request, number, Act.WITHDRAWN, {}, by=by, at=at, decision=decision)
    about = about_of(request)
    log.write(request, Act.WITHDRAWN, by=by, at=at, holds=log.holds(request), about=about)
    tasks.after_settled(request, about, by=by, at=at, on=on)
    return step


@transaction.atomic
def decide(
    *,
    by: User,
    at: datetime,
    on: date,
    request: Request,
    number: int,
    given: Collection[str],
    because: str = "",
    permission: str = "records.decide",
    until: datetime | None = None,
) -> Decided:
    """Decide a request: give these copies of those the rule lets go, or none; fewer with a reason, never more.

    Raises:
        NotAllowed: when this person may not decide, decides their own request, or gives more than the rule allows.
        Conflict: when somebody was first.
    """
    may = people.may(by.facts(), permission, on=on).require()
    row = afresh(request)
    held = hold(row, decided_by=str(by.uid), at=at, on=on)
    one = people.other_person(people.Pair(str(row.asker.uid), str(by.uid)))
    stands = rule.given_stands(rule.Given(tuple(held.allowed), tuple(sorted(given)), because))
    decision = Decision.of(may.findings, one, stands, texts.clean({"because": because})).require()
    step = file_step(row, number, Act.DECIDED, {}, by=by, at=at, decision=decision)
    made, released = _decided(row, held, given, because.strip(), by=by, at=at, on=on, until=until)
    tell(step, decision, released)
    told, sealed = _told(row, held, made), held.answer.log.sealed
    log.write(row, Act.DECIDED, by=by, at=at, holds=told, about=held.about, sealed=sealed)
    tasks.after_decision(row, held, released, by=by, at=at, on=on)
    return made


def _decided(
    request: Request,
    held: Held,
    given: Collection[str],
    because: str,
    *,
    by: User,
    at: datetime,
    on: date,
    until: datetime | None,
) -> tuple[Decided, list[Released]]:
    made: Decided = Decided.objects.create(
        request=request,
        by=by,
        at=at,
        on=on,
        ruling=held.answer.ruling.value,
        given=_given(held, given).value,
        basis=held.answer.basis,
        stricter_because=because,
        until=until,
        facts={
            "request": to_plain(held.request),
            "on_file": to_plain(held.on_file),
            "numbers": to_plain(held.numbers),
        },
        answer=answer_to_plain(held.answer),
        rule_version=held.answer.rule_version,
    )
    allowed, chosen = held.allowed, set(given)
    rows = [
        Released(decision=made, copy=one, basis=allowed[str(one.uid)]) for one in held.copies if str(one.uid) in chosen
    ]
    return made, Released.objects.bulk_create(rows)


def _given(held: Held, given: Collection[str]) -> Ruling:
    """What the decision comes to, given what the rule answered."""
    ruling = held.answer.ruling
    refused = ruling in (Ruling.COUNSEL, Ruling.DENY)
    if not given:
        return ruling if refused else Ruling.DENY
    # Of a request that is refused, a copy that is no education record may still be given: then it was not refused.
    return Ruling.IN_PART if refused or set(given) != set(held.allowed) else ruling


def _told(request: Request, held: Held, made: Decided) -> dict[str, str]:
    more = {"answer": made.given, "basis": made.basis}
    return {**log.holds(request), **held.answer.log.holds, **more}


@transaction.atomic
def end(*, by: User, at: datetime, on: date, request: Request, number: int, reason: str) -> Step:
    """End the access that a decision gave, before its time.

    Raises:
        Conflict: when somebody noted something meanwhile.
    """
    may = people.may(by.facts(), "records.decide", on=on).require()
    decision = Decision.of(may.findings, texts.clean({"reason": reason}), texts.says({"reason": reason})).require()
    return file_step(request, number, Act.ENDED, {"words": reason.strip()}, by=by, at=at, decision=decision)


def settled(request: Request) -> State:
    """Where a request stands."""
    return state(step.act for step in request.steps.all())
