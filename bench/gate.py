"""The whole gate on student records with its log write, on SQLite, beside a bare insert in the same run.

Deciding: the request is held against what is on file, and the decision, its step, its line in the log and their events
are stored. Opening: the request is held against it again, and the line in the log is on the disk before a byte of the
copy is given out. The bare insert is one such line of the log and nothing else, in a transaction of its own.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from bench.figure import Figure

COUNT = 300
GOAL_MS = 5.0


def figures() -> list[Figure]:
    """The 95th percentiles, in milliseconds and against the bare insert, and what the gate takes of the processor."""
    with tempfile.TemporaryDirectory() as folder:
        _start(folder)
        asked, by, keeper = _requests(COUNT)
        decided = _timed([partial(_decide, keeper, *one) for one in asked])
        opened = _timed([partial(_open, by, *one) for one in asked])
        bare = _timed([partial(_bare, by, *one) for one in asked])
    return [
        Figure("deciding with its log, 95th percentile", decided.p95, "ms", at_most=GOAL_MS),
        Figure("opening with its log, 95th percentile", opened.p95, "ms", at_most=GOAL_MS),
        Figure("bare insert of a line of the log, 95th percentile", bare.p95, "ms"),
        Figure("deciding, median", decided.median / bare.median, "x a bare insert"),
        Figure("opening, median", opened.median / bare.median, "x a bare insert"),
        Figure("processor time of deciding, mean", decided.processor, "ms"),
        Figure("processor time of opening, mean", opened.processor, "ms"),
        Figure("processor time of a bare insert, mean", bare.processor, "ms"),
    ]


@dataclass(frozen=True)
class Timed:
    """Milliseconds: the 95th percentile and the median as a person waits, and the mean of what the processor does."""

    p95: float
    median: float
    processor: float


def _start(folder: str) -> None:
    os.environ |= {"ACCORD_DEMO": "1", "ACCORD_DATA": folder, "DJANGO_SETTINGS_MODULE": "accord.web.settings"}
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)


def _requests(count: int) -> tuple[list[tuple[Any, Any]], Any, Any]:
    """Requests of an officer, each for a copy of its own that a parent's consent covers; the officer; the custodian."""
    from tests.web import factories as make
    from tests.web.records import factories as kept

    kept.link()
    kept.consent()
    copies = [kept.copy() for _ in range(count)]
    return [(kept.identified(kept.asked(), copy), copy) for copy in copies], make.bob(), kept.grace()


def _decide(by: Any, request: Any, copy: Any) -> None:
    from tests.web import factories as make

    from accord.web.records import actions

    actions.decide(by=by, at=make.AT, on=make.ON, request=request, number=1, given=[str(copy.uid)])


def _open(by: Any, request: Any, copy: Any) -> None:
    from tests.web import factories as make

    from accord.web.records import actions

    actions.open_copy(by=by, at=make.AT, on=make.ON, request=request, copy=copy)


def _bare(by: Any, request: Any, copy: Any) -> None:
    from tests.web import factories as make

    from accord.web.records.models_requests import Disclosure

    Disclosure.objects.create(
        request=request, student=copy.student, copy=copy, act="opened", at=make.AT, by=by, holds={}
    )


def _timed(acts: list[Callable[[], None]]) -> Timed:
    times, processor = [], time.process_time()
    for act in acts:
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    processor = (time.process_time() - processor) * 1000 / len(acts)
    return Timed(statistics.quantiles(times, n=20)[18], statistics.median(times), processor)
