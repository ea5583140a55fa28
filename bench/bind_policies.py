"""How much processor time one policy takes to be held against the catalogue, apart from reading its file.

On the adopted policy, on every real policy, and the worst case: every real policy under the title of the adopted one,
so that no sentence is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from time import process_time

from accord.catalogue import bp_3515_31
from accord.decision import BadInput
from accord.documents import bind_data
from accord.documents.bind import bind
from accord.documents.model import Document
from accord.documents.read import read_file
from bench.figure import Figure

SHARED = Path(__file__).resolve().parents[2] / "shared"
GOAL_MS = 50.0


def figures() -> list[Figure]:
    """The 95th percentile of each kind of policy. Nothing where the real policies are not beside the checkout."""
    if not SHARED.is_dir():
        return []
    started = process_time()
    bind_data.bp_3515_31()
    compiled = (process_time() - started) * 1000
    seed = read_file(SHARED / "policies" / "bp-3515.31.txt")
    policies = list(_readable((SHARED / "data" / "policies").rglob("*.*")))
    entitled = [replace(policy, title=seed.title) for policy in policies]
    return [
        Figure("definitions compiled, once", compiled, "ms"),
        _percentile("the adopted policy", [seed] * 50),
        _percentile(f"{len(policies)} real policies", policies),
        _percentile("the same under its title", entitled),
    ]


def _percentile(what: str, policies: Iterable[Document]) -> Figure:
    times = sorted(_milliseconds(policy) for policy in policies)
    return Figure(f"{what}, 95th percentile", times[int(0.95 * (len(times) - 1))], "ms", at_most=GOAL_MS)


def _milliseconds(policy: Document) -> float:
    started = process_time()
    bind(policy, bp_3515_31())
    return (process_time() - started) * 1000


def _readable(paths: Iterable[Path]) -> Iterator[Document]:
    for path in sorted(paths):
        if path.suffix in (".txt", ".md") and path.name not in ("README.md", "LICENSE.txt"):
            try:
                yield read_file(path)
            except BadInput:
                continue
