"""Who links a person of a contact to a student on the roster, and which links may stand."""

from __future__ import annotations

from collections import Counter
from datetime import date

from accord.decision import Finding, Say, implements
from accord.facts import Asker, Interaction, PersonKind, Role

_LAW_ENFORCEMENT = {Role.SRO, Role.AGENCY_SUPERVISOR}


@implements("interactions.linked")
def links_stand(entry: Interaction) -> Finding:
    """Is everybody who is linked to the roster a student, and no student linked twice in one contact?"""
    clause = "interactions.linked"
    linked = [(index, one) for index, one in enumerate(entry.people) if one.student]
    for index, one in linked:
        if one.kind is not PersonKind.STUDENT:
            return Finding(clause, False, Say("Only a student is linked to the roster."), f"people.{index}.kind")
    times = Counter(one.student for _index, one in linked)
    for index, one in linked:
        if times[one.student] > 1:
            said = Say("Two people of one contact cannot be the same student.")
            return Finding(clause, False, said, f"people.{index}.kind")
    return Finding(clause, True, Say("Each link is to another student."))


@implements("interactions.linker")
def linker_is_the_school(asker: Asker, *, on: date) -> Finding:
    """Is the roster opened by the school alone, and never for somebody who acts for the police?"""
    officer = any(held.role in _LAW_ENFORCEMENT and held.in_force(on) for held in asker.roles)
    said = Say("Who a student is on the roster, only the school knows; nobody of the police links.")
    return Finding("interactions.linker", not officer, said if officer else Say("Linked by the school."))
