"""Profiles of all districts of the real federal file: safe as they are written, and nothing else appears."""

from __future__ import annotations

import csv
import gzip
import json

import pytest
from typer.testing import CliRunner

from accord.cli import app, load
from accord.cli.crdc_profile import Outcome, attacked, counted, space_of
from accord.decision import BadInput
from accord.exchange import crdc_schools
from accord.stats.bare import Policy
from accord.stats.publication import publication
from tests.exchange.test_crdc_schools import SIX_STATES
from tests.shared import needs_shared

SOME = ["crdc", "profile", str(SIX_STATES)]


@pytest.fixture(autouse=True)
def commands():
    load()


@needs_shared
@pytest.mark.parametrize("of", Outcome)
def test_every_district_of_the_real_file_has_a_profile_that_survives_the_attack(tmp_path, of):
    done = CliRunner().invoke(app, [*SOME, "--of", of, "--out", str(tmp_path / "out"), "--json"])
    assert done.exit_code == 0, done.output
    facts = json.loads(done.stdout)
    assert (facts["schools"] + facts["schools_left_out"], facts["recovered"], facts["valid"]) == (2317, 0, True)
    assert facts["of_few"] > 0, "some groups of the real file have one to four students"
    with (tmp_path / "out" / "district_race.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == facts["districts"] + 7, "six states and all of them together"
    figures = [row[name] for row in rows for name in row if name in ("black", "white", "hispanic", "all")]
    assert not [one for one in figures if one not in ("", "*") and one.isdigit() and 1 <= int(one) <= 10]
    assert any(row["white_ratio"] not in ("", "*") for row in rows)
    states = [row for row in rows if len(row["district"]) == 2]
    assert len(states) == 6
    assert all(row["all_risk"] for row in states), "no state is without risks for want of one school's enrollment"
    with (tmp_path / "out" / "left_out.csv").open(newline="") as file:
        named = list(csv.DictReader(file))
    assert len(named) == facts["schools_left_out"]
    assert sum(int(one["enrolled"] or 0) for one in named) == facts["students_left_out"]
    assert f"{len(named)} schools are left out of every figure" in (tmp_path / "out" / "index.html").read_text()
    assert (tmp_path / "out" / "officers.csv").read_text().splitlines()[-1] == "all,448.62"


@needs_shared
def test_the_attack_on_what_is_written_finds_a_small_count_that_is_left_open():
    policy = Policy()
    table = crdc_schools.read(SIX_STATES)
    made = space_of(counted(table, Outcome.ARRESTS), Outcome.ARRESTS, crdc_schools.links(table))
    files = dict(publication(made, policy, seconds=2).files)
    assert attacked(files, made, policy) == []
    values = dict(zip(made.bare.names, made.bare.values.tolist(), strict=True))
    hidden = [line.removesuffix(",s") for line in files["status.csv"].decode().splitlines() if line.endswith(",s")]
    bared = next(name for name in hidden if values[name] == 1)
    files["cells.csv"] = files["cells.csv"].replace(f"{bared},,".encode(), f"{bared},1,".encode())
    files["status.csv"] = files["status.csv"].replace(f"{bared},s".encode(), f"{bared},p".encode())
    assert bared in attacked(files, made, policy)


@needs_shared
def test_a_folder_with_tables_of_another_release_is_refused_and_left_as_it_was(tmp_path):
    """Nobody has held the two against each other, and both would be published together."""
    with gzip.open(SIX_STATES, "rt", encoding="utf-8") as file:
        few = [line for at, line in enumerate(file) if not at or line.startswith(("ND,", '"ND",'))]
    (tmp_path / "few.csv").write_text("".join(few))
    out = tmp_path / "out"
    out.mkdir()
    (out / "tables.json").write_text('[{"id": "school_race"}]')
    (out / "school_race.csv").write_text("school,race\n")
    done = CliRunner().invoke(app, ["crdc", "profile", str(tmp_path / "few.csv"), "--out", str(out), "--time", "1"])
    assert isinstance(done.exception, BadInput), done.output
    assert "tables of another release: school_race.csv" in done.exception.what
    assert sorted(path.name for path in out.iterdir()) == ["school_race.csv", "tables.json"]
