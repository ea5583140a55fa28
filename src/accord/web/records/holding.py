"""A request held against what is on file at an instant: the facts, and the rule's answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from accord.facts import records as facts
from accord.facts.records import Answer, Ruling
from accord.rules import records as rule
from accord.web.records import confirmed
from accord.web.records import facts as filed
from accord.web.records.models_requests import Request
from accord.web.students.models import Student


@dataclass(frozen=True)
class Held:
    """A request held against what is on file at an instant, and the rule's answer. `about`: the student found."""

    request: facts.Request
    on_file: facts.OnFile
    numbers: facts.Numbers
    answer: Answer
    about: Student | None

    @property
    def allowed(self) -> dict[str, str]:
        """The copies that the rule lets go, each with the clause it rests on."""
        let_go = (Ruling.RELEASE, Ruling.NOT_EDUCATION)
        return {one.record: one.basis for one in self.answer.records if one.record and one.ruling in let_go}


def hold(row: Request, *, decided_by: str, at: datetime, on: date) -> Held:
    """Hold a request against what is on file at this instant. A fixed number of queries."""
    steps, papers = list(row.steps.all()), filed.held_now()
    about = filed.identified(steps)
    asked = filed.request(row, steps, about, papers, decided_by=decided_by)
    asked, on_file = confirmed.with_words(row, asked, filed.on_file(about, papers, at=at), at=at, on=on)
    numbers = rule.numbers(on=on)
    answer = rule.decide(asked, on_file, on=on, parameters=numbers)
    return Held(asked, on_file, numbers, answer, about)


def about(request: Request) -> Student | None:
    """The student whom whoever decides last found a request to be about."""
    return filed.identified(request.steps.all())
