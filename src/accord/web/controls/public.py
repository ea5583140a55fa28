"""Standings as everyone may read them: no count of contacts, because the Board report hides small ones.

A count that is shown here from day to day would give away what the report hides, by subtraction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from accord.decision import Say
from accord.facts import Status
from accord.rules.controls import Standing

_COUNTS_CONTACTS = {"controls.officers-work", "controls.restorative", "controls.force-reviewed"}

_WITHOUT_COUNTS = {
    Status.MET: Say("The contacts on file show that it is kept."),
    Status.DUE: Say("Contacts wait for a review that is still in time."),
    Status.NOT_MET: Say("Contacts on file show that it was not kept, or their review is late."),
    Status.NO_EVIDENCE: Say("No evidence: too little is logged to tell."),
    Status.NEEDS_JUDGEMENT: Say("No share is set that would be enough, so a person judges the figures."),
    Status.DOES_NOT_APPLY: Say("It does not apply today."),
}


def shown(standings: Mapping[str, Standing]) -> dict[str, Standing]:
    """The same statuses; where contacts are counted, a reason without numbers and without the day one was logged."""
    return {one: _shown(standing) for one, standing in standings.items()}


def _shown(standing: Standing) -> Standing:
    if standing.finding.clause not in _COUNTS_CONTACTS:
        return standing
    finding = replace(standing.finding, reason=_WITHOUT_COUNTS[standing.status])
    return replace(standing, finding=finding, due_on=None)
