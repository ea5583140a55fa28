"""What a control reads of the gate on student records: papers of the program, officers, requests, what was let go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accord.facts.immigration import OfficerPledge
from accord.facts.openings import WeekReview
from accord.facts.records import Agreement, AnnualNotice


@dataclass(frozen=True)
class RequestAnswered:
    """A request and what became of it; `settled_on` is None while nobody decided it and nobody took it back.

    `let_go` counts copies, `bare` those of them without a ground or without a line in the log, and every copy that was
    opened without having been let go. `passed_on`: does whoever asked pass them on to somebody else?
    """

    asked_on: date
    settled_on: date | None = None
    let_go: int = 0
    bare: int = 0
    passed_on: bool = False


@dataclass(frozen=True)
class RecordsGate:
    """The papers that count on a day, every officer in service with the newest word, every request by then.

    `weeks` are the weeks of looks at records since the first request, and who looked them over by then.
    """

    notices: tuple[AnnualNotice, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    officers: tuple[OfficerPledge, ...] = ()
    requests: tuple[RequestAnswered, ...] = ()
    weeks: tuple[WeekReview, ...] = ()
