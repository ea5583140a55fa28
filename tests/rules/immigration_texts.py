"""The texts the guard is measured on: which hold immigration information, which do not, which were held out.

All are made up by the authors of the patterns, so the figures say less than texts of strangers would.
"""

import csv
import gzip
import random
import tomllib
from pathlib import Path

from tests.shared import SHARED

_FOLDER = Path(__file__).parent
_HELD_OUT = 100


def _table(name: str) -> dict[str, list[str]]:
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _shuffled(name: str) -> list[str]:
    texts = [text for several in _table(name).values() for text in several]
    random.Random(20261124).shuffle(texts)
    return texts


SPEAKING, HARMLESS = _shuffled("immigration_phrases"), _shuffled("immigration_benign")
SPEAKING_HELD_OUT, HARMLESS_HELD_OUT = SPEAKING[:_HELD_OUT], HARMLESS[:_HELD_OUT]
ROUNDS = {number: _table(f"immigration_round_{number}") for number in (2, 3, 4)}


def officers_own_texts() -> list[str]:
    """Every free text of nine months of stops in Berkeley, as officers wrote it."""
    path = SHARED / "data/ripa_berkeley/berkeley_pd_stops_2020-10_2021-06.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as stream:
        return sorted({row[name] for row in csv.DictReader(stream) for name in row if "Narrative" in (name or "")})
