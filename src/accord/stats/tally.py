"""Counting: the only code that touches the large frame. Frames in, small tables of counts out.

Written once over narwhals, so the frame may be one of DuckDB, Polars, pandas, Spark or Arrow. `tally` counts by every
cross-tab at once; the others count what the Board report prints.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw

from accord.facts import PersonRole
from accord.stats import crosstabs
from accord.stats.faults import Kind
from accord.stats.hierarchies import Hierarchy
from accord.stats.measures import INSTANCES
from accord.stats.periods import Period
from accord.stats.schema import CONTACTS, OUTCOMES, UNANSWERED
from accord.stats.tallied import Tally


class Cell(NamedTuple):
    """One figure: what is counted, and for which group. `at` is () for all students."""

    measure: str
    at: tuple[tuple[str, str], ...] = ()


def tally(
    events: Any,
    *,
    by: Sequence[str],
    measures: Sequence[str] = (INSTANCES,),
    enrollment: Any = None,
    hierarchies: Mapping[str, Hierarchy] | None = None,
    period: Period | None = None,
    carry: Collection[Kind] = (),
) -> Tally:
    """Count events by every cross-tab of some columns at once, and over every group of their hierarchies.

    Args:
        events: a frame of DuckDB, Polars, pandas, Spark or Arrow: a row for each student in each event, or for each
            count. Where it has a column `role`, only subjects count; where it has `reviewed`, only what is reviewed.
        by: columns to count by; one that the events lack is taken from the roster by `student`.
        measures: `instances`, `students`, the name of a column, or `students.` and the name of a column.
        enrollment: students by group (a column `count`) or a roster (a row for each student), on the same engine.
        hierarchies: by column, which groups its codes are part of.
        period: count by month, quarter or school year of `occurred_on` too.
        carry: kinds of faults to count in spite of.

    Raises:
        BadInput: when columns are missing, codes have no place in their hierarchy, or years cannot be told apart.
        Faulty: for faults that are not carried.
    """
    plan = crosstabs.Plan(tuple(by), tuple(measures), dict(hierarchies or {}), period, frozenset(carry))
    return crosstabs.tally(plan, _lazy(events), None if enrollment is None else _lazy(enrollment))


def _lazy(frame: Any) -> Any:
    data = nw.from_native(frame)
    return data.lazy() if isinstance(data, nw.DataFrame) else data


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
