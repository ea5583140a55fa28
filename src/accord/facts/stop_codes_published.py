"""What other forms of stop data number otherwise than the 2024 filing form, each as a list of its own.

`PublishedDisability` is how the annual files of the state's open data number disability. `ActionV1` is the one
list of actions of the 2018-2023 form. `NEAREST` says which 2024 answers an old action stands closest to: good enough
to hold a rule against an old row, never to count or to report by.
"""

from __future__ import annotations

from accord.facts.coded import Coded
from accord.facts.stop_codes import ForceAction, NonForceAction, RipaDisability


class PublishedDisability(Coded):
    """Disability as the published annual files number it: 6 and 7 are the other way round."""

    HEARING = "1", "Deaf or hard of hearing"
    SPEECH = "2", "Speech impairment or limited use of language"
    SIGHT = "3", "Blind or limited vision"
    MENTAL_HEALTH = "4", "Mental health condition"
    DEVELOPMENTAL = "5", "Intellectual or developmental disability, dementia included"
    HYPERACTIVITY = "6", "Hyperactivity or impulsive behavior"
    OTHER = "7", "Another disability"
    NONE = "8", "None"


def as_filed(disability: PublishedDisability) -> RipaDisability:
    """The answer of the 2024 filing form that means the same, by meaning and never by number."""
    return RipaDisability[disability.name]


class ActionV1(Coded):
    """Actions of the 2018-2023 form, with and without force in one list. "Searched" took in frisks."""

    ORDERED_OUT = "1", "Ordered out of a vehicle"
    PULLED_OUT = "2", "Pulled out of a vehicle"
    SOBRIETY = "3", "Field sobriety test"
    CURBSIDE = "4", "Curbside detention"
    HANDCUFFED = "5", "Handcuffs or flex cuffs"
    PATROL_CAR = "6", "Detention in the patrol car"
    CANINE_SEARCH = "7", "Canine search"
    FIREARM_POINTED = "8", "Firearm pointed"
    FIREARM_DISCHARGED = "9", "Firearm discharged"
    ELECTRONIC_DEVICE = "10", "Electronic control device"
    PROJECTILE = "11", "Impact projectile"
    CANINE_BITE = "12", "Canine bit or held"
    BATON = "13", "Baton or another impact weapon"
    CHEMICAL = "14", "Chemical spray"
    OTHER_CONTACT = "15", "Other physical or vehicle contact"
    PHOTOGRAPHED = "16", "Took a photograph"
    ASKED_PERSON = "17", "Asked to search the person"
    SEARCHED_PERSON = "18", "Searched the person"
    ASKED_PROPERTY = "19", "Asked to search property"
    SEARCHED_PROPERTY = "20", "Searched property"
    SEIZED = "21", "Seized property"
    IMPOUNDED = "22", "Impounded a vehicle"
    STATEMENT = "23", "Took an admission or written statement from a student"
    NONE = "24", "None"


NEAREST: dict[ActionV1, NonForceAction | ForceAction] = {
    ActionV1.ORDERED_OUT: NonForceAction.ORDERED_OUT,
    ActionV1.PULLED_OUT: ForceAction.PULLED_OUT,
    ActionV1.SOBRIETY: NonForceAction.SOBRIETY,
    ActionV1.CURBSIDE: NonForceAction.CURBSIDE,
    ActionV1.HANDCUFFED: ForceAction.HANDCUFFED,
    ActionV1.PATROL_CAR: NonForceAction.PATROL_CAR,
    ActionV1.CANINE_SEARCH: NonForceAction.CANINE_SEARCH,
    ActionV1.FIREARM_POINTED: ForceAction.FIREARM_POINTED,
    ActionV1.FIREARM_DISCHARGED: ForceAction.FIREARM_DISCHARGED,
    ActionV1.ELECTRONIC_DEVICE: ForceAction.DEVICE_DART,
    ActionV1.PROJECTILE: ForceAction.PROJECTILE_USED,
    ActionV1.CANINE_BITE: ForceAction.CANINE_BITE,
    ActionV1.BATON: ForceAction.BATON_USED,
    ActionV1.CHEMICAL: ForceAction.CHEMICAL,
    ActionV1.OTHER_CONTACT: ForceAction.PHYSICAL,
    ActionV1.PHOTOGRAPHED: NonForceAction.PHOTOGRAPHED,
    ActionV1.ASKED_PERSON: NonForceAction.ASKED_PERSON,
    ActionV1.SEARCHED_PERSON: NonForceAction.SEARCHED_PERSON,
    ActionV1.ASKED_PROPERTY: NonForceAction.ASKED_PROPERTY,
    ActionV1.SEARCHED_PROPERTY: NonForceAction.SEARCHED_PROPERTY,
    ActionV1.SEIZED: NonForceAction.SEIZED,
    ActionV1.IMPOUNDED: NonForceAction.IMPOUNDED,
    ActionV1.STATEMENT: NonForceAction.STATEMENT,
    ActionV1.NONE: NonForceAction.NONE,
}
