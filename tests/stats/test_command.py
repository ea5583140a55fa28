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


HALVES = {"fall": ("2025-07-01", "2025-12-31"), "spring": ("2026-01-01", "2026-06-30")}


def make(inputs: tuple[Path, Path], half: tuple[str, str], *more: object) -> subprocess.CompletedProcess[str]:
    return run(inputs[0], "--enrollment", inputs[1], "--start", half[0], "--end", half[1], *more)


def test_a_period_that_overlaps_a_published_edition_is_refused(inputs, tmp_path):
    published = tmp_path / "published"
    assert make(inputs, HALVES["fall"], "--out", published / "fall", "--published", tmp_path).returncode == 0
    over = make(inputs, ("2025-12-31", "2026-06-30"), "--published", published, "--out", tmp_path / "out")
    assert over.returncode == 1
    assert "already covers days from 2025-07-01 to 2025-12-31" in over.stderr
    assert over.stdout == ""
    assert not (tmp_path / "out").exists()
    assert make(inputs, HALVES["spring"], "--published", published).returncode == 0
    assert make(inputs, HALVES["fall"], "--published", published).returncode == 0, "the same edition is no second one"


def test_a_folder_of_published_editions_that_cannot_be_read_is_told(inputs, tmp_path):
    assert make(inputs, HALVES["fall"], "--published", tmp_path / "none").returncode == 2
    (tmp_path / "edition.json").write_text("[1]", encoding="utf-8")
    other = make(inputs, HALVES["fall"], "--published", tmp_path)
    assert (other.returncode, len(other.stderr.splitlines())) == (2, 2)
    assert "not an edition" in other.stderr


def test_a_published_edition_that_was_changed_is_told(inputs, tmp_path):
    make(inputs, HALVES["fall"], "--out", tmp_path)
    path = tmp_path / "edition.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"start":"2025-07-01"', '"start":"2024-07-01"'), "utf-8")
    done = make(inputs, HALVES["fall"], "--published", tmp_path)
    assert done.returncode == 2
    assert "was changed" in done.stderr


@pytest.mark.parametrize("lax", [("--threshold", 4), ("--width", 3)])
def test_numbers_below_those_in_force_mark_every_file_as_not_for_publication(inputs, tmp_path, lax):
    done = make(inputs, HALVES["fall"], *lax, "--out", tmp_path)
    assert done.stdout.startswith("NOT FOR PUBLICATION: ")
    assert "in force" in json.loads((tmp_path / "edition.json").read_bytes())["not_for_publication"]
    for path in tmp_path.glob("*.csv"):
        with path.open(newline="") as file:
            lines = list(csv.reader(file))
        assert lines[0][-1] == "not_for_publication"
        assert all("in force" in line[-1] for line in lines[1:])


def test_numbers_in_force_mark_nothing(inputs, tmp_path):
    done = make(inputs, HALVES["fall"], "--threshold", 12, "--json", "--out", tmp_path)
    assert "not_for_publication" not in done.stdout
    assert "not_for_publication" not in "".join(path.read_text() for path in tmp_path.glob("*.csv"))
