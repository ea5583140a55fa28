"""Whose way of comparing groups: minimum sizes, threshold and years, dated and with their source.

[GK] marks what is general knowledge and not checked against its source; nothing here is law for a district's officers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accord.decision import BadInput
from accord.stats.idea import Minimums


@dataclass(frozen=True)
class Preset:
    """One body's way. `reference` is "all-others" or the code of a group; `threshold` is None where none is set."""

    name: str
    since: date
    sizes: Minimums
    reference: str
    threshold: float | None
    consecutive: int
    source: str


PRESETS: tuple[Preset, ...] = (
    Preset(
        "IDEA",
        date(2018, 7, 1),
        Minimums(cell=10, n=30),
        "all-others",
        None,
        3,
        "34 CFR 300.647(b): a State sets its own; up to 10 and 30 are presumed reasonable. Date [GK]",
    ),
    Preset(
        "CDE",
        date(2018, 7, 1),
        Minimums(cell=10, n=20),
        "all-others",
        3.0,
        3,
        "California's significant disproportionality notice: cell 10, n 20. Threshold 3.0 and date [GK]",
    ),
    Preset(
        "CRDC",
        date(2018, 7, 1),
        Minimums(),
        "white",
        None,
        1,
        "Federal collection's way of telling how many times the risk of white students; a convention, no rule [GK]",
    ),
)


def preset(name: str, *, on: date | None = None) -> Preset:
    """The preset of that name in force on a day, the newest without one.

    Raises:
        BadInput: naming those there are.
    """
    found = [one for one in PRESETS if one.name == name.upper() and (on is None or one.since <= on)]
    if not found:
        names = ", ".join(sorted({one.name for one in PRESETS}))
        raise BadInput(f"there is no preset {name!r}", where="--preset", mend=f"Choose one of {names}.")
    return max(found, key=lambda one: one.since)
