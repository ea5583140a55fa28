"""A real server with the demo district: Granian, the production settings of the demo, a database of its own."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent
LOAD_SECONDS = 240
START_SECONDS = 60


@dataclass(frozen=True)
class Server:
    """Where a running demo answers, and the folder with its data."""

    url: str
    data: Path

    def accord(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run an `accord` command on the data of this server."""
        return subprocess.run(
            [BIN / "accord", *arguments], env=environment(self.data), capture_output=True, text=True, check=False
        )


def environment(data: Path) -> dict[str, str]:
    """The environment of a demo whose data lies in a folder."""
    inherited = {
        key: value for key, value in os.environ.items() if not key.startswith(("ACCORD_", "DJANGO_", "PYTEST_"))
    }
    return {**inherited, "ACCORD_DATA": str(data), "ACCORD_DEMO": "1"}


def load_demo(data: Path) -> None:
    """Collect the static files and load the demo district, as `make demo` does."""
    data.mkdir()
    collect = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--settings", "accord.web.settings"]
    for command in (collect, [BIN / "accord", "demo", "--no-serve"]):
        done = subprocess.run(
            command, env=environment(data), cwd=data, capture_output=True, text=True, timeout=LOAD_SECONDS, check=False
        )
        assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a freshly loaded demo, made once for all workers. Copy it; do not write to it."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    data, done = shared / "demo", shared / "demo.done"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(data, ignore_errors=True)
            load_demo(data)
            done.touch()
    return data


@contextmanager
def serving(demo_folder: Path, data: Path) -> Iterator[Server]:
    """Serve a copy of the demo's data on a free port."""
    shutil.copytree(demo_folder, data)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = ["--host", "127.0.0.1", "--port", str(port)]
    size = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "4", "--no-ws"]
    log = data / "server.log"
    with log.open("wb") as output:
        command = [BIN / "granian", *size, *address, "accord.web.wsgi:application"]
        process = subprocess.Popen(command, env=environment(data), cwd=data, stdout=output, stderr=output)
    try:
        _wait(port, process, log)
        yield Server(f"http://127.0.0.1:{port}", data)
    finally:
        process.terminate()
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError(f"The server did not start:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def server(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests of a worker: read, or add what no other test counts."""
    with serving(demo_folder, tmp_path_factory.mktemp("server") / "data") as running:
        yield running


@pytest.fixture
def fresh_server(demo_folder: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of this test's own, with the demo as it was loaded."""
    with serving(demo_folder, tmp_path / "data") as running:
        yield running
