"""Was a contact an officer's work, and do the reasons given for calling police fit what it was about."""

from __future__ import annotations

from accord.decision import Finding, Say, implements
from accord.facts import ConductClass, Interaction, ReferralBasis, TriedFirst

NOT_OFFICERS_WORK = {ConductClass.CODE_OF_CONDUCT, ConductClass.MENTAL_HEALTH}
"""Conduct that the policy keeps from officers (Duties)."""

KEPT_FROM_OFFICERS = tuple(basis for basis in ReferralBasis if basis.prohibited)
"""Reasons for calling police that the policy keeps from officers."""

_NO_DISCIPLINE = {
    ConductClass.MANDATORY_REPORT,
    ConductClass.SERIOUS_CRIME,
    ConductClass.VICTIM_OR_WITNESS,
    ConductClass.NOT_CONDUCT,
}
"""Conduct that is neither discipline nor work for mental health professionals."""

_NOBODYS_OFFENCE = {ReferralBasis.M7, ReferralBasis.M8}
"""Reports that the law requires though nobody at the school did anything, as of a missing child."""


@implements("interactions.duty")
def officers_work(entry: Interaction, *, bases: tuple[ReferralBasis, ...] = ()) -> Finding:
    """Was this an officer's work? Not met is a flag for the reviewer and never stops the entry.

    Args:
        bases: why police were asked. One that the policy forbids flags the contact whatever it was about.
    """
    clause = "interactions.duty"
    asked = [basis.label for basis in KEPT_FROM_OFFICERS if basis in bases]
    if entry.conduct not in NOT_OFFICERS_WORK and not asked:
        return Finding(clause, True, Say("Nothing here that the policy keeps from officers."))
    what = Say(entry.conduct.label if entry.conduct in NOT_OFFICERS_WORK else asked[0])
    if TriedFirst.NOTHING_DANGER in entry.tried_first:
        return Finding(clause, True, Say("{what}, with imminent danger.", {"what": what}))
    return Finding(clause, False, Say("{what}: not an officer's work. For review.", {"what": what}))


@implements("interactions.basis")
def basis_fits(entry: Interaction, *, bases: tuple[ReferralBasis, ...] = ()) -> Finding:
    """Do the reasons for calling police agree with what the contact was about, and with one another?"""
    clause, field, what = "interactions.basis", "bases", {"what": Say(entry.conduct.label)}
    forbidden = any(basis.prohibited for basis in bases)
    required = {basis for basis in bases if basis.required}
    if forbidden and required:
        say = Say("The law required the call, or the policy kept it from officers: not both.")
        return Finding(clause, False, say, field)
    if forbidden and entry.conduct in _NO_DISCIPLINE:
        say = Say("“{what}” is neither routine discipline nor work for mental health professionals.", what)
        return Finding(clause, False, say, field)
    if required and entry.conduct is ConductClass.CODE_OF_CONDUCT:
        say = Say("The law requires no call for “{what}”. Change this, or what the contact was about.", what)
        return Finding(clause, False, say, field)
    if required - _NOBODYS_OFFENCE and entry.conduct is ConductClass.NOT_CONDUCT:
        say = Say("The law requires a call for what somebody did, and “{what}” says nobody did it.", what)
        return Finding(clause, False, say, field)
    return Finding(clause, True, Say("Why police were asked fits what it was about."), field)
