"""`accord policy check` and `accord policy diff` as a person runs them."""

import json
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from tests.documents.policies import IDS_OF_POLICY
from tests.shared import BP_3515_31, SHARED, needs_shared

from accord.cli import main

OURS = """---
title: School Resource Officers
---

# School Resource Officers

SROs shall use de-escalation techniques to lessen the use of force.

Lunch for visitors is at noon.
"""
OTHER_CATALOGUE = """
code = "9999"
title = "Bicycles"
[[obligation]]
id = "P01"
title = "Helmets"
words = "Pupils on bicycles wear helmets."
actor = "Staff"
modality = "shall"
evidence = "What the gate sees."
kept_by = "policies"
"""
OTHER_BINDINGS = """
subject = ["bicycle*"]
[concepts]
rider = ["students", "pupils", "riders"]
[[obligation]]
id = "P01"
[[obligation.way]]
subject = ["rider"]
modality = ["shall"]
needs = [["^ wear ~2 helmet*"]]
"""


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def accord(*arguments: object) -> Done:
    """Run the command in this process: starting Python anew for each would take longer than all it does."""
    out, err, code = StringIO(), StringIO(), 0
    with redirect_stdout(out), redirect_stderr(err), patch("sys.argv", ["accord", "policy", *map(str, arguments)]):
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
    return Done(code, out.getvalue(), err.getvalue())


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    path = tmp_path / "ours.md"
    path.write_text(OURS, encoding="utf-8")
    return path


@needs_shared
def test_the_adopted_policy_passes_with_exit_code_0_in_a_process_of_its_own() -> None:
    command = [sys.executable, "-c", "from accord.cli import main; main()", "policy", "check", str(BP_3515_31)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count(" found ") >= 23
    assert "23 of 23 obligations found" in done.stdout


@needs_shared
def test_json_says_exactly_what_was_promised() -> None:
    done = accord("check", BP_3515_31, "--json")
    answer = json.loads(done.stdout)
    assert answer.keys() == {"obligations", "unbound"}
    assert [row["id"] for row in answer["obligations"]] == IDS_OF_POLICY
    for row in answer["obligations"]:
        assert row.keys() == {"id", "status", "sentences", "score", "items"}
        assert all(item.keys() == {"id", "status"} for item in row["items"])


def test_a_policy_that_falls_short_ends_with_exit_code_1_also_with_json(ours: Path) -> None:
    plain, as_json = accord("check", ours), accord("check", ours, "--json")
    assert (plain.returncode, as_json.returncode) == (1, 1)
    assert "P10  found" in plain.stdout
    assert "P22  missing" in plain.stdout
    assert "P04.6" not in plain.stdout  # its parts are told only where some of them are there
    rows = {row["id"]: row["status"] for row in json.loads(as_json.stdout)["obligations"]}
    assert [id for id, status in rows.items() if status == "found"] == ["P10"]
    assert len(json.loads(as_json.stdout)["unbound"]) == 1


def test_what_cannot_be_read_ends_with_exit_code_2_and_two_lines(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    for arguments in (("check", empty), ("check", tmp_path / "nowhere.txt"), ("diff", empty, empty)):
        done = accord(*arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.strip().splitlines()) == 2


def test_another_policy_comes_as_two_files_and_no_code(tmp_path: Path) -> None:
    folder = tmp_path / "bicycles"
    folder.mkdir()
    (folder / "catalogue.toml").write_text(OTHER_CATALOGUE, encoding="utf-8")
    (folder / "bindings.toml").write_text(OTHER_BINDINGS, encoding="utf-8")
    policy = tmp_path / "bicycles.md"
    policy.write_text("# Bicycles on Campus\n\nStudents who ride bicycles shall wear a helmet.\n", encoding="utf-8")
    for named in (folder, folder / "catalogue.toml"):
        done = accord("check", policy, "--json", "--catalogue", named)
        assert done.returncode == 0, done.stderr
        assert [(row["id"], row["status"]) for row in json.loads(done.stdout)["obligations"]] == [("P01", "found")]
    policy.write_text("# Bicycles on Campus\n\nStudents who ride bicycles may wear a helmet.\n", encoding="utf-8")
    assert accord("check", policy, "--catalogue", folder).returncode == 1


def test_a_catalogue_without_bindings_is_refused(tmp_path: Path, ours: Path) -> None:
    (tmp_path / "catalogue.toml").write_text(OTHER_CATALOGUE, encoding="utf-8")
    done = accord("check", ours, "--catalogue", tmp_path)
    assert done.returncode == 2
    assert "bindings.toml" in done.stderr
    assert accord("check", ours, "--catalogue", tmp_path / "nowhere").returncode == 2


def test_a_binding_that_names_an_unknown_concept_is_refused_by_its_name(tmp_path: Path, ours: Path) -> None:
    (tmp_path / "catalogue.toml").write_text(OTHER_CATALOGUE, encoding="utf-8")
    (tmp_path / "bindings.toml").write_text(OTHER_BINDINGS.replace('["rider"]', '["driver"]'), encoding="utf-8")
    done = accord("check", ours, "--catalogue", tmp_path)
    assert done.returncode == 2
    assert "driver" in done.stderr


def test_diff_lists_what_changed_and_the_controls_it_touches(tmp_path: Path, ours: Path) -> None:
    later = tmp_path / "later.md"
    later.write_text(OURS.replace("shall use", "may use"), encoding="utf-8")
    done = accord("diff", ours, later, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert answer.keys() == {"added", "removed", "changed", "obligations", "controls", "status_changes"}
    assert (answer["added"], answer["removed"]) == ([], [])
    assert [row["new"]["text"] for row in answer["changed"]] == [
        "SROs may use de-escalation techniques to lessen the use of force."
    ]
    assert answer["controls"] == ["controls.P10"]
    assert answer["status_changes"] == [{"id": "P10", "from": "found", "to": "missing"}]
    assert "P10 De-escalation before force: found before, missing now" in accord("diff", ours, later).stdout


@needs_shared
def test_comparing_a_policy_with_itself_finds_nothing() -> None:
    done = accord("diff", BP_3515_31, SHARED / "policies" / "bp-3515.31.txt", "--json")
    assert done.returncode == 0
    assert not any(json.loads(done.stdout).values())
