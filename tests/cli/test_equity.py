"""`accord equity` from a table to a list of groups, and what it says of a table that cannot be right."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from accord import cli
from accord.decision import BadInput

KEYS = [
    *("group", "x", "n", "risk", "risk_ratio", "ci_low", "ci_high", "method", "alt_risk_ratio", "risk_difference"),
    *("composition", "share", "p_value", "p_adjusted", "status"),
]
TABLE = "group,events,students\nHispanic,24,600\nBlack,12,100\nWhite,5,250\nAsian,0,40\nTwo+,1,10\n"


@pytest.fixture
def run(tmp_path):
    cli.load()

    def run(content: str | bytes, *arguments: str):
        path = tmp_path / "table.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return CliRunner().invoke(cli.app, ["equity", str(path), *arguments])

    return run


def groups(done) -> dict[str, dict]:
    assert done.exit_code == 0, done.exception
    return {one["group"]: one for one in json.loads(done.stdout)}


def test_the_answer_is_a_list_with_these_keys_and_hand_numbers(run):
    found = groups(run(TABLE, "--json"))
    assert [list(one) for one in found.values()] == [KEYS] * 5
    black = found["Black"]
    assert (black["x"], black["n"], black["method"], black["alt_risk_ratio"]) == (12, 100, "score", None)
    assert black["risk_ratio"] == pytest.approx(3.6, abs=1e-9)
    assert black["risk_difference"] == pytest.approx(0.12 - 30 / 900, abs=1e-9)
    assert (black["composition"], black["share"]) == (pytest.approx(12 / 42, abs=1e-9), 0.1)
    assert black["ci_low"] < 3.6 < black["ci_high"]
    assert 0 < black["p_value"] < black["p_adjusted"] < 0.01


def test_one_group_can_be_the_reference_whatever_the_case_of_its_letters(run):
    found = groups(run(TABLE, "--reference", "white", "--json"))
    assert [one["risk_ratio"] for one in found.values()] == pytest.approx([2, 6, 1, 0, 5], abs=1e-9)
    assert found["White"]["status"] == "reference"
    assert groups(run(TABLE, "--preset", "CRDC", "--json")) == found


def test_a_preset_leaves_out_what_is_too_small_and_says_why(run):
    found = groups(run(TABLE, "--preset", "CDE", "--json"))
    assert found["Two+"]["risk_ratio"] is None
    assert found["Two+"]["status"] == "not calculated: 10 enrolled, 20 needed"


def test_an_interval_without_an_upper_end_is_null_there_and_said_in_words(run):
    table = "group,events,students\nA,6,10\nB,0,30\n"
    found = groups(run(table, "--json"))["A"]
    assert found["ci_low"] > 1
    assert (found["risk_ratio"], found["ci_high"]) == (None, None)
    assert "no limit" in run(table).stdout


def test_state_columns_give_the_alternate_ratio(run):
    table = "group,events,students,state_events,state_students\nA,12,100,500,9000\nB,30,900,9000,300000\n"
    found = groups(run(table, "--json"))["A"]
    assert (found["risk_ratio"], found["alt_risk_ratio"]) == (pytest.approx(3.6), pytest.approx(4.0))


def test_where_only_the_sum_of_the_states_others_is_known_it_can_be_given(run):
    table = "group,events,students,state_others_events,state_others_students\nA,12,100,9000,300000\nB,30,900,,\n"
    found = groups(run(table, "--json"))
    assert [one["alt_risk_ratio"] for one in found.values()] == [pytest.approx(4.0, abs=1e-9), None]


def test_words_name_every_group_and_do_not_accuse(run):
    said = run(TABLE).stdout
    assert all(line.split(",")[0] in said for line in TABLE.splitlines()[1:])
    assert "not a finding of discrimination" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "the file is empty"),
        ("group,events,students\n", "no group"),
        ("group,events,students\nA,1,2\n", "only one group"),
        ("group,events\nA,1\n", "lacks the column students"),
        ("group,events,students,state_events\nA,1,2,3\n", "lacks the column state_students"),
        ("group,events,students,color\nA,1,2,red\n", "does not know the column color"),
        ("group,events,events,students\nA,1,1,2\n", "has twice the column events"),
        ("group,events,students\nA,1,2\na,1,2\n", "line 3: group 'a' is given twice"),
        ("group,events,students\nA,3,2\nB,1,2\n", "line 2: 3 of 2 students is more than there are"),
        ("group,events,students\nA,-1,2\nB,1,2\n", "line 2: events is '-1', not a whole number"),
        ("group,events,students\nA,1.5,2\nB,1,2\n", "line 2: events is '1.5'"),
        ("group,events,students\nA,,2\nB,1,2\n", "line 2: events is ''"),
        ("group,events,students\nA,1\nB,1,2\n", "line 2: it has not as many values"),
        ("group,events,students\nA,1,2,3\nB,1,2\n", "line 2: it has not as many values"),
        ("group,events,students\n,1,2\nB,1,2\n", "line 2: the group has no name"),
        ("group,events,students\nA,1,2\nB,1,2\nTotal,2,4\n", "line 4: 'Total' is the sum"),
        ("group,events,students,unduplicated\nA,1,9,2\nB,1,2,1\n", "2 students had 1 events"),
        ("group,events,students,unduplicated\nA,2,9,\nB,1,2,1\n", "unduplicated is ''"),
        ("group,events,students,state_events,state_students\nA,1,2,5,\nB,1,2,1,2\n", "go together"),
        ("group,events,students,state_events,state_students\nA,1,2,5,4\nB,1,2,1,2\n", "5 of 4 students of the State"),
        (b"group,events,students\n\xff,1,2\n", "not a CSV file in UTF-8"),
        ("group,events,students,stratum\nA,1,2,N\nA,1,2,n\nB,1,2,N\n", "line 3: group 'A' is given twice in n"),
        ("group,events,students,stratum\nA,1,2,\nB,1,2,N\n", "line 2: stratum is blank"),
        ("group,events,students,year\nA,1,2,last\nB,1,2,2024\n", "line 2: year is 'last'"),
        ("group,events,students,year\nA,1,2,2023\nB,1,2,2023\nA,1,2,2024\n", "only one group in its newest year"),
        ("group,events,students,searches\nA,1,2,3\n", "lacks the column found"),
        ("group,events,students,searches,found\nA,1,2,3,4\nB,1,2,3,1\n", "line 2: 4 of 3 searched"),
        (
            "group,events,students,stratum,state_events,state_students\nA,1,2,N,1,9\nA,1,2,S,2,9\nB,1,2,N,1,9\n",
            "line 3: the State's counts of this group differ",
        ),
    ],
)
def test_a_table_that_cannot_be_right_is_named(run, content, said):
    error = run(content).exception
    assert isinstance(error, BadInput)
    assert said in str(error)


YEARS = "group,events,students,stratum,year,searches,found\n" + "".join(
    f"A,{x},50,North,{year},8,2\nA,{x},50,South,{year},8,2\nB,15,500,North,{year},8,1\nB,15,500,South,{year},8,1\n"
    for year, x in (("2022-23", 8), ("2023-24", 7), ("2024-25", 6))
)


def test_all_figures_follow_the_usual_ones_when_they_are_asked_for(run):
    found = groups(run(YEARS, "--json", "--full", "--preset", "CDE"))["A"]
    assert list(found)[: len(KEYS)] == KEYS
    assert (found["flag"], found["fewer"], found["significant"]) == ("significant", 9, True)
    assert found["over"] == [{"year": year, "over": True} for year in ("2022-23", "2023-24", "2024-25")]
    assert found["within_ratio"] == pytest.approx(4.0, abs=1e-9)
    assert found["discovery"] == 0.25
    assert found["rate_per_1000"] == 120.0


def test_words_tell_of_schools_years_and_searches_where_the_table_has_them(run):
    said = run(YEARS, "--preset", "CDE", "--fall", "0.5").stdout
    assert "not significant: 2022-23 over, 2023-24 over, 2024-25 over; reasonable progress" in said
    assert "ratio within strata" in said
    assert "searches that found something" in said
    assert "within strata" not in run(TABLE).stdout


def test_a_group_that_falls_short_of_one_size_only_is_calculated_in_the_literal_reading(run):
    found = groups(run(TABLE, "--preset", "CDE", "--literal", "--json"))
    assert found["White"]["status"] == "calculated"
    assert found["Two+"]["status"] == "not calculated: 10 enrolled, 20 needed"


def test_sizes_can_be_given_without_a_preset(run):
    found = groups(run(TABLE, "--json", "--n", "20"))
    assert found["Two+"]["status"] == "not calculated: 10 enrolled, 20 needed"
    assert found["White"]["status"] == "calculated"


@pytest.mark.parametrize("option", [("--preset", "EEOC"), ("--reference", "Martian"), ("--method", "wald")])
def test_an_unknown_choice_names_those_there_are(run, option):
    error = run(TABLE, *option).exception
    assert isinstance(error, BadInput)
    assert error.mend.startswith("Choose ")


def test_bad_input_ends_with_code_two_in_two_lines(tmp_path: Path):
    command = [str(Path(sys.executable).with_name("accord")), "equity", str(tmp_path / "none.csv")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
