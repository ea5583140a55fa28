"""`accord policy import` and `accord policy status`."""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from accord.cli import main
from accord.facts import Status
from accord.web.controls.standing import standings
from accord.web.policies import catalogues
from accord.web.policies.models import Policy, Version
from tests.web import factories as make
from tests.web.controls import factories as control
from tests.web.policies import factories as policy

pytestmark = pytest.mark.django_db

Run = Callable[..., tuple[int, str, str]]

CATALOGUE = """
code = "5141.3"
title = "Health Examinations"
[[obligation]]
id = "H01"
title = "Health examinations"
words = "Someone checks that each pupil was seen by a doctor."
actor = "Superintendent"
modality = "shall"
evidence = "The list of examinations."
kept_by = "records"
"""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `accord policy ...` and gives exit code, stdout and stderr."""

    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["accord", "policy", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0), *capsys.readouterr()

    return call


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "bp.txt"
    path.write_text(policy.text(), encoding="utf-8")
    return path


def test_a_file_is_brought_in_by_a_named_person(run: Run, file: Path) -> None:
    code, out, _ = run("import", file, "--by", make.eve().username)
    version = Version.objects.get()
    assert code == 0
    assert out.startswith(f"Brought in 3515.31, version 1: {len(version.document['sentences'])} sentences")
    assert (version.imported_by, version.source_name) == (make.eve(), "bp.txt")


def test_the_one_person_who_may_need_not_be_named(run: Run, file: Path) -> None:
    make.alice()
    make.eve()
    assert run("import", file)[0] == 0
    make.carol()
    code, _, err = run("import", file)
    assert code == 2
    assert err.startswith("--by: 2 people may bring in a policy")
    assert make.eve().username in err
    assert make.carol().username in err


def test_twice_is_said_and_stored_once(run: Run, file: Path) -> None:
    run("import", file, "--by", make.eve().username)
    code, out, _ = run("import", file, "--by", make.eve().username)
    assert (code, Version.objects.count()) == (0, 1)
    assert "Nothing was stored twice" in out


def test_the_answer_is_json_when_asked(run: Run, file: Path) -> None:
    answer = json.loads(run("import", file, "--by", make.eve().username, "--json")[1])
    assert (answer["code"], answer["version"], answer["new"]) == ("3515.31", 1, True)


def test_another_policy_loads_in_one_command_with_its_obligations(run: Run, tmp_path: Path) -> None:
    document, listed = tmp_path / "5141.3.txt", tmp_path / "catalogue.toml"
    document.write_text(policy.other(), encoding="utf-8")
    listed.write_text(CATALOGUE, encoding="utf-8")
    assert run("import", document, "--by", make.eve().username, "--catalogue", listed)[0] == 0
    assert [one.id for one in catalogues.of(Policy.objects.get()).obligations] == ["H01"]


def test_a_rules_no_is_exit_code_one(run: Run, file: Path) -> None:
    code, _, err = run("import", file, "--by", make.alice().username)
    assert code == 1
    assert err.splitlines()[1].startswith("Clauses: people.permission")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["no-such-file.txt"], "There is no such file"),
        (["FILE", "--by", "nobody"], "There is no account nobody"),
        (["FILE", "--by", "EVE", "--catalogue", "no-such.toml"], "There is no catalogue here"),
    ],
)
def test_bad_input_is_two_lines_and_exit_code_two(run: Run, file: Path, arguments: list[str], words: str) -> None:
    known = {"FILE": str(file), "EVE": make.eve().username}
    code, _, err = run("import", *(known.get(one, one) for one in arguments))
    assert (code, len(err.splitlines())) == (2, 2)
    assert words in err
    assert not Policy.objects.exists()


def test_status_prints_every_sentence_with_its_standing(run: Run) -> None:
    version = policy.in_force()
    control.evidence()
    code, out, _ = run("status")
    assert code == 0
    for row in version.document["sentences"]:
        assert row["text"] in out
    assert "[Met] P08" in out
    kept = sum(one.status is Status.MET for key, one in standings(on=make.ON).items() if key.startswith("P"))
    assert out.endswith(f"{kept} of 23 kept. Without evidence counts as not met.\n")


def test_status_adds_up_and_goes_back_in_time(run: Run) -> None:
    policy.in_force()
    control.evidence()
    today = json.loads(run("status", "--json")[1])
    assert sum(today["summary"].values()) == today["total"] == 23
    before = json.loads(run("status", "--json", "--on", make.ON - timedelta(days=1))[1])
    assert today["summary"]["met"] > before["summary"]["met"] == 0


def test_status_with_nothing_in_force(run: Run) -> None:
    assert "No policy is in force" in run("status")[1]
    assert json.loads(run("status", "--json")[1])["policy"] is None
