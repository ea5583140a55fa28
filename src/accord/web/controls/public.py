"""What is told of contacts to whoever does not read every contact of the district.

A status that changes from day to day gives a small count away: who saw it turn the day after an arrest knows of one.
So everyone but the superintendent is told where the controls over contacts stood at the end of the day before the
newest Board report was published. That day is over and its file is closed, so what is told stays the same until the
next report is; before the first, nothing is told. What the reason counts is left out as well.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from accord.decision import Finding, Say
from accord.facts import Asker, EditionFact, Status
from accord.rules import people
from accord.rules.controls import Reports, Standing

OVER_CONTACTS = frozenset(
    {
        "controls.officers-work",
        "controls.restorative",
        "controls.force-reviewed",
        "controls.enforcement-register",
        "controls.records-gate",
        "controls.records-passed-on",
    }
)
"""The rules that read contacts, or requests for records or by immigration enforcement, of which there are fewer."""

_SAID = {
    Status.MET: Say("As of {day}, the day before the newest report was published: the contacts show that it is kept."),
    Status.DUE: Say(
        "As of {day}, the day before the newest report was published: contacts waited for a review or a task, still in "
        "time."
    ),
    Status.NOT_MET: Say(
        "As of {day}, the day before the newest report was published: contacts showed that it was not kept, or a "
        "review or task was late."
    ),
    Status.NO_EVIDENCE: Say(
        "No evidence: as of {day}, the day before the newest report was published, too little was logged to tell."
    ),
    Status.NEEDS_JUDGEMENT: Say(
        "As of {day}, the day before the newest report was published: no share is set that would be enough, or "
        "tasks were done late, so a person judges."
    ),
    Status.DOES_NOT_APPLY: Say("As of {day}, the day before the newest report was published, it did not apply."),
}
_TASKS = Say(
    "As of {day}, the day before the newest report was published, tasks after contacts were still to be done, or were "
    "done late."
)
_NOTHING = Say("No report is published yet: nothing is told of contacts.")


def reads_contacts(asker: Asker, *, on: date) -> bool:
    """May this person know where the controls over contacts stand today? Only who reads every contact anyway."""
    return people.scope(asker, "interactions.read", on=on).district


def as_of(editions: Iterable[EditionFact], *, on: date) -> date | None:
    """The day whose standing is told on a day; None before the first report."""
    newest = Reports(tuple(editions)).newest(on)
    return newest.published_on - timedelta(days=1) if newest else None


def told(standing: Standing, day: date) -> Standing:
    """A standing worked out for that day as it is told: its status, and a reason without numbers or days."""
    reason = Say(_SAID[standing.status].template, {"day": day})
    return Standing(replace(standing.finding, reason=reason), standing.status)


def beside(otherwise: Standing, with_duties: Standing, day: date) -> Standing:
    """A standing that other evidence decides, as duties after contacts change it, told without numbers."""
    if with_duties.status is otherwise.status:
        return otherwise
    values = {"otherwise": otherwise.finding.reason, "tasks": Say(_TASKS.template, {"day": day})}
    finding = replace(with_duties.finding, reason=Say("{otherwise} {tasks}", values))
    return replace(with_duties, finding=finding)


def nothing_told(clause: str) -> Standing:
    """What is told before the first report."""
    return Standing(Finding(clause, False, _NOTHING), Status.NO_EVIDENCE)
