"""Emergencies: determined in one act, over by the clock, told at once, and looked at again by somebody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accord.decision import BadInput, Decision, Finding
from accord.facts import DutyKind, RecordsEvent, Role
from accord.facts import records as facts
from accord.facts.records import Purpose
from accord.rules import people
from accord.rules import records as rule
from accord.web.audit.record import record
from accord.web.interactions.times import end_of, midnight
from accord.web.people.models import User
from accord.web.records import actions, asking, content, danger, tasks, texts
from accord.web.records.models import Copy
from accord.web.records.models_emergencies import Determination, Recipient, ended_at
from accord.web.records.models_requests import Request, Step
from accord.web.records.steps import Act
from accord.web.students.actions import reveal
from accord.web.students.models import Student

_DETERMINED, _SEEN, _REVIEWED = gettext_noop("As determined"), gettext_noop("Seen."), gettext_noop("Reviewed.")
"""Kept as they stand here: each page says them in the language of whoever reads them."""


@dataclass(frozen=True)
class Said:
    """What an administrator says of an emergency. `needed`: why each copy is needed, by its id."""

    threat: str
    recipients: Sequence[User]
    needed: Mapping[str, str]
    tell_parent: bool = True
    endangers: str = ""


@transaction.atomic
def determine(*, by: User, at: datetime, on: date, key: str, student: object, said: Said) -> Determination:
    """Determine an emergency and let the named copies go to the named people, until the clock ends it.

    `student` is the id of a student within the administrator's reach. Requests, decisions, log lines, alerts and tasks
    are filed together, or nothing is.

    Raises:
        NotAllowed: when this person may not determine one, something is not said, or the rule lets a copy not go.
        BadInput: for a student or copies that are not there.
    """
    may = people.may(by.facts(), "records.determine", on=on).require()
    actions.take_turns()
    again: Determination | None = Determination.objects.filter(key=key, by=by).first()
    if again is not None:
        return again
    decision = Decision.of(may.findings, _stands(by, said), _words(said), _recipients(said, on=on)).require()
    about = _about(by, student, said, at=at, on=on)
    row = _filed(by, about, said, key=key, at=at, on=on)
    made = [_let_go(row, one, said, by=by, at=at, on=on, decision=decision) for one in said.recipients]
    record(
        "records.determined",
        by=str(by.uid),
        at=at,
        target=f"records.determination:{row.uid}",
        detail={"references": [one.reference for one in made]},
        content=content.determination(row),
        decision=decision,
    )
    roles = {one.role for one in by.facts().roles if one.in_force(on)}
    event = RecordsEvent(
        determined_at=at,
        ends_at=row.until,
        by_superintendent=Role.SUPERINTENDENT in roles,
        notice_endangers=not said.tell_parent,
    )
    tasks.owe(made[0], about, event, by=by, at=at, on=on)
    return row


def _stands(by: User, said: Said) -> tuple[Finding, ...]:
    """All that is not said, or that everything is."""
    one = rule.Determination(
        by=str(by.uid),
        threat=said.threat,
        recipients=tuple(str(one.uid) for one in said.recipients),
        needed=tuple(rule.Need(copy, why) for copy, why in said.needed.items()),
        tell_parent=said.tell_parent,
        endangers=said.endangers,
    )
    return rule.emergency_lacks(one) or (rule.is_complete(one),)


def _words(said: Said) -> list[Finding]:
    why = " ".join(said.needed.values())
    return list(texts.clean({"threat": said.threat, "endangers": said.endangers, "copies": why}))


def _recipients(said: Said, *, on: date) -> list[Finding]:
    """May each of them ask for records at all, as what they are?"""
    asks = [people.may(one.facts(), "records.ask", on=on) for one in said.recipients]
    as_whom = [asking.findings(one, asking.own_party(one, on=on), on=on) for one in said.recipients]
    return [*(found for one in asks for found in one.findings), *(found for one in as_whom for found in one)]


def _about(by: User, student: object, said: Said, *, at: datetime, on: date) -> Student:
    """The student, within reach, every named copy being theirs. That the student is looked at leaves an event."""
    found = next(iter(reveal(by=by, at=at, on=on, uids=[student]).values()), None)
    theirs = Copy.objects.filter(student=found, uid__in=list(said.needed)).count() if found else 0
    if found is None or theirs != len(said.needed):
        raise BadInput(_("Such a student or copy is not there."), mend=_("Find the student again."))
    return found


def _filed(by: User, about: Student, said: Said, *, key: str, at: datetime, on: date) -> Determination:
    hours = rule.numbers(on=on).emergency_hours or 0
    row: Determination = Determination.objects.create(
        key=key,
        student=about,
        threat=said.threat.strip(),
        endangers="" if said.tell_parent else said.endangers.strip(),
        by=by,
        at=at,
        until=at + timedelta(hours=hours),
    )
    return row


def _let_go(
    row: Determination, recipient: User, said: Said, *, by: User, at: datetime, on: date, decision: Decision
) -> Request:
    """The request of one recipient: filed, its student and copies found, and decided by the rule."""
    request = actions.file_request(
        by=by,
        asker=recipient,
        at=at,
        on=on,
        key=f"{row.uid.hex}-{recipient.pk}",
        words={"about": _DETERMINED, "wanted": _DETERMINED, "interest": row.threat},
        stated=_stated(row, recipient, said, on=on),
        decision=decision,
    )
    body = {"student": str(row.student.uid), "copies": sorted(said.needed), "why": dict(said.needed)}
    actions.file_step(request, 0, Act.IDENTIFIED, body, by=by, at=at, decision=decision)
    Recipient.objects.create(determination=row, request=request)
    actions.decide(
        by=by,
        at=at,
        on=on,
        request=request,
        number=1,
        given=list(said.needed),
        permission="records.determine",
        until=row.until,
    )
    return request


def _stated(row: Determination, recipient: User, said: Said, *, on: date) -> facts.Request:
    kinds = Copy.objects.filter(uid__in=list(said.needed)).order_by("kind").values_list("kind", flat=True).distinct()
    return facts.Request(
        asker=asking.own_party(recipient, on=on),
        purpose=Purpose.EMERGENCY,
        records=tuple(facts.Record(kind=facts.RecordKind(one)) for one in kinds),
        emergency=facts.Emergency(
            threat=row.threat,
            determined_by=str(row.by.uid),
            determined_at=row.at,
            recipients=tuple(str(one.uid) for one in said.recipients),
            records_needed=tuple(sorted(said.needed)),
            notice_endangers=not said.tell_parent,
        ),
    )


ALERT_OF = {Role.SUPERINTENDENT: DutyKind.EMERGENCY_ALERT, Role.CUSTODIAN: DutyKind.EMERGENCY_CUSTODIAN}
"""The alert that each role owes a look."""


@transaction.atomic
def see(*, by: User, at: datetime, on: date, determination: Determination) -> None:
    """Say that one has seen the emergency: the alert above the pages of one's role goes."""
    people.may(by.facts(), "records.decide", on=on).require()
    roles = {one.role for one in by.facts().roles if one.in_force(on)}
    kinds = [kind for role, kind in ALERT_OF.items() if role in roles]
    tasks.settle(determination.requests()[0], *kinds, by=by, at=at, note=_SEEN)


@transaction.atomic
def end(*, by: User, at: datetime, on: date, determination: Determination, reason: str) -> list[Step]:
    """End the access of every recipient who still has it, before its time.

    Raises:
        BadInput: when it is over already.
    """
    decides = people.may(by.facts(), "records.decide", on=on)
    may = decides if decides.allowed else people.may(by.facts(), "records.determine", on=on)
    own = people.own(people.Pair(str((by if decides.allowed else determination.by).uid), str(by.uid)))
    said = texts.says({"reason": reason})
    decision = Decision.of(may.findings, own, texts.clean({"reason": reason}), said).require()
    requests = determination.requests()
    if ended_at(determination, requests) <= at:
        raise BadInput(_("It is over already."), mend=_("Nothing more is to be done."))
    body = {"words": reason.strip()}
    running = [one for one in requests if all(step.act != Act.ENDED for step in one.steps.all())]
    return [
        actions.file_step(one, one.steps.count(), Act.ENDED, body, by=by, at=at, decision=decision) for one in running
    ]


@transaction.atomic
def review(
    *,
    by: User,
    at: datetime,
    on: date,
    determination: Determination,
    outcome: rule.Outcome | None,
    words: str,
    still: bool | None = None,
    because: str = "",
) -> list[Step]:
    """Look at an emergency release again, as somebody who had no part in it.

    Where the parent was not told, `still` and `because` say whether telling would still put somebody in danger.

    Raises:
        NotAllowed: for whoever determined or received it, before it is over, or without an outcome or that answer.
        BadInput: when it was reviewed before.
    """
    may = people.may(by.facts(), "records.decide", on=on).require()
    requests = determination.requests()
    if any(step.act == Act.REVIEWED for one in requests for step in one.steps.all()):
        raise BadInput(_("Somebody reviewed it meanwhile."), mend=_("Read what they found."))
    looked = rule.Review(
        by=str(by.uid),
        determined_by=str(determination.by.uid),
        recipients=tuple(str(one.asker.uid) for one in requests),
        at=at,
        over_at=ended_at(determination, requests),
        outcome=outcome,
        words=words,
        endangers=bool(determination.endangers),
        still=still,
        because=because,
    )
    clean = texts.clean({"words": words, "because": because})
    decision = Decision.of(may.findings, rule.may_review(looked), clean).require()
    asked = {"still": still, "because": because.strip()} if determination.endangers else {}
    body = {"outcome": outcome.value if outcome else "", "words": words.strip()} | asked
    steps = [
        actions.file_step(one, one.steps.count(), Act.REVIEWED, body, by=by, at=at, decision=decision)
        for one in requests
    ]
    tasks.settle(requests[0], DutyKind.EMERGENCY_REVIEW, by=by, at=at, note=_REVIEWED)
    if determination.endangers:
        danger.follows(determination, requests[0], still=bool(still), by=by, at=at, on=on)
    return steps


def emergencies(start: date, end: date) -> int:
    """How many emergencies were determined from a day to a day, both counted, in the district."""
    return Determination.objects.filter(at__gte=midnight(start), at__lt=end_of(end)).count()
