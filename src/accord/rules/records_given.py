"""Does a decision keep to the answer of the rule, and may a copy that was let go still be opened?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accord.decision import Finding, Say, implements


@dataclass(frozen=True)
class Given:
    """A decision: the copies that the rule lets go, those that the custodian gives, and why fewer, if fewer."""

    allowed: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True)
class Opening:
    """A copy about to be opened: let go by the decision, let go by the rule at this moment, and what ended meanwhile.

    All times in UTC. `ended_at` is when a person ended the access, `until` when the clock ends it.
    """

    at: datetime
    given: bool = False
    stands: bool = False
    until: datetime | None = None
    ended_at: datetime | None = None


@implements("records.given")
def given_stands(decision: Given) -> Finding:
    """Is no more given than the rule lets go, and is it said why where less is given?"""
    clause = "records.given"
    if set(decision.given) - set(decision.allowed):
        return Finding(clause, False, Say("The rule does not let this record go: no decision can give more."), "given")
    if set(decision.allowed) - set(decision.given) and not decision.because.strip():
        return Finding(clause, False, Say("Less is given than the rule allows: say why."), "because")
    return Finding(clause, True, Say("The decision gives no more than the rule allows."), "given")


@implements("records.opened")
def may_open(opening: Opening) -> Finding:
    """May this copy be opened now? What was let go is held against the rule again each time."""
    clause = "records.opened"
    if not opening.given:
        return Finding(clause, False, Say("No decision lets this record go to you."))
    if opening.ended_at is not None and opening.ended_at <= opening.at:
        return Finding(clause, False, Say("The access was ended."))
    if opening.until is not None and opening.until <= opening.at:
        return Finding(clause, False, Say("The time for which access was given is over."))
    if not opening.stands:
        return Finding(
            clause,
            False,
            Say("What allowed it no longer stands: a consent, an agreement, a paper or a confirmation ended."),
        )
    return Finding(clause, True, Say("The decision and the rule let it go at this moment."))


@implements("records.carried")
def carries_limits(carried: bool) -> Finding:
    """Are the limits on the face of the copy that is about to leave?"""
    if not carried:
        say = Say("This file is locked, damaged or too large: its limits cannot be put on it, so it does not leave.")
        return Finding("records.carried", False, say)
    return Finding("records.carried", True, Say("Its limits are on its face."))


@implements("records.stated")
def is_said(text: str) -> Finding:
    """Is it said in words?"""
    met = bool(text.strip())
    return Finding("records.stated", met, Say("It is said in words.") if met else Say("Say it in your own words."))
