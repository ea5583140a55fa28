"""The tables of a release as they may be printed: counts that are shown, stars for the others, and what follows from
shown counts alone.

A rate, a ratio, its interval and its p-value each give the counts back to whoever knows the enrollment. So each
is made from figures, never from numbers, and a hidden figure makes it hidden.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from accord.stats import exact, intervals, rates
from accord.stats.axes import TOTAL, Axis
from accord.stats.bare import UNKNOWN, Flags, Ints, On, Policy
from accord.stats.ceilings import widths
from accord.stats.counts import of_students
from accord.stats.grids import Table
from accord.stats.idea import Count
from accord.stats.protected import MARK, Derived, Figure, NotCounted, ProtectedTable, Row, Suppressed, derive
from accord.stats.space import Space

Further = Mapping[str, tuple[Derived, ...]]
"""Further figures of a row, by their names."""


def tables(space: Space, hidden: Flags, policy: Policy, before: Flags | None = None) -> tuple[ProtectedTable, ...]:
    """Every table of a release.

    Args:
        space: the release.
        hidden: which of its cells are not shown.
        policy: what must not be shown.
        before: which cells an earlier release printed, under whatever policy.
    """
    figures = _figures(space, hidden)
    least = _threshold(space, policy, before)
    return tuple(_table(space, table, figures, least, policy) for table in space.tables)


def inexact(space: Space, figures: Sequence[Figure], notes: Sequence[str]) -> tuple[ProtectedTable, ...]:
    """Every table of a release that tells its counts inexactly, without any figure that would be made from them."""
    plain = replace(space, denominators=np.full(len(space.denominators), UNKNOWN))
    drawn = [_table(plain, table, figures, 0, Policy()) for table in space.tables]
    return tuple(replace(one, notes=tuple(notes)) for one in drawn)


def _figures(space: Space, hidden: Flags) -> list[Figure]:
    """Each cell as it is shown. From here on nobody reads the counts."""
    cells = range(len(space))
    return [
        NotCounted(space.states[cell])
        if cell in space.states
        else Suppressed()
        if hidden[cell]
        else int(space.bare.values[cell])
        for cell in cells
    ]


def _threshold(space: Space, policy: Policy, before: Flags | None) -> int:
    """No table shows a count from 1 to this: less than the policy's where an earlier release printed smaller ones."""
    if policy.on is On.GROUP:
        return 0
    values = space.bare.values[: len(space)]
    out: list[int] = values[before[: len(space)] & (values > 0)].tolist() if before is not None else []
    return min([policy.threshold, *(one - 1 for one in out)])


def _table(space: Space, table: Table, figures: Sequence[Figure], threshold: int, policy: Policy) -> ProtectedTable:
    axes = [space.axis(name) for name in table.dimensions]
    down, across = (axes[:-1], axes[-1]) if len(axes) > 1 else (axes, None)
    grid = table.cells.reshape(-1, len(across)) if across else table.cells.reshape(-1, 1)
    orders = [_printed_order(one) for one in down]
    places = [*product(*orders)]
    numbers = np.ravel_multi_index(np.array(places).T, tuple(len(one) for one in down))
    columns = _printed_order(across) if across else [0]
    cells = grid[np.ix_(numbers, columns)]
    derived = _derived(space, table, cells, figures).items()
    return ProtectedTable(
        id=re.sub(r"[^\w-]+", "_", "_".join(table.dimensions)),
        title=("Counts" if space.measure == "count" else space.measure.replace("_", " ").capitalize())
        + f" by {', '.join(table.dimensions)}"
        + (f", {space.period}" if space.period else ""),
        dimension=", ".join(one.name for one in down),
        across=across.name if across else space.measure,
        columns=tuple((_code(across, i), _code(across, i)) for i in columns) if across else (("count", "count"),),
        rows=tuple(
            _row(tuple(map(_code, down, place)), cells[at], figures, space, {name: told[at] for name, told in derived})
            for at, place in enumerate(places)
        ),
        notes=_notes(space, policy),
        threshold=threshold,
        down=tuple(one.name for one in down),
    )


def _printed_order(axis: Axis) -> list[int]:
    """Codes as they stand, the total last."""
    return [*range(1, len(axis)), TOTAL]


def _code(axis: Axis, at: int) -> str:
    return axis.codes[at] if at != TOTAL else axis.top


def _row(codes: tuple[str, ...], cells: Ints, figures: Sequence[Figure], space: Space, further: Further) -> Row:
    sizes = {int(space.denominators[cell]) for cell in cells}
    enrolled = sizes.pop() if len(sizes) == 1 else UNKNOWN
    return Row(
        id="|".join(codes),
        label=", ".join(codes),
        cells=tuple(figures[cell] for cell in cells),
        enrolled=None if enrolled == UNKNOWN else enrolled,
        at=codes,
        derived=further,
    )


def _notes(space: Space, policy: Policy) -> tuple[str, ...]:
    what = {
        On.COUNT: f"counts from 1 to {policy.threshold}",
        On.GROUP: f"counts of groups of 1 to {policy.threshold} students",
        On.BOTH: f"counts from 1 to {policy.threshold} and of groups of as few students",
    }[policy.on]
    notes = [
        f"{MARK} stands for a figure that is hidden: {what}, and others that would let somebody work one of those out.",
        f"For whoever has all of these tables at least {policy.width} values remain possible for each of those.",
        "Figures that are shown are exact, and totals are true.",
    ]
    if ((widths(space.bare, policy)[: len(space)] < policy.width) & (space.denominators > 0)).any():
        notes.append(
            "Except in groups of very few students, of whom no more can be counted than are enrolled. There every "
            "number that can be remains possible."
        )
    if space.states:
        notes.append("What was not counted is named instead of a figure and is in no total.")
    if of_students(space.measure) and space.groups:
        notes.append("Intervals are 95 percent score intervals; p is not adjusted for the number of groups compared.")
    overlapping = [axis.name for axis in space.axes if not axis.additive]
    if overlapping:
        notes.append(f"Codes of {', '.join(overlapping)} overlap, so they do not add up to the total.")
    return tuple(notes)


def _derived(
    space: Space, table: Table, cells: Ints, figures: Sequence[Figure]
) -> dict[str, list[tuple[Derived, ...]]]:
    """Further figures of each cell, by name: of students the risk and its ratio with an interval, of events a rate."""
    sizes = [None if size == UNKNOWN else size for size in space.denominators.tolist()]
    if all(size is None for size in sizes):
        return {}
    students = of_students(space.measure)
    everyone = _compared_with(space, table)
    pairs = [(cell, everyone.get(cell)) for cell in cells.ravel().tolist()]
    ratio: list[Derived] = [
        None if whole is None else derive(_ratio, figures[cell], sizes[cell], figures[whole], sizes[whole])
        for cell, whole in pairs
    ]
    rate = rates.risk if students else rates.rate_per_1000
    found = {
        "risk" if students else "per_1000": [derive(rate, figures[cell], sizes[cell]) for cell, _ in pairs],
        "ratio": ratio,
    }
    if students:
        found |= _sureness(pairs, ratio, figures, sizes)
    width = cells.shape[1]
    return {
        name: [tuple(values[at : at + width]) for at in range(0, len(values), width)]
        for name, values in found.items()
        if any(value is not None for value in values)
    }


def _compared_with(space: Space, table: Table) -> dict[int, int]:
    """For each cell of a group the cell of all students beside it, in the last dimension that enrollment knows."""
    known = [name for name in table.dimensions if name in space.groups]
    if not known:
        return {}
    position = table.dimensions.index(known[-1])
    whole = np.broadcast_to(np.take(table.cells, [TOTAL], axis=position), table.cells.shape)
    return {int(one): int(all_) for one, all_ in zip(table.cells.flat, whole.flat, strict=True) if one != all_}


def _ratio(count: int, enrolled: int, all_count: int, all_enrolled: int) -> float | None:
    if not enrolled or all_enrolled <= enrolled:
        return None
    return rates.risk_ratio(count, enrolled, all_count, all_enrolled)


def _sureness(
    pairs: Sequence[tuple[int, int | None]],
    ratio: Sequence[Derived],
    figures: Sequence[Figure],
    sizes: Sequence[int | None],
) -> dict[str, list[Derived]]:
    """The interval of each ratio, and the chance of such a gap when risks are equal: hidden wherever the ratio is."""
    found: dict[str, list[Derived]] = {name: list(ratio) for name in ("ratio_low", "ratio_high", "p")}
    sure = [
        (at, _against(figures[cell], sizes[cell], figures[whole], sizes[whole]))
        for at, (cell, whole) in enumerate(pairs)
        if whole is not None and isinstance(ratio[at], float)
    ]
    fitting = [(at, both) for at, both in sure if all(0 <= one.events <= one.students for one in both)]
    for at, _ in sure:
        for column in found.values():
            column[at] = None
    if not fitting:
        return found
    numbers = np.array([(one.events, one.students, two.events, two.students) for _, (one, two) in fitting])
    low, high = intervals.ratio_score(*numbers.T)
    x1, n1, x2, n2 = numbers.T.astype(np.float64)
    chances = intervals.ratio_statistic(x1, n1, x2, n2, np.ones(len(numbers)))
    for number, (at, (one, two)) in enumerate(fitting):
        found["ratio_low"][at] = float(low[number])
        found["ratio_high"][at] = float(high[number]) if np.isfinite(high[number]) else None
        found["p"][at] = _chance(one, two, float(chances[number]))
    return found


def _against(count: Figure, enrolled: int | None, all_count: Figure, all_enrolled: int | None) -> tuple[Count, Count]:
    """A group and all others, from figures that are all shown."""
    shown = (count, enrolled, all_count, all_enrolled)
    one, students, every, all_students = (figure for figure in shown if isinstance(figure, int))
    return Count(one, students), Count(every - one, all_students - students)


def _chance(one: Count, two: Count, statistic: float) -> float | None:
    """Chance of such a gap when risks are equal: of the score statistic, exact where some expected count is small."""
    if not one.students or not two.students:
        return None
    if exact.least_expected(one, two) < exact.SMALL:
        return exact.p_value(one, two)
    return math.erfc(math.sqrt(statistic / 2))
