"""The page that chooses a period: which are free, how much is reviewed in each, and what stops a draft."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accord import clauses
from accord.decision import Finding
from accord.facts import Asker, DraftEdition
from accord.rules import reports
from accord.stats import tally
from accord.web.reports import facts, periods, standing
from accord.web.reports.models import Edition
from accord.web.reports.snapshots import snapshot


@dataclass(frozen=True)
class Choice:
    """One period. `taken` is the report that covers it; the counts are of interactions, None where it is taken.

    `stops` keeps it from being drafted, `later` from being published as things stand.
    """

    period: periods.Period
    taken: Edition | None
    reviewed: int | None = None
    unreviewed: int | None = None
    stops: tuple[Finding, ...] = ()
    later: tuple[Finding, ...] = ()
    enrolled: bool = True

    @property
    def empty(self) -> bool:
        """Nothing is on file for this period: neither contacts nor enrollment."""
        return self.silent and not self.enrolled

    @property
    def silent(self) -> bool:
        """No contact of this period is on file, reviewed or not: either there was none, or nobody logged it."""
        return self.taken is None and not self.reviewed and not self.unreviewed

    @property
    def free(self) -> bool:
        return self.taken is None and self.enrolled and not self.stops


def choices(*, asker: Asker, on: date) -> list[Choice]:
    """Every period offered today, newest first."""
    taken = {one.slug: one for one in Edition.objects.live().defer("body")}
    published = facts.periods()
    return [_choice(period, taken.get(period.slug), asker, published, on) for period in periods.offered(on)]


def _choice(
    period: periods.Period, taken: Edition | None, asker: Asker, published: list[standing.Days], on: date
) -> Choice:
    if taken:
        return Choice(period, taken)
    found = snapshot(period)
    reviewed = tally.interactions(found.events)
    waiting = DraftEdition("", "", period.start, period.end, hidden=0, unreviewed=found.unreviewed)
    share = clauses.parameter("reports.unreviewed-share", on=on).value
    left_out = reports.enough_reviewed(waiting, counted=reviewed, largest_percent=share)
    return Choice(
        period,
        None,
        reviewed,
        found.unreviewed,
        stops=standing.may_draft(period, asker=asker, others=published, on=on).unmet,
        later=() if left_out.met else (left_out,),
        enrolled=bool(tally.school_years(found.enrollment)),
    )
