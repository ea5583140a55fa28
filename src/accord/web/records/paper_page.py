"""What is shown of a court's paper: each stage of its way to a release, what is missing, and the earliest day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from accord.decision import Finding
from accord.facts import records as facts
from accord.rules import records as rule
from accord.rules.records_needs import COURT, SEALED
from accord.web.records import papers
from accord.web.records.models import Copy
from accord.web.records.models_requests import Request, Step
from accord.web.records.papers import How
from accord.web.records.steps import STAGES, Act, State, state

OF_NOTICE = frozenset({Act.PARENT_TOLD, Act.PUPIL_TOLD})


@dataclass(frozen=True)
class Stage:
    """One stage: the act that completes it, its words, and whether it is done or not needed."""

    act: Act
    words: str
    done: bool
    needed: bool = True


@dataclass(frozen=True)
class Attempt:
    """One attempt to tell somebody."""

    act: Act
    on: date
    how: How
    words: str
    by: str


@dataclass(frozen=True)
class Shown:
    """A paper as it stands on a day. `earliest` is the first day of a release, as far as it is known."""

    paper: facts.Paper
    received: dict[str, Any]
    barred_by: str
    judicial: bool
    stages: list[Stage]
    ready: Finding
    earliest: date | None
    attempts: list[Attempt]
    state: State

    @property
    def sealed(self) -> bool:
        """Does a court forbid to tell anyone of it?"""
        return self.paper.non_disclosure is True

    @property
    def silent(self) -> bool:
        """Does a court forbid or excuse the notice to the family?"""
        return self.sealed or self.paper.notice_excused_by_court


def page(row: Request, *, on: date) -> Shown | None:
    """The paper of a request; None where none was received. Reads the steps at hand."""
    steps = sorted(row.steps.all(), key=lambda one: one.number)
    received, paper = papers.latest(row, Act.PAPER_RECEIVED), papers.standing(row)
    if received is None or paper is None:
        return None
    read = papers.latest(row, Act.COUNSEL_READ) or {}
    silent = paper.non_disclosure is True or paper.notice_excused_by_court
    days = rule.numbers(on=on).notice_days
    return Shown(
        paper=paper,
        received=received,
        barred_by=read.get("barred_by") or received.get("barred_by", ""),
        judicial=paper.kind in COURT | SEALED,
        stages=_stages(paper, {one.act for one in steps}, silent=silent),
        ready=rule.is_ready(papers.waiting(paper, on=on)),
        earliest=rule.earliest(paper, days),
        attempts=[_attempt(one) for one in steps if one.act in OF_NOTICE and "how" in one.body],
        state=state(one.act for one in steps),
    )


def _stages(paper: facts.Paper, done: set[str], *, silent: bool) -> list[Stage]:
    met = {
        Act.PAPER_RECEIVED: True,
        Act.COUNSEL_READ: paper.counsel_reviewed_on is not None,
        Act.PARENT_TOLD: paper.parent_told_on is not None,
        Act.PUPIL_TOLD: paper.pupil_told_on is not None,
        Act.OBJECTION_OVER: not paper.objection_pending,
        Act.SCOPE_CHECKED: paper.counsel_reviewed_on is not None and bool(paper.names_records),
        Act.DECIDED: Act.DECIDED in done,
        Act.CONFIDENTIALITY_ASKED: Act.CONFIDENTIALITY_ASKED in done,
    }
    return [Stage(act, words, met[act], needed=not (silent and act in OF_NOTICE)) for act, words in STAGES]


def _attempt(step: Step) -> Attempt:
    day = step.body.get("on") or step.body["tried_on"]
    return Attempt(
        Act(step.act), date.fromisoformat(day), How(step.body["how"]), step.body.get("words", ""), step.by.name
    )


def copies(row: Request) -> list[tuple[Copy, bool]]:
    """The copies found for a request, each with whether the paper was found to name it."""
    found = papers.latest(row, Act.IDENTIFIED) or {}
    named = set((papers.latest(row, Act.SCOPE_CHECKED) or {}).get("named", ()))
    rows = Copy.objects.filter(uid__in=found.get("copies", ())).defer("content")
    return [(one, str(one.uid) in named) for one in rows]
