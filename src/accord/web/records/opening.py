"""Opening a copy that was let go: all is asked again, and the line in the log is written before anything leaves."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_noop

from accord.decision import Decision
from accord.facts import from_plain
from accord.facts import records as facts
from accord.rules import people
from accord.rules import records as rule
from accord.web.audit.record import take_turn
from accord.web.people.models import User
from accord.web.records import asking, leaving, log
from accord.web.records.face import Leaving
from accord.web.records.holding import afresh, hold
from accord.web.records.models import Copy
from accord.web.records.models_requests import Decision as Decided
from accord.web.records.models_requests import Request
from accord.web.records.steps import Act


def opening(request: Request, copy: Copy, *, at: datetime, on: date) -> Decision:
    """May whoever asked open this copy at this instant? The decision, the clock and the rule are all asked again."""
    made: Decided | None = getattr(request, "decision", None)
    given = made is not None and made.copies.filter(copy=copy).exists()
    stands = made is not None and _stands(request, made, copy, at=at, on=on)
    ended = any(step.act == Act.ENDED for step in request.steps.all())
    until = made.until if made else None
    # What is on file as ended has ended, though the clock of whoever ended it was a little ahead of this request's.
    opening = rule.Opening(at, given=given, stands=stands, until=until, ended_at=at if ended else None)
    return Decision.of(rule.may_open(opening))


def _stands(request: Request, made: Decided, copy: Copy, *, at: datetime, on: date) -> bool:
    """Does the rule let this copy go at this instant, whoever decided?"""
    return str(copy.uid) in hold(request, decided_by=str(made.by.uid), at=at, on=on, only=copy).allowed


_LIMITS = gettext_noop("Use only for the purpose stated; do not pass on.")
"""Kept as it stands here: the log says it in the language of whoever reads it, not of whoever opened."""


def open_copy(*, by: User, at: datetime, on: date, request: Request, copy: Copy) -> Leaving:
    """Open a copy that was let go. The line in the log is on file before this returns the copy with its limits on it.

    Nobody takes anything back between the answer and its line: whatever was taken back before is seen.

    Raises:
        NotAllowed: when it may not be opened now; the refusal is logged.
    """
    leaves = leaving.ready(request, copy, at=at)
    with transaction.atomic():
        take_turn()
        row = afresh(request)
        decision = _opens(by, row, copy, at=at, on=on)
        if decision.allowed:
            decision = Decision.of(decision.findings, rule.carries_limits(leaves is not None))
        act = Act.OPENED if decision.allowed else Act.REFUSED
        limits = {"limits": _LIMITS} if decision.allowed else {}
        holds = log.holds(row) | limits
        log.write(row, act, by=by, at=at, holds=holds, about=copy.student, copy=copy, decision=decision)
    decision.require()
    assert leaves is not None
    return leaves


def _opens(by: User, request: Request, copy: Copy, *, at: datetime, on: date) -> Decision:
    """May this account open it: still in use, still what it asked as, and whoever asked?"""
    held = request.asker if by.pk == request.asker_id else User.objects.get(pk=by.pk)
    prefetch_related_objects([held], "grants")
    own = people.own(people.Pair(str(request.asker.uid), str(by.uid)))
    asker: facts.Party = from_plain(facts.Request, request.body).asker
    reached = people.may(held.facts(), "records.ask", on=on)
    still = asking.findings(held, asker, on=on)
    return Decision.of(reached.findings, own, still, opening(request, copy, at=at, on=on).findings)
