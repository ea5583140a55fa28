"""What the law or the district asks for when an officer acts toward one person, held against what is told.

None of this keeps a contact from being stored: it happened as it happened. What is not met is flagged for the reviewer.
A student's grade is known and the age often is not; where the law turns on age, an age that is not known is a flag.
"""

from __future__ import annotations

from accord.decision import Finding, Say, implements
from accord.facts import Action, Outcome, PersonContacted, PersonKind, PersonRole
from accord.facts.person_codes import Aid, Answer, Counsel, Extent, Injury, Searcher, Standard, Urgency, Witness
from accord.facts.stop_codes import SearchBasis
from accord.rules.interactions_person_told import CONSENT, HURT, SEARCHES

_ADULTS = {PersonKind.STAFF, PersonKind.PARENT}
_CONSULTED = {Counsel.IN_PERSON, Counsel.TELEPHONE, Counsel.VIDEO}
TAKEN = {Outcome.ARREST, Outcome.PSYCHIATRIC_HOLD, Outcome.TRANSPORT, Outcome.REMOVED_FROM_CAMPUS}
"""Outcomes with which somebody leaves the school in an officer's hands."""
_ENOUGH = {Standard.CONSENT, Standard.PROBABLE_CAUSE, Standard.WARRANT, Standard.SUPERVISION}
_FOR_SAFETY = {SearchBasis.OFFICER_SAFETY, SearchBasis.WEAPONS}
_DEVICE = {SearchBasis.WARRANT, SearchBasis.EXIGENT, *CONSENT}


@implements("interactions.counsel")
def counsel_consulted(person: PersonContacted, *, oldest_age: int, excuse: tuple[Urgency, ...]) -> Finding:
    """Did a minor who was questioned in custody consult a lawyer first, or was there the excuse of the law?

    Args:
        oldest_age: in years, the last age that the law protects.
        excuse: the facts that together excuse questioning without a lawyer.
    """
    clause, field, told = "interactions.counsel", "counsel", person.details.questioning
    if Action.QUESTIONED not in person.actions or told.custodial is Answer.NO:
        return Finding(clause, True, Say("Not questioned in custody."), field)
    if person.kind in _ADULTS:
        return Finding(clause, True, Say("Staff and parents are taken for adults: their age is not asked."), field)
    age = person.details.age
    if age is not None and age > oldest_age:
        return Finding(
            clause, True, Say("Older than {age}: the law leaves it to the person.", {"age": oldest_age}), field
        )
    if told.counsel in _CONSULTED:
        return _before_the_questions(clause, person)
    if excuse and set(excuse) <= set(told.urgency):
        return Finding(
            clause, True, Say("No lawyer: an imminent threat, and only what it called for was asked."), field
        )
    return Finding(clause, False, _without_counsel(person, oldest_age), field)


def _before_the_questions(clause: str, person: PersonContacted) -> Finding:
    told = person.details.questioning
    ended = told.counsel_until or told.counsel_from
    if ended and told.began_at and ended > told.began_at:
        return Finding(clause, False, Say("The questions began before the lawyer was consulted."), "counsel_from")
    return Finding(clause, True, Say("A lawyer was consulted before the questions."), "counsel")


def _without_counsel(person: PersonContacted, oldest_age: int) -> Say:
    """What is known to be wrong, and what is not known."""
    told, age, values = person.details.questioning, person.details.age, {"age": oldest_age}
    if told.counsel is not Counsel.NOT_CONSULTED:
        return Say("It is not known whether a lawyer was consulted; the law asks for it up to age {age}.", values)
    if told.custodial is not Answer.YES:
        return Say("Questioned without a lawyer, and it is not known whether the person was free to leave.")
    if age is None:
        return Say(
            "Questioned in custody without a lawyer. The age is not known; up to {age} the law asks for one.", values
        )
    return Say("Questioned in custody at {years} without a lawyer.", {"years": age})


@implements("interactions.search-standard")
def reason_strong_enough(person: PersonContacted) -> Finding:
    """Was the reason for a search as strong as the law asks of who searched?"""
    clause, field, told = "interactions.search-standard", "search_standard", person.details.search
    if not SEARCHES & set(person.actions) or told.standard in _ENOUGH:
        return Finding(clause, True, Say("No search that needs a stronger reason."), field)
    if told.standard is not Standard.REASONABLE_SUSPICION:
        say = Say("Searched on less than reasonable suspicion, or on what is not known.")
        return Finding(clause, False, say, field)
    if Searcher.OTHER_OFFICER in told.by and not (told.bases and set(told.bases) <= _FOR_SAFETY):
        say = Say("A peace officer from outside the school searched on suspicion alone, and not only for weapons.")
        return Finding(clause, False, say, field)
    return Finding(clause, True, Say("Reasonable suspicion is enough at a school."), field)


@implements("interactions.search-extent")
def search_no_further(person: PersonContacted) -> Finding:
    """Did a search stay out of what the law closes: beneath the clothing, and the contents of a device?"""
    clause, field, told = "interactions.search-extent", "search_extent", person.details.search
    if Extent.BENEATH_CLOTHING in told.extent:
        return Finding(
            clause, False, Say("The search went beneath the clothing: no school employee may do that."), field
        )
    if Extent.DEVICE in told.extent and not _DEVICE & set(told.bases):
        say = Say("The contents of a device were searched without a warrant, consent or an emergency.")
        return Finding(clause, False, say, field)
    return Finding(clause, True, Say("The search went no further than the law lets it."), field)


@implements("interactions.search-witness")
def search_witnessed(person: PersonContacted) -> Finding:
    """Was a school employee of the student's gender present when a student's person was searched?"""
    clause, field, told = "interactions.search-witness", "search_witnesses", person.details.search
    if Action.SEARCHED_PERSON not in person.actions or person.kind is not PersonKind.STUDENT:
        return Finding(clause, True, Say("No student's person was searched."), field)
    met = Witness.STAFF_SAME_GENDER in told.witnesses
    absent = Say("A student was searched, and no school employee of the student's gender is said to have been there.")
    return Finding(clause, met, Say("A school employee was present.") if met else absent, field)


@implements("interactions.medical-aid")
def aid_given(person: PersonContacted) -> Finding:
    """Did medical aid follow an injury from force, and is it known whether anybody was hurt?"""
    clause, told = "interactions.medical-aid", person.details.force
    if told.person_hurt is Injury.UNKNOWN:
        return Finding(clause, False, Say("It is not known whether the person was hurt."), "person_hurt")
    met = told.person_hurt not in HURT or bool(set(told.aid) - {Aid.NOT_GIVEN})
    say = Say("No injury is without medical aid.") if met else Say("The person was hurt and got no medical aid.")
    return Finding(clause, met, say, "aid")


@implements("interactions.parent-told")
def parent_told(person: PersonContacted, *, oldest_minor: int, excused: bool = False) -> Finding:
    """Was a parent or guardian of a minor told, or tried, when an officer took the student away or searched?

    Args:
        oldest_minor: in years, the last age of a minor.
        excused: does the officer tell the parent instead of the school (the exception of the law)?
    """
    clause, field, age = "interactions.parent-told", "notice_1_at", person.details.age
    grave = TAKEN & set(person.outcomes) or SEARCHES & set(person.actions)
    if person.kind is not PersonKind.STUDENT or not grave:
        return Finding(clause, True, Say("Nothing that a parent or guardian must be told."), field)
    if age is not None and age > oldest_minor:
        return Finding(clause, True, Say("The student is of age."), field)
    if person.details.notices or person.details.questioning.parent_told_at:
        return Finding(clause, True, Say("A parent or guardian was told, or tried."), field)
    if excused:
        return Finding(clause, True, Say("The officer tells the parent or guardian, not the school."), field)
    say = Say("Taken away or searched, and no attempt to tell a parent or guardian is on file.")
    return Finding(clause, False, say, field)


@implements("interactions.report-to-school")
def school_report_told(person: PersonContacted) -> Finding:
    """Of a student whose conduct it was: is it said whether the school was told, and if so when and whom?"""
    clause, told = "interactions.report-to-school", person.details.report
    if person.kind is not PersonKind.STUDENT or person.role is not PersonRole.SUBJECT:
        return Finding(clause, True, Say("Not about a student's conduct."), "school_told")
    if told.told is Answer.NO:
        return Finding(clause, True, Say("The school was not told, and that is said."), "school_told")
    if told.told is not Answer.YES:
        return Finding(clause, False, Say("It is not said whether the school was told."), "school_told")
    if told.at is None:
        return Finding(clause, False, Say("The school was told: say when."), "school_told_at")
    if not told.to:
        return Finding(clause, False, Say("The school was told: say whom."), "school_told_to")
    return Finding(clause, True, Say("The report to the school is told."), "school_told")
