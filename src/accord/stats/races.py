"""Several races recorded of one student: the one federal group they are rolled up into."""

from __future__ import annotations

from collections.abc import Iterable

from accord.facts import Race


def rolled_up(codes: Iterable[str]) -> str:
    """The federal group of races recorded together: Hispanic if it is among them, else two or more, else the one.

    Source: U.S. Department of Education, final guidance on race and ethnicity (72 FR 59266). Detailed codes of one
    group are that group before they come here.
    """
    told = {code for code in codes if code != Race.UNKNOWN}
    if Race.HISPANIC in told:
        return str(Race.HISPANIC)
    if len(told) > 1:
        return str(Race.TWO_OR_MORE)
    return next(iter(told), str(Race.UNKNOWN))
