"""Do the contacts on file show what the policy asks of officers, and were they reviewed in time?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from accord.decision import Say, implements
from accord.facts import ConductClass, Review, Reviewed, Status
from accord.rules.controls_standing import Standing, add_months, standing
from accord.rules.interactions import NOT_OFFICERS_WORK

_PEACEFUL = {ConductClass.NOT_CONDUCT, ConductClass.VICTIM_OR_WITNESS}


@implements("controls.officers-work")
def officers_work(contacts: tuple[Reviewed, ...], *, on: date, months: int, review_days: int) -> Standing:
    """Is every contact outside an officer's work reviewed in time, and none found wrong? Look-back in months."""
    clause = "controls.officers-work"
    recent = _since(contacts, add_months(on, -months), on)
    if not recent:
        return standing(clause, Status.NO_EVIDENCE, Say("No evidence: no contact is logged, so nothing can be told."))
    flagged = [one for one in recent if one.conduct in NOT_OFFICERS_WORK or one.kept_from_officers]
    if waiting := _review_overdue(clause, flagged, on, review_days):
        return waiting
    wrong = [one for one in flagged if one.found in (Review.NOT_APPROPRIATE, Review.BETTER_HANDLED)]
    values = {"wrong": len(wrong), "flagged": len(flagged), "all": len(recent), "months": months}
    if wrong:
        say = Say("Contacts in {months} months found not to be an officer's work: {wrong}.", values)
        return standing(clause, Status.NOT_MET, say)
    say = Say("{all} contacts in {months} months: {flagged} flagged, all reviewed, none found wrong.", values)
    return standing(clause, Status.MET, say)


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
        return standing(
            clause,
            Status.NOT_MET,
            Say("Contacts waiting for review: {waiting}. The first was due on {limit}.", values),
            limit,
        )
    return standing(
        clause, Status.DUE, Say("Contacts waiting for review: {waiting}. The first is due on {limit}.", values), limit
    )


@implements("controls.restorative")
def restorative_first(contacts: tuple[Reviewed, ...], *, on: date, months: int) -> Standing:
    """Did a restorative or supportive step come first where an officer stepped in? Look-back in months."""
    clause = "controls.restorative"
    recent = _since(contacts, add_months(on, -months), on)
    asked = [one for one in recent if one.with_student and one.conduct not in _PEACEFUL and not _was_danger(one)]
    if not asked:
        return standing(clause, Status.NO_EVIDENCE, Say("No evidence: no such contact with a student is logged."))
    tried = sum(one.restorative for one in asked)
    values = {"tried": tried, "asked": len(asked), "months": months}
    if tried == len(asked):
        return standing(clause, Status.MET, Say("In all {asked} contacts of {months} months a step was tried.", values))
    say = Say("In {tried} of {asked} contacts of {months} months a restorative or supportive step was tried.", values)
    return standing(clause, Status.NEEDS_JUDGEMENT, say)


def _was_danger(contact: Reviewed) -> bool:
    """Imminent danger as stated and found right by a second person; a box that its author ticked excuses nothing."""
    return contact.danger and contact.found is Review.APPROPRIATE and contact.reviewer != contact.author


@implements("controls.force-reviewed")
def force_reviewed(contacts: tuple[Reviewed, ...], *, on: date, months: int, review_days: int) -> Standing:
    """Does every use of force show de-escalation, and was it reviewed in time and found appropriate?"""
    clause = "controls.force-reviewed"
    recent = _since(contacts, add_months(on, -months), on)
    if not recent:
        return standing(clause, Status.NO_EVIDENCE, Say("No evidence: no contact is logged, so nothing can be told."))
    force = [one for one in recent if one.force]
    values = {"force": len(force), "all": len(recent), "months": months}
    if bare := [one for one in force if not one.de_escalated]:
        say = Say("Of {force} uses of force, without de-escalation: {bare}.", {**values, "bare": len(bare)})
        return standing(clause, Status.NOT_MET, say)
    if waiting := _review_overdue(clause, force, on, review_days):
        return waiting
    if wrong := [one for one in force if one.found is not Review.APPROPRIATE]:
        say = Say("Of {force} uses of force, found not appropriate: {wrong}.", {**values, "wrong": len(wrong)})
        return standing(clause, Status.NOT_MET, say)
    say = Say(
        "Uses of force in {all} contacts of {months} months: {force}. Each shows de-escalation and a review.", values
    )
    return standing(clause, Status.MET, say)
