"""Who the students of events are, where events name them and a roster knows the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw

from accord.decision import BadInput
from accord.stats.faults import Fault, Kind
from accord.stats.schema import STUDENT

Frame = nw.LazyFrame[Any]
COUNT = "count"
_MATCHED = "matched in the roster"


def is_roster(enrollment: Frame) -> bool:
    """Is this a row for each student, and not one for each group of students?"""
    columns = enrollment.collect_schema().names()
    return STUDENT.name in columns and COUNT not in columns


def refuse_neither(enrollment: Frame) -> None:
    """See that enrollment says how many students its groups have, or names them.

    Raises:
        BadInput: when it does neither: each of its rows would be taken for one student.
    """
    columns = enrollment.collect_schema().names()
    if COUNT not in columns and STUDENT.name not in columns:
        what = f"enrollment has no column {COUNT} and no column {STUDENT.name}: {', '.join(columns)}"
        mend = f"Name the column of numbers {COUNT}, or give a roster with a row for each {STUDENT.name}."
        raise BadInput(what, where="--enrollment", mend=mend)


def joined(events: Frame, roster: Frame, by: Sequence[str]) -> tuple[Frame, list[Fault]]:
    """Events with those columns of the roster that they lack, and the students whom the roster lacks or has twice.

    Raises:
        BadInput: when the roster has a student twice: events would be counted twice.
    """
    columns = events.collect_schema().names()
    if STUDENT.name not in columns:
        return events, []
    wanted = [name for name in by if name not in columns and name in roster.collect_schema().names()]
    _refuse_twice(roster)
    known = roster.select(STUDENT.name, *wanted, nw.lit(1).alias(_MATCHED))
    whole = events.join(known, on=STUDENT.name, how="left")
    missing = whole.filter(nw.col(_MATCHED).is_null() & ~nw.col(STUDENT.name).is_null())
    found = (
        missing.group_by(STUDENT.name).agg(nw.len().alias("rows")).collect(backend="pyarrow").to_native().to_pylist()
    )
    faults = [
        Fault(Kind.UNKNOWN_STUDENTS, STUDENT.name, str(row[STUDENT.name]), int(row["rows"]))
        for row in sorted(found, key=lambda row: str(row[STUDENT.name]))
    ]
    return whole, faults


def _refuse_twice(roster: Frame) -> None:
    counted = roster.group_by(STUDENT.name).agg(nw.len().alias("rows")).filter(nw.col("rows") > 1)
    twice = counted.collect(backend="pyarrow").to_native()
    if twice.num_rows:
        names = sorted(str(one) for one in twice[STUDENT.name].to_pylist())
        raise BadInput(
            f"the roster has {len(names)} students more than once, such as {names[0]}",
            where=STUDENT.name,
            mend="Give a roster of one school year with one row for each student.",
        )
