"""Two at the same moment, with real commits: one decides, and nothing is read that was taken back before."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connection

from tests.web.records.racing import PAIRS

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def another_database() -> Iterator[dict[str, str]]:
    """The environment of a process with a database of its own, on the server that these tests run on."""
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    url = os.environ.get("ACCORD_TEST_DATABASE_URL", "")
    if connection.vendor != "postgresql" or not url:
        yield settings
        return
    name = f"race_{uuid4().hex[:12]}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield settings | {"ACCORD_TEST_DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def raced(another_database: dict[str, str]) -> dict[str, Any]:
    """What came of the races."""
    command = [sys.executable, "-m", "tests.web.records.racing"]
    done = subprocess.run(
        command, env=os.environ | another_database, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_of_two_who_act_at_once_one_decides_and_nothing_is_opened_after_it_was_taken_back(
    raced: dict[str, Any],
) -> None:
    won = {"came": ["Conflict", "done"], "decisions": 1, "steps": 1, "lines": 1}
    assert raced["decided"] == [won] * PAIRS
    for one in raced["opened"]:
        opened, revoked = one["came"]
        assert revoked == "done"
        assert (opened == "done") is (one["act"] == "opened") is one["opened_first"]
    assert raced["whole"]
