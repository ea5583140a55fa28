"""What may be done about a request for records, and in which state: one table."""

from __future__ import annotations

from collections.abc import Iterable

from accord.facts import Coded


class State(Coded):
    """Where a request stands."""

    OPEN = "open", "Waits for a decision"
    DECIDED = "decided", "Decided"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Act(Coded):
    """Something done about a request, or a disclosure that follows from it."""

    ASKED = "asked", "Asked"
    IDENTIFIED = "identified", "Student and records found"
    PAPER_RECEIVED = "paper_received", "Paper received"
    COUNSEL_READ = "counsel_read", "Counsel read the paper"
    PARENT_TOLD = "parent_told", "Parent told"
    PUPIL_TOLD = "pupil_told", "Pupil told"
    OBJECTED = "objected", "Objection received"
    OBJECTION_OVER = "objection_over", "Objection settled"
    SCOPE_CHECKED = "scope_checked", "Scope of the paper checked"
    DECIDED = "decided", "Decided"
    WITHDRAWN = "withdrawn", "Withdrawn"
    OPENED = "opened", "Opened by the recipient"
    REFUSED = "refused", "Refused when opened"
    ENDED = "ended", "Access ended"
    REVIEWED = "reviewed", "Looked at afterwards"
    CONFIDENTIALITY_ASKED = "confidentiality_asked", "Confidentiality asked of the recipient"
    SECRECY_SAID = "secrecy_said", "Said whether the paper forbids telling the family"


PAPERWORK = frozenset(
    {
        Act.IDENTIFIED,
        Act.PAPER_RECEIVED,
        Act.COUNSEL_READ,
        Act.PARENT_TOLD,
        Act.PUPIL_TOLD,
        Act.OBJECTED,
        Act.OBJECTION_OVER,
        Act.SCOPE_CHECKED,
    }
)
"""What a custodian notes while a request waits."""

ALLOWED: dict[State, frozenset[Act]] = {
    State.OPEN: PAPERWORK | {Act.DECIDED, Act.WITHDRAWN},
    State.DECIDED: frozenset(
        {
            Act.ENDED,
            Act.REVIEWED,
            Act.CONFIDENTIALITY_ASKED,
            Act.PARENT_TOLD,
            Act.PUPIL_TOLD,
            Act.SECRECY_SAID,
        }
    ),
    State.WITHDRAWN: frozenset({Act.SECRECY_SAID}),
}
"""What may be done in which state. A request is settled once and stays so."""

STAGES: tuple[tuple[Act, str], ...] = (
    (Act.PAPER_RECEIVED, "The paper is on file"),
    (Act.COUNSEL_READ, "Counsel has read it"),
    (Act.PARENT_TOLD, "The parent is told"),
    (Act.PUPIL_TOLD, "The pupil is told"),
    (Act.OBJECTION_OVER, "No objection is pending"),
    (Act.SCOPE_CHECKED, "Each copy is checked against it"),
    (Act.DECIDED, "Somebody has decided"),
    (Act.CONFIDENTIALITY_ASKED, "The recipient is asked to keep contact data confidential"),
)
"""The way of a paper, in order, each stage with the act that completes it."""


def state(acts: Iterable[str]) -> State:
    """Where a request stands after these acts."""
    done = set(acts)
    if Act.WITHDRAWN in done:
        return State.WITHDRAWN
    return State.DECIDED if Act.DECIDED in done else State.OPEN
