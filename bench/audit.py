"""How long the attack on a large release takes, with how many programs and how much memory, each row on its own.

Goal for about 107,000 cells in 5 linked tables of 1,000 schools: 15 s for two values, 90 s for five, 1 GiB. For
comparison, what two programs for each small count would take, from a few of them. `python -m bench.run audit`
takes a fifth of the schools and a fifth of the time; `python -m bench.audit 1000 WIDTH` the whole.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass

import numpy as np

from accord.stats.audit import attack, shown
from accord.stats.bare import Bare, Flags, Policy, primary
from accord.stats.component import Clock, Program, components
from accord.stats.reduced import reduced
from bench.families import family
from bench.figure import Figure

_SAMPLE = 6
GOALS = {2: 15.0, 5: 90.0}
"""Seconds for 1,000 schools, by how many values must be shown to be possible."""


@dataclass(frozen=True)
class Measured:
    """`naive` is the seconds that two programs for each small count would take; seconds are of the processor."""

    cells: int
    small: int
    narrow: int
    unsettled: int
    seconds: float
    programs: int
    mebibytes: float
    naive: float


def measure(schools: int, width: int) -> Measured:
    """Attack the release of which only the small counts are hidden: the hardest, for most of it hangs together."""
    bare, policy = family("linked", schools), Policy(width=width)
    small = primary(bare, policy)
    prints, start = shown(bare, small, policy), time.process_time()
    found = attack(prints, width, small)
    seconds = time.process_time() - start
    narrow = int((small & found.narrow(width)).sum())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    settled = int((small & ~found.settled).sum())
    each = _each(bare, small, policy)
    return Measured(
        len(bare), int(small.sum()), narrow, settled, seconds, found.programs, memory, each * 2 * small.sum()
    )


def _each(bare: Bare, small: Flags, policy: Policy) -> float:
    """Seconds of one program over the largest component, from one small count to another."""
    prints = shown(bare, small, policy)
    cells = np.flatnonzero(prints.hidden)
    matrix, right = prints.equations[:, cells], -(prints.equations @ np.where(prints.hidden, 0, prints.low))
    system = reduced(matrix, right, prints.low[cells], prints.high[cells])
    *_, (_, largest) = components(system.matrix, system.right, system.low, system.high)
    program = Program(largest.columns, (largest.low, largest.high), (largest.right, largest.right), Clock())
    program.best(np.zeros(len(largest)))
    start = time.process_time()
    for cell in np.random.default_rng(1).choice(len(largest), _SAMPLE):
        program.best((np.arange(len(largest)) == cell).astype(np.float64))
    return (time.process_time() - start) / _SAMPLE


def figures() -> list[Figure]:
    """A fifth of the large release; the goals are a fifth of its goals."""
    found = []
    for width, goal in GOALS.items():
        one = _apart(200, width)
        name = f"attack on {one.cells:,} cells, {width} values"
        found += [
            Figure(name, one.seconds, "s", at_most=goal / 5),
            Figure(f"{name}: programs", one.programs, ""),
            Figure(f"{name}: not settled", one.unsettled, "", at_most=0),
            Figure(f"{name}: memory", one.mebibytes, "MiB", at_most=1024),
            Figure(f"{name}: two programs for each count", one.naive / one.seconds, "x"),
        ]
    return found


def _apart(schools: int, width: int) -> Measured:
    """Measured in a process of its own, for its memory."""
    command = [sys.executable, "-m", "bench.audit", str(schools), str(width)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Measured(**json.loads(done.stdout))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(measure(int(sys.argv[1]), int(sys.argv[2])))) + "\n")
