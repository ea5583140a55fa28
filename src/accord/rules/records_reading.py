"""Who reads the log of requests and releases of a student's records?"""

from __future__ import annotations

from dataclasses import dataclass

from accord.decision import Finding, Say, implements
from accord.facts.records import SignerRole


@dataclass(frozen=True)
class Reading:
    """Somebody about to read lines of the log on a student, on a day in the district.

    `keeps`: do they keep the records for the district? `holds`: does a link that two people confirmed stand today?
    `adult`: is the student an adult today, None when the date of birth is not known. `barred`: does a court order keep
    them from the records? `sealed`: does a court's paper forbid telling of these lines?
    """

    keeps: bool = False
    role: SignerRole | None = None
    holds: bool = False
    adult: bool | None = None
    barred: bool = False
    sealed: bool = False


@implements("records.log-open")
def log_opens(reading: Reading) -> Finding:
    """Is the log open to this reader: whoever keeps the records, or whoever holds the rights to them today?"""
    clause = "records.log-open"
    if reading.keeps:
        return Finding(clause, True, Say("Whoever keeps the records reads their log."))
    if not reading.holds or reading.role is None:
        return Finding(clause, False, Say("Only the family and whoever keeps the records read this log."))
    if reading.barred:
        return Finding(clause, False, Say("A court order limits what you may see here. Ask the custodian."))
    if reading.adult is None:
        say = Say(
            "The student's date of birth is not on file, so it is not known whose rights these are. Ask the custodian."
        )
        return Finding(clause, False, say)
    if reading.adult and reading.role is not SignerRole.STUDENT:
        return Finding(
            clause, False, Say("The student is an adult now: the rights to the records are the student's own.")
        )
    if not reading.adult and reading.role is SignerRole.STUDENT:
        return Finding(clause, False, Say("The rights become yours on the day you come of age."))
    if reading.sealed:
        return Finding(clause, False, Say("A court forbids telling of this."))
    return Finding(clause, True, Say("The rights to these records are yours today."))
