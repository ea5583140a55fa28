"""A roster of 100,000 students as a OneRoster zip, brought in by the command on an empty district: time and memory.

Measured on SQLite and, where its programs are at hand, on PostgreSQL; then the same zip again, which changes nothing.
The students are invented: numbers, letters for names, answers drawn with a fixed seed.
"""

from __future__ import annotations

import csv
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figure import Figure

STUDENTS = 100_000
SCHOOLS = 60
SECONDS = 60
MEBIBYTES = 1024
_SEED = 351_531
_BIN = Path(sys.executable).parent

_OPEN = """
from datetime import date
from django.utils import timezone
from accord.facts import Role
from accord.web.people.models import RoleGrant, School, User
now = timezone.now()
dana = User(username="dana", name="Dana", created_at=now)
dana.set_unusable_password()
dana.save()
dated = {"starts_on": date(2020, 7, 1), "granted_by": "bench", "granted_at": now}
RoleGrant.objects.create(user=dana, role=Role.PROGRAM_ADMIN, **dated)
School.objects.bulk_create(
    School(cds=f"9999999{number:07d}", name=f"School {number}", level="High") for number in range(SCHOOLS)
)
"""


def roster(path: Path, *, students: int = STUDENTS, schools: int = SCHOOLS) -> None:
    """Write a OneRoster 1.1 zip of invented students."""
    rng = random.Random(_SEED)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("manifest.csv", "propertyName,value\noneroster.version,1.1\nfile.users,bulk\n")
        package.writestr("orgs.csv", _csv(_ORGS, (_org(number) for number in range(schools))))
        package.writestr("users.csv", _csv(_USERS, (_user(number, schools, rng) for number in range(students))))
        package.writestr("demographics.csv", _csv(_DEMOGRAPHICS, (_answers(number, rng) for number in range(students))))


_ORGS = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId"
_USERS = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,"
    "identifier,email,sms,phone,agentSourcedIds,grades,password"
)
_DEMOGRAPHICS = (
    "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,"
    "nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,"
    "countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus"
)


def _csv(head: str, rows: Iterator[list[object]]) -> str:
    text = io.StringIO()
    text.write(head + "\n")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _org(number: int) -> list[object]:
    return [f"org-{number}", "", "", f"School {number}", "school", f"9999999{number:07d}", ""]


def _user(number: int, schools: int, rng: random.Random) -> list[object]:
    name = "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=14)).title()
    ids = f"{{SSID:{1_000_000_000 + number}}}"
    org, grade = f"org-{number % schools}", f"{number % 12 + 1:02d}"
    return [f"u-{number}", "", "", "true", org, "student", f"u{number}", ids, name[:6], name[6:], "", 300_000 + number,
            "", "", "", "", grade, ""]  # fmt: skip


def _answers(number: int, rng: random.Random) -> list[object]:
    yes = [str(rng.random() < share).lower() for share in (0.01, 0.12, 0.08, 0.01, 0.5)]
    born = f"{2008 + number % 12}-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    hispanic = str(rng.random() < 0.5).lower()
    return [f"u-{number}", "", "", born, rng.choice(("male", "female")), *yes, "false", hispanic, "", "", "", ""]


@contextmanager
def _district(url: str, folder: Path) -> Iterator[dict[str, str]]:
    """The environment of an empty district with its schools and one program administrator."""
    environment = {**os.environ, "ACCORD_DEMO": "1", "ACCORD_DATA": str(folder), "ACCORD_DATABASE_URL": url}
    environment["DJANGO_SETTINGS_MODULE"] = "accord.web.settings"
    subprocess.run([sys.executable, "-m", "django", "migrate", "-v0"], env=environment, check=True)
    opening = "import django; django.setup()\n" + _OPEN.replace("SCHOOLS", str(SCHOOLS))
    subprocess.run([sys.executable, "-c", opening], env=environment, check=True)
    yield environment


def _import(path: Path, environment: dict[str, str]) -> tuple[float, float, float, dict[str, object]]:
    """Seconds, seconds of the processor, mebibytes at the peak, and the answer of one run of the command."""
    answer = path.with_suffix(".json")
    began = time.perf_counter()
    with answer.open("wb") as output:
        command = [str(_BIN / "accord"), "roster", "import", str(path), "--json"]
        process = subprocess.Popen(command, env=environment, stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    if status:
        raise RuntimeError(f"The import failed with status {status}.")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, json.loads(answer.read_bytes())


def _figures(database: str, url: str, path: Path, folder: Path) -> Iterator[Figure]:
    with _district(url, folder) as environment:
        seconds, processor, memory, done = _import(path, environment)
        if (done["imported"], done["rejected"]) != (STUDENTS, []):
            raise RuntimeError(f"{done['imported']} of {STUDENTS} students were stored.")
        again, _, _, done = _import(path, environment)
        if (done["imported"], done["updated"]) != (0, 0):
            raise RuntimeError("The same roster again changed something.")
    what = f"roster of {STUDENTS:,} students on {database}"
    yield Figure(what, seconds, "s", at_most=SECONDS)
    yield Figure(what, STUDENTS / seconds, "rows/s")
    yield Figure(f"{what}, of which the processor works", processor, "s")
    yield Figure(f"{what}, memory at the peak", memory, "MiB", at_most=MEBIBYTES)
    yield Figure(f"{what}, once more unchanged", again, "s", at_most=SECONDS)


def figures() -> list[Figure]:
    """Time, rate and memory of the command on each database."""
    from scripts import postgres
    from scripts.tools import postgres as programs

    with tempfile.TemporaryDirectory(prefix="accord-roster-") as name:
        folder = Path(name)
        path = folder / "roster.zip"
        roster(path)
        found = list(_figures("SQLite", f"sqlite:///{folder / 'accord.sqlite3'}", path, folder))
        if programs() is not None:
            with postgres.cluster() as url:
                found += _figures("PostgreSQL", url, path, folder)
    return found
