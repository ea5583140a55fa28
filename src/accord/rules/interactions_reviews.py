"""Who may review a contact, and is what a reviewer asks for whole."""

from __future__ import annotations

from datetime import date

from accord.decision import Finding, Say, implements
from accord.facts import Asked, Asker, FollowUp, Role

OWNERS = (Role.PRINCIPAL, Role.SUPERINTENDENT)
"""Who may be asked to follow up: those who are given tasks."""


@implements("interactions.reviewer")
def reviewer_is_no_officer(asker: Asker, *, flagged: bool, on: date) -> Finding:
    """Is a contact that may not have been an officer's work reviewed by somebody who is not an officer?"""
    clause = "interactions.reviewer"
    if not flagged:
        return Finding(clause, True, Say("Nothing here that the policy keeps from officers."))
    officer = any(held.role is Role.SRO and held.in_force(on) for held in asker.roles)
    say = Say("Whether this was an officer's work is not for an officer to say.")
    return Finding(clause, not officer, say if officer else Say("Reviewed by somebody who is not an officer."))


@implements("interactions.follow-up")
def follow_up_is_whole(asked: Asked) -> Finding:
    """Does a follow-up say what is to be done, by whom and by when, or is none asked for?"""
    clause = "interactions.follow-up"
    if asked.empty:
        return Finding(clause, True, Say("No follow-up is asked for."), "follow_up")
    if asked.what is None:
        return Finding(clause, False, Say("Say what is to be done, or take the rest out."), "follow_up")
    if asked.owner not in OWNERS:
        return Finding(clause, False, Say("Say who is to do it."), "follow_up_by")
    if asked.due_on is None:
        return Finding(clause, False, Say("Say by which day."), "follow_up_due")
    if asked.due_on < asked.asked_on:
        return Finding(clause, False, Say("This day is over."), "follow_up_due")
    if asked.what is FollowUp.OTHER and not asked.note.strip():
        return Finding(clause, False, Say("Say what is to be done."), "follow_up_note")
    return Finding(clause, True, Say("Says what is to be done, by whom and by when."), "follow_up")
