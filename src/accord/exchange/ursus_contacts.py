"""A contact of the district's log as an incident of the state's collection of uses of force (URSUS).

The log tells less than the collection asks, and what it does not tell stays empty. A student's race, sex and date of
birth are the school's record and are not handed to the agency, which files from its own; nor is what an officer
perceived at a stop taken for them. Which officers were involved, and how many, the log does not keep.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from accord.exchange.ursus import Civilian, ContactReason, Force, Incident, InjuryLevel, Officer
from accord.facts import Action, InitiatedBy, Interaction, Kind, Outcome, PersonContacted, PersonKind, Stop
from accord.facts.people_stopped import people_with_stop
from accord.facts.person_codes import Answer, Injury
from accord.facts.stop_codes import ForceAction

_FORCE = {Action.FORCE, Action.RESTRAINED}
# Drawing or pointing anything but a firearm is no answer of this collection; a compliance tactic is taken for a hold.
_TYPES: Mapping[ForceAction, Force] = {
    ForceAction.BATON_USED: Force.IMPACT_WEAPON,
    ForceAction.CHEMICAL: Force.CHEMICAL,
    ForceAction.DEVICE_STUN: Force.ELECTRONIC,
    ForceAction.DEVICE_DART: Force.ELECTRONIC,
    ForceAction.FIREARM_POINTED: Force.THREAT_OF_FIREARM,
    ForceAction.PROJECTILE_USED: Force.PROJECTILE,
    ForceAction.CANINE_BITE: Force.CANINE,
    ForceAction.PULLED_OUT: Force.PHYSICAL,
    ForceAction.PHYSICAL: Force.TAKEDOWN,
    ForceAction.VEHICLE: Force.VEHICLE,
}
_HIT = {Answer.YES: Force.DISCHARGE_HIT, Answer.NO: Force.DISCHARGE_MISS}
_LEVELS = {Injury.INJURY: InjuryLevel.INJURY, Injury.SERIOUS: InjuryLevel.SERIOUS, Injury.DEATH: InjuryLevel.DEATH}
_WORST = (Injury.DEATH, Injury.SERIOUS, Injury.UNKNOWN, Injury.INJURY, Injury.NONE)
# Of who a person is to the school only the employee's words were seen in the state's application; the rest is [GK].
_K12_TYPES = {PersonKind.STAFF: "A school employee", PersonKind.STUDENT: "A student"}
_REASONS = {
    Kind.STOP: ContactReason.STOP,
    Kind.CALL_FOR_POLICE: ContactReason.CALL_FOR_SERVICE,
    Kind.PREVENTION: ContactReason.PLANNED,
}


def incident(
    reference: str, entry: Interaction, *, local: datetime, on_campus: bool | None, stop: Stop | None = None
) -> Incident | None:
    """The contact as an incident; None where nobody met force or a restraint device.

    Args:
        reference: the contact's reference in the log.
        local: when it happened, in the district's time.
        on_campus: did it happen on the campus of a school? None where the log does not tell.
        stop: the state's record of the stop, where the contact was one.
    """
    met = [one for one in people_with_stop(entry, stop) if _FORCE & set(one.actions)]
    if not met:
        return None
    return Incident(
        reference=reference,
        ori=stop.ori if stop else "",
        occurred_on=local.date(),
        occurred_at=local.time().replace(second=0, microsecond=0),
        address="",
        city=stop.location.city if stop else "",
        county="",
        zip_code="",
        contact_reason=_reason(entry, stop),
        on_k12_campus=on_campus,
        arrest_made=any(Outcome.ARREST in one.outcomes for one in entry.people),
        civilians=tuple(_civilian(one) for one in met),
        officers=(_officer(met),),
        every_officer=False,
    )


def _reason(entry: Interaction, stop: Stop | None) -> ContactReason | None:
    if stop and stop.welfare_check:
        return ContactReason.WELFARE_CHECK
    if entry.kind is Kind.NON_STOP_CONTACT and entry.initiated_by is InitiatedBy.DISPATCH:
        return ContactReason.CALL_FOR_SERVICE
    return _REASONS.get(entry.kind)


def _civilian(person: PersonContacted) -> Civilian:
    told = person.details.force
    fired = ForceAction.FIREARM_DISCHARGED in told.types
    types = [_TYPES[one] for one in told.types if one in _TYPES]
    if fired and told.hit in _HIT:
        types.append(_HIT[told.hit])
    return Civilian(
        k12_type=_K12_TYPES.get(person.kind, "Other"),
        age=person.details.age,
        received_force=tuple(dict.fromkeys(types)),
        injured=_injured(told.person_hurt),
        injury_level=_LEVELS.get(told.person_hurt) if told.person_hurt else None,
        custody_status=_custody(person),
        shot_at=fired,
    )


def _injured(hurt: Injury | None) -> bool | None:
    return None if hurt in (None, Injury.UNKNOWN) else hurt is not Injury.NONE


def _custody(person: PersonContacted) -> str:
    if person.details.force.person_hurt is Injury.DEATH:
        return "Deceased"
    if {Outcome.ARREST, Outcome.PSYCHIATRIC_HOLD} & set(person.outcomes):
        return "In custody (other)"
    return "Cited and released" if Outcome.CITATION in person.outcomes else "None"


def _officer(met: list[PersonContacted]) -> Officer:
    """The officers of the contact as one: the log tells of an officer's injury beside each person."""
    told = [one.details.force.officer_hurt for one in met]
    worst = min((one for one in told if one), key=_WORST.index, default=None)
    grave = worst in (Injury.DEATH, Injury.SERIOUS)
    known = worst if grave or None not in told else None
    return Officer(
        used_force=any(Action.FORCE in one.actions for one in met),
        injured=_injured(known),
        injury_level=_LEVELS.get(known) if known else None,
    )
