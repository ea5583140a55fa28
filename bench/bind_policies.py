"""How long one policy takes to hold against the catalogue, apart from reading its file.

On the adopted policy, on every real policy, and the worst case: every real policy under the title of the adopted one,
so that no sentence is passed over.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from accord.catalogue import bp_3515_31
from accord.decision import BadInput
from accord.documents import bind_data
from accord.documents.bind import bind
from accord.documents.model import Document
from accord.documents.read import read_file

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOAL_MS = 50.0


def main() -> None:
    started = perf_counter()
    bind_data.bp_3515_31()
    print(f"definitions compiled once in {(perf_counter() - started) * 1000:.0f} ms")
    seed = read_file(SHARED / "policies" / "bp-3515.31.txt")
    _report("the adopted policy, 50 times", [_milliseconds(seed) for _ in range(50)])
    policies = list(_readable((SHARED / "data" / "policies").rglob("*.*")))
    _report(f"{len(policies)} real policies", [_milliseconds(policy) for policy in policies])
    _report("the same under its title", [_milliseconds(replace(policy, title=seed.title)) for policy in policies])


def _milliseconds(policy: Document) -> float:
    started = perf_counter()
    bind(policy, bp_3515_31())
    return (perf_counter() - started) * 1000


def _readable(paths: Iterable[Path]) -> Iterable[Document]:
    for path in sorted(paths):
        if path.suffix in (".txt", ".md") and path.name not in ("README.md", "LICENSE.txt"):
            try:
                yield read_file(path)
            except BadInput:
                continue


def _report(what: str, times: list[float]) -> None:
    within = sum(time < GOAL_MS for time in times) / len(times)
    median, p95 = statistics.median(times), sorted(times)[int(0.95 * (len(times) - 1))]
    print(
        f"{what}: median {median:.1f} ms, 95th percentile {p95:.1f} ms, slowest {max(times):.1f} ms, "
        f"under {GOAL_MS:.0f} ms {within:.1%}"
    )


if __name__ == "__main__":
    main()
