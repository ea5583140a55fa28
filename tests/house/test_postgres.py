"""The throw-away PostgreSQL cluster works as root and as a user, and leaves nothing behind."""

import subprocess
import sys
from pathlib import Path

from tests.house.tree import ROOT

SHOW = """
import os, psycopg
with psycopg.connect(os.environ["ACCORD_TEST_DATABASE_URL"]) as connection:
    row = connection.execute("select current_setting('data_checksums'), current_setting('listen_addresses')").fetchone()
    host = connection.info.host
print(*row, host, sep="|")
raise SystemExit(7)
"""


def test_a_command_gets_a_database_of_its_own_and_its_exit_code_is_passed_on():
    done = subprocess.run(
        [sys.executable, "-m", "scripts.postgres", sys.executable, "-c", SHOW],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7, done.stderr
    checksums, addresses, folder = done.stdout.strip().split("|")
    assert (checksums, addresses) == ("on", "")
    assert not Path(folder).exists()
