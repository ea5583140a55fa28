"""What is told of an invented officer's acts toward a student. Nobody is hurt and everything asked for is answered."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from accord.facts import Action, Outcome, PersonDetails, PersonRole
from accord.facts import person_codes as codes
from accord.facts import person_details as parts
from accord.facts.stop_codes import Contraband, SearchBasis

_SEARCHED = parts.Search(
    by=(codes.Searcher.ADMINISTRATOR,),
    bases=(SearchBasis.SCHOOL_POLICY,),
    standard=codes.Standard.REASONABLE_SUSPICION,
    extent=(codes.Extent.BAG,),
    witnesses=(codes.Witness.OTHER_STAFF,),
    found=(Contraband.NONE,),
)
_RESTRAINED = parts.Force(
    devices=(codes.RestraintDevice.HANDCUFFS,),
    person_hurt=codes.Injury.NONE,
    officer_hurt=codes.Injury.NONE,
)


def details(
    role: PersonRole, actions: Collection[Action], outcomes: Collection[Outcome], *, at: datetime
) -> PersonDetails:
    """What is told of a student beside the first form. `at` is when the contact began."""
    asked = parts.Questioning(custodial=codes.Answer.NO) if Action.QUESTIONED in actions else parts.Questioning()
    searched = Action.SEARCHED_PROPERTY in actions
    told = parts.Notice(at, codes.NoticeWay.TELEPHONE, None, codes.Reached.REACHED)
    return PersonDetails(
        questioning=asked,
        search=_SEARCHED if searched else parts.Search(),
        force=_RESTRAINED if Action.RESTRAINED in actions else parts.Force(),
        report=_report(role, told=Outcome.REPORT_TO_SCHOOL in outcomes, at=at),
        notices=(told,) if searched or Outcome.ARREST in outcomes else (),
    )


def _report(role: PersonRole, *, told: bool, at: datetime) -> parts.SchoolReport:
    if role is not PersonRole.SUBJECT:
        return parts.SchoolReport()
    if not told:
        return parts.SchoolReport(codes.Answer.NO)
    return parts.SchoolReport(codes.Answer.YES, at + timedelta(minutes=5), (codes.SchoolContact.ADMINISTRATOR,))
