"""Is each obligation met today, on what evidence? Rules over evidence facts as of a day; they never query."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from accord.clauses import Parameter
from accord.decision import Finding, Say, implements
from accord.facts import ConductClass, EditionFact, Evidence, Review, Reviewed, Status
from accord.rules.interactions import NOT_OFFICERS_WORK

_PEACEFUL = {ConductClass.NOT_CONDUCT, ConductClass.VICTIM_OR_WITNESS}


@dataclass(frozen=True)
class Standing:
    """Where a control stands on a day: the finding, its status, and the next day something is due."""

    finding: Finding
    status: Status
    due_on: date | None = None


@dataclass(frozen=True)
class OnFile:
    """What is on file for an obligation. `kept` is False where the part that keeps it does not exist yet.

    `items` are the parts that each need evidence of their own; empty means the obligation as a whole.
    """

    kept: bool
    evidence: tuple[Evidence, ...] = ()
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grant:
    """Whether the agency holds a federal hiring grant ("yes", "no" or "unknown"), and what is on file if it does."""

    award: str
    on_file: OnFile


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


def _standing(clause: str, status: Status, reason: Say, due_on: date | None = None) -> Standing:
    return Standing(Finding(clause, status is Status.MET, reason), status, due_on)


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _runs_out(evidence: Evidence, cadence_months: int | None) -> date:
    """The last day this evidence counts for."""
    ends = [evidence.expires_on] if evidence.expires_on else []
    if cadence_months:
        ends.append(add_months(evidence.effective_on, cadence_months))
    return min(ends, default=date.max)


@implements("controls.on-file")
def on_file(facts: OnFile, *, on: date, due_days: int, cadence_months: int | None = None) -> Standing:
    """Does something on file show every part of the obligation on this day?

    `cadence_months` is the time between reviews in months, None when the policy and the Board set none;
    `due_days` is how many days before it runs out a control turns due.
    """
    clause = "controls.on-file"
    if not facts.kept:
        return _standing(clause, Status.NO_EVIDENCE, Say("No evidence: Accord does not keep this yet."))
    begun = [one for one in facts.evidence if one.effective_on <= on]
    if not begun:
        return _standing(clause, Status.NO_EVIDENCE, Say("No evidence: nothing is on file for this day."))
    last_day = {item: _last_day(begun, item, cadence_months) for item in facts.items or ("",)}
    missing = [item for item, day in last_day.items() if day is None]
    if missing:
        return _standing(clause, Status.NOT_MET, Say("Nothing is on file for {items}.", {"items": ", ".join(missing)}))
    ends = min(day for day in last_day.values() if day is not None)
    if ends < on:
        return _standing(clause, Status.NOT_MET, Say("What is on file ran out on {ends}.", {"ends": ends}), ends)
    if ends == date.max:
        return _standing(clause, Status.MET, Say("On file, with no end stated."))
    if ends - on <= timedelta(days=due_days):
        return _standing(clause, Status.DUE, Say("On file, and runs out on {ends}.", {"ends": ends}), ends)
    return _standing(clause, Status.MET, Say("On file until {ends}.", {"ends": ends}), ends)


def _last_day(evidence: Iterable[Evidence], item: str, cadence_months: int | None) -> date | None:
    """The last day any evidence for this part counts. Evidence with no part stated stands for the whole."""
    days = [_runs_out(one, cadence_months) for one in evidence if one.item in ("", item)]
    return max(days, default=None)


@implements("controls.officers-work")
def officers_work(contacts: tuple[Reviewed, ...], *, on: date, months: int, review_days: int) -> Standing:
    """Is every contact outside an officer's work reviewed in time, and none found wrong? Look-back in months."""
    clause = "controls.officers-work"
    recent = _since(contacts, add_months(on, -months), on)
    if not recent:
        return _standing(clause, Status.NO_EVIDENCE, Say("No evidence: no contact is logged, so nothing can be told."))
    flagged = [one for one in recent if one.conduct in NOT_OFFICERS_WORK]
    if waiting := _review_overdue(clause, flagged, on, review_days):
        return waiting
    wrong = [one for one in flagged if one.found in (Review.NOT_APPROPRIATE, Review.BETTER_HANDLED)]
    values = {"wrong": len(wrong), "flagged": len(flagged), "all": len(recent), "months": months}
    if wrong:
        say = Say("Contacts in {months} months found not to be an officer's work: {wrong}.", values)
        return _standing(clause, Status.NOT_MET, say)
    say = Say("{all} contacts in {months} months: {flagged} flagged, all reviewed, none found wrong.", values)
    return _standing(clause, Status.MET, say)


def _since(contacts: Iterable[Reviewed], start: date, on: date) -> list[Reviewed]:
    return [one for one in contacts if start < one.recorded_on <= on]


def _review_overdue(clause: str, contacts: Sequence[Reviewed], on: date, review_days: int) -> Standing | None:
    """Not met when a review is overdue, due when one is waiting, None when all are done."""
    waiting = [one for one in contacts if one.found is None or one.reviewer == one.author]
    if not waiting:
        return None
    limit = min(one.waits_since for one in waiting) + timedelta(days=review_days)
    values = {"waiting": len(waiting), "limit": limit}
    if limit < on:
        return _standing(
            clause,
            Status.NOT_MET,
            Say("Contacts waiting for review: {waiting}. The first was due on {limit}.", values),
            limit,
        )
    return _standing(
        clause, Status.DUE, Say("Contacts waiting for review: {waiting}. The first is due on {limit}.", values), limit
    )


@implements("controls.restorative")
def restorative_first(contacts: tuple[Reviewed, ...], *, on: date, months: int) -> Standing:
    """Did a restorative or supportive step come first where an officer stepped in? Look-back in months."""
    clause = "controls.restorative"
    recent = _since(contacts, add_months(on, -months), on)
    asked = [one for one in recent if one.with_student and one.conduct not in _PEACEFUL and not _was_danger(one)]
    if not asked:
        return _standing(clause, Status.NO_EVIDENCE, Say("No evidence: no such contact with a student is logged."))
    tried = sum(one.restorative for one in asked)
    values = {"tried": tried, "asked": len(asked), "months": months}
    if tried == len(asked):
        return _standing(
            clause, Status.MET, Say("In all {asked} contacts of {months} months a step was tried.", values)
        )
    say = Say("In {tried} of {asked} contacts of {months} months a restorative or supportive step was tried.", values)
    return _standing(clause, Status.NEEDS_JUDGEMENT, say)


def _was_danger(contact: Reviewed) -> bool:
    """Imminent danger as stated and found right by a second person; a box that its author ticked excuses nothing."""
    return contact.danger and contact.found is Review.APPROPRIATE and contact.reviewer != contact.author


@implements("controls.force-reviewed")
def force_reviewed(contacts: tuple[Reviewed, ...], *, on: date, months: int, review_days: int) -> Standing:
    """Does every use of force show de-escalation, and was it reviewed in time and found appropriate?"""
    clause = "controls.force-reviewed"
    recent = _since(contacts, add_months(on, -months), on)
    if not recent:
        return _standing(clause, Status.NO_EVIDENCE, Say("No evidence: no contact is logged, so nothing can be told."))
    force = [one for one in recent if one.force]
    values = {"force": len(force), "all": len(recent), "months": months}
    if bare := [one for one in force if not one.de_escalated]:
        say = Say("Of {force} uses of force, without de-escalation: {bare}.", {**values, "bare": len(bare)})
        return _standing(clause, Status.NOT_MET, say)
    if waiting := _review_overdue(clause, force, on, review_days):
        return waiting
    if wrong := [one for one in force if one.found is not Review.APPROPRIATE]:
        say = Say("Of {force} uses of force, found not appropriate: {wrong}.", {**values, "wrong": len(wrong)})
        return _standing(clause, Status.NOT_MET, say)
    say = Say(
        "Uses of force in {all} contacts of {months} months: {force}. Each shows de-escalation and a review.", values
    )
    return _standing(clause, Status.MET, say)


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
        return _standing(clause, Status.NO_EVIDENCE, Say("No evidence: no report was ever published."))
    if missing := [one for one in breakdowns if one not in newest.breakdowns]:
        say = Say("The newest report has no figure by: {missing}.", {"missing": ", ".join(missing)})
        return _standing(clause, Status.NOT_MET, say)
    next_end = add_months(newest.period_end + timedelta(days=1), cadence_months) - timedelta(days=1)
    due = next_end + timedelta(days=publish_days)
    values = {"end": newest.period_end, "next": next_end, "due": due, "late": (on - due).days}
    if due < on:
        say = Say("Reported up to {end}. The report up to {next} was due on {due}, {late} days ago.", values)
        return _standing(clause, Status.NOT_MET, say, due)
    status = Status.DUE if due - on <= timedelta(days=due_days) else Status.MET
    return _standing(clause, status, Say("Reported up to {end}; the report up to {next} is due on {due}.", values), due)


@implements("controls.report-sections")
def report_sections(reports: Reports, *, on: date, sections: tuple[str, ...]) -> Standing:
    """Does the newest report hold each of these sections?"""
    clause = "controls.report-sections"
    newest = reports.newest(on)
    if newest is None:
        return _standing(clause, Status.DOES_NOT_APPLY, Say("A choice the policy gives; no report is published yet."))
    missing = [section for section in sections if section not in newest.sections]
    if missing:
        say = Say("The newest report leaves out: {missing}.", {"missing": ", ".join(missing)})
        return _standing(clause, Status.NOT_MET, say)
    return _standing(clause, Status.MET, Say("The newest report holds every section the policy names."))


@implements("controls.as-necessary")
def as_necessary(reports: Reports, *, on: date, due_days: int, cadence_months: int) -> Standing:
    """Is a disparity in the newest report answered by a plan in force, begun since the period it answers?"""
    clause = "controls.as-necessary"
    newest = reports.newest(on)
    if newest is None:
        return _standing(clause, Status.NO_EVIDENCE, Say("No evidence: there is no report to tell from."))
    if not newest.disparities and newest.uncompared:
        groups = {"groups": ", ".join(newest.uncompared)}
        say = Say(
            "The newest report compares no figure of: {groups}. A person judges whether a plan is needed.", groups
        )
        return _standing(clause, Status.NEEDS_JUDGEMENT, say)
    if not newest.disparities:
        return _standing(clause, Status.DOES_NOT_APPLY, Say("Nothing in the newest report calls for it."))
    answering = tuple(one for one in reports.plans if one.effective_on >= newest.period_start)
    plan = on_file(OnFile(True, answering), on=on, due_days=due_days, cadence_months=cadence_months)
    values: dict[str, object] = {"groups": ", ".join(newest.disparities), "plan": plan.finding.reason}
    say = Say("The newest report shows a disparity ({groups}). Plan: {plan}", values)
    return _standing(clause, plan.status, say, plan.due_on)


@implements("controls.grant-only")
def grant_only(grant: Grant, *, on: date, due_days: int) -> Standing:
    """Where a federal hiring grant is held: is what it asks on file?"""
    clause = "controls.grant-only"
    if grant.award == "no":
        return _standing(
            clause, Status.DOES_NOT_APPLY, Say("The agency holds no federal hiring grant for this program.")
        )
    if grant.award != "yes":
        return _standing(
            clause, Status.NO_EVIDENCE, Say("No evidence: nobody said whether there is a federal hiring grant.")
        )
    standing = on_file(grant.on_file, on=on, due_days=due_days)
    return _standing(clause, standing.status, standing.finding.reason, standing.due_on)


@implements("controls.words-only")
def words_only(asks: bool) -> Standing:
    """Does this ask nothing of anyone? An obligation that does ask is never excused here."""
    clause = "controls.words-only"
    if asks:
        return _standing(
            clause, Status.NO_EVIDENCE, Say("No evidence: this asks for something and no rule answers it.")
        )
    return _standing(clause, Status.DOES_NOT_APPLY, Say("This explains; it asks nothing of anyone."))


@implements("controls.parameters-verified")
def parameters_verified(parameters: tuple[Parameter, ...], *, on: date, within_days: int) -> Standing:
    """Was every number read at its source within so many days?"""
    clause = "controls.parameters-verified"
    if not parameters:
        return _standing(clause, Status.NO_EVIDENCE, Say("No evidence: there are no numbers to verify."))
    never = [one.id for one in parameters if one.verified_on is None]
    if never:
        say = Say("Nobody has read the source of: {ids}.", {"ids": ", ".join(never)})
        return _standing(clause, Status.DUE, say, on)
    first = min(one.verified_on for one in parameters if one.verified_on) + timedelta(days=within_days)
    values = {"count": len(parameters), "first": first}
    if first < on:
        return _standing(
            clause, Status.DUE, Say("A source was last read too long ago; due since {first}.", values), first
        )
    return _standing(
        clause, Status.MET, Say("All {count} numbers were read at their source; next on {first}.", values), first
    )
