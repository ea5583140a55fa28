"""Verifying sees one moment: what is written meanwhile is neither seen nor held up. On a database of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serving import environment

pytestmark = pytest.mark.database

SCRIPT = """
import threading
import django
django.setup()
from datetime import UTC, datetime
from django.db import connection, transaction
from accord.web.audit.models import Event
from accord.web.audit.record import record
from accord.web.audit.verify import snapshot, verify

def write():
    with transaction.atomic():
        record("tests.done", by="alice", at=datetime.now(UTC), target="tests.thing:1")
    connection.close()

def meanwhile():
    writer = threading.Thread(target=write)
    writer.start()
    writer.join(10)
    assert not writer.is_alive(), "the writer was held up"

with snapshot():
    before = Event.objects.count()
    meanwhile()
    assert Event.objects.count() == before, "what was written meanwhile is seen"
assert Event.objects.count() == before + 1
assert verify().events == before + 1
with transaction.atomic():
    record("tests.done", by="alice", at=datetime.now(UTC), target="tests.thing:1")
assert verify().whole
print("fine")
"""


def test_a_writer_neither_waits_nor_is_seen(tmp_path: Path):
    setting = environment(tmp_path) | {"DJANGO_SETTINGS_MODULE": "accord.web.settings"}
    if server := os.environ.get("ACCORD_TEST_DATABASE_URL"):
        setting["ACCORD_DATABASE_URL"] = server
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    for command in (migrate, [sys.executable, "-c", SCRIPT]):
        done = subprocess.run(command, env=setting, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "fine"
