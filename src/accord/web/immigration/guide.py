"""What staff may and may not do now, for each paper: drawn from the rule, so that page and rule never differ."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accord.decision import Say
from accord.facts.immigration import Area, Demand, EnforcementRequest, Known, Paper, Wanted
from accord.rules.immigration import requests as rule
from accord.rules.immigration_requests import Answer
from accord.web.immigration.words import LOOKS

_ASKED = (Wanted.ENTRY, Wanted.INFORMATION, Wanted.OFFICER_HELP)


@dataclass(frozen=True)
class Row:
    """One paper: what it looks like, and what staff may do when it is shown, signed and read as it says."""

    paper: Paper
    looks: Say
    answers: tuple[Answer, ...]


def rows(*, on: date) -> tuple[Row, ...]:
    """Every paper, with the best that can be said for it: signed by a judge and naming the place where it may be."""
    return tuple(Row(paper, LOOKS[paper], _best(paper, on)) for paper in Paper)


def _best(paper: Paper, on: date) -> tuple[Answer, ...]:
    known = Known.YES if paper.judicial else Known.NOT_KNOWN
    demands = (Demand(one, paper, known, known, Area.NONPUBLIC) for one in _ASKED)
    return rule.answers(demands, on=on)


def answers(request: EnforcementRequest, cleared: Known, *, on: date) -> tuple[Answer, ...]:
    """What staff may do about each thing that is wanted."""
    return rule.answers(request.demands(cleared), on=on)
