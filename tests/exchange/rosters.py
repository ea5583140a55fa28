"""Rosters that tests write: whole ones, bent ones, hostile ones."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from accord.exchange import roster_files
from accord.exchange.oneroster import HEADS
from accord.exchange.roster import Choices, Reading, RosterStudent

ON = date(2026, 11, 24)
CHOICES = Choices(on=ON, ssid_digits=10)
HEAD = "local_id,ssid,school,grade,birth_date,sex,hispanic,race,disability,english_learner,given_name,family_name"


def read(source: Path | bytes, *, format: str = "", name: str = "roster.csv", **choices: object):
    """Everything a roster tells: its reading, and its students."""
    opened = source if isinstance(source, Path) else io.BytesIO(source)
    wanted = Choices(on=ON, ssid_digits=10, **choices) if choices else CHOICES
    with roster_files.opened(opened, wanted, format=format, name=name) as (reading, students):
        return reading, list(students)


def problems(reading: Reading) -> list[tuple[str, int, str]]:
    return [(one.file, one.row, one.column) for one in reading.rejected]


def by_id(students: list[RosterStudent]) -> dict[str, RosterStudent]:
    return {one.local_id: one for one in students}


def plain(*rows: str, head: str = HEAD) -> bytes:
    """A plain CSV roster."""
    return "\n".join([head, *rows, ""]).encode()


def good(number: int, **more: str) -> str:
    """A row that can be read."""
    usual = {
        "local_id": f"{number}", "ssid": f"{9_000_000_000 + number}", "school": "Cedar Middle", "grade": "7",
        "birth_date": "2013-05-06", "sex": "F", "hispanic": "N", "race": "700", "disability": "none",
        "english_learner": "no", "given_name": "Ana", "family_name": f"Number{number}",
    }  # fmt: skip
    return ",".join((usual | more).values())


def zipped(files: Mapping[str, str | bytes], **kwargs: object) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return buffer.getvalue()


def oneroster(*, version: str = "1.1", **files: str) -> dict[str, str]:
    """A small OneRoster district: two schools, three students and a teacher. `users=` replaces rows."""
    head = {name: lines[0] for name, lines in HEADS.items()}
    content = {
        "orgs": (
            "d,,,District,district,,\n"
            "s1,,,Cedar Middle,school,99999990000001,d\n"
            "s2,,,Oak High,school,99999990000002,d\n"
        ),
        "users": (
            'u1,,,true,"d,s1",student,ana,"{SSID:1234567890},{Fed:9}",Ana,Reyes,,1001,,,,,07,secret\n'
            "u2,,,true,s2,student,ben,,Ben,Ota,,1002,,,,,10,secret\n"
            "u3,,,true,d,student,cy,,Cy,Doe,,,,,,,TK,secret\n"
            "t1,,,true,s1,teacher,ted,,Ted,Lee,,77,,,,,,secret\n"
        ),
        "demographics": (
            "u1,,,2013-01-02,female,false,false,false,false,true,false,true,MX,,Puebla,\n"
            "u2,,,2010-03-04,male,false,true,true,false,false,false,false,US,CA,Lodi,\n"
            "u3,,,2021-03-04,male,,,,,,true,,US,CA,Lodi,\n"
        ),
        "enrollments": "e1,,,c1,s2,u3,student,true,2026-08-17,2026-12-18\n",
    } | files
    made = {f"{name}.csv": f"{head[f'{name}.csv']}\n{rows}" for name, rows in content.items() if rows}
    made["manifest.csv"] = f"propertyName,value\nmanifest.version,1.0\noneroster.version,{version}\n"
    return made
