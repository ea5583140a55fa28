"""The list of 100,000 contacts, held against an empty Django page on the same server in the same run.

A district of 60 schools with 100,000 invented contacts, on SQLite and, where its programs are at hand, on PostgreSQL.
A superintendent, who reaches all of it, and a principal open the list and narrow it; between their requests the same
server answers an empty page through the same middleware. A few readers at a time, as a district has.
"""

from __future__ import annotations

import asyncio
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path

from bench.figure import Figure

CONTACTS = 100_000
MILLISECONDS = 300
READERS = 2
REQUESTS = 200
ROUNDS = 3
_PORT = 8919
_PASSWORD = "a bench of oak beside the river"

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

_FILL = """
import os, random, uuid
from datetime import date, datetime, timedelta, timezone
import django
django.setup()
from django.db import transaction
from accord.facts import ConductClass, InitiatedBy, Kind, Outcome, Race, Role, Sex
from accord.web.interactions.models import Interaction, Person, Review, Version
from accord.web.people.models import RoleGrant, School, User

rng, now, many = random.Random(351531), datetime.now(timezone.utc), int(os.environ["CONTACTS"])
dated = {"starts_on": date(2015, 7, 1), "granted_by": "bench", "granted_at": now}

def account(name, role, school=None):
    user = User(username=name, name=name, created_at=now)
    user.set_password(os.environ["PASSWORD"])
    user.save()
    RoleGrant.objects.create(user=user, role=role, school=school, **dated)
    return user

School.objects.bulk_create(School(cds=f"9999999{n:07d}", name=f"School {n}", level="High") for n in range(60))
schools = list(School.objects.order_by("cds"))
eve = account("superintendent", Role.SUPERINTENDENT)
account("principal", Role.PRINCIPAL, schools[7])
officers = [account(f"officer-{n}", Role.SRO, school) for n, school in enumerate(schools)]
common = [Outcome.WARNING, Outcome.SUPPORT, Outcome.NO_ACTION]
codes = [one.value for one in Outcome]
with transaction.atomic():
    for start in range(0, many, 5000):
        numbers = range(start, min(start + 5000, many))
        at = [now - timedelta(minutes=20 * (many - n), hours=rng.randrange(48)) for n in numbers]
        made = Interaction.objects.bulk_create(
            Interaction(school=schools[n % 60], author=officers[n % 60], filed_at=when, key=uuid.uuid4().hex,
                        reference=f"b{n:08d}")
            for n, when in zip(numbers, at, strict=True))
        versions = Version.objects.bulk_create(
            Version(interaction=one, number=1, by=one.author, at=one.filed_at, kind=rng.choice(list(Kind)).value,
                    occurred_at=one.filed_at - timedelta(hours=rng.random() * 20), duration_minutes=10,
                    initiated_by=rng.choice(list(InitiatedBy)).value, conduct=rng.choice(list(ConductClass)).value,
                    location="office", tried_first=["administrator_response"],
                    narrative="A talk in the office about what happened at lunch. " * 6)
            for one in made)
        Person.objects.bulk_create(
            Person(version=one, position=position, kind="student", role="subject", actions=["talked"],
                   outcomes=[rng.choice(common).value] if rng.random() < 0.97 else [rng.choice(codes)],
                   grade="09", race=rng.choice(list(Race)).value, sex=rng.choice(list(Sex)).value, disability="none",
                   english_learner="no")
            for one in versions for position in range(rng.choice((1, 1, 1, 2))))
        Review.objects.bulk_create(
            Review(version=one, by=eve, at=one.at, found="appropriate")
            for one in versions if one.interaction.filed_at < now - timedelta(days=14))
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("ANALYZE")
"""

_PAGES = {
    "list": ("", "?page=40", "?order=oldest"),
    "list narrowed": ("?kind=stop", "?state=needs_review", "?state=flagged", "?outcome=citation", "?started=court",
                      "?since={since}&until={until}", "?state=for_you&order=oldest", "?kind=stop&outcome=arrest"),
}  # fmt: skip


@contextmanager
def _server(url: str, folder: Path) -> Iterator[None]:
    """An Accord on this machine with the contacts in it."""
    (folder / "bench_urls.py").write_text(_URLS)
    (folder / "bench_settings.py").write_text(_SETTINGS)
    environment = {**os.environ, "ACCORD_DEMO": "1", "ACCORD_DATA": str(folder), "ACCORD_DATABASE_URL": url,
                   "DJANGO_SETTINGS_MODULE": "accord.web.settings", "CONTACTS": str(CONTACTS),
                   "PASSWORD": _PASSWORD, "PYTHONPATH": f"{folder}:{os.environ.get('PYTHONPATH', '')}"}  # fmt: skip
    for command in (["-m", "django", "collectstatic", "--no-input", "-v0"], ["-m", "django", "migrate", "-v0"],
                    ["-c", _FILL]):  # fmt: skip
        subprocess.run([sys.executable, *command], env=environment, check=True, stdout=subprocess.DEVNULL)
    environment["DJANGO_SETTINGS_MODULE"] = "bench_settings"
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4",
               "--port", str(_PORT), "--log-level", "warning", "accord.web.wsgi:application"]  # fmt: skip
    server = subprocess.Popen(command, env=environment)
    time.sleep(4)
    try:
        yield
    finally:
        server.terminate()
        server.wait()


def _sign_in(name: str) -> str:
    """The Cookie header of somebody who signed in through the page."""
    jar = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    page = f"http://127.0.0.1:{_PORT}/people/sign-in/"
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.open(page).read().decode())
    assert found
    typed = {"csrfmiddlewaretoken": found[1], "username": name, "password": _PASSWORD}
    browser.open(page, urllib.parse.urlencode(typed).encode()).read()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


async def _reader(paths: list[str], cookie: str, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", _PORT, limit=1 << 22)
    for path in paths:
        head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\nConnection: keep-alive\r\n\r\n"
        began = time.perf_counter()
        writer.write(head.encode())
        answer = await reader.readuntil(b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.1 200"), (path, answer[:200])
        await reader.readexactly(int(answer.lower().split(b"content-length:")[1].split(b"\r\n")[0]))
        times.append(time.perf_counter() - began)
    writer.close()


async def _times(paths: tuple[str, ...], cookie: str) -> list[float]:
    """Seconds of each request, `READERS` at a time, the paths in turn."""
    times: list[float] = []
    asked = [paths[number % len(paths)] for number in range(REQUESTS // READERS)]
    await asyncio.gather(*(_reader(asked, cookie, times) for _ in range(READERS)))
    return times


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[18]


def _measured(database: str) -> Iterator[Figure]:
    day = time.strftime("%Y-%m-%d", time.localtime(time.time() - 86400 * 30))
    for who in ("superintendent", "principal"):
        cookie = _sign_in(who)
        for what, pages in _PAGES.items():
            paths = tuple("/interactions/" + one.format(since=day, until=day) for one in pages)
            ratios, worst = [], []
            for number in range(ROUNDS + 1):
                empty, full = (_p95(asyncio.run(_times(one, cookie))) for one in (("/empty/",), paths))
                if number:
                    ratios.append(full / empty)
                    worst.append(full * 1000)
            name = f"{what} of {CONTACTS:,} contacts, 95th percentile, {who}, {database}"
            yield Figure(name, statistics.median(worst), "ms", at_most=MILLISECONDS)
            yield Figure(name, statistics.median(ratios), "x an empty page")


def _on(database: str, url: str, folder: Path) -> list[Figure]:
    with _server(url, folder):
        return list(_measured(database))


def figures() -> list[Figure]:
    """The 95th percentiles on each database: the median of rounds that alternate with the empty page."""
    from scripts import postgres
    from scripts.tools import postgres as programs

    with tempfile.TemporaryDirectory(prefix="accord-list-") as name:
        folder = Path(name)
        found = _on("SQLite", f"sqlite:///{folder / 'accord.sqlite3'}", folder)
        if programs() is not None:
            with postgres.cluster() as url:
                found += _on("PostgreSQL", url, folder)
    return found
