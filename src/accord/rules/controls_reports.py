"""Did the Board get its figures in time and whole, and is a disparity in them answered?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from accord.decision import Say, implements
from accord.facts import EditionFact, Evidence, Status
from accord.rules.controls_on_file import OnFile, on_file
from accord.rules.controls_standing import Standing, add_months, standing


@dataclass(frozen=True)
class Reports:
    """Published editions, and the evidence on file for a plan that answers a disparity.

    The newest edition is the one about the latest days, not the one published last: an old period published late says
    nothing about now.
    """

    editions: tuple[EditionFact, ...] = ()
    plans: tuple[Evidence, ...] = ()

    def newest(self, on: date) -> EditionFact | None:
        """The newest edition published on or before a day."""
        known = [one for one in self.editions if one.published_on <= on]
        return max(known, key=lambda one: one.period_end, default=None)


@implements("controls.board-report")
def board_report(
    reports: Reports,
    *,
    on: date,
    cadence_months: int,
    publish_days: int,
    due_days: int,
    breakdowns: tuple[str, ...] = (),
) -> Standing:
    """Did the Board receive disaggregated figures on the latest period in time?

    A period of `cadence_months` months is reported within `publish_days` days of its end.
    """
    clause = "controls.board-report"
    newest = reports.newest(on)
    if newest is None:
        return standing(clause, Status.NO_EVIDENCE, Say("No evidence: no report was ever published."))
    if missing := [one for one in breakdowns if one not in newest.breakdowns]:
        say = Say("The newest report has no figure by: {missing}.", {"missing": ", ".join(missing)})
        return standing(clause, Status.NOT_MET, say)
    next_end = add_months(newest.period_end + timedelta(days=1), cadence_months) - timedelta(days=1)
    due = next_end + timedelta(days=publish_days)
    values = {"end": newest.period_end, "next": next_end, "due": due, "late": (on - due).days}
    if due < on:
        say = Say("Reported up to {end}. The report up to {next} was due on {due}, {late} days ago.", values)
        return standing(clause, Status.NOT_MET, say, due)
    status = Status.DUE if due - on <= timedelta(days=due_days) else Status.MET
    return standing(clause, status, Say("Reported up to {end}; the report up to {next} is due on {due}.", values), due)


@implements("controls.report-sections")
def report_sections(reports: Reports, *, on: date, sections: tuple[str, ...]) -> Standing:
    """Does the newest report hold each of these sections?"""
    clause = "controls.report-sections"
    newest = reports.newest(on)
    if newest is None:
        return standing(clause, Status.DOES_NOT_APPLY, Say("A choice the policy gives; no report is published yet."))
    missing = [section for section in sections if section not in newest.sections]
    if missing:
        say = Say("The newest report leaves out: {missing}.", {"missing": ", ".join(missing)})
        return standing(clause, Status.NOT_MET, say)
    return standing(clause, Status.MET, Say("The newest report holds every section the policy names."))


@implements("controls.as-necessary")
def as_necessary(reports: Reports, *, on: date, due_days: int, cadence_months: int) -> Standing:
    """Is a disparity in the newest report answered by a plan in force, begun since the period it answers?"""
    clause = "controls.as-necessary"
    newest = reports.newest(on)
    if newest is None:
        return standing(clause, Status.NO_EVIDENCE, Say("No evidence: there is no report to tell from."))
    if not newest.disparities and newest.uncompared:
        groups = {"groups": ", ".join(newest.uncompared)}
        say = Say(
            "The newest report compares no figure of: {groups}. A person judges whether a plan is needed.", groups
        )
        return standing(clause, Status.NEEDS_JUDGEMENT, say)
    if not newest.disparities:
        return standing(clause, Status.DOES_NOT_APPLY, Say("Nothing in the newest report calls for it."))
    answering = tuple(one for one in reports.plans if one.effective_on >= newest.period_start)
    plan = on_file(OnFile(True, answering), on=on, due_days=due_days, cadence_months=cadence_months)
    values: dict[str, object] = {"groups": ", ".join(newest.disparities), "plan": plan.finding.reason}
    say = Say("The newest report shows a disparity ({groups}). Plan: {plan}", values)
    return standing(clause, plan.status, say, plan.due_on)
