"""Why staff of the invented schools asked for an officer: the reason, the ground in the Education Code, and who."""

from __future__ import annotations

import random
from collections.abc import Mapping

from accord.facts import ConductClass, Ground, InitiatedBy, ReferralBasis
from accord.facts.details import AskedBy, ContactDetails

_WHY: Mapping[ConductClass, tuple[tuple[ReferralBasis, Ground], ...]] = {
    ConductClass.MANDATORY_REPORT: (
        (ReferralBasis.M2, Ground.C),
        (ReferralBasis.M2, Ground.D),
        (ReferralBasis.M6, Ground.A1),
    ),
    ConductClass.SERIOUS_CRIME: ((ReferralBasis.D1, Ground.B), (ReferralBasis.D1, Ground.A2)),
    ConductClass.OTHER_CRIME: (
        (ReferralBasis.D2, Ground.F),
        (ReferralBasis.D2, Ground.G),
        (ReferralBasis.D2, Ground.L),
    ),
    ConductClass.CODE_OF_CONDUCT: ((ReferralBasis.X1, Ground.K),),
}
_STAFF = (AskedBy.TEACHER, AskedBy.CAMPUS_STAFF, AskedBy.COUNSELOR, AskedBy.OFFICE_STAFF)


def details(conduct: ConductClass, initiated_by: InitiatedBy, rng: random.Random) -> ContactDetails:
    """What is told of why police were asked; nothing where nobody of the school asked, or it was nobody's conduct."""
    if initiated_by not in (InitiatedBy.STAFF, InitiatedBy.ADMINISTRATOR):
        return ContactDetails()
    who = AskedBy.ADMINISTRATOR if initiated_by is InitiatedBy.ADMINISTRATOR else rng.choice(_STAFF)
    if conduct is ConductClass.MENTAL_HEALTH:
        return ContactDetails(asked_by=who, bases=(ReferralBasis.X2,))
    if conduct not in _WHY:
        return ContactDetails(asked_by=who)
    basis, ground = rng.choice(_WHY[conduct])
    return ContactDetails(asked_by=who, bases=(basis,), grounds=(ground,))
