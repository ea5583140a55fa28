"""A published row as the facts that the rules of a stop read, so that one set of rules serves every form.

Good enough to hold a rule against; never to store, count or report by: an old action stands for the 2024 answer
nearest to it, and what the file leaves out is left out here.
"""

from __future__ import annotations

from datetime import time
from typing import TypeVar

from accord.exchange import ripa_published as words
from accord.exchange.ripa_published import PublishedStop
from accord.facts.coded import Coded
from accord.facts.stop_codes import (
    Contraband,
    ForceAction,
    NonForceAction,
    PropertyType,
    ReasonGiven,
    RipaRace,
    SearchBasis,
    SeizureBasis,
    StopReason,
    StopResult,
    SuspicionDetail,
)
from accord.facts.stop_codes_published import NEAREST, ActionV1, PublishedDisability, as_filed
from accord.facts.stops import Perceived, PersonStopped, Reason, Result, Stop, StopLocation

Code = TypeVar("Code", bound=Coded)

_WARNING = StopResult.VERBAL_WARNING
"""What the one warning of the 2018 form stands for."""


def as_stop(row: PublishedStop) -> Stop:
    """The row as a stop of one person, for checks only. A time or duration that is not given is 0."""
    return Stop(
        record_id=row.record,
        date=row.date,
        time=row.time or time(),
        minutes=row.minutes or 0,
        ori=row.agency,
        location=StopLocation(at_school=row.at_school, school_code=row.school_code),
        people=(_person(row),),
    )


def _person(row: PublishedStop) -> PersonStopped:
    non_force, force = _actions(row)
    disabilities = _of(PublishedDisability, words.DISABILITIES, row.disabilities)
    return PersonStopped(
        pid=row.person,
        perceived=Perceived(
            races=_of(RipaRace, words.RACES, row.races),
            age=row.age,
            disabilities=tuple(as_filed(one) for one in disabilities),
        ),
        is_passenger=bool(row.passenger),
        is_student=bool(row.student),
        reason=Reason(
            code=StopReason(row.reason) if row.reason else None,
            details=_of(SuspicionDetail, words.DETAILS, row.details),
            given=_of(ReasonGiven, words.GIVEN, row.given),
        ),
        non_force=non_force,
        force=force,
        search_bases=_of(SearchBasis, words.BASES, row.bases),
        contraband=_of(Contraband, words.CONTRABAND, row.contraband),
        seizure_bases=_of(SeizureBasis, words.SEIZURE_BASES, row.seizure_bases),
        property_types=_of(PropertyType, words.PROPERTY_TYPES, row.property_types),
        results=_results(row),
    )


def _of(kind: type[Code], known: list[str], chosen: frozenset[str]) -> tuple[Code, ...]:
    """The answers that words mean: the list of words stands in the order of the numbers."""
    return tuple(kind(str(number)) for number, word in enumerate(known, start=1) if word in chosen)


def _actions(row: PublishedStop) -> tuple[tuple[NonForceAction, ...], tuple[ForceAction, ...]]:
    if row.form != 2018:
        return (
            _of(NonForceAction, words.NON_FORCE_2024, row.actions),
            _of(ForceAction, words.FORCE_2024, row.actions),
        )
    old = [NEAREST[one] for one in _of(ActionV1, words.ACTIONS_2018, row.actions)]
    non_force = tuple(one for one in old if isinstance(one, NonForceAction))
    force = tuple(one for one in old if isinstance(one, ForceAction))
    if NonForceAction.NONE in non_force:
        return non_force, (ForceAction.NONE, *force)
    return non_force, force


def _results(row: PublishedStop) -> tuple[Result, ...]:
    named = {
        word: _WARNING if word == "warning" else StopResult(str(number))
        for number, word in enumerate(words.RESULTS, start=1)
    }
    return tuple(Result(code) for word, code in named.items() if word in row.results)
