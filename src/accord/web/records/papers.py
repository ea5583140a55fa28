"""Papers of courts and agencies: received, read by counsel, told of, objected to, checked, and kept confidential."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accord.decision import BadInput, Decision
from accord.facts import Coded, DutyKind, from_plain, to_plain
from accord.facts import records as facts
from accord.rules import people
from accord.rules import records as rule
from accord.web.audit.record import record
from accord.web.base.scans import scan_type
from accord.web.people.models import User
from accord.web.records import actions, content, tasks, texts
from accord.web.records import facts as filed
from accord.web.records.models import Held, HeldKind
from accord.web.records.models_requests import Request, Step
from accord.web.records.secrecy import has_paper
from accord.web.records.steps import Act


class How(Coded):
    """How a parent or pupil was told of a paper, or that they were not."""

    IN_PERSON = "in_person", "Told in person"
    TELEPHONE = "telephone", "Told by telephone"
    LETTER = "letter", "Letter sent to the last known address"
    EMAIL = "email", "E-mail sent"
    NO_ANSWER = "no_answer", "Tried, and not reached"

    @property
    def counts(self) -> bool:
        """Does the time that has to pass begin with it?"""
        return self is not How.NO_ANSWER


@dataclass(frozen=True)
class Scan:
    """The file of a paper as it came."""

    name: str
    data: bytes


@dataclass(frozen=True)
class On:
    """The request that something is noted on, and how many steps the page showed of it."""

    request: Request
    number: int


@transaction.atomic
def receive(
    *, by: User, at: datetime, on: date, to: On, paper: facts.Paper, court: str, scan: Scan, barred_by: str = ""
) -> Step:
    """Put a paper on file: what it is, whence it came, what it asks for, and its scan. All before begins anew.

    Raises:
        NotAllowed: when this person keeps no records, or something that must be on file is missing.
        BadInput: for a file that is not kept.
    """
    may = people.may(by.facts(), "records.keep", on=on).require()
    digest = sha256(scan.data).hexdigest() if scan.data else ""
    told = rule.Received(paper, court, digest, barred_by)
    stands = rule.paper_lacks(told) or (rule.is_received(told),)
    words = {"court": court, "recipient": paper.recipient, "barred_by": barred_by, "file": scan.name}
    decision = Decision.of(may.findings, stands, texts.clean(words)).require()
    scan_type(scan.name, scan.data)
    held: Held = Held.objects.create(
        kind=HeldKind.PAPER.value,
        body={"request": str(to.request.uid)},
        title=to.request.reference,
        scan=scan.data,
        digest=digest,
        by=by,
        at=at,
    )
    target = f"records.held:{held.uid}"
    record("records.put_on_file", by=str(by.uid), at=at, target=target, content=content.held(held), decision=decision)
    body = to_plain(paper) | {"court": court.strip(), "barred_by": barred_by.strip(), "scan": digest}
    return _note(to, Act.PAPER_RECEIVED, body | {"held": str(held.uid)}, by=by, at=at, on=on)


@transaction.atomic
def read(
    *, by: User, at: datetime, on: date, to: On, day: date, found: facts.Paper, words: str, barred_by: str = ""
) -> Step:
    """Note that counsel read the paper, and what counsel found it to be. A court's paper is told of from then on.

    Of `found` counts what it is, whether a judge signed it, and whether a court forbids or excuses the notice.

    Raises:
        BadInput: when no paper is on file.
        NotAllowed: when it is not said what counsel found, or by what words a notice is barred.
    """
    received = latest(to.request, Act.PAPER_RECEIVED)
    paper = filed.paper(None, [one for one in to.request.steps.all() if one.act == Act.PAPER_RECEIVED])
    if received is None or paper is None:
        raise BadInput(_("No paper is on file."), mend=_("Put it on file first."))
    barred_by = barred_by or received.get("barred_by", "")
    told = {name: value for name, value in to_plain(found).items() if name in filed.OF_COUNSEL}
    as_found = replace(paper, **filed.from_counsel(told))
    stands = rule.is_received(rule.Received(as_found, received["court"], received["scan"], barred_by))
    clean = texts.clean({"barred_by": barred_by})
    _may(by, on, stands, rule.may_tell(rule.Told(day, on, "read")), *texts.says({"words": words}), *clean)
    body = told | {"on": day.isoformat(), "words": words.strip(), "barred_by": barred_by.strip()}
    return _note(to, Act.COUNSEL_READ, body, by=by, at=at, on=on)


@transaction.atomic
def tell(*, by: User, at: datetime, on: date, to: On, act: Act, day: date | None, how: How | None, words: str) -> Step:
    """Note an attempt to tell the parent or the pupil (`act`). One that reached them settles the task.

    Raises:
        NotAllowed: for a day to come, without how, or against a court's word.
    """
    paper = standing(to.request)
    barred = paper is not None and paper.non_disclosure is True
    _may(by, on, rule.may_tell(rule.Told(day, on, how.value if how else "", barred)))
    assert day is not None
    assert how is not None
    when = {"on" if how.counts else "tried_on": day.isoformat()}
    step = _note(to, act, {**when, "how": how.value, "words": words.strip()}, by=by, at=at, on=on)
    if how.counts:
        tasks.settle(to.request, *_SETTLES[act], by=by, at=at, note=how.label)
    return step


_SETTLES: Mapping[Act, tuple[DutyKind, ...]] = {
    Act.PARENT_TOLD: (DutyKind.PAPER_PARENT, DutyKind.EMERGENCY_PARENT, DutyKind.TRUANCY_PARENT),
    Act.PUPIL_TOLD: (DutyKind.PAPER_PUPIL,),
    Act.CONFIDENTIALITY_ASKED: (DutyKind.CONFIDENTIALITY,),
}
"""The tasks that an act is."""


@transaction.atomic
def say(*, by: User, at: datetime, on: date, to: On, act: Act, words: str) -> Step:
    """Note in words that an objection came or is settled, or that the recipient was asked for confidentiality (`act`).

    Raises:
        NotAllowed: without words.
    """
    _may(by, on, *texts.says({"words": words}))
    step = _note(to, act, {"on": on.isoformat(), "words": words.strip()}, by=by, at=at, on=on)
    tasks.settle(to.request, *_SETTLES.get(act, ()), by=by, at=at, note=words.strip())
    return step


@transaction.atomic
def say_secret(*, by: User, at: datetime, on: date, to: On, forbids: bool, words: str) -> Step:
    """Note, once a request is settled, whether its paper forbids telling anyone: it settles what the family reads.

    Raises:
        NotAllowed: for whoever asked; without the words of the paper, or who found that it has none.
        BadInput: when no paper was shown with the request.
    """
    if not has_paper(to.request):
        raise BadInput(_("No paper is on file."), mend=_("Put it on file first."))
    other = people.other_person(people.Pair(str(to.request.asker.uid), str(by.uid)))
    _may(by, on, other, *texts.says({"words": words}))
    body = {"on": on.isoformat(), "non_disclosure": forbids, "words": words.strip()}
    step = _note(to, Act.SECRECY_SAID, body, by=by, at=at, on=on)
    tasks.settle(to.request, DutyKind.PAPER_SECRECY, by=by, at=at, note=words.strip())
    return step


@transaction.atomic
def check(*, by: User, at: datetime, on: date, to: On, named: Collection[str], words: str) -> Step:
    """Note, copy by copy, which of those found for the request the paper names.

    Raises:
        BadInput: for a copy that was not found for the request.
    """
    chosen = latest(to.request, Act.IDENTIFIED) or {}
    if set(named) - set(chosen.get("copies", ())):
        raise BadInput(_("Such a copy was not found for this request."), mend=_("Open the page again."))
    _may(by, on, *texts.says({"words": words}))
    body = {"on": on.isoformat(), "named": sorted(named), "words": words.strip()}
    return _note(to, Act.SCOPE_CHECKED, body, by=by, at=at, on=on)


def _may(by: User, on: date, *findings: Any) -> None:
    Decision.of(people.may(by.facts(), "records.decide", on=on).findings, *findings).require()


def _note(to: On, act: Act, body: Mapping[str, Any], *, by: User, at: datetime, on: date) -> Step:
    return actions.note(by=by, at=at, on=on, request=to.request, number=to.number, act=act, body=body)


def latest(request: Request, act: Act) -> dict[str, Any] | None:
    """What the newest step of this kind says."""
    done = [step for step in request.steps.all() if step.act == act]
    return max(done, key=lambda one: one.number).body if done else None


def standing(request: Request) -> facts.Paper | None:
    """The paper of a request as it stands with what was done about it."""
    stated: facts.Request = from_plain(facts.Request, request.body)
    return filed.paper(stated.paper, request.steps.all())


def waiting(paper: facts.Paper, *, on: date) -> rule.Waiting:
    """The paper on a day, as the rule asks whether it leads to a release."""
    return rule.Waiting(paper, on, rule.numbers(on=on).notice_days)
