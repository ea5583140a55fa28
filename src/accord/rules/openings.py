"""What stands out in a week of one person's looks at student records, and was the week looked over in time?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from accord import clauses
from accord.decision import Finding, Say, implements
from accord.facts import Status
from accord.facts.openings import Looking, PersonWeek, WeekReview
from accord.rules.controls_standing import Standing, standing


@dataclass(frozen=True)
class OpeningsNumbers:
    """The district's settings: from how many on something stands out, and how long a review may wait."""

    students: int
    refused: int
    times_usual: float
    at_least: int
    review_days: int


def numbers(*, on: date) -> OpeningsNumbers:
    """The settings of a day."""

    def value(name: str) -> float:
        return float(clauses.parameter(f"openings.{name}", on=on).value)

    return OpeningsNumbers(
        students=int(value("many-students")),
        refused=int(value("refused-tries")),
        times_usual=value("times-usual"),
        at_least=int(value("usual-from")),
        review_days=int(value("review-within")),
    )


@implements("openings.hours")
def in_hours(week: PersonWeek) -> Finding:
    """Was nothing looked at outside the hours and days of work?"""
    met, values = week.out_of_hours == 0, {"count": week.out_of_hours}
    say = Say("Outside working hours: {count}.", values)
    return Finding("openings.hours", met, Say("All within working hours.") if met else say)


@implements("openings.students")
def few_students(week: PersonWeek, *, students: int) -> Finding:
    """Were the records of fewer than so many students opened?"""
    met, values = week.students < students, {"count": week.students}
    say = Say("Records of many students: {count}.", values)
    return Finding("openings.students", met, Say("Records of few students.") if met else say)


@implements("openings.refused")
def few_refused(week: PersonWeek, *, refused: int) -> Finding:
    """Were fewer than so many tries refused?"""
    met, values = week.refused < refused, {"count": week.refused}
    say = Say("Tries that were refused: {count}.", values)
    return Finding("openings.refused", met, Say("Hardly any try was refused.") if met else say)


@implements("openings.usual")
def as_usual(week: PersonWeek, *, times_usual: float, at_least: int) -> Finding:
    """Is it less than so many times what is usual for this person? Below `at_least` looks nothing is told."""
    usual = week.usual or 0
    met = week.looked < at_least or week.looked < times_usual * usual
    say = Say("Much more than usual: {looked}, usually {usual}.", {"looked": week.looked, "usual": usual})
    return Finding("openings.usual", met, Say("About as usual.") if met else say)


def stands_out(week: PersonWeek, *, using: OpeningsNumbers) -> tuple[Finding, ...]:
    """What stands out in this week."""
    asked: tuple[Callable[[], Finding], ...] = (
        lambda: in_hours(week),
        lambda: few_students(week, students=using.students),
        lambda: few_refused(week, refused=using.refused),
        lambda: as_usual(week, times_usual=using.times_usual, at_least=using.at_least),
    )
    return tuple(finding for one in asked if not (finding := one()).met)


@implements("openings.reviewed")
def reviewed_in_time(week: WeekReview, *, on: date, review_days: int) -> Standing:
    """Was the week looked over within `review_days` of its last day: of every person by somebody else?"""
    clause, limit = "openings.reviewed", week.last_day + timedelta(days=review_days)
    first, second = (day if day and day <= on else None for day in (week.reviewed_on, week.second_on))
    if on <= week.last_day:
        return standing(clause, Status.DOES_NOT_APPLY, Say("The week is not over yet."))
    if first is None:
        return _waits(clause, limit, on, "Overdue since {limit}.", "To be looked over by {limit}.")
    if week.own_looks is False:
        return _done(clause, limit, first)
    if second is not None:
        return _done(clause, limit, max(first, second))
    if week.second_person is False:
        say = Say("Needs a second person: whoever looked it over opened records too, and nobody else may look.")
        return standing(clause, Status.NOT_MET, say, limit)
    return _waits(
        clause,
        limit,
        on,
        "Needs a second person since {limit}: whoever looked it over opened records too.",
        "Needs a second person by {limit}: whoever looked it over opened records too.",
    )


def _waits(clause: str, limit: date, on: date, late: str, due: str) -> Standing:
    values = {"limit": limit}
    if on > limit:
        return standing(clause, Status.NOT_MET, Say(late, values), limit)
    return standing(clause, Status.DUE, Say(due, values), limit)


def _done(clause: str, limit: date, done: date) -> Standing:
    if done <= limit:
        return standing(clause, Status.MET, Say("Looked over on {day}.", {"day": done}))
    return standing(clause, Status.NEEDS_JUDGEMENT, Say("Looked over late, on {day}.", {"day": done}))


@implements("openings.second-person")
def may_look_over(looking: Looking) -> Finding:
    """May this person look the week over: first as who keeps the records, or second for the looks of who did so?"""
    clause = "openings.second-person"
    if not looking.first and not looking.keeps:
        return Finding(clause, False, Say("Whoever keeps the records looks it over first."))
    if looking.first == looking.by:
        return Finding(clause, False, Say("You looked it over; your own looks are for somebody else."))
    if looking.first and not looking.own_looks:
        return Finding(clause, False, Say("It was looked over, and whoever did so opened nothing in that week."))
    return Finding(clause, True, Say("Nobody looks over their own looks."))
