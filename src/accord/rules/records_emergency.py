"""Is the determination of an emergency whole, and may it be looked at again by this person?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from accord.decision import Finding, Say, implements
from accord.facts import Coded


@dataclass(frozen=True)
class Need:
    """A copy that is needed in an emergency, and why."""

    record: str
    why: str = ""


@dataclass(frozen=True)
class Determination:
    """An administrator's determination, about to be filed. `by` and `recipients` are ids of accounts.

    `tell_parent`: is the parent told? When not, `endangers` says whom it would put in danger and how.
    """

    by: str = ""
    threat: str = ""
    recipients: tuple[str, ...] = ()
    needed: tuple[Need, ...] = ()
    tell_parent: bool = True
    endangers: str = ""


class Outcome(Coded):
    """What the review of an emergency release came to."""

    RIGHT = "right", "An emergency, and no more was released than it needed"
    TOO_MUCH = "too_much", "An emergency, but more was released than it needed"
    NONE = "none", "No emergency"


@dataclass(frozen=True)
class Review:
    """An emergency release about to be reviewed. Times in UTC; `over_at` is when it ended, or ends by the clock."""

    by: str = ""
    determined_by: str = ""
    recipients: tuple[str, ...] = ()
    at: datetime | None = None
    over_at: datetime | None = None
    outcome: Outcome | None = None
    words: str = ""


@implements("records.emergency-complete")
def is_complete(one: Determination) -> Finding:
    """Does the determination name the threat, whom it tells, and for each copy why they need it?"""
    clause = "records.emergency-complete"
    if not one.threat.strip():
        return Finding(clause, False, Say("Say what the threat is: who is in danger, of what, and when."), "threat")
    if not any(one.recipients):
        return Finding(clause, False, Say("Choose whom it is that must know."), "recipients")
    if one.by in one.recipients:
        return Finding(clause, False, Say("Nobody determines an emergency for themselves."), "recipients")
    if not one.needed:
        return Finding(clause, False, Say("Choose the copies that are needed, no more than those."), "copies")
    if any(not need.why.strip() for need in one.needed):
        return Finding(clause, False, Say("Say for each copy why it is needed."), "copies")
    if not one.tell_parent and not one.endangers.strip():
        return Finding(clause, False, Say("Say whom it would put in danger to tell the parent, and how."), "endangers")
    return Finding(clause, True, Say("It names the threat, who must know, and why each copy is needed."), "threat")


@implements("records.review-after")
def may_review(review: Review) -> Finding:
    """Is the release looked at again when it is over, by somebody who had no part in it, and with an outcome?"""
    clause = "records.review-after"
    if not review.by or review.by == review.determined_by or review.by in review.recipients:
        return Finding(clause, False, Say("Somebody else reviews it: neither who determined it nor who received it."))
    if review.at is None or review.over_at is None or review.at < review.over_at:
        return Finding(clause, False, Say("It is not over yet. End it first, or wait until the clock does."))
    if review.outcome is None:
        return Finding(clause, False, Say("Say what the review came to."), "outcome")
    if not review.words.strip():
        return Finding(clause, False, Say("Say what was looked at and what was found."), "words")
    return Finding(clause, True, Say("Reviewed by somebody who had no part in it."), "outcome")
