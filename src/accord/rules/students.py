"""Which reporting group a student's answers roll up to, and on which days a student is enrolled.

Answers in, one group out; the answers are kept beside the group, so that a later standard can roll them up anew.
"""

from __future__ import annotations

from datetime import date

from accord import clauses
from accord.decision import Finding, Say, implements
from accord.facts import Enrolled, Hispanic, Race, RaceAnswers, RaceCode, StateIdentifier, StateRace

FEDERAL: dict[RaceCode, Race] = {
    RaceCode.AMERICAN_INDIAN: Race.AMERICAN_INDIAN,
    **{code: Race.ASIAN for code in RaceCode if code.startswith("2")},
    **{code: Race.PACIFIC_ISLANDER for code in RaceCode if code.startswith("3")},
    RaceCode.FILIPINO: Race.ASIAN,
    RaceCode.BLACK: Race.BLACK,
    RaceCode.WHITE: Race.WHITE,
}
"""The federal group of each detailed code."""

STATE: dict[Race, StateRace] = {
    Race.HISPANIC: StateRace.HISPANIC,
    Race.AMERICAN_INDIAN: StateRace.AMERICAN_INDIAN,
    Race.ASIAN: StateRace.ASIAN,
    Race.PACIFIC_ISLANDER: StateRace.PACIFIC_ISLANDER,
    Race.BLACK: StateRace.BLACK,
    Race.WHITE: StateRace.WHITE,
    Race.TWO_OR_MORE: StateRace.TWO_OR_MORE,
    Race.UNKNOWN: StateRace.UNKNOWN,
}
"""The state's name of each federal group. Filipino is the one that the federal groups do not have."""


def in_combination(answers: RaceAnswers) -> frozenset[Race]:
    """Every federal group the student belongs to, alone or in combination. Empty when nothing is recorded."""
    named = {FEDERAL[code] for code in answers.codes}
    return frozenset(named | {Race.HISPANIC} if answers.hispanic is Hispanic.YES else named)


def federal(answers: RaceAnswers) -> Race:
    """The one federal reporting group."""
    if answers.hispanic is Hispanic.YES:
        return Race.HISPANIC
    groups = {FEDERAL[code] for code in answers.codes}
    if answers.several or len(groups) > 1:
        return Race.TWO_OR_MORE
    return next(iter(groups), Race.UNKNOWN)


def state(answers: RaceAnswers, *, filipino_apart: bool) -> StateRace:
    """The one reporting group of the state.

    `filipino_apart`: Filipino with another Asian people counts as two groups; otherwise as Asian.
    """
    group = federal(answers)
    if group is not Race.ASIAN or RaceCode.FILIPINO not in answers.codes:
        return STATE[group]
    if set(answers.codes) == {RaceCode.FILIPINO}:
        return StateRace.FILIPINO
    return StateRace.TWO_OR_MORE if filipino_apart else StateRace.ASIAN


def filipino_apart(*, on: date) -> bool:
    """The district's setting as it stood on a day."""
    return bool(clauses.parameter("students.filipino-apart", on=on).value)


@implements("students.race-federal")
def is_federal_group(answers: RaceAnswers, *, stated: Race) -> Finding:
    """Is the stated group the one that the answers roll up to?"""
    found = federal(answers)
    values = {"group": Say(found.label)}
    if found is stated:
        return Finding("students.race-federal", True, Say("The answers roll up to: {group}.", values), "race")
    return Finding(
        "students.race-federal", False, Say("The answers roll up to another group: {group}.", values), "race"
    )


@implements("students.race-state")
def is_state_group(answers: RaceAnswers, *, stated: StateRace, filipino_apart: bool) -> Finding:
    """Is the stated group the one that the answers roll up to in the state's reports?"""
    found = state(answers, filipino_apart=filipino_apart)
    values = {"group": Say(found.label)}
    if found is stated:
        return Finding("students.race-state", True, Say("The answers roll up to: {group}.", values), "race")
    return Finding("students.race-state", False, Say("The answers roll up to another group: {group}.", values), "race")


@implements("students.race-in-combination")
def counts_under(answers: RaceAnswers, *, group: Race) -> Finding:
    """Does the student count under this federal group, alone or in combination?"""
    met = group in in_combination(answers)
    values = {"group": Say(group.label)}
    say = Say("The answers name this group: {group}.", values) if met else Say("No answer names: {group}.", values)
    return Finding("students.race-in-combination", met, say, "race")


@implements("students.enrolled")
def is_enrolled(enrolled: Enrolled, *, on: date) -> Finding:
    """Is the student enrolled on this day?"""
    clause = "students.enrolled"
    if enrolled.entered_on is not None and on < enrolled.entered_on:
        return Finding(clause, False, Say("Enters on {day}.", {"day": enrolled.entered_on}))
    if enrolled.left_on is not None and on > enrolled.left_on:
        return Finding(clause, False, Say("Left on {day}.", {"day": enrolled.left_on}))
    return Finding(clause, True, Say("Enrolled on this day."))


@implements("students.state-identifier")
def is_state_identifier(given: StateIdentifier, *, digits: int) -> Finding:
    """Can this be a statewide student identifier? `digits` is how many it has."""
    met = given.text.isascii() and given.text.isdecimal() and len(given.text) == digits
    say = Say("A statewide identifier has {digits} digits and nothing else.", {"digits": digits})
    return Finding("students.state-identifier", met, Say("Has the right digits.") if met else say, "ssid")


def ssid_digits(*, on: date) -> int:
    """How many digits a statewide student identifier had on a day."""
    return int(clauses.parameter("students.ssid-digits", on=on).value)
