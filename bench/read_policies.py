"""How many policies are read in a second on one core? Measured on a real manual that stands beside the checkout."""

from __future__ import annotations

import time
from pathlib import Path

from accord.documents.read import read_bytes
from bench.figure import Figure

_MANUAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "policies" / "redwood_city_ca"
_GOAL = 200
_RUNS = 3


def figures() -> list[Figure]:
    """Policies read per second of processor time, the best of three runs; nothing when the manual is not there."""
    files = [(path.read_bytes(), path.name) for path in sorted(_MANUAL.rglob("*.txt"))]
    if not files:
        return []
    read_bytes(*files[0])
    fastest = min(_seconds(files) for _ in range(_RUNS))
    return [Figure("policies read on one core", len(files) / fastest, "policies/s", at_least=_GOAL)]


def _seconds(files: list[tuple[bytes, str]]) -> float:
    start = time.process_time()
    for data, name in files:
        read_bytes(data, name)
    return time.process_time() - start
