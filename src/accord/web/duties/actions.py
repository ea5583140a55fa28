"""Raising duties after a contact, and what people do about them. Every act leaves an event in its transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from accord import facts
from accord.decision import Decision, Finding
from accord.facts import Asker, Completion, DutyKind, Role
from accord.facts.duties import REPEATED
from accord.rules import duties as rule
from accord.rules import immigration, people
from accord.web.audit.record import record
from accord.web.duties import content
from accord.web.duties.facts import duty as as_fact
from accord.web.duties.models import Duty, Step, StepKind
from accord.web.people.models import School, User

REPLACED = "The contact was corrected, and the duty changed with it."
GONE = "The contact was corrected, and nothing in it calls for this any more."


class Conflict(Exception):  # noqa: N818
    """The task was done, opened again or closed by someone else meanwhile."""


@transaction.atomic
def raise_duties(
    *,
    interaction_uid: object,
    school: School,
    duties: Iterable[facts.Duty],
    by: User,
    at: datetime,
    reference: str = "",
) -> list[Duty]:
    """Put on file what follows from a contact as it now stands. Gives the duties that are current afterwards.

    Called inside the act that logs or corrects the contact, which has asked whether `by` may; this asks no more.
    Called again with the same duties it changes nothing. A duty that changed, or no longer follows, is closed with a
    reason and stays on file; what was done about it counts for the one in its place. What a review
    asked for stays owed.
    """
    wanted = {duty.kind: duty for duty in rule.earliest(duties)}
    current = {DutyKind(row.kind): row for row in _locked(interaction_uid)}
    current.pop(DutyKind.REVIEW_FOLLOW_UP, None)
    for kind, row in current.items():
        if kind not in wanted:
            _supersede(row, GONE, by=by, at=at)
    return [
        _raised(duty, current.get(kind), interaction_uid, reference, school=school, by=by, at=at)
        for kind, duty in wanted.items()
    ]


def _locked(interaction_uid: object) -> list[Duty]:
    rows = Duty.objects.select_for_update(of=("self",)).select_related("school", "raised_by")
    return list(rows.filter(interaction=str(interaction_uid), is_current=True))


def _raised(
    duty: facts.Duty,
    before: Duty | None,
    interaction_uid: object,
    reference: str,
    *,
    school: School,
    by: User,
    at: datetime,
) -> Duty:
    """The row for a duty: the one on file when it is the same, otherwise a new one in its place."""
    if before and as_fact(before) == duty and before.school_id == school.pk:
        return before
    done = _newest(before) if before else None
    if before:
        _supersede(before, REPLACED, by=by, at=at)
    row = _filed(duty, interaction_uid, reference, school=school, by=by, at=at)
    if done and done.done_at and _counts(done.done_at, duty):
        Step.objects.create(
            duty=row, number=1, kind=StepKind.DONE, by=done.by, at=at, done_at=done.done_at, note=done.note
        )
    _tell("raised", row, by=by, at=at)
    return row


def _counts(done_at: datetime, duty: facts.Duty) -> bool:
    """Does what was done about the former duty count for the one in its place?

    A review that was filed before a correction began the duty anew does not.
    """
    return duty.kind not in rule.REVIEWS or done_at >= duty.since


def _filed(
    duty: facts.Duty, interaction_uid: object, reference: str, *, school: School, by: User, at: datetime
) -> Duty:
    row: Duty = Duty.objects.create(
        interaction=str(interaction_uid),
        reference=reference,
        school=school,
        kind=duty.kind.value,
        clause=duty.clause,
        owner=duty.owner.value,
        timing=duty.timing.value,
        since=duty.since,
        due_at=duty.due_at,
        late_at=duty.late_at,
        certain=duty.certain,
        raised_at=at,
        raised_by=by,
    )
    return row


@transaction.atomic
def owe(
    *,
    about: object,
    reference: str,
    school: School,
    duties: Iterable[facts.Duty],
    by: User,
    at: datetime,
) -> list[Duty]:
    """Put on file what follows from an act that no correction undoes. What is owed about it already stays as it is,
    but for what is asked again each time.

    Called inside that act, which has asked whether `by` may.
    """
    known = {DutyKind(row.kind) for row in _locked(about)} - set(REPEATED)
    rows = [
        _filed(duty, about, reference, school=school, by=by, at=at)
        for duty in rule.earliest(duties)
        if duty.kind not in known
    ]
    for row in rows:
        _tell("raised", row, by=by, at=at)
    return rows


@transaction.atomic
def ask(*, interaction_uid: object, reference: str, school: School, duty: facts.Duty, by: User, at: datetime) -> Duty:
    """Put on file what a review asks for. Called inside that act, which has asked whether `by` may."""
    row = _filed(duty, interaction_uid, reference, school=school, by=by, at=at)
    _tell("raised", row, by=by, at=at)
    return row


def _newest(row: Duty) -> Step | None:
    return row.steps.select_related("by").order_by("-number").first()


def _supersede(row: Duty, why: str, *, by: User, at: datetime) -> None:
    row.is_current = False
    row.save(update_fields=["is_current"])
    _step(row, StepKind.SUPERSEDED, by=by, at=at, note=why)


def _step(
    row: Duty,
    kind: StepKind,
    *,
    by: User,
    at: datetime,
    note: str,
    done_at: datetime | None = None,
    decision: Decision | None = None,
) -> Step:
    step = Step.objects.create(
        duty=row, number=row.steps.count() + 1, kind=kind.value, by=by, at=at, done_at=done_at, note=note
    )
    _tell(kind.value, row, by=by, at=at, decision=decision)
    return step


def _tell(verb: str, row: Duty, *, by: User, at: datetime, decision: Decision | None = None) -> None:
    record(
        f"duties.{verb}",
        by=str(by.uid),
        at=at,
        target=content.target(row),
        detail={"kind": row.kind, "clause": row.clause},
        content=content.duty(row),
        decision=decision,
    )


def _for_change(duty: Duty) -> tuple[Duty, Step | None]:
    """The duty held for this transaction, with its newest step.

    Raises:
        Conflict: when a correction closed it meanwhile.
    """
    row = Duty.objects.select_for_update(of=("self",)).select_related("school", "raised_by").get(pk=duty.pk)
    if not row.is_current:
        raise Conflict
    return row, _newest(row)


def permission(asker: Asker, duty: Duty, *, on: date) -> Decision:
    """May this person mark the duty done: at its school, or as whoever owes it?"""
    school = str(duty.school_id)
    owes = rule.is_owner(asker, owner=Role(duty.owner), school=school, on=on).met
    return people.may(asker, "duties.complete", on=on, school=school, author=asker.id if owes else None)


def _clean(text: str, field: str, row: Duty) -> Finding:
    """May these words be kept? The finding is about the field they were typed in."""
    enforcement = DutyKind(row.kind).after_enforcement
    is_clean = immigration.register_text_is_clean if enforcement else immigration.text_is_clean
    return replace(is_clean(text), field=field)


@transaction.atomic
def complete(*, by: User, at: datetime, on: date, duty: Duty, done_at: datetime, note: str) -> Duty:
    """Record that a duty was done, by whoever owes it. A task that is done already stays as it is.

    Raises:
        NotAllowed: without the permission or the role, for a review, or when the words do not stand.
        Conflict: when a correction closed the task meanwhile.
    """
    row, newest = _for_change(duty)
    said = Completion(done_at=done_at, recorded_at=at, since=row.since, note=note)
    kind, owner = DutyKind(row.kind), Role(row.owner)
    stands = rule.may_complete(by.facts(), said, kind=kind, owner=owner, school=str(row.school_id), on=on)
    granted = permission(by.facts(), row, on=on)
    decision = Decision.of(granted.findings, stands.findings, _clean(note, "note", row)).require()
    if newest is None or newest.kind != StepKind.DONE:
        _step(row, StepKind.DONE, by=by, at=at, done_at=done_at, note=note.strip(), decision=decision)
    return row


@transaction.atomic
def reopen(*, by: User, at: datetime, on: date, duty: Duty, reason: str) -> Duty:
    """Open a task again that was marked done by mistake. What was recorded stays.

    Raises:
        NotAllowed: without the permission, the role or a reason, and for a review.
        Conflict: when the task is not done, or a correction closed it.
    """
    row, newest = _for_change(duty)
    decision = Decision.of(
        permission(by.facts(), row, on=on).findings,
        rule.done_by_hand(DutyKind(row.kind)),
        rule.is_owner(by.facts(), owner=Role(row.owner), school=str(row.school_id), on=on),
        rule.reopening_says_why(reason),
        _clean(reason, "reason", row),
    ).require()
    if newest is None or newest.kind != StepKind.DONE:
        raise Conflict
    _step(row, StepKind.REOPENED, by=by, at=at, note=reason.strip(), decision=decision)
    return row


@transaction.atomic
def settle(*, interaction_uid: object, kinds: Collection[DutyKind], by: User, at: datetime, note: str) -> None:
    """Mark the open duties of these kinds done by an act that is the duty itself, as a filed review is.

    Called inside that act, which has asked whether `by` may; this asks no more.
    """
    for row in _locked(interaction_uid):
        newest = _newest(row)
        if DutyKind(row.kind) in kinds and (newest is None or newest.kind == StepKind.REOPENED):
            _step(row, StepKind.DONE, by=by, at=at, done_at=at, note=note)
