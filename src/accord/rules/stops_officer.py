"""What the record of a stop says of the officer: is the profile whole, and what does it say on the day of a stop?"""

from __future__ import annotations

import re
from datetime import date

from accord.decision import Finding, Say, implements
from accord.facts.stop_codes import OfficerAssignment
from accord.facts.stops import OfficerProfile, StopOfficer

_NAMED = {OfficerAssignment.OTHER, OfficerAssignment.CONTRACTED}


def as_of(profile: OfficerProfile, *, on: date) -> StopOfficer:
    """The officer as the record of a stop of this day names them."""
    return StopOfficer(
        uid=profile.key,
        years=years_of_service(profile.since, on=on) if profile.since else None,
        assignment=profile.assignment,
        assignment_other=profile.assignment_other,
        races=profile.races,
    )


def years_of_service(since: date, *, on: date) -> int:
    """Years as a peace officer on a day, a begun year counted whole; below zero before the service began.

    Source: 11 CCR 999.226(a), element 19.
    """
    years = on.year - since.year
    return years + ((on.month, on.day) > (since.month, since.day))


@implements("stops.officer-profile")
def officer_is_told(profile: OfficerProfile, *, on: date) -> Finding:
    """Does the profile hold what every record of a stop says of its officer? `on` is the day it is given."""
    agency = bool(re.fullmatch(r"[A-Z]{2}[A-Z0-9]{7}", profile.ori))
    asked = (
        ("key", bool(re.fullmatch(r"[A-Za-z0-9-]{1,20}", profile.key)), _KEY),
        ("since", profile.since is not None and profile.since <= on, Say("Give the day the service began.")),
        ("assignment", profile.assignment is not None, Say("Choose what the officer is assigned to.")),
        (
            "assignment_other",
            profile.assignment not in _NAMED or bool(profile.assignment_other.strip()),
            Say("Say which assignment it is."),
        ),
        ("races", bool(profile.races), Say("Choose at least one race or ethnicity.")),
        ("ori", agency, Say("Give the nine characters of the agency's ORI, such as CA0010000.")),
    )
    for field, met, say in asked:
        if not met:
            return Finding("stops.officer-profile", False, say, field)
    return Finding("stops.officer-profile", True, Say("The officer's profile is whole."), "key")


@implements("stops.officer-key")
def key_is_free(holder: str, *, officer: str) -> Finding:
    """Was the key never given to another officer? `holder` is the account that has or had it, "" for none."""
    met = holder in ("", officer)
    say = Say("This key is or was another officer's. A key is never given twice.")
    return Finding("stops.officer-key", met, Say("The key is this officer's.") if met else say, "key")


_KEY = Say("Give the agency's key of the officer: letters, digits and hyphens, never a name or badge number.")
