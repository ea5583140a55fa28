"""The front page for 100 readers at once, held against an empty Django page on the same server in the same run.

The empty page is a view that answers two bytes through the very same middleware. One round warms both; then rounds
alternate, so that whatever else the machine does falls on both. The figure is the ratio of the 95th percentiles.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.figure import Figure

READERS = 100
REQUESTS = 1500
ROUNDS = 4

_URLS = """
from django.http import HttpResponse
from django.urls import include, path
from accord.web import urls
from accord.web.routes import PERMISSION
PERMISSION["empty"] = "policies.read"
urlpatterns = [path("empty/", lambda request: HttpResponse("ok"), name="empty"), *urls.urlpatterns]
"""
_SETTINGS = """
from accord.web.settings import *
ROOT_URLCONF = "bench_urls"
"""


async def _reader(port: int, path: str, requests: int, times: list[float]) -> None:
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: keep-alive\r\n\r\n".encode()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(requests):
        began = time.perf_counter()
        writer.write(head)
        answer = await reader.readuntil(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200"), answer[:200]
        length = int(answer.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        times.append(time.perf_counter() - began)
    writer.close()


async def _p95(port: int, path: str) -> float:
    times: list[float] = []
    await asyncio.gather(*(_reader(port, path, REQUESTS // READERS, times) for _ in range(READERS)))
    return statistics.quantiles(times, n=20)[18]


def _serve(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    (folder / "bench_urls.py").write_text(_URLS)
    (folder / "bench_settings.py").write_text(_SETTINGS)
    environment = {**os.environ, "ACCORD_DEMO": "1", "ACCORD_DATA": str(folder / "data"), "PYTHONPATH": str(folder)}
    collect = [
        sys.executable,
        "-m",
        "django",
        "collectstatic",
        "--no-input",
        "-v0",
        "--settings",
        "accord.web.settings",
    ]
    subprocess.run(collect, env=environment, check=True)
    load = [str(Path(sys.executable).parent / "accord"), "demo", "--no-serve"]
    subprocess.run(load, env=environment, check=True, capture_output=True)
    environment["DJANGO_SETTINGS_MODULE"] = "bench_settings"
    port = 8917
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4",
               "--port", str(port), "--log-level", "warning", "accord.web.wsgi:application"]  # fmt: skip
    server = subprocess.Popen(command, env=environment)
    time.sleep(4)
    return server, port


def figures() -> list[Figure]:
    """The ratio of the 95th percentiles: the median of alternating rounds."""
    with tempfile.TemporaryDirectory() as name:
        server, port = _serve(Path(name))
        try:
            ratios, pages = [], []
            for number in range(ROUNDS + 1):
                empty, front = asyncio.run(_p95(port, "/empty/")), asyncio.run(_p95(port, "/"))
                if number:
                    ratios.append(front / empty)
                    pages.append(front * 1000)
        finally:
            server.terminate()
            server.wait()
    return [
        Figure("front page, 95th percentile, 100 readers", statistics.median(ratios), "x an empty page", at_most=3),
        Figure("front page, 95th percentile, 100 readers", statistics.median(pages), "ms"),
    ]
