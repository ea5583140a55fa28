"""From rows to the exact text of an edition: counted, hidden, attacked, and refused when the attack succeeds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accord import clauses
from accord.decision import Decision, Finding, NotAllowed, Say
from accord.stats import attack, board_report, tally
from accord.stats.disclosure import Unsafe
from accord.web.reports import standing
from accord.web.reports.periods import Period
from accord.web.reports.snapshots import Snapshot

_UNSAFE = Say(
    "No way was found to hide the small figures of this period so that nobody can work one out. Nothing was stored."
)


@dataclass(frozen=True)
class Frozen:
    """An edition ready to be stored. `counted` is the true number of interactions, which the text may hide."""

    title: str
    body: str
    digest: str
    counted: int
    unreviewed: int
    hidden: int
    smallest_width: int | None


def freeze(snapshot: Snapshot, period: Period, *, on: date) -> Frozen:
    """Make the edition of a period and attack it.

    Raises:
        BadInput: when the period has no enrollment.
        NotAllowed: when a hidden figure could be worked out, or no table can be printed at all.
    """
    try:
        made = board_report.edition(
            snapshot.events,
            snapshot.enrollment,
            period_start=period.start,
            period_end=period.end,
            threshold=clauses.parameter("reports.threshold", on=on).value,
            width=clauses.parameter("reports.width", on=on).value,
            not_reviewed=snapshot.unreviewed,
            enforcement_requests=snapshot.requests,
            record_emergencies=snapshot.emergencies,
        )
        verdict = standing.verified(made.as_json(), on=on)
    except (Unsafe, attack.Contradiction) as error:
        raise NotAllowed(Decision.of(Finding("reports.safe", False, _UNSAFE))) from error
    if not made.tables:
        raise NotAllowed(Decision.of(Finding("reports.safe", False, _UNSAFE)))
    Decision.of(Finding("reports.safe", verdict.safe, verdict.finding.reason)).require()
    return Frozen(
        title=made.title,
        body=made.to_bytes().decode(),
        digest=made.digest,
        counted=tally.interactions(tally.between(snapshot.events, period.start, period.end)),
        unreviewed=snapshot.unreviewed,
        hidden=verdict.hidden,
        smallest_width=verdict.smallest_width,
    )
