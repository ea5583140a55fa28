"""A row that is the total of the rows beside it is noticed by its sums, and an ordinary row is not."""

from __future__ import annotations

import numpy as np
import pytest
from bench.families import family
from typer.testing import CliRunner

from accord.cli import app, load
from accord.cli.crdc_profile import Outcome, counted, space_of
from accord.decision import BadInput
from accord.exchange import crdc_schools
from accord.stats.disguised import SURE, likenesses, refuse_totals
from tests.exchange.test_crdc_schools import SIX_STATES
from tests.stats.long_form import grid, spaced, write

COUNTS = np.array([[3, 14, 25], [11, 4, 30], [22, 17, 12], [16, 21, 9]])


def with_total(counts, name: str):
    return [*grid(counts, "s", "r"), *((name, f"r{at}", int(total)) for at, total in enumerate(counts.sum(axis=0)))]


@pytest.mark.parametrize("name", ["District", "Statewide", "Todos", "a"])
def test_a_total_by_any_name_is_refused_with_how_to_mend_it(tmp_path, name):
    made = spaced(tmp_path, "school,race", with_total(COUNTS, name))
    with pytest.raises(BadInput, match=f"school {name} is just what its other codes come to") as refused:
        refuse_totals(made)
    assert "--no-total school" in refused.value.mend
    assert refuse_totals(made, ["school"]) == ""


def test_a_total_beside_groups_of_its_parts_is_refused_too(tmp_path):
    north, south = COUNTS[:2].sum(axis=0), COUNTS[2:].sum(axis=0)
    rows = with_total(COUNTS, "County")
    rows += [
        (area, f"r{at}", int(n)) for area, sums in (("North", north), ("South", south)) for at, n in enumerate(sums)
    ]
    with pytest.raises(BadInput, match="school County"):
        refuse_totals(spaced(tmp_path, "school,race", rows))


def test_a_total_within_one_group_of_a_hierarchy_is_refused(tmp_path):
    links = [("school", f"s{at}", f"d{at // 2}") for at in range(4)] + [("school", "D0 in all", "d0")]
    rows = [
        *grid(10 * COUNTS, "s", "r"),
        *(("D0 in all", f"r{at}", int(n)) for at, n in enumerate(10 * COUNTS[:2].sum(axis=0))),
    ]
    with pytest.raises(BadInput, match="D0 in all"):
        refuse_totals(spaced(tmp_path, "school,race", rows, links=links))


def test_one_line_of_counts_is_told_of_but_may_be_chance(tmp_path):
    made = spaced(tmp_path, "school", [("s0", 210), ("s1", 390), ("Everywhere", 600)])
    told = refuse_totals(made)
    assert "school Everywhere" in told
    assert "hierarchy" in told
    assert refuse_totals(spaced(tmp_path, "school", [("s0", 1), ("s1", 1), ("s2", 2)])) == ""
    with pytest.raises(BadInput, match="sex is not counted by"):
        refuse_totals(made, ["sex"])


@pytest.mark.parametrize("rate", ["low", "mid", "high"])
def test_no_code_of_an_invented_release_is_taken_for_a_total(tmp_path, rate):
    for seed in range(6):
        bare = family("single", 6, seed=seed, rate=rate)
        cells = [
            (*np.array(name.split("|"))[[0, 1, 5]], value) for name, value in zip(bare.names, bare.values, strict=True)
        ]
        rows = [row for row in cells if row[0][0] == "s" and row[0] != "state" and "all" not in row]
        made = spaced(tmp_path, "place,race,outcome", rows, "place,race,outcome", "place,race", "outcome")
        assert len(made) > 200
        assert not [one for one in likenesses(made) if one.chance <= SURE]


def test_no_code_of_the_federal_data_is_taken_for_a_total():
    table = crdc_schools.read(SIX_STATES)
    for of in Outcome:
        assert likenesses(space_of(counted(table, of), of, crdc_schools.links(table))) == []


def test_the_command_refuses_such_a_row_and_takes_a_no(tmp_path):
    path = write(tmp_path / "counts.csv", "school,race,count", with_total(10 * COUNTS, "District"))
    words = ["protect", str(path), "--by", "school,race", "--out", str(tmp_path / "out"), "--time", "1"]
    load()
    refused = CliRunner().invoke(app, words)
    assert isinstance(refused.exception, BadInput)
    assert not (tmp_path / "out").exists()
    assert CliRunner().invoke(app, [*words, "--no-total", "school"]).exit_code == 0
