"""How long it takes to protect a district's edition and to attack it: `python -m bench.protect [districts]`.

Goal of the first form: 12 schools, protected and attacked in under 10 seconds on one core. The column `alone` says
how many figures could be worked out exactly if only the small ones were hidden, as is often done.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from typing import Any
from unittest.mock import patch

from accord.stats import board_report
from accord.stats.attack import Recovered, attack, verify
from accord.stats.disclosure import Pattern
from bench.districts import district

GOAL_SECONDS = 10.0
YEAR = {"period_start": date(2025, 7, 1), "period_end": date(2026, 6, 30)}


def main(districts: int) -> int:
    """Print a line for each district; 1 when one is slower than the goal or not safe."""
    worst, safe, small, exposed = 0.0, True, 0, 0
    print("seed contacts figures small hidden alone narrow protect_s attack_s")
    for seed in range(districts):
        contacts = (150, 400, 900, 2500)[seed % 4]
        events, enrollment = district(seed, contacts=contacts)
        start = time.perf_counter()
        made = board_report.edition(events, enrollment, **YEAR)
        middle = time.perf_counter()
        verdict = verify(made.as_json())
        end = time.perf_counter()
        primary, alone = _small_alone(events, enrollment)
        worst, safe, small, exposed = max(worst, end - start), safe and verdict.safe, small + primary, exposed + alone
        times = f"{middle - start:.2f} {end - middle:.2f}"
        print(seed, contacts, made.figures, primary, made.hidden, alone, len(verdict.narrow), times)
    print(f"slowest {worst:.2f} s, goal {GOAL_SECONDS} s; {'all safe' if safe else 'NOT SAFE'}")
    print(f"hiding the small figures alone would give {exposed} of {small} away exactly")
    return 0 if safe and worst < GOAL_SECONDS else 1


def _small_alone(events: Any, enrollment: Any) -> tuple[int, int]:
    """How many figures are small, and how many of them are exposed when nothing else is hidden."""
    with patch.object(board_report, "protect", lambda problem, **_: Pattern(problem.primary, 0)):
        data = board_report.edition(events, enrollment, **YEAR).as_json()
    different: dict[tuple[str, ...], Recovered] = {}
    for one in attack(data):
        at = ("all",) if one.row == "all" else (one.table, one.row)
        different[(*at, one.column)] = one
    return len(different), sum(one.width == 1 for one in different.values())


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8))
