"""accord tally: what it writes, and what it says when it will not."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from pyarrow import csv as arrow_csv
from pyarrow import parquet
from typer.testing import CliRunner

from accord.cli import app, load
from accord.cli.faults import told
from accord.stats.engines import Engine

EVENTS = """student,school,race,arrest
a,s1,asian,yes
a,s1,asian,no
b,s2,martian,yes
"""
GOOD = EVENTS.replace("martian", "black")
ENROLLED = "school,race,count\ns1,asian,12\ns2,black,9\n"
LINKS = "dimension,child,parent\nschool,s1,d\nschool,s2,d\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    load()
    for name, text in {"events": GOOD, "bad": EVENTS, "enrolled": ENROLLED, "links": LINKS}.items():
        (tmp_path / f"{name}.csv").write_text(text)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(app, ["tally", *map(str, arguments)])


def test_the_counts_are_written_long_a_row_for_each_group_and_measure(files):
    more = ["--enrollment", files / "enrolled.csv", "--hierarchy", files / "links.csv", "--out", files / "counts.csv"]
    done = run(files / "events.csv", "--by", "school", "--measure", "instances,students", *more)
    assert done.exit_code == 0, done.output
    assert done.stdout == ""
    with (files / "counts.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert rows[0] == {
        "school": "s1",
        "measure": "instances",
        "count": "2",
        "enrolled": "12",
        "state": "counted",
        "uncounted": "0",
    }
    assert {(row["school"], row["measure"]): row["count"] for row in rows if row["school"] in ("d", "all")} == {
        ("d", "instances"): "3",
        ("d", "students"): "2",
        ("all", "instances"): "3",
        ("all", "students"): "2",
    }


@pytest.mark.parametrize("engine", [engine for engine in Engine if engine is not Engine.SPARK])
def test_parquet_is_read_and_written_like_csv(files, engine):
    parquet.write_table(arrow_csv.read_csv(files / "events.csv"), files / "events.parquet")
    for kind in ("csv", "parquet"):
        more = ["--engine", engine, "--out", files / f"counts-of-{kind}.parquet"]
        done = run(files / f"events.{kind}", "--by", "school,race", "--measure", "students.arrest", *more)
        assert done.exit_code == 0, done.output
    one, other = (parquet.read_table(files / f"counts-of-{kind}.parquet") for kind in ("csv", "parquet"))
    assert one.num_rows == 7
    assert one.equals(other)


def test_faults_are_listed_and_nothing_is_written(files):
    more = ["--faults", files / "faults.csv", "--out", files / "counts.csv"]
    done = run(files / "bad.csv", "--by", "race", *more)
    plain = told(done.exception)
    assert plain is not None
    assert plain.code == 2
    assert "out_of_range: 1" in plain.what
    assert "--carry out_of_range" in plain.mend
    assert (files / "faults.csv").read_text() == "kind,where,value,rows\nout_of_range,race,martian,1\n"
    assert not (files / "counts.csv").exists()


def test_a_fault_that_is_carried_is_said(files):
    done = run(files / "bad.csv", "--by", "race", "--carry", "out_of_range", "--json")
    assert done.exit_code == 0
    assert "Carried, out_of_range: 1." in done.stderr
    assert json.loads(done.stdout)["faults"] == [
        {"fault": "out_of_range", "where": "race", "value": "martian", "rows": 1}
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["none.csv", "--by", "race"], "There is no such file."),
        (["empty.csv", "--by", "race"], "the file is empty"),
        (["ragged.csv", "--by", "a"], "cannot be counted"),
        (["twice.csv", "--by", "school"], "Two columns are named school."),
        (["own.csv", "--by", "count"], "count is a column of the answer itself"),
        (["events.csv", "--by", "race", "--carry", "sorrow"], "there is no fault sorrow"),
        (["events.csv", "--by", "race", "--memory", "much"], "'much' is no amount of memory"),
        (["events.csv", "--by", ","], "no column is named"),
        (["events.csv", "--by", "race", "--hierarchy", "events.csv"], "the head is another one"),
        (["events.csv", "--by", "race", "--out", "no/such/folder.csv"], "no such folder"),
    ],
)
def test_what_is_wrong_is_said_in_two_lines(files, arguments, said):
    (files / "empty.csv").touch()
    (files / "ragged.csv").write_text('a,b\n1,"2\n')
    (files / "twice.csv").write_text("student,school,school\na,s1,s2\n")
    (files / "own.csv").write_text("student,count\na,s1\n")
    done = run(*[files / word if word.endswith(".csv") else word for word in arguments])
    plain = told(done.exception)
    assert plain is not None
    assert said in plain.what
    assert plain.code == 2


@pytest.mark.parametrize("engine", Engine)
@pytest.mark.parametrize(("row", "values"), [("b,s2,black", 3), ("b,s2,black,yes,no", 5)])
def test_a_row_that_is_too_short_or_too_long_is_the_same_fault_on_every_engine(files, engine, row, values):
    (files / "ragged.csv").write_text(GOOD + row + "\n")
    plain = told(run(files / "ragged.csv", "--by", "school", "--engine", engine).exception)
    assert plain is not None
    assert f"row 5: The row has {values} values and the head names 4." in plain.what


def test_a_blank_line_is_no_row_and_an_engine_that_takes_it_for_one_does_not_count(files):
    (files / "blank.csv").write_text(GOOD.replace("\n", "\n\n", 2))
    assert run(files / "blank.csv", "--by", "school").stdout == run(files / "events.csv", "--by", "school").stdout
    assert "blank line" in told(run(files / "blank.csv", "--by", "school", "--engine", "polars").exception).what


@pytest.mark.parametrize("engine", [engine for engine in Engine if engine is not Engine.SPARK])
def test_a_log_of_no_events_is_counted_and_said(files, engine):
    (files / "none.csv").write_text(GOOD.splitlines()[0] + "\n")
    done = run(files / "none.csv", "--by", "school", "--engine", engine)
    assert done.exit_code == 0
    assert "There are no events" in done.stderr
    assert len(done.stdout.splitlines()) == 1


def test_a_file_larger_than_the_memory_allowed_is_counted_piece_by_piece(tmp_path):
    path, rows = tmp_path / "large.csv", 750_000
    with path.open("w") as file:
        file.write("student,school\n")
        block = "".join(f"{number:032d},s{number % 7}\n" for number in range(15_000))
        for _ in range(rows // 15_000):
            file.write(block)
    assert path.stat().st_size > 25e6
    accord = str(Path(sys.executable).with_name("accord"))
    done = subprocess.run(
        [accord, "tally", path, "--by", "school", "--measure", "instances,students", "--memory", "25MB", "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    total = [row["count"] for row in json.loads(done.stdout)["rows"] if row["school"] == "all"]
    assert total == [rows, 15_000]
