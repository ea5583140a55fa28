"""The commands of docs/how-to/publish-tables.md, as they stand there, from events to a release that was attacked."""

from __future__ import annotations

import csv
import random
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from accord import cli
from tests.house.tree import ROOT

RACES = {"black": 120, "white": 240, "asian": 60, "two_or_more": 12}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A district of six schools in two areas, with the files that the page asks for."""
    chance = random.Random(11)
    enrollment = [("school", "race", "count")]
    events = [("student", "school", "race", "occurred_on", "arrest")]
    for school in (f"S{n}" for n in range(6)):
        for race, students in RACES.items():
            enrollment.append((school, race, str(students)))
            for student in range(students):
                if chance.random() < (0.12 if race == "black" else 0.05):
                    day = f"2025-{chance.randint(9, 12):02}-{chance.randint(1, 28):02}"
                    events.append((f"{school}-{race}-{student}", school, race, day, chance.choice(["yes", "no"])))
    places = [("dimension", "child", "parent"), *(("school", f"S{n}", ("North", "South")[n % 2]) for n in range(6))]
    for name, rows in (("events", events), ("enrollment", enrollment), ("places", places)):
        with (tmp_path / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_commands_of_the_page_run_as_they_stand_and_what_they_publish_withstands_the_attack(folder):
    cli.load()
    page = (ROOT / "docs" / "how-to" / "publish-tables.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\.venv/bin/accord (.+)$", page, re.MULTILINE)
    assert [line.split()[0] for line in lines] == ["tally", "equity", "protect", "attack"]
    assert "mkdir -p ledger" in page
    (folder / "ledger").mkdir()
    said = {}
    for line in lines:
        done = CliRunner().invoke(cli.app, shlex.split(line))
        assert done.exit_code == 0, (line, done.output, done.exception)
        said[line.split()[0]] = done.stdout
    assert "within strata" in said["equity"]
    assert len(list((folder / "ledger").iterdir())) == 1
    with (folder / "release" / "cells.csv").open(encoding="utf-8") as file:
        printed = {row["cell"]: row["value"] for row in csv.DictReader(file)}
    assert {"", "0"} < {*printed.values()}
    intervals = [line.split(",") for line in said["attack"].splitlines()[1:]]
    assert {cell for cell, _, _ in intervals} == {cell for cell, value in printed.items() if not value}
    small = [(int(low), int(high)) for _, low, high in intervals if high and int(high) <= 10]
    assert small
    assert all(high - low >= 4 for low, high in small)
