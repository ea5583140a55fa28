"""How cheap a safe pattern is found on invented releases, how near to the least cost, and in what time and memory.

Every row runs in a process of its own. The attack is run on the pattern, and on the release with only its small counts
hidden: what that gives away is told beside it. `python -m bench.run protect_families` takes the small rows;
`python -m bench.protect_families --all [SEED ...]` all of them, on further seeds and rates, one JSON line each.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from accord.stats.audit import narrow
from accord.stats.bare import Bare, Flags, Policy, primary
from accord.stats.pattern import Unsafe, protect
from bench.families import family
from bench.figure import Figure


@dataclass(frozen=True)
class Row:
    """A release to protect: `ones` tells whether the outsider knows that a hidden count is at least 1 (A1, else A0).

    `gap` is the goal: at most this share above the least cost after `seconds`; None where it is only told.
    """

    kind: str
    schools: int
    width: int
    ones: bool
    seconds: float
    gap: float | None
    seed: int = 1
    rate: str = "mid"

    @property
    def name(self) -> str:
        """The row in words."""
        known = "A1" if self.ones else "A0"
        return f"{self.kind} {self.schools}, {known}, width {self.width}, rate {self.rate}, seed {self.seed}"


SMALL = [
    Row("single", 50, 2, False, 20, 0.0),
    Row("single", 50, 2, True, 20, 0.05),
    Row("linked", 10, 5, True, 20, 0.1),
]
ALL = [
    *SMALL,
    Row("single", 200, 2, False, 20, 0.0),
    Row("single", 200, 2, True, 60, 0.0),
    Row("single", 200, 5, True, 120, 0.05),
    Row("single", 1000, 2, False, 60, 0.0),
    Row("fourway", 50, 5, True, 60, None),
    Row("quarterly", 50, 5, True, 60, None),
    Row("linked", 50, 2, True, 60, 0.1),
    Row("linked", 50, 5, True, 60, 0.1),
    Row("linked", 1000, 5, True, 600, None),
]


@dataclass(frozen=True)
class Measured:
    """What came of a row. `exposed` and `exposed_alone` count small cells that keep fewer values than asked for, with
    the pattern and with only small cells hidden; `cost` is infinite where no safe pattern was found."""

    cells: int
    small: int
    cost: float
    bound: float
    gap: float
    seconds: float
    megabytes: float
    exposed: int
    exposed_alone: int


def measure(row: Row) -> Measured:
    """Protect and attack the release of a row, here."""
    bare, policy = family(row.kind, row.schools, seed=row.seed, rate=row.rate), Policy(width=row.width)
    if not row.ones:
        bare = replace(bare, blank=np.ones(len(bare), dtype=np.bool_))
    small = primary(bare, policy)
    alone = _exposed(bare, small, small, policy)
    try:
        found = protect(bare, policy, seconds=row.seconds)
    except Unsafe:
        return Measured(len(bare), int(small.sum()), float("inf"), 0.0, 1.0, row.seconds, _megabytes(), -1, alone)
    exposed = _exposed(bare, found.hidden, small, policy)
    numbers = (found.cost, found.bound, found.gap, found.seconds, _megabytes())
    return Measured(len(bare), int(small.sum()), *numbers, exposed, alone)


def _exposed(bare: Bare, hidden: Flags, small: Flags, policy: Policy) -> int:
    return len(narrow(bare, hidden, small, policy))


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def aside(row: Row) -> Measured:
    """The same in a process of its own, so that memory is the row's."""
    command = [sys.executable, "-m", "bench.protect_families", json.dumps(asdict(row))]
    made = subprocess.run(command, capture_output=True, check=True)
    return Measured(**json.loads(made.stdout))


def figures() -> list[Figure]:
    """The small rows: gap, time, memory, and what the attack works out."""
    found: list[Figure] = []
    for row in SMALL:
        made = aside(row)
        found += [
            Figure(f"{row.name}: gap", made.gap * 100, "%", at_most=None if row.gap is None else row.gap * 100),
            Figure(f"{row.name}: seconds", made.seconds, "s"),
            Figure(f"{row.name}: memory", made.megabytes, "MB", at_most=1024),
            Figure(f"{row.name}: small counts that can be worked out", made.exposed, "", at_most=0),
            Figure(f"{row.name}: the same, only small counts hidden", made.exposed_alone, ""),
        ]
    return found


def main(arguments: list[str]) -> int:
    """One row given as JSON, or all of them for the seeds given; 1 when anything can be worked out."""
    if arguments[:1] != ["--all"]:
        given: dict[str, Any] = json.loads(arguments[0])
        sys.stdout.write(json.dumps(asdict(measure(Row(**given)))))
        return 0
    exposed = False
    for seed in [int(word) for word in arguments[1:]] or [1]:
        for row in ALL:
            made = aside(replace(row, seed=seed))
            exposed |= made.exposed != 0
            sys.stdout.write(json.dumps({"row": replace(row, seed=seed).name, **asdict(made)}) + "\n")
            sys.stdout.flush()
    return int(exposed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
