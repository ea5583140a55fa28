"""`accord policy read` as a person runs it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

POLICY = """---
title: 1250 Visitors
kind: Policy
created: 2019-03-04
---

The principal shall keep a list which holds:

- the name of each visitor

Visitors shall obey the law. (Education Code 32211; Penal Code 245)
"""


def _accord(*words: str) -> subprocess.CompletedProcess[str]:
    program = "from accord.cli import main; main()"
    return subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "policy.md"
    path.write_text(POLICY, encoding="utf-8")
    return path


def test_it_prints_the_policy_with_what_is_asked_of_whom(policy: Path) -> None:
    done = _accord("policy", "read", str(policy))
    assert done.returncode == 0
    assert done.stdout.splitlines()[:2] == ["Policy 1250 - Visitors", "adopted 2019-03-04"]
    assert "[shall, Principal]" in done.stdout
    assert "    - the name of each visitor" in done.stdout
    assert "3 sentences, 0 notes" in done.stdout
    assert "Penal Code 245: " in done.stdout
    assert "Not in the index of laws: Education Code 32211" in done.stdout


def test_json_is_json(policy: Path) -> None:
    done = _accord("policy", "read", str(policy), "--json")
    data = json.loads(done.stdout)
    assert (data["code"], data["adopted_on"], data["revised_on"]) == ("1250", "2019-03-04", None)
    assert [sentence["parent"] for sentence in data["sentences"]] == [None, data["sentences"][0]["id"], None]


def test_a_file_that_cannot_be_read_ends_with_two_lines_and_code_2(tmp_path: Path) -> None:
    done = _accord("policy", "read", str(tmp_path / "none.txt"))
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2
    assert "none.txt: There is no such file." in done.stderr
