"""The immigration guard by the clock: texts a second, the longest text a form takes, a line of a megabyte, linearity.

The texts are those that the tests hold: what officers, teachers and office staff type.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from accord.rules.immigration import find
from accord.rules.narratives import check
from bench.figure import Figure

LONGEST = 10_000
"""Characters that a form takes."""
MEGABYTE = 1_000_000
HOSTILE = (
    "no have ",
    "i c e ",
    "aB",
    "crossed the ",
    "1 - ",
    "a@",
    "1 aa ",
    "A. ",
    "Maria ",
    "\u200b",
    "a\u0301",
    "ﷺ",
    "x",
)
_SETS = Path(__file__).parent.parent / "tests/rules/guard_texts"


def texts() -> list[str]:
    """Every text of the guard's own sets."""
    sets = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(_SETS.glob("*.toml"))]
    return [text for one in sets for side in ("tells", "harmless") for text in one[side]]


def seconds(work: Callable[[str], object], text: str) -> float:
    """Seconds of the processor, the better of two runs."""
    taken = []
    for _ in range(2):
        began = time.process_time()
        work(text)
        taken.append(time.process_time() - began)
    return min(taken)


def _filled(piece: str, length: int) -> str:
    return (piece * (length // len(piece) + 1))[:length]


def _long(name: str, work: Callable[[str], object], prose: str) -> Iterator[Figure]:
    shapes = (prose, *HOSTILE)
    longest = [seconds(work, _filled(piece, LONGEST)) for piece in shapes]
    yield Figure(f"{name}, {LONGEST:,} characters, slowest of {len(shapes)} shapes", max(longest), "s", at_most=0.5)
    half = [seconds(work, _filled(piece, MEGABYTE // 2)) for piece in shapes]
    whole = [seconds(work, _filled(piece, MEGABYTE)) for piece in shapes]
    yield Figure(f"{name}, a line of 1 MB, prose", whole[0], "s", at_most=10)
    yield Figure(f"{name}, a line of 1 MB, slowest shape", max(whole), "s", at_most=20)
    growth = max(two / one for one, two in zip(half, whole, strict=True))
    yield Figure(f"{name}, 1 MB against half of it, worst shape", growth, "x", at_most=3)


def figures() -> list[Figure]:
    """Rate over the texts of the tests, and how time grows with the text."""
    every = texts()
    find(every[0])
    began = time.process_time()
    for text in every:
        find(text)
    rate = len(every) / (time.process_time() - began)
    prose = " ".join(every)
    return [
        Figure(f"immigration guard, {len(every)} texts of a line each", rate, "texts/s", at_least=500),
        *_long("immigration guard", find, prose),
        *_long("immigration, names and numbers", check, prose),
    ]
