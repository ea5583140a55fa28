"""`accord report` from two files to the same edition, with exit codes a script can trust."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pyarrow.csv
import pytest
from bench.districts import district

from accord.stats.attack import verify
from accord.stats.edition import digest_of
from accord.stats.schema import ENROLLMENT, EVENTS


@pytest.fixture(scope="module")
def inputs(tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("inputs")
    paths = folder / "events.csv", folder / "enrollment.csv"
    for path, table, columns in zip(paths, district(5, contacts=300), (EVENTS, ENROLLMENT), strict=True):
        names = [item.name for item in columns if item.name in table.column_names]
        pyarrow.csv.write_csv(table.select(names), path)
    return paths


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("accord")), "report", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_the_command_answers_with_a_safe_edition_and_writes_its_files(inputs, tmp_path):
    events, enrollment = inputs
    done = run(events, "--enrollment", enrollment, "--json", "--out", tmp_path / "out", "--title", "Fall and spring")
    assert (done.returncode, done.stderr) == (0, "")
    data = json.loads(done.stdout)
    assert data == json.loads((tmp_path / "out" / "edition.json").read_bytes())
    assert data["title"] == "Fall and spring"
    assert digest_of(data) == data["digest"]
    assert verify(data).safe
    assert len(list((tmp_path / "out").glob("*.csv"))) == len(data["tables"])


def test_the_command_says_in_words_what_is_hidden(inputs):
    done = run(inputs[0], "--enrollment", inputs[1], "--start", "2025-07-01", "--end", "2025-12-31")
    assert done.returncode == 0
    assert "Hidden:" in done.stdout
    assert "recovered none" in done.stdout
    assert "lie outside 2025-07-01 to 2025-12-31" in done.stderr


def test_a_bad_file_is_told_in_two_lines_with_exit_code_two(inputs, tmp_path):
    bad = tmp_path / "bad.csv"
    with inputs[0].open(newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["role"] = "suspect"
    with bad.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    done = run(bad, "--enrollment", inputs[1])
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2
    assert "line 2, column role: 'suspect' is not one of subject, witness" in done.stderr
