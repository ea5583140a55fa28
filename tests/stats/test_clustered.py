"""The interval that takes schools for units: by hand, how often it holds the truth, and when there is none."""

from __future__ import annotations

import json

import numpy as np
import pytest
from bench.clustered import held
from scipy.stats import t
from typer.testing import CliRunner

from accord.cli import app, load
from accord.decision import BadInput
from accord.stats.clustered import by_school
from accord.stats.idea import Count


def pairs(*counts):
    return [(Count(a, b), Count(c, d)) for a, b, c, d in counts]


SCHOOLS = [(at % 4, 20 + at, 3 + at % 5, 200 - at) for at in range(12)]


def test_it_is_the_jackknife_of_the_logarithm_counted_school_by_school():
    found = by_school(pairs(*SCHOOLS))

    def ratio(schools):
        x, n, y, m = map(sum, zip(*schools, strict=True))
        return np.log(x / n / (y / m))

    whole = ratio(SCHOOLS)
    moved = sum((ratio([*SCHOOLS[:at], *SCHOOLS[at + 1 :]]) - whole) ** 2 for at in range(12))
    half = t.ppf(0.975, 11) * np.sqrt(11 / 12 * moved)
    assert (found.low, found.high) == pytest.approx((np.exp(whole - half), np.exp(whole + half)), abs=1e-9)
    assert found.schools == 12


def test_a_school_in_which_the_group_has_nobody_counts_for_the_others():
    more = [*SCHOOLS, (0, 0, 40, 300)]
    assert by_school(pairs(*more)).schools == 13
    assert by_school(pairs(*more)).low != by_school(pairs(*SCHOOLS)).low
    assert by_school(pairs(*SCHOOLS, (0, 0, 0, 0))) == by_school(pairs(*SCHOOLS)), "an empty school is none"


@pytest.mark.parametrize(
    "schools",
    [
        SCHOOLS[:9],
        [(0, 20, 3, 200)] * 11 + [(9, 20, 3, 200)],
        [(0, 20, 3, 200)] * 8 + [(1, 20, 3, 200)] * 4,
        [(3, 20, 0, 200)] * 12,
        [(2, 20, 3, 200)] * 12,
    ],
)
def test_with_few_schools_or_events_or_all_events_in_one_school_or_schools_all_alike_there_is_none(schools):
    found = by_school(pairs(*schools))
    assert (found.low, found.high) == (None, None)
    assert found.schools == len(schools)


@pytest.mark.parametrize("schools", [10, 20, 100])
def test_it_holds_the_truth_where_schools_differ_and_the_usual_interval_does_not(schools):
    found = held(schools, 0.02, (0.7, 0.0), tables=2000, seed=7)
    assert 0.93 <= found.by_school <= 0.97
    assert found.by_student < 0.88


def equity(*words):
    load()
    return CliRunner().invoke(app, ["equity", *map(str, words)])


def test_the_command_tells_it_where_it_is_asked_for(tmp_path):
    head = "group,events,students,stratum\n"
    lines = [f"A,{a},{b},s{at}\nB,{c},{d},s{at}\n" for at, (a, b, c, d) in enumerate(SCHOOLS)]
    (tmp_path / "t.csv").write_text(head + "".join(lines))
    want = by_school(pairs(*SCHOOLS))
    found = json.loads(equity(tmp_path / "t.csv", "--clustered", "stratum", "--json", "--full").stdout)
    assert (found[0]["clustered_low"], found[0]["clustered_high"], found[0]["schools"]) == (want.low, want.high, 12)
    assert found[1]["clustered_low"] == pytest.approx(1 / want.high)
    assert "over 12 schools" in equity(tmp_path / "t.csv", "--clustered", "stratum").stdout
    plain = equity(tmp_path / "t.csv", "--json", "--full")
    assert json.loads(plain.stdout)[0]["schools"] is None
    (tmp_path / "t.csv").write_text(head + "".join(lines[:4]))
    assert "needs 10 schools" in equity(tmp_path / "t.csv", "--clustered", "stratum").stdout
    wrong = equity(tmp_path / "t.csv", "--clustered", "school").exception
    assert isinstance(wrong, BadInput)
    assert "no schools in a column school" in wrong.what


def test_counts_of_a_tally_are_split_by_the_column_that_is_named(tmp_path):
    rows = [row for at, (a, b, c, d) in enumerate(SCHOOLS) for row in (f"s{at},A,{a},{b}", f"s{at},B,{c},{d}")]
    sums = [sum(column) for column in zip(*SCHOOLS, strict=True)]
    rows += [f"all,A,{sums[0]},{sums[1]}", f"all,B,{sums[2]},{sums[3]}"]
    (tmp_path / "c.csv").write_text("\n".join(["school,race,count,enrolled", *rows]) + "\n")
    words = (tmp_path / "c.csv", "--by", "race", "--clustered", "school", "--json", "--full")
    want = by_school(pairs(*SCHOOLS))
    assert json.loads(equity(*words).stdout)[0]["clustered_low"] == want.low
    assert isinstance(equity(*words, "--stratum", "grade").exception, BadInput)
