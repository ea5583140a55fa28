"""What staff may and may not do now, for each paper: drawn from the rule, so that page and rule never differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from accord.decision import Finding, Say
from accord.facts.immigration import Area, Demand, EnforcementRequest, Known, Paper, StaffMay, Wanted
from accord.rules.immigration import requests as rule
from accord.rules.immigration_requests import Answer
from accord.web.immigration.words import LOOKS

_ASKED = (Wanted.ENTRY, Wanted.INFORMATION, Wanted.OFFICER_HELP)


@dataclass(frozen=True)
class Group:
    """What is answered alike: what is asked for, what staff may do, and why."""

    wanted: tuple[Wanted, ...]
    may: StaffMay
    finding: Finding

    @property
    def everything(self) -> bool:
        """Does it answer whatever may be asked for?"""
        return self.wanted == _ASKED


@dataclass(frozen=True)
class Row:
    """One paper: what it looks like, and what staff may do when it is shown, signed and read as it says."""

    paper: Paper
    looks: Say
    groups: tuple[Group, ...]


def rows(*, on: date) -> tuple[Row, ...]:
    """Every paper, with the best that can be said for it: signed by a judge and naming the place where it may be."""
    return tuple(Row(paper, LOOKS[paper], tuple(_groups(_best(paper, on)))) for paper in Paper)


def _groups(answers: tuple[Answer, ...]) -> Iterator[Group]:
    """Answers that are the same, told once, with the reason of the first."""
    for may, alike in groupby(answers, key=lambda one: one.may):
        same = tuple(alike)
        yield Group(tuple(one.demand.wanted for one in same), may, same[0].finding)


def _best(paper: Paper, on: date) -> tuple[Answer, ...]:
    known = Known.YES if paper.judicial else Known.NOT_KNOWN
    demands = (Demand(one, paper, known, known, Area.NONPUBLIC) for one in _ASKED)
    return rule.answers(demands, on=on)


def answers(request: EnforcementRequest, cleared: Known, *, on: date) -> tuple[Answer, ...]:
    """What staff may do about each thing that is wanted."""
    return rule.answers(request.demands(cleared), on=on)
