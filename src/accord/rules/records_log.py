"""What must be written of a request, whatever the answer: 34 CFR 99.32, Education Code 49064, 5 CCR 435."""

from __future__ import annotations

from accord.decision import Say
from accord.facts.records import Asked, LogEntry, Ruling
from accord.rules.records_basis import Basis


def entry(asked: Asked, ruling: Ruling, used: tuple[Basis, ...]) -> LogEntry:
    """The log entry of a request. What the law exempts is still written inside the district.

    `used` are the grounds that released something.
    """
    sealed = any(basis.sealed for basis in used)
    return LogEntry(*_asked_for(ruling, used, sealed=sealed), holds=_holds(asked, ruling))


def _asked_for(ruling: Ruling, used: tuple[Basis, ...], *, sealed: bool) -> tuple[bool, bool, Say]:
    if ruling is Ruling.NOT_EDUCATION:
        return False, False, Say("No education record was asked for; the request is still kept inside the district.")
    if ruling is not Ruling.RELEASE:
        return True, sealed, Say("Every request is logged, refused and pending ones too.")
    if any(basis.logged for basis in used):
        return True, sealed, Say("The release is logged for as long as the record is kept.")
    if sealed:
        return False, True, Say("The law exempts it from the log; a sealed note is kept inside the district.")
    return False, False, Say("The law exempts it from the log; access is still recorded inside the district.")


def _holds(asked: Asked, ruling: Ruling) -> dict[str, str]:
    request = asked.request
    held = {
        "party": request.asker.id,
        "capacity": request.asker.capacity.value,
        "agency": request.asker.agency,
        "records": ", ".join(record.id for record in request.records),
        "interest": request.purpose.value,
        "answer": ruling.value,
        "at": request.made_at.isoformat() if request.made_at else asked.on.isoformat(),
        "passed_to": ", ".join(party.id or party.agency for party in request.passed_to),
    }
    if request.emergency is not None:
        held["threat"] = request.emergency.threat
        held["recipients"] = ", ".join(request.emergency.recipients)
    return {key: value for key, value in held.items() if value}
