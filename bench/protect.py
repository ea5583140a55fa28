"""How long it takes to protect a district's edition and to attack it, and what the attack finds.

Goal: 12 schools, protected and attacked in under 10 seconds on one core, nothing found. For
comparison, the same attack on editions in which only the small figures are hidden, as is often done.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from typing import Any
from unittest.mock import patch

from accord.stats import board_report
from accord.stats.attack import Recovered, attack, verify
from bench.districts import district
from bench.figure import Figure

DISTRICTS = 8
CONTACTS = (150, 400, 900, 2500)
GOAL_SECONDS = 10.0
YEAR: dict[str, Any] = {"period_start": date(2025, 7, 1), "period_end": date(2026, 6, 30)}


@dataclass(frozen=True)
class Measured:
    """One invented district: seconds, figures, how many are hidden, and what hiding the small ones alone gives away."""

    seconds: float
    safe: bool
    figures: int
    hidden: int
    small: int
    exposed: int


def measure(seed: int) -> Measured:
    """Protect and attack the edition of one invented district."""
    events, enrollment = district(seed, contacts=CONTACTS[seed % len(CONTACTS)])
    start = time.perf_counter()
    made = board_report.edition(events, enrollment, **YEAR)
    verdict = verify(made.as_json())
    seconds = time.perf_counter() - start
    small, exposed = _small_alone(events, enrollment)
    return Measured(seconds, verdict.safe, made.figures, made.hidden, small, exposed)


def _small_alone(events: Any, enrollment: Any) -> tuple[int, int]:
    """How many figures are small, and how many of them are exposed when nothing else is hidden."""
    with patch.object(board_report, "protect", lambda problem, **_: problem.primary):
        data = board_report.edition(events, enrollment, **YEAR).as_json()
    different: dict[tuple[str, ...], Recovered] = {}
    for one in attack(data):
        at = ("all",) if one.row == "all" else (one.table, one.row)
        different[(*at, one.column)] = one
    return len(different), sum(one.width == 1 for one in different.values())


def figures() -> list[Figure]:
    """The slowest district, what was found in any, and what the usual way would have given away."""
    rows = [measure(seed) for seed in range(DISTRICTS)]
    exposed = sum(row.exposed for row in rows) / sum(row.small for row in rows)
    hidden = sum(row.hidden for row in rows) / sum(row.figures for row in rows)
    return [
        Figure("slowest district, protected and attacked", max(row.seconds for row in rows), "s", at_most=GOAL_SECONDS),
        Figure("editions in which a figure can be worked out", sum(not row.safe for row in rows), "", at_most=0),
        Figure("figures hidden", hidden * 100, "%"),
        Figure("small figures given away when only they are hidden", exposed * 100, "%"),
    ]
