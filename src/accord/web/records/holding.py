"""A request held against what is on file at an instant: the facts, and the rule's answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from accord.facts import records as facts
from accord.facts.records import Answer, Ruling
from accord.rules import records as rule
from accord.web.records import confirmed
from accord.web.records import facts as filed
from accord.web.records.models import Copy
from accord.web.records.models_requests import Request
from accord.web.students.models import Student


@dataclass(frozen=True)
class Held:
    """A request held against what is on file at an instant, and the rule's answer.

    `about` is the student found, `copies` are those held against it.
    """

    request: facts.Request
    on_file: facts.OnFile
    numbers: facts.Numbers
    answer: Answer
    about: Student | None
    copies: tuple[Copy, ...]

    @property
    def allowed(self) -> dict[str, str]:
        """The copies that the rule lets go, each with the clause it rests on."""
        let_go = (Ruling.RELEASE, Ruling.NOT_EDUCATION)
        return {one.record: one.basis for one in self.answer.records if one.record and one.ruling in let_go}


def afresh(request: Request) -> Request:
    """The request as it is on file at this moment, with who asked, who decided and its steps. Two queries.

    Only what the gate asks for is read: the facts and the answer of a decision are long.
    """
    rows = Request.objects.select_related("asker", "decision__by").prefetch_related("steps")
    row: Request = rows.only(*_OF_REQUEST).get(pk=request.pk)
    return row


_OF_REQUEST = (
    *("uid", "reference", "at", "interest", "body", "asker__uid", "asker__is_active"),
    *("decision__until", "decision__by__uid"),
)


def hold(row: Request, *, decided_by: str, at: datetime, on: date, only: Copy | None = None) -> Held:
    """Hold a request against what is on file at this instant: every copy found for it, or `only` one of them.

    A fixed number of queries. What is answered of a copy hangs on no other copy.
    """
    steps, papers = list(row.steps.all()), filed.held_now()
    about = filed.identified(steps)
    copies = filed.found(steps, about) if only is None else [only] if filed.is_found(only, steps, about) else []
    asked = filed.request(row, steps, about, copies, papers, decided_by=decided_by)
    asked, on_file = confirmed.with_words(row, asked, filed.on_file(about, papers, at=at), about, at=at, on=on)
    numbers = rule.numbers(on=on)
    answer = rule.decide(asked, on_file, on=on, parameters=numbers)
    return Held(asked, on_file, numbers, answer, about, tuple(copies))


def about(request: Request) -> Student | None:
    """The student whom whoever decides last found a request to be about."""
    return filed.identified(request.steps.all())
