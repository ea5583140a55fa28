"""Counts in long form, written and read as a person would give them."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from accord.stats import counts, enrollment, hierarchies
from accord.stats.space import Space, space


def write(path: Path, head: str, rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([head.split(","), *rows])
    return path


def grid(inner, *names: str) -> list[tuple[object, ...]]:
    """A row for every cell of an array: the code of each axis is its name and a number."""
    return [
        (*(f"{name}{at}" for name, at in zip(names, spot, strict=True)), int(inner[spot]))
        for spot in np.ndindex(np.shape(inner))
    ]


def spaced(
    folder: Path,
    by: str,
    rows: Iterable[Sequence[object]],
    *tables: str,
    more: str = "",
    links: Iterable[Sequence[str]] = (),
    students: Iterable[Sequence[object]] = (),
    groups: str = "",
    **options: object,
) -> Space:
    """The space of some rows; `more` names columns after the count."""
    head = f"{by},count{',' + more if more else ''}"
    read = counts.read(write(folder / "counts.csv", head, rows), by.split(","))
    sizes = (
        enrollment.read(write(folder / "enrollment.csv", f"{groups},count", students), by.split(","))
        if groups
        else None
    )
    trees = hierarchies.hierarchies(links, "links")
    return space(read, [table.split(",") for table in tables], hierarchies=trees, enrollment=sizes, **options)  # type: ignore[arg-type]


def value(made: Space, *codes: str) -> int:
    """The count of the cell of these codes, in the order of the dimensions."""
    return int(made.bare.values[made.bare.names.index("|".join(codes))])
