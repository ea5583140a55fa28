"""How long it takes to protect a district's edition and to attack it: `python bench/protect.py [districts]`.

Goal of the first form: 12 schools, protected and attacked in under 10 seconds on one core.
"""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.districts import district

from accord.stats.attack import verify
from accord.stats.board_report import edition

GOAL_SECONDS = 10.0


def main(districts: int) -> int:
    """Print a line for each district; 1 when one is slower than the goal or not safe."""
    worst, safe = 0.0, True
    print("seed contacts figures hidden narrow protect_s attack_s")
    for seed in range(districts):
        contacts = (150, 400, 900, 2500)[seed % 4]
        events, enrollment = district(seed, contacts=contacts)
        start = time.perf_counter()
        made = edition(events, enrollment, period_start=date(2025, 7, 1), period_end=date(2026, 6, 30))
        middle = time.perf_counter()
        verdict = verify(made.as_json())
        end = time.perf_counter()
        worst, safe = max(worst, end - start), safe and verdict.safe
        print(
            seed, contacts, made.figures, made.hidden, len(verdict.narrow), f"{middle - start:.2f} {end - middle:.2f}"
        )
    print(f"slowest {worst:.2f} s, goal {GOAL_SECONDS} s; {'all safe' if safe else 'NOT SAFE'}")
    return 0 if safe and worst < GOAL_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 8))
