"""What is owed after contacts, and what that makes of the control it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from accord.decision import Say, implements
from accord.facts import DutyTally, Status
from accord.rules.controls_standing import Standing, standing

_GRAVEST = (
    Status.NOT_MET,
    Status.NO_EVIDENCE,
    Status.NEEDS_JUDGEMENT,
    Status.DUE,
    Status.MET,
    Status.DOES_NOT_APPLY,
)
"""From the gravest down: of two the graver stands."""


@dataclass(frozen=True)
class Followed:
    """How a control stands by its other evidence, and where the duties that belong to it stand."""

    otherwise: Status
    tally: DutyTally


@implements("controls.duties")
def duties_done(facts: Followed, *, months: int) -> Standing:
    """Was what is owed after contacts done in time? The graver of this and of what the control shows otherwise stands.

    Overdue breaks the clause, done late leaves it to judgement, still to be done makes it due. Look-back in months.
    """
    clause, tally = "controls.duties", facts.tally
    values = {
        "all": tally.all,
        "months": months,
        "overdue": tally.overdue,
        "late": tally.late,
        "waiting": tally.waiting,
    }
    if not tally.all:
        say = Say("No task belongs to it: in {months} months nothing happened that calls for one.", values)
        return standing(clause, facts.otherwise, say)
    if tally.overdue:
        say = Say("Tasks after contacts in {months} months: {all}. Overdue: {overdue}; done late: {late}.", values)
        return standing(clause, Status.NOT_MET, say)
    if tally.late:
        say = Say("Tasks after contacts in {months} months: {all}. Done late: {late}. A person judges why.", values)
        return standing(clause, _graver(facts.otherwise, Status.NEEDS_JUDGEMENT), say)
    if tally.waiting:
        say = Say("Tasks after contacts in {months} months: {all}. To be done, still in time: {waiting}.", values)
        return standing(clause, _graver(facts.otherwise, Status.DUE), say)
    say = Say("Tasks after contacts in {months} months: {all}. All were done in time.", values)
    return standing(clause, _graver(facts.otherwise, Status.MET), say)


def _graver(one: Status, other: Status) -> Status:
    return min(one, other, key=_GRAVEST.index)
