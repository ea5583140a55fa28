"""Small made-up tables as printed editions, and every table of whole numbers that fits them, found by trying all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from accord.stats.cells import Layout, Problem, problem
from accord.stats.schema import ALL
from accord.stats.tally import Cell

CAP = 14
"""Counts up to this are tried; the tests only ask about tables whose bounded figures stay below."""


def margins(counts: Mapping[Cell, int], layouts: Sequence[Layout]) -> dict[Cell, int]:
    """Add the totals of the first layout's groups (every layout must come to the same)."""
    full = dict(counts)
    for layout in layouts:
        for column in layout.across:
            full[layout.cell(ALL, column)] = sum(counts.get(layout.cell(group, column), 0) for group in layout.groups)
        if layout.other:
            for group in (*layout.groups, ALL):
                full[layout.cell(group, ALL)] = sum(full.get(layout.cell(group, one), 0) for one in layout.across)
    return full


def space(
    layouts: Sequence[Layout], counts: Mapping[Cell, int], *, threshold: int, small: Sequence[str] = ()
) -> Problem:
    """The cell space of made-up tables; groups in `small` have one student enrolled, the others a thousand."""
    enrolled = {
        ((layout.dimension, group),): 1 if group in small else 1000 for layout in layouts for group in layout.groups
    }
    return problem(layouts, counts, enrolled, threshold=threshold)


def printed(
    layouts: Sequence[Layout],
    made: Problem,
    hidden: frozenset[int],
    *,
    threshold: int,
    width: int,
    small: Sequence[str] = (),
) -> dict[str, Any]:
    """The tables as an edition prints them."""
    shown = {cell: "*" if i in hidden else made.values[i] for i, cell in enumerate(made.cells)}
    return {
        "method": {"threshold": threshold, "width": width},
        "interactions": 0,
        "not_reviewed": 0,
        "tables": [_table(layout, shown, small) for layout in layouts],
    }


def _table(layout: Layout, shown: Mapping[Cell, Any], small: Sequence[str]) -> dict[str, Any]:
    codes = (*layout.across, ALL) if layout.other else layout.across
    return {
        "id": layout.id,
        "dimension": layout.dimension,
        "across": layout.other or "measure",
        "columns": [{"id": code} for code in codes],
        "rows": [
            {
                "id": group,
                "enrolled": 1 if group in small else 1000,
                "cells": {code: shown[layout.cell(group, code)] for code in codes},
                "per_1000": {},
                "ratio": {},
            }
            for group in (*layout.groups, ALL)
        ],
    }


def fitting(made: Problem, hidden: frozenset[int]) -> dict[int, tuple[int, int]]:
    """Least and greatest value of each hidden cell over all tables up to CAP, by trying every assignment of the parts.

    Tables of one total at a time: given the totals, the dimensions do not know of each other.
    """
    found: dict[int, tuple[int, int]] = {}
    tops = [i for i, cell in enumerate(made.cells) if not cell.at]
    index = {cell: i for i, cell in enumerate(made.cells)}
    dimensions = sorted({cell.at[0][0] for cell in made.cells if cell.at})
    for totals in product(*(_choices(made, i, hidden) for i in tops)):
        chosen = dict(zip(tops, totals, strict=True))
        if any(chosen.get(a, 0) > chosen.get(b, CAP) for a, b in made.order if a in chosen):
            continue
        parts = [list(_dimension(made, hidden, index, chosen, name)) for name in dimensions]
        if all(parts):
            for one in [chosen, *(part for group in parts for part in group)]:
                for i, value in one.items():
                    low, high = found.get(i, (value, value))
                    found[i] = min(low, value), max(high, value)
    return {i: span for i, span in found.items() if i in hidden}


def _choices(made: Problem, i: int, hidden: frozenset[int]) -> Sequence[int]:
    return range(made.lower[i], CAP + 1) if i in hidden else [made.values[i]]


def _dimension(
    made: Problem, hidden: frozenset[int], index: Mapping[Cell, int], totals: Mapping[int, int], name: str
) -> Iterator[dict[int, int]]:
    groups = list(dict.fromkeys(cell.at[0][1] for cell in made.cells if cell.at and cell.at[0][0] == name))
    measures = [made.cells[i].measure for i in totals]
    columns = []
    for measure in measures:
        cells = [index[Cell(measure, ((name, group),))] for group in groups]
        wanted = totals[index[Cell(measure)]]
        columns.append([(cells, values) for values in _sums(made, hidden, cells, wanted)])
    for combination in product(*columns):
        table = {i: value for cells, values in combination for i, value in zip(cells, values, strict=True)}
        if all(table[a] <= table[b] for a, b in made.order if a in table):
            yield table


def _sums(made: Problem, hidden: frozenset[int], cells: list[int], wanted: int) -> Iterator[tuple[int, ...]]:
    first, *rest = cells
    for value in _choices(made, first, hidden):
        if value <= wanted:
            if rest:
                yield from ((value, *more) for more in _sums(made, hidden, rest, wanted - value))
            elif value == wanted:
                yield (value,)


def given_away(made: Problem, hidden: frozenset[int], threshold: int) -> bool:
    """Is there a printed sum under which the hidden figures come to 1..threshold together, or to a hidden zero?"""
    for parent, children in made.sums:
        under = [made.values[child] for child in children if child in hidden]
        if under and parent not in hidden and sum(under) <= threshold:
            return True
    return False
