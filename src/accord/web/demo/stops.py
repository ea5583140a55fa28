"""The state's records of the invented stops. What an officer perceives is never drawn from what a school recorded."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from accord.facts import (
    Action,
    ConductClass,
    Interaction,
    Kind,
    OfficerProfile,
    Outcome,
    PersonContacted,
    PersonRole,
    Stop,
)
from accord.facts import stop_codes as codes
from accord.facts.person_details import PersonDetails
from accord.facts.stops import Perceived, PersonStopped, Reason, Result, StopLocation
from accord.rules import stops as rule
from accord.web.demo.acts import LOCAL, Act, instant
from accord.web.interactions import officers
from accord.web.interactions.places import Place
from accord.web.interactions.stop_told import UNFILED
from accord.web.people.models import School, User

ORI = "CA0999900"
CITY = "Sierra Vista"
_THEFT, _FIGHT = "23087", "33028"
"""Petty theft and fighting at a school, as the state's table of offenses numbers them."""

_SCHOOL_RULE = {ConductClass.CODE_OF_CONDUCT, ConductClass.MENTAL_HEALTH}
_CONDUCT_REASON = Reason(
    code=codes.StopReason.EDUCATION_CODE,
    ed_section=codes.EdCodeSection.S48900,
    ed_subdivision=codes.EdCodeSubdivision.K1,
    given=(codes.ReasonGiven.EDUCATION_CODE,),
    narrative="Staff asked for help with a student who kept a class from going on.",
)
_SUSPICION = Reason(
    code=codes.StopReason.SUSPICION,
    details=(codes.SuspicionDetail.IDENTIFIED,),
    given=(codes.ReasonGiven.IDENTIFIED,),
    narrative="A witness pointed the student out after an incident on campus.",
)
_RESULTS = {
    Outcome.NO_ACTION: codes.StopResult.NO_ACTION,
    Outcome.WARNING: codes.StopResult.VERBAL_WARNING,
    Outcome.SUPPORT: codes.StopResult.SCHOOL_COUNSELOR,
    Outcome.REPORT_TO_SCHOOL: codes.StopResult.SCHOOL_ADMINISTRATOR,
    Outcome.DIVERSION: codes.StopResult.SCHOOL_COUNSELOR,
    Outcome.CITATION: codes.StopResult.CITATION,
    Outcome.REFERRAL_FOR_PROSECUTION: codes.StopResult.INTERVIEW_CARD,
    Outcome.ARREST: codes.StopResult.ARREST,
}
_FOR_AN_OFFENCE = {codes.StopResult.VERBAL_WARNING, codes.StopResult.CITATION, codes.StopResult.ARREST}


def profiles(crew: Sequence[User], supervisor: User, *, on: date, rng: random.Random) -> list[Act]:
    """The agency gives the profile of each officer, on the day the program begins."""
    acts: list[Act] = []
    for officer in crew:
        profile = OfficerProfile(
            key=f"{rng.getrandbits(32):08X}",
            since=on - timedelta(days=rng.randrange(900, 6000)),
            assignment=codes.OfficerAssignment.SCHOOL,
            races=(rng.choice(list(codes.RipaRace)),),
            ori=ORI,
        )
        act = partial(officers.keep, by=supervisor, at=instant(on), on=on, officer=officer, profile=profile)
        acts.append((instant(on), act))
    return acts


def record(entry: Interaction, school: School, place: Place, author: User, rng: random.Random) -> Stop | None:
    """The record of a contact that was a stop and that an officer logs; None for any other."""
    local = entry.occurred_at.astimezone(LOCAL)
    profile = officers.profile_of(author, on=local.date())
    if entry.kind is not Kind.STOP or profile is None:
        return None
    location = StopLocation(
        codes.LocationKind.OTHER, other=place.label, city=CITY, at_school=True, school_code=school.cds
    )
    return Stop(
        record_id=UNFILED,
        date=local.date(),
        time=local.time().replace(second=0, microsecond=0, tzinfo=None),
        minutes=entry.duration_minutes,
        ori=profile.ori,
        stop_type=codes.StopType.PEDESTRIAN,
        officer=rule.as_of(profile, on=local.date()),
        location=location,
        people=tuple(
            _person(number, person, entry.conduct, rng)
            for number, person in enumerate(entry.people, 1)
            if _is_stopped(person)
        ),
    )


def apart(entry: Interaction) -> Interaction:
    """The contact without what the record of the stop tells of a search: it is told once."""
    people = tuple(replace(one, details=_apart(one.details)) if _is_stopped(one) else one for one in entry.people)
    return replace(entry, people=people)


def _apart(details: PersonDetails) -> PersonDetails:
    return replace(details, search=replace(details.search, bases=(), found=()))


def _is_stopped(person: PersonContacted) -> bool:
    return person.role is PersonRole.SUBJECT


def _person(number: int, person: PersonContacted, conduct: ConductClass, rng: random.Random) -> PersonStopped:
    offence = rng.choice([_THEFT, _FIGHT])
    searched = Action.SEARCHED_PROPERTY in person.actions
    restrained = Action.RESTRAINED in person.actions
    results = [_RESULTS[outcome] for outcome in person.outcomes]
    return PersonStopped(
        pid=str(number),
        perceived=_perceived(rng),
        is_student=True,
        reason=_CONDUCT_REASON if conduct in _SCHOOL_RULE else replace(_SUSPICION, offence=offence),
        non_force=(codes.NonForceAction.SEARCHED_PROPERTY if searched else codes.NonForceAction.NONE,),
        force=(codes.ForceAction.HANDCUFFED if restrained else codes.ForceAction.NONE,),
        search_bases=(codes.SearchBasis.SCHOOL_POLICY,) if searched else (),
        search_explanation="Looked into the bag with an administrator, who had seen the item put there."
        if searched
        else "",
        contraband=(codes.Contraband.NONE,),
        results=tuple(Result(code, (offence,) if code in _FOR_AN_OFFENCE else ()) for code in results),
    )


def _perceived(rng: random.Random) -> Perceived:
    return Perceived(
        races=(rng.choice(list(codes.RipaRace)),),
        age=rng.randrange(11, 19),
        gender=rng.choice([codes.RipaGender.CISGENDER_MAN, codes.RipaGender.CISGENDER_WOMAN]),
        orientation=codes.RipaOrientation.STRAIGHT,
        disabilities=(codes.RipaDisability.NONE,),
        limited_english=rng.random() < 0.1,
        unhoused=False,
    )
