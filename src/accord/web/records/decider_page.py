"""What whoever decides a request has in front of them: the request, the rule's answer, what follows, what was done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from accord.decision import Decision, Finding
from accord.facts import Coded, from_plain
from accord.facts import records as facts
from accord.facts.records import Answer, Claim
from accord.rules import people
from accord.web.people.models import User
from accord.web.records import actions, told
from accord.web.records.models import Copy
from accord.web.records.models_confirmations import Confirmation
from accord.web.records.models_requests import Decision as Decided
from accord.web.records.models_requests import Disclosure, Request
from accord.web.records.plain import Stored, answer_of
from accord.web.records.steps import Act, State, state
from accord.web.students.models import Student


@dataclass(frozen=True)
class Shown:
    """One copy, by its row, and what the rule found of it. `copy` is None where none was found yet."""

    copy: Copy | None
    looked: told.Looked
    given: bool


class Word(Coded):
    """What somebody filed on a claim of whoever asks."""

    YES = "yes", "Confirmed what whoever asks says"
    NO = "no", "Does not confirm what whoever asks says"


@dataclass(frozen=True)
class Done:
    """One thing in the history of a request."""

    act: Act | Word
    by: User
    at: datetime
    words: str


@dataclass(frozen=True)
class Page:
    """A request as those see it who decide."""

    stated: facts.Request
    identity: str
    state: State
    number: int
    student: Student | None
    answer: Answer | Stored
    of_request: tuple[Finding, ...]
    copies: list[Shown]
    may_decide: Decision
    decision: Decided | None
    history: list[Done]
    ended: bool

    @property
    def allowed(self) -> list[Shown]:
        """The copies that the rule lets go."""
        return [one for one in self.copies if one.looked.let_go]


def page(row: Request, *, by: User, at: datetime, on: date) -> Page:
    """All that whoever decides needs to see. A fixed number of queries, however many copies there are."""
    steps = list(row.steps.all())
    made: Decided | None = getattr(row, "decision", None)
    answer: Answer | Stored = (
        answer_of(made.answer) if made else actions.hold(row, decided_by=str(by.uid), at=at, on=on).answer
    )
    looked = told.looked(answer)
    rows = _copies([one.ruled.record for one in looked])
    given = set(made.copies.values_list("copy__uid", flat=True)) if made else set()
    log = list(Disclosure.objects.filter(request=row).select_related("by").order_by("at", "id"))
    return Page(
        stated=from_plain(facts.Request, row.body),
        identity=next((one.holds.get("identity", "") for one in log if one.act == Act.ASKED), ""),
        state=state(one.act for one in steps),
        number=len(steps),
        student=_student(steps),
        answer=answer,
        of_request=told.of_request(answer.findings),
        copies=[Shown(copy := rows.get(one.ruled.record), one, bool(copy and copy.uid in given)) for one in looked],
        may_decide=_may_decide(row, by, on=on),
        decision=made,
        history=_history(steps, log, row.confirmations.select_related("by")),
        ended=any(one.act == Act.ENDED for one in steps),
    )


def _copies(uids: list[str]) -> dict[str, Copy]:
    return {str(one.uid): one for one in Copy.objects.filter(uid__in=[uid for uid in uids if uid]).defer("content")}


def _student(steps: list[Any]) -> Student | None:
    found = [one for one in steps if one.act == Act.IDENTIFIED]
    return Student.objects.filter(uid=found[-1].body["student"]).select_related("school").first() if found else None


def _may_decide(row: Request, by: User, *, on: date) -> Decision:
    second = people.other_person(people.Pair(str(row.asker.uid), str(by.uid)))
    return Decision.of(people.may(by.facts(), "records.decide", on=on).findings, second)


_LOGGED = (Act.ASKED, Act.OPENED, Act.REFUSED)
"""What the log alone tells; all else in it is a step as well."""


def _history(steps: list[Any], log: list[Disclosure], words: Iterable[Confirmation]) -> list[Done]:
    done = [Done(Act(one.act), one.by, one.at, str(one.body.get("words", ""))) for one in steps]
    logged = [Done(Act(one.act), one.by, one.at, "") for one in log if one.act in _LOGGED]
    told = [
        Done(Word.YES if one.yes else Word.NO, one.by, one.at, f"{gettext(Claim(one.claim).label)}: {one.source}")
        for one in words
    ]
    return sorted([*done, *logged, *told], key=lambda one: one.at)
