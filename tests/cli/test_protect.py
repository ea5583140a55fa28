"""`accord protect` and `accord attack`: counts and bare cells, in CSV and Parquet, whole or not at all."""

import csv
import json
import signal
import subprocess
import sys
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet
import pytest
from typer.testing import CliRunner

from accord.cli import app, load
from accord.decision import BadInput
from accord.stats import folder

CELLS = "cell,value\nall,100\na,3\nb,4\nc,40\nd,53\n"
EQUATIONS = "row,cell,coef\nr,all,1\nr,a,-1\nr,b,-1\nr,c,-1\nr,d,-1\n"
COUNTS = """school,race,outcome,count
north,a,search,3
north,a,arrest,40
north,b,search,25
north,b,arrest,31
south,a,search,44
south,a,arrest,52
south,b,search,61
south,b,arrest,70
"""
BY = ("--by", "school,race,outcome")


def call(*words):
    load()
    return CliRunner().invoke(app, [str(word) for word in words])


def run(at, *words):
    (at / "c.csv").write_text(CELLS)
    (at / "e.csv").write_text(EQUATIONS)
    return call(words[0], "--cells", at / "c.csv", "--equations", at / "e.csv", *words[1:])


def file(at, text=COUNTS, name="counts.csv"):
    (at / name).write_text(text)
    return at / name


def test_what_is_protected_survives_the_attack(tmp_path):
    made = run(tmp_path, "protect", "--out", tmp_path / "out")
    assert made.exit_code == 0, made.output
    proof = json.loads((tmp_path / "out" / "certificate.json").read_text())
    assert proof["valid"]
    assert (proof["cells"], proof["primary"], proof["width"]) == (5, 2, 5)
    tried = run(tmp_path, "attack", "--status", tmp_path / "out" / "status.csv")
    assert tried.exit_code == 0
    assert tried.stdout.splitlines()[0] == "cell,lo,hi"


def test_the_attack_tells_the_interval_and_fails_a_pattern_that_is_too_narrow(tmp_path):
    """a + b = 7, each at least 1: from 1 to 6."""
    (tmp_path / "s.csv").write_text("cell,status\nall,p\na,s\nb,s\nc,p\nd,p\n")
    tried = run(tmp_path, "attack", "--status", tmp_path / "s.csv", "--width", "7", "--json")
    assert tried.exit_code == 1
    assert json.loads(tried.stdout) == [{"cell": "a", "lo": 1, "hi": 6}, {"cell": "b", "lo": 1, "hi": 6}]


def test_a_small_rest_is_hidden_only_where_that_is_asked(tmp_path):
    """3 and 4 under a printed 100 tell of a group of 7, which plain protection leaves."""
    usual = run(tmp_path, "protect", "--out", tmp_path / "usual", "--json")
    strict = run(tmp_path, "protect", "--out", tmp_path / "strict", "--no-small-sums", "--json")
    assert json.loads(usual.stdout)["complementary"] == 0
    assert json.loads(strict.stdout)["complementary"] == 1


def test_counts_become_tables_a_page_charts_and_a_release(tmp_path):
    made = call("protect", file(tmp_path), *BY, "--out", tmp_path / "out", "--json")
    assert made.exit_code == 0, made.output
    assert json.loads(made.stdout) == json.loads((tmp_path / "out" / "certificate.json").read_text())
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "cells.csv",
        "certificate.json",
        "charts.json",
        "equations.csv",
        "index.html",
        "release.json",
        "school_race_outcome.csv",
        "school_race_outcome.parquet",
        "status.csv",
        "tables.json",
    }
    with (tmp_path / "out" / "school_race_outcome.csv").open() as lines:
        shown = {(row["school"], row["race"]): row for row in csv.DictReader(lines)}
    assert shown["north", "a"]["search"] == "*"
    assert shown["all", "all"]["all"] == "326"
    assert "best safe pattern" in made.stderr


def test_what_was_published_can_be_attacked_by_anybody_who_has_it(tmp_path):
    out = tmp_path / "out"
    assert call("protect", file(tmp_path), *BY, "--out", out).exit_code == 0
    words = ("attack", "--cells", out / "cells.csv", "--equations", out / "equations.csv", "--status")
    tried = call(*words, out / "status.csv", "--json")
    assert tried.exit_code == 0, tried.output
    small = next(row for row in json.loads(tried.stdout) if row["cell"] == "north|a|search")
    assert small["lo"] <= 3 <= small["hi"] - 2
    status = (out / "status.csv").read_text().replace("north|a|search,s", "north|a|search,p")
    assert "has no value" in call(*words, file(tmp_path, status, "s.csv")).exception.what


def test_a_proof_kept_apart_is_checked_with_what_was_published(tmp_path):
    out, proof = tmp_path / "out", tmp_path / "proof.json"
    with pytest.raises(BadInput, match="which hidden counts are small"):
        raise call("protect", file(tmp_path), *BY, "--out", out, "--proof", out / "proof.json").exception
    (shelf := tmp_path / "shelf").mkdir()
    for place in (out, shelf / "proof.json"):
        refused = call("protect", file(tmp_path), *BY, "--out", out, "--published", shelf, "--proof", place)
        assert "which hidden counts are small" in str(refused.exception)
    assert call("protect", file(tmp_path), *BY, "--out", out, "--proof", proof).exit_code == 0
    assert "proof" not in json.loads((out / "certificate.json").read_text())
    words = ("attack", "--cells", out / "cells.csv", "--equations", out / "equations.csv", "--status")
    check = call(*words, out / "status.csv", "--check", proof)
    told = json.loads(proof.read_text())
    small = len(told["proof"]["small"])
    assert check.exit_code == 0
    assert (
        f"the {small} small counts that it names: {small} keep 5 values or more, 0 as many as it says" in check.stdout
    )
    told["proof"]["tables"]["first"][0] += 1
    proof.write_text(json.dumps(told))
    assert call(*words, out / "status.csv", "--check", proof).exit_code == 1


def test_parquet_gives_the_same_release(tmp_path):
    pyarrow.parquet.write_table(pyarrow.csv.read_csv(file(tmp_path)), tmp_path / "counts.parquet")
    for name in ("counts.csv", "counts.parquet"):
        assert call("protect", tmp_path / name, *BY, "--out", tmp_path / name[7:]).exit_code == 0
    one, other = (tmp_path / name / "release.json" for name in ("csv", "parquet"))
    assert one.read_bytes() == other.read_bytes()


def test_several_tables_share_their_margins(tmp_path):
    made = call("protect", file(tmp_path), *BY, "--tables", "school,race;race,outcome", "--out", tmp_path / "out")
    assert made.exit_code == 0, made.output
    names = {path.name for path in (tmp_path / "out").glob("*.csv")}
    assert {"school_race.csv", "race_outcome.csv"} <= names
    with (tmp_path / "out" / "cells.csv").open() as lines:
        assert len(list(csv.DictReader(lines))) == 9 + 9 - 3


def test_a_policy_file_says_what_is_hidden_and_what_is_dear(tmp_path):
    policy = file(tmp_path, "threshold = 3\nwidth = 2\n[weight.race]\na = 50\n", "policy.toml")
    made = call("protect", file(tmp_path), *BY, "--policy", policy, "--out", tmp_path / "out", "--json", "--time", 0.5)
    proof = json.loads(made.stdout)
    assert (proof["threshold"], proof["width"], proof["primary"]) == (3, 2, 1)
    stricter = call(
        "protect", file(tmp_path), *BY, "--policy", policy, "--width", 4, "--out", tmp_path / "o", "--json", "--time", 2
    )
    assert json.loads(stricter.stdout)["width"] == 4


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("threshold = 11", "A threshold of 11 cannot be."),
        ("width = 1", "A width of 1 protects nothing."),
        ("treshold = 10", "A policy has no treshold."),
        ('on = "pupils"', "on is 'pupils'."),
        ("threshold = true", "threshold is True."),
        ("[weight.school]\nall = 0", "A weight is no number above 0."),
        ("empty_groups = true", "Zeros are always printed"),
        ("threshold", "This is not TOML"),
    ],
)
def test_a_policy_that_cannot_be_is_named(tmp_path, text, what):
    made = call("protect", file(tmp_path), *BY, "--policy", file(tmp_path, text, "p.toml"), "--out", tmp_path / "out")
    assert what in made.exception.what
    assert not (tmp_path / "out").exists()


def test_a_release_is_added_to_the_ledger_once_and_binds_the_next(tmp_path):
    (tmp_path / "ledger").mkdir()
    words = ("protect", file(tmp_path), *BY, "--published", tmp_path / "ledger", "--out")
    assert call(*words, tmp_path / "one").exit_code == 0
    assert call(*words, tmp_path / "two").exit_code == 0
    assert len(list((tmp_path / "ledger").iterdir())) == 1
    looser = call(*words, tmp_path / "three", "--threshold", "1", "--width", "2")
    assert looser.exit_code == 0, looser.output
    assert (tmp_path / "one" / "status.csv").read_bytes() == (tmp_path / "three" / "status.csv").read_bytes()
    assert call("protect", file(tmp_path), *BY, "--published", tmp_path / "none", "--out", tmp_path / "x").exception


def test_a_folder_that_cannot_be_written_is_told_before_the_search_and_the_ledger_stays_empty(tmp_path):
    (tmp_path / "ledger").mkdir()
    words = ("protect", file(tmp_path), *BY, "--published", tmp_path / "ledger", "--out", tmp_path / "counts.csv" / "x")
    made = call(*words)
    assert isinstance(made.exception, BadInput)
    assert "searching" not in made.stderr
    assert list((tmp_path / "ledger").iterdir()) == []


def test_the_ledger_has_a_release_before_its_files_appear_and_nothing_when_they_cannot_be_written(tmp_path):
    seen = []
    folder.write(tmp_path / "out", {"a": b"1"}, first=lambda: seen.append((tmp_path / "out").exists()))
    with pytest.raises(BadInput):
        folder.write(tmp_path / "out", {"none/b": b"1"}, first=lambda: seen.append(True))
    assert seen == [False]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a"]


def test_a_release_without_cells_is_refused(tmp_path):
    cells, equations = file(tmp_path, "cell,value\n", "c.csv"), file(tmp_path, "row,cell,coef\n", "e.csv")
    made = call("protect", "--cells", cells, "--equations", equations, "--out", tmp_path / "out")
    assert "no cells" in made.exception.what
    assert not (tmp_path / "out").exists()


def test_files_that_cannot_appear_after_the_ledger_knows_them_appear_when_the_same_is_done_again(tmp_path):
    """Something stands where a file of the release must go, which only the last step finds out."""
    (tmp_path / "ledger").mkdir()
    (tmp_path / "out" / "tables.json").mkdir(parents=True)
    words = ("protect", file(tmp_path), *BY, "--published", tmp_path / "ledger", "--out", tmp_path / "out")
    with pytest.raises(BadInput, match="directory") as refused:
        raise call(*words).exception
    assert "stands in the ledger already: do the same again" in refused.value.mend
    (noted,) = [path.read_bytes() for path in (tmp_path / "ledger").iterdir()]
    (tmp_path / "out" / "tables.json").rmdir()
    assert call(*words).exit_code == 0
    assert (tmp_path / "out" / "release.json").read_bytes() == noted
    assert json.loads((tmp_path / "out" / "tables.json").read_text())
    assert len(list((tmp_path / "ledger").iterdir())) == 1


def test_where_nothing_is_safe_nothing_is_written_and_the_ledger_stays_as_it_was(tmp_path):
    """A laxer release printed a total of 4: whatever is hidden now, 3 of 4 keep no more than three values."""
    (tmp_path / "ledger").mkdir()
    ledger = ("--published", tmp_path / "ledger", "--out")
    lax = file(tmp_path, "school,count\nnorth,4\nsouth,90\n", "lax.csv")
    assert call("protect", lax, "--by", "school", "--threshold", 3, *ledger, tmp_path / "lax").exit_code == 0
    rows = "school,sex,count\nnorth,f,3\nnorth,m,1\nsouth,f,40\nsouth,m,50\n"
    words = ("protect", file(tmp_path, rows), "--by", "school,sex", *ledger, tmp_path / "out", "--time", 2, "--json")
    made = call(*words)
    assert made.exit_code == 1
    assert json.loads(made.stdout)["valid"] is False
    assert "north|f" in made.stderr
    assert "Nothing was written." in made.stderr
    assert "coarser release" in made.stderr
    assert not (tmp_path / "out").exists()
    assert len(list((tmp_path / "ledger").iterdir())) == 1


def test_a_column_with_a_path_for_a_name_writes_no_file_elsewhere(tmp_path):
    text = COUNTS.replace("school,", "../../x,")
    made = call("protect", file(tmp_path, text), "--by", "../../x,race,outcome", "--out", tmp_path / "a" / "b" / "out")
    assert made.exit_code == 0, made.output
    assert {path.name for path in tmp_path.iterdir()} == {"counts.csv", "a"}
    assert (tmp_path / "a" / "b" / "out" / "_x_race_outcome.csv").exists()


def test_files_to_choose_from_are_asked_for(tmp_path):
    for words in (
        ("protect", "--out", tmp_path / "out"),
        ("protect", file(tmp_path), "--out", tmp_path / "out"),
        ("protect", file(tmp_path), *BY),
        ("protect", file(tmp_path), *BY, "--cells", tmp_path / "c.csv", "--out", tmp_path / "out"),
    ):
        assert call(*words).exception.mend


def test_a_folder_with_other_files_keeps_them(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    made = call("protect", file(tmp_path), *BY, "--out", tmp_path)
    assert made.exit_code == 0, made.output
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert (tmp_path / "tables.json").exists()
    assert not list(tmp_path.glob(".unfinished-*"))


def test_tables_of_another_release_do_not_stay_beside_a_new_one(tmp_path):
    counts, out = file(tmp_path), tmp_path / "out"
    assert call("protect", counts, *BY, "--tables", "school,race;outcome", "--out", out).exit_code == 0
    again = call("protect", counts, *BY, "--tables", "school,outcome;race", "--out", out)
    assert "another release: school_race.csv, outcome.csv" in str(again.exception)
    assert not (out / "school_outcome.csv").exists()


@pytest.mark.parametrize("verb", ["protect", "tally"])
def test_links_of_a_column_that_is_not_counted_by_are_refused(tmp_path, verb):
    links = file(tmp_path, "dimension,child,parent\nSchool,north,all schools\n", "links.csv")
    told = call(verb, file(tmp_path), "--by", "school,race", "--hierarchy", links, "--out", tmp_path / "out")
    assert "links are of School, which is not counted by" in str(told.exception)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("option", ["--published", "--hierarchy", "--enrollment", "--by"])
def test_an_option_that_bare_cells_would_not_read_is_refused(tmp_path, option):
    told = run(tmp_path, "protect", option, tmp_path, "--out", tmp_path / "out")
    assert "Bare cells are protected without it" in str(told.exception)
    assert not (tmp_path / "out").exists()


def test_interrupted_while_it_works_it_leaves_no_file(tmp_path):
    rows = [f"s{s},r{r},o{o},{(s * 7 + r * 5 + o * 3) % 14}\n" for s in range(60) for r in range(7) for o in range(5)]
    text = "school,race,outcome,count\n" + "".join(rows)
    command = [
        Path(sys.executable).with_name("accord"),
        "protect",
        file(tmp_path, text),
        *BY,
        "--out",
        tmp_path / "out",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as working:
        assert "searching" in working.stderr.readline()
        working.send_signal(signal.SIGINT)
        _, said = working.communicate(timeout=30)
    assert working.returncode == -signal.SIGINT
    assert "Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["counts.csv"]
