"""How often does the interval that takes schools for units hold the true ratio, beside the one that takes students?

Invented schools, 4,000 tables for each number: sizes from sixty to thousands of students, a group that is a sixth
of them but unevenly so, risks that differ from school to school. The true ratio is 1: in every school, or on the
average of schools in which it differs too.

python -m bench.clustered     the table of docs/explanation/intervals.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from accord.stats.clustered import jackknife
from accord.stats.intervals import RATIO
from bench.figure import Figure

SCHOOLS = (10, 20, 40, 100)
RATES = (0.005, 0.02, 0.06)
ALIKE = ((0.0, 0.0), (0.7, 0.0), (1.0, 0.5))
"""How schools differ: the coefficient of variation of their risks, and the spread of the logarithm of their ratios."""
TABLES = 4000


@dataclass(frozen=True)
class Held:
    """Share of the tables in which each interval holds 1, of those with an interval by schools, and their share."""

    schools: int
    rate: float
    alike: tuple[float, float]
    by_school: float
    by_student: float
    told: float


def held(schools: int, rate: float, alike: tuple[float, float], *, tables: int = TABLES, seed: int = 1) -> Held:
    """Draw tables and count. At a risk of more than 1 in some school the draw would not be one: it is cut to 1."""
    random = np.random.default_rng(seed)
    shape, (differ, apart) = (tables, schools), alike
    size = random.gamma(3.0, 230.0, shape) + 60
    group = np.maximum(1, np.rint(size * random.beta(1.0, 5.0, shape)))
    others = np.maximum(1, np.rint(size) - group)
    risk = rate * (random.gamma(differ**-2, differ**2, shape) if differ else np.ones(shape))
    times = np.exp(random.normal(-(apart**2) / 2, apart, shape))
    one = random.binomial(group.astype(int), np.minimum(1, risk * times)).astype(np.float64)
    two = random.binomial(others.astype(int), np.minimum(1, risk)).astype(np.float64)
    low, high = jackknife(one, group, two, others)
    known = np.isfinite(low)
    usual = RATIO["score"](*(part.sum(axis=1)[known] for part in (one, group, two, others)))
    return Held(
        schools,
        rate,
        alike,
        float(np.mean((low <= 1) & (high >= 1), where=known)),
        float(np.mean((usual[0] <= 1) & (usual[1] >= 1))),
        float(known.mean()),
    )


def grid() -> Iterator[Held]:
    """Every number of schools, rate and way to differ."""
    for schools, rate, alike in product(SCHOOLS, RATES, ALIKE):
        yield held(schools, rate, alike)


def figures() -> list[Figure]:
    """Least and most coverage of both."""
    found = list(grid())
    equal, apart = ([100 * one.by_school for one in found if bool(one.alike[1]) is differ] for differ in (False, True))
    usual = min(100 * one.by_student for one in found)
    return [
        Figure("interval by schools, equal risks in every school, least coverage", min(equal), "%", at_least=93),
        Figure("interval by schools, equal risks in every school, most coverage", max(equal), "%", at_most=97),
        Figure("interval by schools, ratios that differ between schools, least coverage", min(apart), "%"),
        Figure("score interval on the same tables, least coverage", usual, "%"),
    ]


def main() -> None:
    """Print the coverage as Markdown."""
    sys.stdout.write(
        "| schools | risk | risks, ratios differ by | by school | by student | told |\n" + "|---" * 6 + "|\n"
    )
    for one in grid():
        sys.stdout.write(
            f"| {one.schools} | {one.rate:.1%} | {one.alike[0]:g}, {one.alike[1]:g} | {100 * one.by_school:.1f} | "
            f"{100 * one.by_student:.1f} | {100 * one.told:.0f} |\n"
        )


if __name__ == "__main__":
    main()
