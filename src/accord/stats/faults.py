"""What is wrong with data that is counted: named and counted, refused, or carried because somebody said so."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass, fields
from enum import StrEnum

from accord.decision import BadInput


class Kind(StrEnum):
    """A kind of fault. What is carried is counted as the words say."""

    OUT_OF_RANGE = "out_of_range"
    DUPLICATE_KEYS = "duplicate_keys"
    UNKNOWN_SCHOOLS = "unknown_schools"
    UNKNOWN_STUDENTS = "unknown_students"
    MISMATCHED_PERIODS = "mismatched_periods"
    NUMERATOR_ABOVE_DENOMINATOR = "numerator_above_denominator"


CARRIED: dict[Kind, str] = {
    Kind.OUT_OF_RANGE: "A value that is not allowed counts as not recorded.",
    Kind.DUPLICATE_KEYS: "Rows of one key each count.",
    Kind.UNKNOWN_SCHOOLS: "A school without enrollment or place in the hierarchy counts, without a number of enrolled.",
    Kind.UNKNOWN_STUDENTS: "Students that the roster lacks count, their groups not recorded.",
    Kind.MISMATCHED_PERIODS: "Events of years without enrollment count, without a number of enrolled.",
    Kind.NUMERATOR_ABOVE_DENOMINATOR: "The figures stand as they are.",
}
"""What carrying a fault means."""


@dataclass(frozen=True)
class Fault:
    """One fault: where it is (a column, or the group of a figure), the value found, and in how many rows."""

    kind: Kind
    where: str
    value: str
    rows: int


class Faulty(BadInput):
    """The data has faults that nobody carries. `faults` holds all of them."""

    def __init__(self, faults: Collection[Fault]) -> None:
        self.faults = tuple(faults)
        kinds = dict.fromkeys(one.kind for one in self.faults)
        first = self.faults[0]
        super().__init__(
            "; ".join(f"{kind}: {sum(one.kind is kind for one in self.faults)}" for kind in kinds),
            where=f"{first.where} {first.value!r}",
            mend=f"Correct them (--faults FILE lists all), or carry them: --carry {','.join(kinds)}.",
        )


def refuse(faults: Iterable[Fault], carry: Collection[Kind]) -> None:
    """Refuse faults that are not carried.

    Raises:
        Faulty: with every one of them.
    """
    if refused := [one for one in faults if one.kind not in carry]:
        raise Faulty(refused)


def listed(faults: Iterable[Fault]) -> str:
    """Faults as CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(one.name for one in fields(Fault))
    writer.writerows(astuple(one) for one in faults)
    return out.getvalue()
