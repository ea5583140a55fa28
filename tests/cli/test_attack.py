"""accord attack from the command line: what else is known, labels, assumptions, time, and exit codes for a script."""

import json

import pytest
from typer.testing import CliRunner

from accord.cli import app, load

CELLS = "cell,value,denom\nall,100,\na,3,50\nb,4,40\nc,0,0\nd,93,\n"
EQUATIONS = "row,cell,coef\nr,all,1\nr,a,-1\nr,b,-1\nr,c,-1\nr,d,-1\n"
STATUS = "cell,status\nall,p\na,s\nb,s\nc,s\nd,p\n"


@pytest.fixture
def run(tmp_path):
    for name, text in (("c", CELLS), ("e", EQUATIONS), ("s", STATUS)):
        (tmp_path / f"{name}.csv").write_text(text)
    load()

    def call(*words):
        files = [
            part
            for name, letter in (("cells", "c"), ("equations", "e"), ("status", "s"))
            for part in (f"--{name}", letter)
        ]
        files = [str(tmp_path / f"{word}.csv") if word in "ces" else word for word in files]
        return CliRunner().invoke(app, ["attack", *files, *map(str, words)])

    return call


def ends(done):
    return {row["cell"]: (row["lo"], row["hi"]) for row in json.loads(done.stdout)}


def test_each_assumption_narrows_what_remains(run):
    """a + b + c = 7, and nobody is in the group of c."""
    assert ends(run("--assume", "a0", "--json"))["a"] == (0, 7)
    assert ends(run("--assume", "a0,a1", "--json"))["a"] == (1, 5)
    assert ends(run("--assume", "a0,a2", "--json")) == {"a": (0, 7), "b": (0, 7), "c": (0, 0)}
    done = run("--json", "--width", 7)
    assert ends(done)["a"] == (1, 6)
    assert done.exit_code == 1
    assert run("--assume", "a0,a2", "--width", 8).exit_code == 0
    assert run("--assume", "a3").exception.where == "--assume"


def test_what_a_parent_knows_and_what_a_label_tells_is_used(run, tmp_path):
    (tmp_path / "known.csv").write_text("cell,lo,hi\nb,4,\n")
    assert ends(run("--known", tmp_path / "known.csv", "--json"))["a"] == (1, 3)
    assert ends(run("--label-threshold", 4, "--threshold", 4, "--assume", "a0,a2", "--json"))["a"] == (3, 4)


def test_what_time_does_not_settle_is_not_called_safe(run):
    done = run("--time", 0, "--width", 2)
    assert done.exit_code == 1
    assert "2 small counts were not settled in time" in done.stderr


def test_hidden_values_may_be_blank(run, tmp_path):
    (tmp_path / "c.csv").write_text("cell,value,denom\nall,100,\na,,50\nb,,40\nc,,0\nd,93,\n")
    done = run("--json", "--width", 7)
    assert ends(done) == {"a": (1, 6), "b": (1, 6), "c": (0, 0)}
    assert done.exit_code == 1


def test_a_release_is_judged_by_what_it_was_made_with_unless_told_otherwise(run, tmp_path):
    """a + b = 7, each at least 1: six values."""
    (tmp_path / "release.json").write_text('{"policy": {"threshold": 3, "width": 7, "on": "count"}}')
    done = run("--json")
    assert done.exit_code == 1
    assert "threshold of 3 on the count and a width of 7. As" in done.stderr
    assert "1 small counts keep fewer than 7" in done.stderr
    assert run("--json", "--width", 6).exit_code == 0
    for odd in ("no release", '{"policy": {"threshold": 0, "width": 1}}', '{"policy": {"threshold": 3, "width": -2}}'):
        (tmp_path / "release.json").write_text(odd)
        assert "threshold of 10 on the count and a width of 5.\n" in run("--json").stderr


def test_a_count_of_everybody_is_judged_too_where_the_release_hid_such_counts(run, tmp_path):
    """Of 93 and 7 under 100 both are hidden, each 1 to 99. 93 is everybody in its group, 7 is more than 3."""
    (tmp_path / "c.csv").write_text("cell,value,denom\nall,100,\na,7,\nd,93,93\nb,0,\nc,0,\n")
    (tmp_path / "s.csv").write_text("cell,status\nall,p\na,s\nd,s\nb,p\nc,p\n")
    made = '{"policy": {"threshold": 3, "width": 100, "on": "count", "whole_groups": %s}}'
    (tmp_path / "release.json").write_text(made % "false")
    assert run("--json").exit_code == 0
    (tmp_path / "release.json").write_text(made % "true")
    done = run("--json")
    assert done.exit_code == 1
    assert "the first: d" in done.stderr


def test_a_file_in_no_folder_is_refused_and_the_folder_is_not_made(run, tmp_path):
    done = run("--out", tmp_path / "none" / "x.csv")
    assert "Make the folder" in done.exception.mend
    assert not (tmp_path / "none").exists()
    assert run("--out", tmp_path / "x.csv").exit_code == 0
    assert (tmp_path / "x.csv").read_text() == "cell,lo,hi\na,1,6\nb,1,6\nc,0,0\n"
