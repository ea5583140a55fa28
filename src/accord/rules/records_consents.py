"""Is a student's record covered by a written consent: signed by whoever held the rights, for this purpose and party?"""

from __future__ import annotations

from accord.decision import Say
from accord.facts.records import Asked, Consent, Party
from accord.rules.records_lacking import of_one
from accord.rules.records_needs import could_sign, in_force, is_meant, names

CONSENT_ON_FILE = Say("A consent for this student is on file.")


def for_student(asked: Asked) -> list[Consent]:
    """The consents on file for this student; only the one that the request rests on, if it names one."""
    student, wanted = asked.request.student.id, asked.request.consent
    return [
        one
        for one in asked.on_file.consents
        if one.student and one.student == student and (not wanted or one.id == wanted)
    ]


CONSENT = of_one(
    for_student,
    (
        Say("The consent is signed and dated on or before this day."),
        lambda asked, one, _: in_force(one.signed_on, None, asked.on),
    ),
    (Say("The signature identifies and authenticates the signer."), lambda _, one, __: one.authenticated is True),
    (Say("The signer holds the rights to the records."), lambda asked, one, _: could_sign(asked, one)),
    (Say("The consent names the record."), lambda asked, one, _: names(one.records, asked.record)),
    (Say("The consent states a purpose."), lambda _, one, __: one.purpose is not None),
    (
        Say("The purpose of the request is the one the consent states."),
        lambda asked, one, _: one.purpose is asked.request.purpose,
    ),
    (Say("The consent names the party or the class of parties."), lambda _, one, whom: is_meant(one.party, whom)),
    (
        Say("The consent has not expired."),
        lambda asked, one, _: one.expires_on is None or asked.on <= one.expires_on,
    ),
    (
        Say("The consent has not been revoked."),
        lambda asked, one, _: one.revoked_on is None or asked.on < one.revoked_on,
    ),
)


def consents(asked: Asked, party: Party | None = None) -> bool:
    """Is there a consent in force that covers this record, the purpose and the party?"""
    return CONSENT.lacking(asked, party) == 0
