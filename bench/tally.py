"""How long it takes to count every cross-tab, with risks, ratios and intervals, against engines and fairness libraries.

10 million invented events of 2 million students with six attributes. The bare engine's own CUBE counts the same two
figures in the same run and gives no risk. The libraries are given one million rows and only the six one-way tables, in
an environment of their own (`requirements/peers.txt`), because one of them needs another pandas.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from pyarrow import parquet
from tests.shared import SHARED

from accord.facts import Grade, Race
from accord.stats.engines import Reading, opened
from accord.stats.tally import tally
from accord.stats.tally_rates import rates
from bench.figure import Figure

ROOT = Path(__file__).parents[1]
FEDERAL = SHARED / "data" / "crdc_2020_21" / "crdc_2020_21_six_states.csv.gz"
PEERS = ROOT / ".venv" / "peers"
EVENTS, STUDENTS, SCHOOLS, PEER_EVENTS = 10_000_000, 2_000_000, 200, 1_000_000
RUNS = 3
_GROUPS: dict[str, tuple[list[str], list[float]]] = {
    "race": ([race.value for race in Race if race is not Race.UNKNOWN], [50, 1, 10, 1, 8, 25, 5]),
    "sex": (["female", "male"], [49, 51]),
    "disability": (["none", "idea"], [86, 14]),
    "english_learner": (["yes", "no"], [20, 80]),
    "grade": ([grade.value for grade in Grade if grade not in (Grade.UNKNOWN, Grade.TK)], [1] * 13),
    "school": ([f"S{number:03d}" for number in range(SCHOOLS)], list(range(20, 20 + SCHOOLS))),
}
BY = tuple(_GROUPS)


def write_events(path: Path, events: int, students: int, seed: int = 1) -> None:
    """Invented events: every student has one value of each attribute, one event in twenty is an arrest."""
    random = np.random.default_rng(seed)
    student = random.integers(0, students, events)
    columns: dict[str, Any] = {"student": student, "arrest": random.random(events) < 0.05}
    for name, (codes, weights) in _GROUPS.items():
        share = np.array(weights) / sum(weights)
        own = random.choice(len(codes), students, p=share).astype(np.int32)
        columns[name] = pa.DictionaryArray.from_arrays(pa.array(own[student]), pa.array(codes))
    parquet.write_table(pa.table(columns), path)


def cross_tabs(path: Path) -> int:
    """Every cross-tab with risks, ratios to all others and their intervals. Gives the number of groups."""
    with opened([path], Reading()) as (events,):
        return _rated(events, BY)


def one_way(path: Path) -> int:
    """The six tables of one attribute each, with the same figures."""
    with opened([path], Reading()) as (events,):
        return sum(_rated(events, (name,)) for name in BY)


def _rated(events: Any, by: tuple[str, ...]) -> int:
    found = tally(events, by=by, measures=["instances", "arrest"])
    return len(rates(found, "arrest", among="instances").low)


def bare_cube(path: Path) -> int:
    """What the engine itself needs to count the same groups."""
    names = ", ".join(BY)
    counted = f"select {names}, count(*), sum(arrest::int) from read_parquet('{path}') group by cube ({names})"
    with duckdb.connect() as connection:
        return int(connection.execute(counted).to_arrow_table().num_rows)


def seconds(work: Callable[[], int], runs: int = RUNS) -> tuple[float, int]:
    """The shortest of a few runs, and what they gave."""
    times, found = [], 0
    for _ in range(runs):
        start = time.perf_counter()
        found = work()
        times.append(time.perf_counter() - start)
    return min(times), found


def profiles(folder: Path) -> list[Figure]:
    """Profiles of all districts of the real federal file, if it is here: counted, compared, protected, attacked."""
    if not FEDERAL.is_file():
        return []
    command = [
        str(Path(sys.executable).with_name("accord")),
        "crdc",
        "profile",
        str(FEDERAL),
        "--out",
        str(folder / "profiles"),
    ]
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    took = time.perf_counter() - start
    return [Figure("2,317 schools to profiles of their districts, protected and attacked", took, "s", at_most=15)]


def peers(path: Path) -> dict[str, float]:
    """Seconds of each fairness library, in an environment that is made when it is not there."""
    python = PEERS / "bin" / "python"
    if not python.exists():
        venv.create(PEERS, with_pip=True)
        needed = str(ROOT / "requirements" / "peers.txt")
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", needed], check=True)
    command = [str(python), str(ROOT / "bench" / "tally_peers.py"), str(path), *BY]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return {str(name): float(took) for name, took in json.loads(done.stdout).items()}


def figures() -> list[Figure]:
    """The ratio to the bare cube on 10 million events, and to the libraries on one million."""
    with tempfile.TemporaryDirectory() as folder:
        large, small = Path(folder) / "large.parquet", Path(folder) / "small.parquet"
        write_events(large, EVENTS, STUDENTS)
        write_events(small, PEER_EVENTS, STUDENTS)
        (ours, groups), (cube, cells) = seconds(lambda: cross_tabs(large)), seconds(lambda: bare_cube(large), runs=1)
        (six, _), theirs = seconds(lambda: one_way(small)), peers(small)
        of_districts = profiles(Path(folder))
    return [
        Figure("all cross-tabs of 10 million events, with risks, ratios and intervals", ours, "s"),
        Figure("groups in them that the bare cube does not have", abs(groups - cells), "", at_most=0),
        Figure("against the bare cube of the engine", ours / cube, "x its time", at_most=1.5),
        Figure("six one-way tables of a million events, against Aequitas", theirs["aequitas"] / six, "x", at_least=10),
        Figure("the same against Fairlearn's MetricFrame", theirs["fairlearn"] / six, "x", at_least=50),
        *of_districts,
    ]
