"""Random lives of requests, consents and roles against the gate and its model: 2,000 runs of 50 steps.

The test itself is tests/web/records/test_stateful.py; the project's own tests make 50 runs of 30 steps.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

from bench.figure import Figure

RUNS, STEPS = 2_000, 50
_TEST = "tests/web/records/test_stateful.py"


def figures() -> list[Figure]:
    """Whether gate and model ever differed, and how many runs a minute were made."""
    command = [sys.executable, "-m", "pytest", _TEST, "-q", "-p", "no:cacheprovider"]
    sizes = {"GATE_RUNS": str(RUNS), "GATE_STEPS": str(STEPS)}
    began = time.perf_counter()
    answer = subprocess.run(command, env=os.environ | sizes, check=False, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    if " passed" not in answer.stdout and "The gate" not in answer.stdout and "A copy" not in answer.stdout:
        raise RuntimeError(f"The runs were not made:\n{answer.stdout[-2000:]}")
    what = f"{RUNS:,} runs of {STEPS} steps on the gate to records"
    return [
        Figure(f"{what}: gate and model differed", int(answer.returncode != 0), "times", at_most=0),
        Figure(f"{what}: rate", RUNS * 60 / seconds, "runs/min"),
    ]
