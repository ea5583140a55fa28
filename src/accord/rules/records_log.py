"""What must be written of a request, whatever the answer: 34 CFR 99.32, Education Code 49064, 5 CCR 435."""

from __future__ import annotations

from collections.abc import Sequence

from accord.decision import Say
from accord.facts.records import Asked, LogEntry, Ruling
from accord.rules.records_basis import Basis

NOT_EDUCATION = Say("No education record was asked for; the request is still kept inside the district.")
ANY_REQUEST = Say("Every request is logged, refused and pending ones too.")
LOGGED = Say("The release is logged for as long as the record is kept.")
SEALED = Say("The law exempts it from the log; a sealed note is kept inside the district.")
EXEMPT = Say("The law exempts it from the log; access is still recorded inside the district.")
UNRELEASED = True, False, ANY_REQUEST

# Names of this module are found in a fifth of the time that a member of a closed list takes.
RELEASE, NO_RECORD = Ruling.RELEASE, Ruling.NOT_EDUCATION


def entry(asked: Asked, ruling: Ruling, used: Sequence[Basis]) -> LogEntry:
    """The log entry of a request. What the law exempts is still written inside the district.

    `used` are the grounds that released something.
    """
    required, sealed, why = _asked_for(ruling, used) if used or ruling is NO_RECORD else UNRELEASED
    return LogEntry(required, sealed, why, asked.request, asked.on, ruling)


def _asked_for(ruling: Ruling, used: Sequence[Basis]) -> tuple[bool, bool, Say]:
    if ruling is NO_RECORD:
        return False, False, NOT_EDUCATION
    sealed = logged = False
    for basis in used:
        sealed, logged = sealed or basis.sealed, logged or basis.logged
    if ruling is not RELEASE:
        return True, sealed, ANY_REQUEST
    if logged:
        return True, sealed, LOGGED
    return (False, True, SEALED) if sealed else (False, False, EXEMPT)
