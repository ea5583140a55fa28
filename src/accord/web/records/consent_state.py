"""Does a consent on file count today, and if not, since when and why?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accord.decision import Say
from accord.facts import Coded
from accord.facts import records as facts
from accord.facts.records import SignerRole
from accord.rules import records as rule
from accord.rules.records_needs import could_sign, is_adult
from accord.web.records import consent_text
from accord.web.records import facts as filed
from accord.web.records.bars import barred_people
from accord.web.records.left_out import without_addresses
from accord.web.records.models_consents import Consent
from accord.web.students.models import Student


class Standing(Coded):
    """Where a consent stands."""

    COUNTS = "counts", "In force"
    TAKEN_BACK = "taken_back", "Taken back"
    RAN_OUT = "ran_out", "Its time is over"
    FELL_AWAY = "fell_away", "No longer counts"


ENDABLE = frozenset({Standing.COUNTS, Standing.FELL_AWAY})
"""What can still be taken back: what fell away may come to count again, what was taken back never does."""


@dataclass(frozen=True)
class Shown:
    """A consent as a list shows it."""

    consent: Consent
    standing: Standing
    why: Say
    records: list[str]
    party: str
    purpose: str

    @property
    def may_end(self) -> bool:
        """Is there anything left to take back?"""
        return self.standing in ENDABLE


def shown(student: Student, *, on: date, language: str) -> list[Shown]:
    """Every consent for a student, newest first. Nine queries at most."""
    rows = list(Consent.objects.filter(student=student).select_related("signer", "student", "revocation").defer("scan"))
    return [_shown(row, one, language) for row, one in zip(rows, states(student, rows, on=on), strict=True)]


def _shown(row: Consent, stands: tuple[Standing, Say], language: str) -> Shown:
    records = consent_text.records_named(row.records, language=language).values()
    return Shown(
        row,
        *stands,
        records=[without_addresses(one) for one in records],
        party=consent_text.party_named(row.party, language=language),
        purpose=consent_text.purpose_named(row, language=language),
    )


def states(student: Student, rows: Iterable[Consent], *, on: date) -> list[tuple[Standing, Say]]:
    """Where each of these consents for a student stands on a day, as the rule on releases reads them."""
    about = filed.student(student, opted_out=None)
    holders = tuple(filed.holders(student, barred=barred_people(student)))
    asked = facts.Asked(facts.Request(student=about), on, facts.OnFile(holders=holders), rule.numbers(on=on))
    known = {one.id: one for one in filed.consents(student)}
    return [_state(asked, known[str(row.uid)]) for row in rows]


def _state(asked: facts.Asked, one: facts.Consent) -> tuple[Standing, Say]:
    if one.revoked_on is not None:
        return Standing.TAKEN_BACK, Say("It was taken back on {day}.", {"day": one.revoked_on})
    if one.expires_on is not None and one.expires_on < asked.on:
        return Standing.RAN_OUT, Say("It ended after {day}.", {"day": one.expires_on})
    if could_sign(asked, one):
        last = one.expires_on
        say = Say("It counts until {day}.", {"day": last}) if last else Say("It counts until it is taken back.")
        return Standing.COUNTS, say
    if is_adult(asked) and one.signer_role is not SignerRole.STUDENT:
        return Standing.FELL_AWAY, Say("The student is an adult now, so this consent no longer counts.")
    return Standing.FELL_AWAY, Say("Whoever signed it does not hold the rights today, so it does not count.")
