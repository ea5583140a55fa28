"""Counting: the only code that touches the large frame. Frames in, small dictionaries of counts out.

Written once over narwhals, so the frame may be a pyarrow table or any other that narwhals reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw

from accord.facts import PersonRole
from accord.stats.schema import CONTACTS, OUTCOMES, UNANSWERED


class Cell(NamedTuple):
    """One figure: what is counted, and for which group. `at` is () for all students."""

    measure: str
    at: tuple[tuple[str, str], ...] = ()


def split_reviewed(events: Any) -> tuple[Any, int]:
    """Keep the reviewed rows. Gives them and the number of interactions left out because they are not reviewed yet.

    Without a column `reviewed` every row counts as reviewed; a blank counts as not reviewed.
    """
    data = nw.from_native(events)
    if "reviewed" not in data.columns:
        return events, 0
    done = nw.col("reviewed").fill_null(False)
    left_out = data.filter(~done).get_column("interaction").n_unique()
    return data.filter(done).to_native(), int(left_out)


def between(events: Any, start: date, end: date) -> Any:
    """The rows of a period, both days included."""
    data = nw.from_native(events)
    return data.filter((nw.col("occurred_on") >= start) & (nw.col("occurred_on") <= end)).to_native()


def interactions(events: Any) -> int:
    """How many different interactions the rows belong to."""
    return int(nw.from_native(events).get_column("interaction").n_unique())


def subjects(events: Any) -> Any:
    """The rows of students whom the contact was about. Witnesses, victims and participants are not counted."""
    return nw.from_native(events).filter(nw.col("role") == str(PersonRole.SUBJECT)).to_native()


def recorded(events: Any) -> tuple[str, ...]:
    """The outcomes that were answered for at least one subject (all of them when there is no subject).

    An outcome that nobody recorded has no count: printing 0 would say that it was counted and never happened.
    """
    data = nw.from_native(subjects(events))
    names = tuple(item.name for item in OUTCOMES)
    if len(data) == 0:
        return names
    return tuple(name for name in names if name in data.columns and data.get_column(name).null_count() < len(data))


def counts(events: Any, groupings: Iterable[tuple[str, ...]], outcomes: tuple[str, ...]) -> dict[Cell, int]:
    """Count contacts and outcomes of subjects for every grouping, such as `()`, `("race",)` or `("kind", "school")`.

    Cells that are not in the answer are zero. A blank outcome is not a "yes"; contacts with one are counted under
    `outcome_not_recorded`.
    """
    data = nw.from_native(subjects(events))
    present = [name for name in outcomes if name in data.columns]
    blank = [nw.col(name).is_null() for name in present] or [nw.lit(False)]
    unanswered = nw.any_horizontal(*blank, ignore_nulls=False).cast(nw.Int64).alias(UNANSWERED)
    yes = [nw.col(name).cast(nw.Int64).fill_null(0) for name in present]
    data = data.with_columns(unanswered, *yes, nw.lit(1).cast(nw.Int64).alias(CONTACTS))
    measures = (CONTACTS, *present, UNANSWERED)
    found: dict[Cell, int] = {}
    for grouping in dict.fromkeys(groupings):
        for row in _sums(data, grouping, measures):
            at = tuple((name, str(row[name])) for name in grouping)
            found.update({Cell(measure, at): int(row[measure] or 0) for measure in measures})
    return found


def _sums(data: Any, grouping: tuple[str, ...], measures: tuple[str, ...]) -> list[dict[str, Any]]:
    if not grouping:
        return list(data.select(*[nw.col(name).sum() for name in measures]).iter_rows(named=True))
    grouped = data.group_by(*grouping).agg(*[nw.col(name).sum() for name in measures])
    return list(grouped.iter_rows(named=True))


def enrolled(enrollment: Any, school_year: str, dimensions: Iterable[str]) -> dict[tuple[tuple[str, str], ...], int]:
    """Students enrolled in a school year by group of each dimension, and under () all of them."""
    data = nw.from_native(enrollment).filter(nw.col("school_year") == school_year)
    total = data.get_column("count").sum()
    found: dict[tuple[tuple[str, str], ...], int] = {(): int(total or 0)}
    for name in dimensions:
        grouped = data.group_by(name).agg(nw.col("count").sum())
        found.update({((name, str(row[name])),): int(row["count"]) for row in grouped.iter_rows(named=True)})
    return found


def school_years(enrollment: Any) -> tuple[str, ...]:
    """The school years that the enrollment covers, oldest first."""
    return tuple(sorted(set(nw.from_native(enrollment).get_column("school_year").to_list())))
