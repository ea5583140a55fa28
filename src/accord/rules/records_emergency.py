"""Is the determination of an emergency whole, and may it be looked at again by this person?"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    """An emergency release about to be reviewed. Times in UTC; `over_at` is when it ended, or ends by the clock.

    `endangers`: was the parent not told because it would put somebody in danger? `still` and `because`: would it still?
    """

    by: str = ""
    determined_by: str = ""
    recipients: tuple[str, ...] = ()
    at: datetime | None = None
    over_at: datetime | None = None
    outcome: Outcome | None = None
    words: str = ""
    endangers: bool = False
    still: bool | None = None
    because: str = ""


@dataclass(frozen=True)
class Danger:
    """An answer to whether telling the family would still put somebody in danger. Ids are of accounts."""

    by: str = ""
    determined_by: str = ""
    recipients: tuple[str, ...] = ()
    still: bool | None = None
    because: str = ""


COMPLETE = "records.emergency-complete"


@implements(COMPLETE)
def is_complete(one: Determination) -> Finding:
    """Does the determination name the threat, whom it tells, and for each copy why they need it?"""
    met = Finding(COMPLETE, True, Say("It names the threat, who must know, and why each copy is needed."), "threat")
    return next(iter(emergency_lacks(one)), met)


def emergency_lacks(one: Determination) -> tuple[Finding, ...]:
    """All that a determination lacks, so that nobody learns of it piece by piece while time runs."""
    lacks = (
        (not one.threat.strip(), Say("Say what the threat is: who is in danger, of what, and when."), "threat"),
        (not any(one.recipients), Say("Choose whom it is that must know."), "recipients"),
        (one.by in one.recipients, Say("Nobody determines an emergency for themselves."), "recipients"),
        (not one.needed, Say("Choose the copies that are needed, no more than those."), "copies"),
        (any(not need.why.strip() for need in one.needed), Say("Say for each copy why it is needed."), "copies"),
        (
            not one.tell_parent and not one.endangers.strip(),
            Say("Say whom it would put in danger to tell the parent, and how."),
            "endangers",
        ),
    )
    return tuple(Finding(COMPLETE, False, say, field) for lacking, say, field in lacks if lacking)


@implements("records.review-after")
def may_review(review: Review) -> Finding:
    """Is the release looked at again when it is over, by somebody who had no part in it, and with an outcome?"""
    clause = "records.review-after"
    if _had_part(review):
        return Finding(clause, False, Say("Somebody else reviews it: neither who determined it nor who received it."))
    if review.at is None or review.over_at is None or review.at < review.over_at:
        return Finding(clause, False, Say("It is not over yet. End it first, or wait until the clock does."))
    if review.outcome is None:
        return Finding(clause, False, Say("Say what the review came to."), "outcome")
    if not review.words.strip():
        return Finding(clause, False, Say("Say what was looked at and what was found."), "words")
    if review.endangers and not may_answer(_danger(review)).met:
        return replace(may_answer(_danger(review)), clause=clause)
    return Finding(clause, True, Say("Reviewed by somebody who had no part in it."), "outcome")


@implements("records.danger-asked")
def may_answer(answer: Danger) -> Finding:
    """May this person say so: with an answer and reasons, and as somebody who had no part in the emergency?"""
    clause = "records.danger-asked"
    if _had_part(answer):
        return Finding(clause, False, Say("Somebody else answers it: neither who determined it nor who received it."))
    if answer.still is None:
        return Finding(
            clause, False, Say("Say whether telling the family would still put somebody in danger."), "still"
        )
    if not answer.because.strip():
        return Finding(clause, False, Say("Say why, and what that rests on."), "because")
    return Finding(clause, True, Say("Answered with reasons by somebody who had no part in it."), "still")


def _danger(review: Review) -> Danger:
    return Danger(review.by, review.determined_by, review.recipients, review.still, review.because)


def _had_part(one: Review | Danger) -> bool:
    return not one.by or one.by == one.determined_by or one.by in one.recipients
