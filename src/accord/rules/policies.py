"""Is a document the district's policy, and are its sentences tied to obligations?"""

from __future__ import annotations

from datetime import date

from accord.decision import Finding, Say, implements
from accord.facts import Adopted

NORMATIVE = ("shall", "shall not")


@implements("policies.identified")
def is_identified(document: Adopted) -> Finding:
    """Does the document state its code?"""
    met = bool(document.code.strip())
    say = Say("The document states no policy code.")
    return Finding("policies.identified", met, Say("This is {code}.", {"code": document.code}) if met else say)


@implements("policies.in-force")
def may_be_in_force(document: Adopted, *, on: date) -> Finding:
    """Was the document adopted on or before this day?"""
    clause = "policies.in-force"
    if document.status.strip().upper() != "ADOPTED":
        say = Say("Its status is “{status}”, not adopted.", {"status": document.status or "—"})
        return Finding(clause, False, say)
    if document.adopted_on is None:
        return Finding(clause, False, Say("It does not say when it was adopted."))
    if document.adopted_on > on:
        return Finding(clause, False, Say("It is adopted only on {on}.", {"on": document.adopted_on}))
    return Finding(clause, True, Say("Adopted on {on}.", {"on": document.adopted_on}))


@implements("policies.bound")
def is_bound(document: Adopted) -> Finding:
    """Is every shall and shall-not sentence tied to an obligation by a person's confirmation?"""
    asked = [sentence for sentence in document.sentences if sentence.modality in NORMATIVE]
    done = [sentence for sentence in asked if sentence.obligations and sentence.confirmed]
    values = {"done": len(done), "asked": len(asked)}
    if not asked:
        return Finding("policies.bound", False, Say("No sentence of it says shall or shall not."))
    say = Say("{done} of {asked} sentences that say shall are tied to an obligation and confirmed.", values)
    return Finding("policies.bound", len(done) == len(asked), say)
