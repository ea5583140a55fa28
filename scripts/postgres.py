"""Run a command beside a PostgreSQL cluster that exists only as long as the command runs.

    python -m scripts.postgres python -m pytest -m database

The command finds the cluster in ACCORD_TEST_DATABASE_URL: a socket in a folder of its own, nothing on the network.
Checksums are on as in production; waiting for the disk is off, since nothing here outlives the command.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from scripts.tools import postgres

DATABASE = "accord"
START_SECONDS = 60
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "60",
    "timezone": "UTC",
}


def account() -> dict[str, Any]:
    """Whom the server runs as: PostgreSQL refuses root, so root lends it to `postgres` or, failing that, `nobody`."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster, yield the URL of an empty database, stop the cluster whatever happens.

    Raises:
        RuntimeError: when the server's programs are missing or it does not start, with the end of its log.
    """
    binaries = postgres()
    if binaries is None:
        raise RuntimeError("PostgreSQL's server is not on this machine.\nRun make test, which installs it.")
    folder = Path(tempfile.mkdtemp(prefix="accord-pg-", dir="/tmp"))  # a socket's path must be short
    lent = account()
    if lent:
        os.chown(folder, lent["user"], lent["group"])
    server = None
    try:
        _initialise(binaries, folder, lent)
        server = _start(binaries, folder, lent)
        _run([binaries / "createdb", "--host", folder, "--username", DATABASE, DATABASE], folder, {})
        yield f"postgresql://{DATABASE}@/{DATABASE}?host={folder}"
    finally:
        if server:
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(binaries: Path, folder: Path, lent: dict[str, Any]) -> None:
    choices = [
        "--auth=trust",
        "--data-checksums",
        "--no-sync",
        "--encoding=UTF8",
        "--locale=C",
        f"--username={DATABASE}",
    ]
    _run([binaries / "initdb", "--pgdata", folder / "data", *choices], folder, lent)


def _start(binaries: Path, folder: Path, lent: dict[str, Any]) -> subprocess.Popen[bytes]:
    settings = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    log = folder / "log"
    with log.open("wb") as output:
        command = [f"{binaries}/postgres", "-D", f"{folder}/data", "-k", str(folder), *settings]
        server = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output, start_new_session=True, **lent)
    until = time.monotonic() + START_SECONDS
    ready = [f"{binaries}/pg_isready", "--quiet", "--host", str(folder), "--username", DATABASE]
    while subprocess.run(ready, check=False).returncode:
        if server.poll() is not None or time.monotonic() > until:
            _stop(server)
            raise RuntimeError("The PostgreSQL server for the tests did not start.\n" + log.read_text()[-2000:])
        time.sleep(0.05)
    return server


def _stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGINT)  # "fast": does not wait for clients
        try:
            server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _run(command: list[Path | str], folder: Path, lent: dict[str, Any]) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **lent)
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed.\n{done.stderr.strip()[-2000:]}")


def _interrupted(number: int, _frame: object) -> NoReturn:
    sys.exit(128 + number)


def main() -> int:
    """Run the command given as arguments; its exit code is ours."""
    signal.signal(signal.SIGTERM, _interrupted)
    signal.signal(signal.SIGHUP, _interrupted)
    try:
        with cluster() as url:
            environment = {**os.environ, "ACCORD_TEST_DATABASE_URL": url}
            return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    except RuntimeError as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
