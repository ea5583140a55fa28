"""Two thousand submissions of nonsense to every form of contacts and tasks: how many forms stand it.

The test itself is tests/web/interactions/test_fuzz.py; the project's own tests send a hundred to each form.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time

from bench.figure import Figure

SUBMISSIONS = 2_000
_TEST = "tests/web/interactions/test_fuzz.py"


def figures() -> list[Figure]:
    """Forms that failed, and how long all submissions took."""
    command = [sys.executable, "-m", "pytest", _TEST, "-q", "-p", "no:cacheprovider", "-k", "nonsense"]
    began = time.perf_counter()
    answer = subprocess.run(
        command, env={**os.environ, "FUZZ": str(SUBMISSIONS)}, check=False, capture_output=True, text=True
    )
    seconds = time.perf_counter() - began
    passed = int(found[1]) if (found := re.search(r"(\d+) passed", answer.stdout)) else 0
    failed = int(found[1]) if (found := re.search(r"(\d+) failed", answer.stdout)) else 0
    if not passed and not failed:
        raise RuntimeError(f"The submissions were not sent:\n{answer.stdout[-2000:]}")
    what = f"{SUBMISSIONS:,} submissions of nonsense to each of {passed + failed} forms"
    return [
        Figure(f"{what}: forms that failed or stored what was refused", failed, "forms", at_most=0),
        Figure(f"{what}: rate", SUBMISSIONS * (passed + failed) / seconds, "submissions/s"),
    ]
