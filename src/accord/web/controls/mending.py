"""Where to go to mend a control that is not met: one place for each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from accord.decision import Say
from accord.facts import Asker, Status
from accord.rules import people
from accord.rules.controls import Standing
from accord.web.controls import register
from accord.web.controls.register import Control
from accord.web.routes import PERMISSION

_REPORTS = Say("Go to the Board reports")
_EVIDENCE = Say("Put evidence on file")
_PROGRAM = Say("Say how the program is run")
_VERSIONS = Say("Go to the versions of the policy")
_NOT_YET = Say("Accord does not keep this yet.")
_CONTACTS = {
    "controls.officers-work": (Say("Review the contacts that wait"), "interactions:list", "?state=flagged"),
    "controls.force-reviewed": (Say("Review the contacts that wait"), "interactions:list", "?state=needs_review"),
    "controls.restorative": (Say("Read the contacts"), "interactions:list", ""),
    "controls.enforcement-register": (Say("See the requests, and which officers signed"), "immigration:list", ""),
    "controls.records-gate": (Say("See the requests for records and the papers on file"), "records:list", ""),
    "controls.records-passed-on": (Say("See the papers of the program"), "records:on_file", ""),
}
"""The rules over contacts, and the list to go to."""
_TASKS = (Say("Do the tasks that are open"), "duties:list", "")
_OTHERS = Say("{what}: this takes a role that you do not hold.")


@dataclass(frozen=True)
class Mend:
    """One thing to do; `url` is "" when nothing in Accord does it yet, or not for this person."""

    say: Say
    url: str = ""


def mend(control: Control, standing: Standing, asker: Asker, *, on: date) -> Mend | None:
    """What mends this standing, as far as this person may; None when there is nothing to mend."""
    if standing.status in (Status.MET, Status.DOES_NOT_APPLY):
        return None
    what, route, extra = _place(control, standing)
    if not route:
        return Mend(what)
    if not people.may(asker, PERMISSION[route], on=on).allowed:
        return Mend(Say(_OTHERS.template, {"what": what}))
    if route == "controls:add_evidence":
        return Mend(what, extra)
    return Mend(what, reverse(route) + extra)


def _place(control: Control, standing: Standing) -> tuple[Say, str, str]:
    """What to do, the route it is done at, and what follows the address."""
    if _has_tasks(standing) and not _waits_for_review(standing):
        return _TASKS
    if control.rule in _CONTACTS:
        return _CONTACTS[control.rule]
    if control.rule in ("controls.board-report", "controls.report-sections"):
        return _REPORTS, "reports:list", ""
    if control.rule == "controls.as-necessary":
        # The rule names the groups only when there is a report that shows them.
        shown = "groups" in standing.finding.reason.values
        return (_EVIDENCE, "controls:add_evidence", "#add") if shown else (_REPORTS, "reports:list", "")
    if not control.kept:
        return (_NOT_YET, "", "") if control.rule == register.ON_FILE else (_PROGRAM, "controls:program", "")
    if control.obligation.kept_by == "policies":
        return _VERSIONS, "policies:list", ""
    return _EVIDENCE, "controls:add_evidence", "#add"


def _has_tasks(standing: Standing) -> bool:
    """Does the standing tell of tasks after contacts that are still to be done?"""
    tasks = standing.finding.reason.values.get("tasks")
    return isinstance(tasks, Say) and bool(tasks.values.get("overdue") or tasks.values.get("waiting"))


def _waits_for_review(standing: Standing) -> bool:
    """Does the standing, but for its tasks, tell of contacts that wait for a review?"""
    otherwise = standing.finding.reason.values.get("otherwise")
    return isinstance(otherwise, Say) and "waiting" in otherwise.values
