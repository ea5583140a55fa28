"""One Spark session for all tests that need it, on this machine's Java."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from accord.stats.engines import session

MASTER = "local[2]"


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        running = session(MASTER)
        yield running
        running.stop()
