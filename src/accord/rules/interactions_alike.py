"""Is a contact perhaps on file already. Asked before filing; a likely duplicate is a question and never a refusal."""

from __future__ import annotations

from datetime import timedelta

from accord.decision import Finding, Say, implements
from accord.facts import Start


@implements("interactions.duplicate")
def nothing_alike(start: Start, *, filed: tuple[Start, ...], minutes: int) -> Finding:
    """Is no contact of the same author at the same school on file that began within so many minutes of this one?"""
    clause, field = "interactions.duplicate", "occurred_at"
    found = alike(start, filed=filed, minutes=minutes)
    if not found:
        return Finding(clause, True, Say("No contact like this is on file."), field)
    values = {"reference": ", ".join(one.reference for one in found), "minutes": minutes}
    say = Say("You logged a contact at this school within {minutes} minutes of this one: {reference}.", values)
    return Finding(clause, False, say, field)


def alike(start: Start, *, filed: tuple[Start, ...], minutes: int) -> tuple[Start, ...]:
    """Those of the contacts on file that this one may be, the nearest in time first."""

    def apart(one: Start) -> timedelta:
        return abs(one.occurred_at - start.occurred_at)

    near = (one for one in filed if (one.author, one.school) == (start.author, start.school))
    return tuple(sorted((one for one in near if apart(one) <= timedelta(minutes=minutes)), key=apart))
