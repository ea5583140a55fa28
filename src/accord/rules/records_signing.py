"""May this person sign a consent today, and does the consent say all that the law asks it to say?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accord.decision import Finding, Say, implements
from accord.facts.records import Capacity, Purpose, SignerRole


@dataclass(frozen=True)
class Signing:
    """A consent about to be signed, on a day in the district.

    `holds`: does a link that two people confirmed stand today? `may_sign`: does no custody limit keep the person from
    signing? `adult`: is the student an adult today, None when the date of birth is not known.
    """

    on: date
    role: SignerRole | None = None
    holds: bool = False
    may_sign: bool = False
    adult: bool | None = None
    authenticated: bool = False
    signature: str = ""
    records: tuple[str, ...] = ()
    purpose: Purpose | None = None
    party: str = ""
    expires_on: date | None = None


@implements("records.signer")
def signer_may(signing: Signing) -> Finding:
    """Does the signer hold the rights to this student's records on the day of signing?"""
    clause = "records.signer"
    if not signing.holds:
        return Finding(clause, False, Say("Nothing on file shows that you hold the rights to this student's records."))
    if signing.adult is None:
        say = Say("The student's date of birth is not on file, so it is not known who may sign. Ask the custodian.")
        return Finding(clause, False, say)
    if signing.adult and signing.role is not SignerRole.STUDENT:
        return Finding(clause, False, Say("The student is an adult: only the student can sign now."))
    if not signing.adult and signing.role is SignerRole.STUDENT:
        return Finding(clause, False, Say("The student is not an adult yet: a parent or guardian signs."))
    if not signing.may_sign:
        return Finding(clause, False, Say("A limit on file keeps you from signing for this student."))
    return Finding(clause, True, Say("The signer holds the rights today."))


@implements("records.signature")
def signature_shows_who(signing: Signing) -> Finding:
    """Does the signature identify and authenticate who signed?"""
    clause = "records.signature"
    if not signing.signature.strip():
        return Finding(clause, False, Say("Sign with your name as it stands on your account."), "signature")
    if not signing.authenticated:
        return Finding(clause, False, Say("Your signature does not show that it is yours."), "password")
    return Finding(clause, True, Say("The signature shows who signed."), "signature")


@implements("records.consent-says")
def consent_says(signing: Signing) -> Finding:
    """Does the consent name the records, the purpose and who receives them, for days to come?"""
    clause = "records.consent-says"
    if not signing.records:
        return Finding(clause, False, Say("Choose which records it is about."), "records")
    if signing.purpose is None:
        return Finding(clause, False, Say("Say what the records are for."), "purpose")
    if signing.purpose is Purpose.OTHER:
        return Finding(clause, False, Say("Something else is no purpose: say what the records are for."), "purpose")
    if not signing.party.strip():
        return Finding(clause, False, Say("Say who may receive them."), "party")
    if signing.party == Capacity.OTHER.value:
        return Finding(clause, False, Say("Anyone else is no class of people: say who may receive them."), "party")
    if signing.purpose is Purpose.IMMIGRATION or signing.party == Capacity.IMMIGRATION_OFFICER.value:
        say = Say("No consent is taken here for immigration enforcement: only a judge's paper opens a record for it.")
        return Finding(clause, False, say, "purpose")
    if signing.expires_on is not None and signing.expires_on < signing.on:
        return Finding(clause, False, Say("The last day lies in the past."), "expires_on")
    return Finding(clause, True, Say("It names records, purpose and recipient."), "records")


def may_be_signed(signing: Signing) -> tuple[Finding, ...]:
    """All that a consent asks for at signing."""
    return signer_may(signing), signature_shows_who(signing), consent_says(signing)
