"""What releases give away together: four quarters and their year, each protected on its own, or with the ledger.

Whoever keeps all five has the sums between them. Both ways are attacked as one table with the quarter as a further
dimension, which is not how the ledger puts them together. Also: how long a release of 100,000 cells takes to lay out
and to draw, the search aside.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from accord.stats import counts, hierarchies, ledger
from accord.stats.audit import attack, printed
from accord.stats.bare import Policy, primary
from accord.stats.publication import publication
from accord.stats.release_files import files
from accord.stats.released import tables
from accord.stats.space import Space, space
from bench.families import family
from bench.figure import Figure

SCHOOLS, SEEDS, SECONDS = 15, (1, 2), 3.0
LARGE = 1000
LINKED = ("school,race,outcome", "school,sex,outcome", "school,swd,outcome", "school,el,outcome", "school,race,sex")
BY = ("school", "race", "outcome")
YEAR = "2025-26 year"
POLICY = Policy()
Rows = Sequence[Sequence[Any]]


def figures() -> list[Figure]:
    """Small counts that keep too few values for whoever has all releases, and seconds."""
    with TemporaryDirectory() as folder:
        apart = [_given_away(Path(folder), seed, together=False) for seed in SEEDS]
        together = [_given_away(Path(folder), seed, together=True) for seed in SEEDS]
        seconds, cells = _laid_out(Path(folder))
    of = f"of {sum(small for _, small in apart):,} small counts in quarters and year"
    return [
        Figure("fewer than 5 values left, each release on its own", sum(found for found, _ in apart), of),
        Figure("fewer than 5 values left, with the ledger", sum(found for found, _ in together), of, at_most=0),
        Figure(f"laid out and drawn, {cells:,} cells", seconds, "s of processor time", at_most=30),
    ]


def _given_away(folder: Path, seed: int, *, together: bool) -> tuple[int, int]:
    rows = _rows(seed)
    trees = hierarchies.hierarchies([("period", row[3], YEAR) for row in rows], "quarters")
    earlier: Sequence[ledger.Release] = ()
    shelf = folder / f"{seed}-{together}"
    shelf.mkdir()
    for period in [*trees["period"].leaves, YEAR]:
        chosen = [row for row in rows if period in (row[3], YEAR)]
        made = publication(
            _space(folder, (*BY, "period"), _summed(chosen, period)), POLICY, earlier=earlier, seconds=SECONDS
        )
        ledger.add(shelf, made.files[ledger.FILE])
        earlier = ledger.read(shelf) if together else ()
    return _attacked(_space(folder, (*BY, "period"), rows, (*BY, "period"), trees), ledger.read(shelf))


def _attacked(whole: Space, releases: Sequence[ledger.Release]) -> tuple[int, int]:
    """Small counts that keep too few values, and all small counts."""
    hidden = {key for one in releases for key, value in one.cells.items() if value is None}
    away = np.array([key in hidden for key in ledger.keys(whole)])
    small = primary(whole.bare, POLICY)
    found = attack(printed(whole.bare, away, frozenset(("a0", "a1"))), need=POLICY.width, watched=small)
    return int((small & (found.widths < POLICY.width)).sum()), int(small.sum())


def _laid_out(folder: Path) -> tuple[float, int]:
    random = np.random.default_rng(1)
    sizes = {"s": LARGE, "r": 7, "m": 2, "d": 2, "e": 2, "o": 5}
    filled = np.argwhere(random.random(tuple(sizes.values())) < 0.02)
    rows = [(*(f"{name}{at}" for name, at in zip(sizes, spot, strict=True)), 1) for spot in filled.tolist()]
    path = _written(folder, ("school", "race", "sex", "swd", "el", "outcome"), rows)
    start = time.process_time()
    read = counts.read(path, ("school", "race", "sex", "swd", "el", "outcome"))
    made = space(read, [table.split(",") for table in LINKED])
    files(tables(made, primary(made.bare, POLICY), POLICY), "Counts")
    return time.process_time() - start, len(made)


def _rows(seed: int) -> list[tuple[str, str, str, str, int]]:
    """School, race, outcome, quarter and count of an invented year."""
    bare = family("quarterly", SCHOOLS, seed=seed)
    found = []
    for name, value in zip(bare.names, bare.values.tolist(), strict=True):
        place, race, _, _, _, outcome, quarter = name.split("|")
        if place.startswith("s") and place != "state" and "all" not in (race, outcome, quarter):
            found.append((place, race, outcome, f"2025-26 Q{int(quarter[-1]) + 1}", value))
    return found


def _summed(rows: Rows, period: str) -> Rows:
    """The rows of one period: counts of the same group together."""
    found: dict[tuple[Any, ...], int] = {}
    for *codes, _, value in rows:
        found[tuple(codes)] = found.get(tuple(codes), 0) + value
    return [(*codes, period, value) for codes, value in found.items()]


def _space(folder: Path, head: Sequence[str], rows: Rows, by: Sequence[str] = BY, trees: Any = None) -> Space:
    return space(counts.read(_written(folder, head, rows), by), hierarchies=trees)


def _written(folder: Path, head: Sequence[str], rows: Rows) -> Path:
    path = folder / "counts.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([(*head, "count"), *rows])
    return path
