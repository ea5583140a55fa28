"""Invented releases to measure disclosure control on: counts of events by place, group and outcome, from a seed.

Four families: `single` (place x race x outcome), `linked` (five cross-tabs over the same events), `fourway` (single by
sex too) and `quarterly` (single for four quarters and the year). Places are schools in districts of skewed sizes in
one state. "low", "mid" and "high" are 1, 2 and 6 events for 100 pupils.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from scipy import sparse

from accord.stats.bare import Bare, usual_cost

RATES = {"low": 0.01, "mid": 0.02, "high": 0.06}
_SIZES = {"race": 7, "sex": 2, "swd": 2, "el": 2, "outcome": 5, "quarter": 4}
_AXES = ("place", *_SIZES)
FAMILIES: dict[str, tuple[tuple[str, ...], ...]] = {
    "single": (("race", "outcome"),),
    "linked": (("race", "outcome"), ("sex", "outcome"), ("swd", "outcome"), ("el", "outcome"), ("race", "sex")),
    "fourway": (("race", "outcome", "sex"),),
    "quarterly": (("race", "outcome", "quarter"),),
}
_ALL = "all"
Cell = tuple[str, ...]


def family(kind: str, schools: int, *, seed: int = 1, rate: str = "mid") -> Bare:
    """A release of this family as bare cells and equations."""
    random = np.random.default_rng(seed)
    district = _districts(schools, random)
    pupils = _pupils(schools, random)
    events = _events(pupils, RATES[rate], random)
    cells: dict[Cell, tuple[int, int]] = {}
    sums: dict[tuple[Cell, tuple[Cell, ...]], None] = {}
    for table in FAMILIES[kind]:
        _add(table, district, events, pupils, cells, sums)
    return _bare(cells, list(sums))


def _districts(schools: int, random: Any) -> Any:
    """The district of each school: some have one school, some many."""
    count = max(1, schools // 20)
    district = random.choice(count, schools, p=random.dirichlet(np.full(count, 0.8)))
    district[:count] = np.arange(count)
    return district


def _pupils(schools: int, random: Any) -> Any:
    """Pupils by school, race, sex, disability and language: gamma school sizes, mixed groups."""
    size = random.gamma(3.0, 230.0, schools) + 60
    races = random.dirichlet(np.array([5.0, 2.2, 1.1, 0.7, 0.5, 0.12, 0.1]), schools)
    mixed = (
        size[:, None, None, None, None]
        * races[:, :, None, None, None]
        * np.array([0.51, 0.49])[:, None, None]
        * np.array([0.14, 0.86])[:, None]
        * np.array([0.18, 0.82])
    )
    return random.poisson(mixed)


def _events(pupils: Any, rate: float, random: Any) -> Any:
    """Events by all of that, outcome and quarter: rates differ by school and group."""
    by_school = random.gamma(2.0, 0.5, len(pupils))[:, None, None, None, None]
    by_race = np.array([1.1, 0.8, 0.4, 2.6, 1.1, 1.2, 1.9])[:, None, None, None]
    by_group = np.array([1.4, 0.6])[:, None, None] * np.array([2.0, 0.85])[:, None] * np.array([1.1, 0.98])
    outcome = np.array([0.55, 0.22, 0.12, 0.07, 0.04])[:, None] * np.full(4, 0.25)
    chance = pupils * by_school * by_race * by_group
    expected = rate * pupils.sum() / chance.sum() * chance
    return random.poisson(expected[..., None, None] * outcome)


def _add(table: Cell, district: Any, events: Any, pupils: Any, cells: dict[Cell, Any], sums: dict[Any, None]) -> None:
    counts, groups = _margins(table, events), _margins(table, pupils)
    places, parts = _places(district)
    codes = [[*(f"{axis}{at}" for at in range(_SIZES[axis])), _ALL] for axis in table]
    at_axis = [_AXES.index(axis) for axis in table]
    for place, members in places.items():
        count, group = counts[members].sum(axis=0), groups[members].sum(axis=0)
        for spot in product(*(range(len(code)) for code in codes)):
            cell = [place, *[_ALL] * len(_SIZES)]
            for axis, code, at in zip(at_axis, codes, spot, strict=True):
                cell[axis] = code[at]
            in_group = tuple(at for at, axis in zip(spot, table, strict=True) if axis not in ("outcome", "quarter"))
            cells[tuple(cell)] = int(count[spot]), int(group[in_group])
            for axis, code in zip(at_axis, codes, strict=True):
                if cell[axis] == _ALL:
                    sums[tuple(cell), tuple((*cell[:axis], one, *cell[axis + 1 :]) for one in code[:-1])] = None
            if place in parts:
                sums[tuple(cell), tuple((part, *cell[1:]) for part in parts[place])] = None


def _margins(table: Cell, counts: Any) -> Any:
    """Counts by school and the axes of a table that they have, with the total at the end of each axis."""
    axes = _AXES[: counts.ndim]
    kept = [axis for axis in table if axis in axes]
    counts = counts.sum(axis=tuple(i for i, axis in enumerate(axes) if axis not in ("place", *kept)))
    order = [axis for axis in axes if axis in kept]
    counts = counts.transpose(0, *(1 + order.index(axis) for axis in kept))
    for axis in range(1, counts.ndim):
        counts = np.concatenate([counts, counts.sum(axis=axis, keepdims=True)], axis=axis)
    return counts


def _places(district: Any) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The schools behind each place, and the places that make up each larger one."""
    places = {f"s{i}": np.array([i]) for i in range(len(district))}
    parts: dict[str, list[str]] = {}
    for one in range(district.max() + 1):
        members = np.flatnonzero(district == one)
        places[f"d{one}"], parts[f"d{one}"] = members, [f"s{i}" for i in members]
    if len(parts) > 1:
        parts["state"] = list(parts)
        places["state"] = np.arange(len(district))
    return places, parts


def _bare(cells: dict[Cell, tuple[int, int]], sums: list[tuple[Cell, tuple[Cell, ...]]]) -> Bare:
    index = {cell: at for at, cell in enumerate(cells)}
    rows, columns, factors = [], [], []
    for row, (parent, children) in enumerate(sums):
        rows += [row] * (1 + len(children))
        columns += [index[parent], *(index[child] for child in children)]
        factors += [1.0] + [-1.0] * len(children)
    values, denominators = (np.array(column, dtype=np.int64) for column in zip(*cells.values(), strict=True))
    matrix = sparse.csr_array((factors, (rows, columns)), shape=(len(sums), len(cells)))
    return Bare(tuple("|".join(cell) for cell in cells), values, denominators, usual_cost(values), matrix)
