"""Is an entry complete, and what must be looked at afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from accord.decision import Decision, Finding, Say, implements
from accord.facts import (
    Action,
    ConductClass,
    DeEscalation,
    Interaction,
    Kind,
    Outcome,
    PersonContacted,
    PersonKind,
    TriedFirst,
)
from accord.facts.details import ContactDetails
from accord.rules.interactions_alike import alike as alike
from accord.rules.interactions_alike import nothing_alike as nothing_alike
from accord.rules.interactions_details import followed_in_time, offences_are_codes
from accord.rules.interactions_links import linker_is_the_school as linker_is_the_school
from accord.rules.interactions_links import links_stand as links_stand
from accord.rules.interactions_persons import people_flags as people_flags
from accord.rules.interactions_persons import people_stand as people_stand
from accord.rules.interactions_reviews import OWNERS as OWNERS
from accord.rules.interactions_reviews import follow_up_is_whole as follow_up_is_whole
from accord.rules.interactions_reviews import reviewer_is_no_officer as reviewer_is_no_officer
from accord.rules.interactions_work import KEPT_FROM_OFFICERS as KEPT_FROM_OFFICERS
from accord.rules.interactions_work import NOT_OFFICERS_WORK as NOT_OFFICERS_WORK
from accord.rules.interactions_work import basis_fits as basis_fits
from accord.rules.interactions_work import officers_work as officers_work

_ALONE = {TriedFirst.NOTHING, TriedFirst.NOTHING_DANGER, TriedFirst.NOTHING_REQUIRED, TriedFirst.NOT_NEEDED}
_STUDENT_ONLY = ("grade", "race", "sex", "disability", "english_learner")
RESTORATIVE = {
    TriedFirst.RESTORATIVE_CONFERENCE,
    TriedFirst.COUNSELING,
    TriedFirst.PARENT_CONFERENCE,
    TriedFirst.MENTAL_HEALTH_REFERRAL,
    TriedFirst.PEER_MEDIATION,
    TriedFirst.BEHAVIOR_PLAN,
}
"""Steps that count as positive or restorative when they came before the officer."""

FORCE = {Action.FORCE, Action.RESTRAINED}
"""Actions that count as force."""


@implements("interactions.time")
def time_stands(entry: Interaction, *, late_hours: int) -> Finding:
    """Is the time not in the future, and is a late entry explained? `late_hours` in hours."""
    clause, field = "interactions.time", "occurred_at"
    if entry.occurred_at > entry.recorded_at:
        return Finding(clause, False, Say("The contact cannot lie in the future."), field)
    late = entry.recorded_at - entry.occurred_at > timedelta(hours=late_hours)
    if late and not entry.late_reason.strip():
        return Finding(
            clause, False, Say("Entered more than {hours} hours later: say why.", {"hours": late_hours}), "late_reason"
        )
    return Finding(clause, True, Say("The time stands."), field)


@implements("interactions.duration")
def duration_stands(entry: Interaction, *, longest_minutes: int) -> Finding:
    """Is the duration between one minute and the longest allowed? In minutes."""
    met = 1 <= entry.duration_minutes <= longest_minutes
    say = Say("Give the duration in whole minutes, from 1 to {longest}.", {"longest": longest_minutes})
    return Finding("interactions.duration", met, Say("The duration stands.") if met else say, "duration_minutes")


@implements("interactions.people")
def people_named(entry: Interaction) -> Finding:
    """Is somebody contacted?"""
    met = bool(entry.people) or entry.kind is Kind.PREVENTION
    say = Say("Add at least one person contacted. Only a prevention activity may leave this empty.")
    return Finding("interactions.people", met, Say("Says who was contacted.") if met else say, "people")


@implements("interactions.tried-first")
def says_what_was_tried(entry: Interaction) -> Finding:
    """Does the entry say what was tried first, without contradicting itself?"""
    clause, field, tried = "interactions.tried-first", "tried_first", set(entry.tried_first)
    if not tried:
        return Finding(clause, False, Say("Say what was tried first, even if nothing was."), field)
    if tried & _ALONE and len(tried) > 1:
        return Finding(clause, False, Say("Something was tried, or nothing was: not both."), field)
    peaceful = entry.kind is Kind.PREVENTION or entry.conduct is ConductClass.NOT_CONDUCT
    if TriedFirst.NOT_NEEDED in tried and not peaceful:
        return Finding(clause, False, Say("Only a prevention activity or a greeting needs nothing tried first."), field)
    return Finding(clause, True, Say("Says what was tried first."), field)


@implements("interactions.student-only")
def demographics_belong_to_students(person: PersonContacted) -> Finding:
    """Are school-recorded demographics answered for a student and empty for anyone else?"""
    clause = "interactions.student-only"
    answered = [name for name in _STUDENT_ONLY if getattr(person, name) is not None]
    if person.kind is not PersonKind.STUDENT and answered:
        say = Say("Only a student has school-recorded grade, race, sex, disability and English learner.")
        return Finding(clause, False, say, answered[0])
    if person.kind is PersonKind.STUDENT and len(answered) < len(_STUDENT_ONLY):
        missing = next(name for name in _STUDENT_ONLY if name not in answered)
        say = Say(
            "Answer every school-recorded field for a student. Choose “Not recorded” where the school does not know."
        )
        return Finding(clause, False, say, missing)
    return Finding(clause, True, Say("Demographics stand where they belong."))


@implements("interactions.outcome")
def outcome_stands(person: PersonContacted) -> Finding:
    """Does the contact end somehow for this person, without contradicting itself?"""
    clause, field = "interactions.outcome", "outcomes"
    if not person.outcomes:
        return Finding(clause, False, Say("Say how it ended for this person, even if with no action."), field)
    if Outcome.NO_ACTION in person.outcomes and len(person.outcomes) > 1:
        return Finding(clause, False, Say("“No action” stands alone."), field)
    if Action.NONE in person.actions and len(person.actions) > 1:
        return Finding(clause, False, Say("“None of these” stands alone."), "actions")
    return Finding(clause, True, Say("Says how it ended."), field)


@implements("interactions.force")
def force_is_told(entry: Interaction) -> Finding:
    """Where force was used: is de-escalation answered, and does the narrative tell what happened?"""
    clause = "interactions.force"
    if not used_force(entry):
        return Finding(clause, True, Say("No force was used."))
    if not entry.de_escalation:
        return Finding(clause, False, Say("Force was used: say what was done to avoid it."), "de_escalation")
    if DeEscalation.NOT_POSSIBLE in entry.de_escalation and len(entry.de_escalation) > 1:
        return Finding(clause, False, Say("De-escalation was used, or it was not possible: not both."), "de_escalation")
    if not entry.narrative.strip():
        return Finding(clause, False, Say("Force was used: tell what happened."), "narrative")
    return Finding(clause, True, Say("Says what was done to avoid force."), "de_escalation")


@implements("interactions.correction")
def correction_says_why(reason: str) -> Finding:
    """Does a correction come with a reason?"""
    met = bool(reason.strip())
    say = Say("The correction says why.") if met else Say("Say why the entry is corrected.")
    return Finding("interactions.correction", met, say, "reason")


def used_force(entry: Interaction) -> bool:
    """Did anybody meet force or a restraint device?"""
    return any(FORCE & set(person.actions) for person in entry.people)


def details_stand(details: ContactDetails, *, on: date) -> Decision:
    """May this be stored beside the entry, as of a day?"""
    return Decision.of(followed_in_time(details, on=on), offences_are_codes(details))


def is_complete(entry: Interaction, *, late_hours: int, longest_minutes: int) -> Decision:
    """May this entry be stored? All findings; those about a person carry the field as `people.<index>.<field>`."""

    def about_people() -> Iterator[Finding]:
        for index, person in enumerate(entry.people):
            for finding in (demographics_belong_to_students(person), outcome_stands(person)):
                yield Finding(finding.clause, finding.met, finding.reason, f"people.{index}.{finding.field}")

    return Decision.of(
        time_stands(entry, late_hours=late_hours),
        duration_stands(entry, longest_minutes=longest_minutes),
        people_named(entry),
        says_what_was_tried(entry),
        force_is_told(entry),
        about_people(),
    )
