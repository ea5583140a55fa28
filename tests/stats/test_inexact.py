"""Counts told rounded or as bands: what an outsider can deduce, what is refused, and never both ways."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from typer.testing import CliRunner

from accord.cli import app, load
from accord.decision import BadInput
from accord.stats import inexact, ledger
from accord.stats.audit import attack
from accord.stats.bare import Policy
from accord.stats.inexact import of_rounded, publication
from accord.stats.layout import layout
from accord.stats.ledger import Way
from accord.stats.mixed import apart
from accord.stats.pattern import Unsafe
from accord.stats.publication import publication as exactly
from accord.stats.rounding import order, rounded
from tests.stats.long_form import grid, spaced, value, write

INNER = np.array([[3, 14, 0, 25], [11, 4, 1, 30], [2, 17, 12, 9]])
YEAR = "2025-26 year"


def of(folder, inner=INNER, period=YEAR, measure="instances"):
    rows = [(*codes, period, measure) for codes in grid(inner, "s", "r")]
    return spaced(folder, "school,race", rows, more="period,measure")


def kept(folder, made):
    ledger.add(folder, made.files[ledger.FILE])
    return ledger.read(folder)


@pytest.mark.parametrize("most", [9, 4])
def test_the_attack_on_rounded_counts_finds_what_trying_every_table_finds(tmp_path, most):
    """Four counts up to `most`, every start: of all that give the same print the least and greatest count."""
    every = np.array(list(product(range(most + 1), repeat=4)))
    running = np.concatenate([np.zeros((len(every), 1), dtype=int), every.cumsum(axis=1)], axis=1)
    told = np.concatenate([5 * np.diff((running + start) // 5, axis=1) for start in range(5)])
    tables = np.tile(every, (5, 1))
    for one in np.random.default_rng(3).permutation(np.unique(told[told.max(axis=1) <= 5], axis=0))[:6]:
        fits = tables[(told == one).all(axis=1)]
        bare = spaced(tmp_path, "school,race", grid(one.reshape(2, 2), "s", "r")).bare
        now = layout(replace(bare, most=np.where(layout(bare).leaf, most, 4 * most)), ("school", "race"))
        found, cells, total = attack(of_rounded(now, bare.values)), order(now), bare.names.index("all|all")
        assert found.low[cells].tolist() == fits.min(axis=0).tolist()
        assert found.high[cells].tolist() == fits.max(axis=0).tolist()
        assert (found.low[total], found.high[total]) == (fits.sum(axis=1).min(), fits.sum(axis=1).max())


@pytest.mark.parametrize("way", [Way.ROUNDED, Way.BANDS])
def test_what_is_written_tells_every_count_inexactly_and_adds_up(tmp_path, way):
    space = of(tmp_path)
    made = publication(space, Policy(), way=way)
    assert "certificate.json" in made.files
    assert "cells.csv" not in made.files
    body = json.loads(made.files[ledger.FILE])
    told = np.array([value for _, value in body["cells"]])
    assert not (space.bare.equations @ told).any()
    rows = json.loads(made.files["tables.json"])[0]["rows"]
    if way is Way.ROUNDED:
        assert {figure % 5 for row in rows for figure in row["cells"].values()} == {0}
        assert (np.abs(told - space.bare.values)[layout(space.bare).leaf] < 5).all()
    else:
        assert rows[0]["cells"]["r0"] == "1\u201310"
        assert rows[0]["cells"]["r2"] == "0"
        bars = json.loads(made.files["charts.json"])[0]
        assert "s0 1\u201310" in bars["alt"]
        assert [bar["value"] for bar in bars["bars"]] == [None] * 3
        assert ((told <= space.bare.values) & (space.bare.values <= body["high"])).all()
    assert "risk" not in rows[0]
    assert any("says more of small groups" in note for note in made.tables[0].notes)


def test_the_same_counts_again_are_the_same_roundings_and_others_are_refused(tmp_path):
    first = publication(of(tmp_path), Policy(), way=Way.ROUNDED)
    earlier = kept(tmp_path, first)
    for _ in range(4):
        again = publication(of(tmp_path), Policy(), way=Way.ROUNDED, earlier=earlier)
        assert again.known
        assert again.files == first.files
    corrected = INNER + np.array([[60, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]])
    with pytest.raises(BadInput, match="would narrow them down"):
        publication(of(tmp_path, corrected), Policy(), way=Way.ROUNDED, earlier=earlier)


@pytest.mark.parametrize("first", Way)
@pytest.mark.parametrize("second", Way)
def test_counts_are_told_in_one_way(tmp_path, first, second):
    def made(way, space, earlier=()):
        options = {"earlier": earlier, "seconds": 2}
        return (
            exactly(space, Policy(), **options)
            if way is Way.HIDDEN
            else publication(space, Policy(), way=way, **options)
        )

    earlier = kept(tmp_path, made(first, of(tmp_path)))
    assert made(second, of(tmp_path, period="2026-27 year"), earlier), "of other months"
    assert made(second, of(tmp_path, measure="arrest"), earlier), "of other events"
    if first == second:
        return
    for other in (of(tmp_path), of(tmp_path, period="2025-26 Q2"), of(tmp_path, measure="students")):
        with pytest.raises(BadInput, match=r"published .* as well, the two would narrow them down"):
            made(second, other, earlier)


def test_periods_are_apart_where_they_share_no_month():
    assert apart(["2025-26 Q1", "2025-12"], ["2025-26 Q3", "2024-25 year"])
    assert not apart(["2025-26 Q1"], ["2025-09"])
    assert not apart(["2025-26 year"], [""])
    assert not apart(["2022-25"], ["2025-26 year"]), "nobody knows what that is"
    assert not apart(["2011-12"], ["2012-01"]), "a December, or a school year"
    assert apart(["2011-12"], ["2012-07"])


def test_a_rounded_count_that_enrollment_tells_is_refused(tmp_path):
    """1 of 1 and 5 printed: with zeros at 0 and 5, and one enrolled, a 5 can only be the one."""
    rows = [("s0", "a", 1), ("s0", "b", 30), ("s1", "a", 12), ("s1", "b", 40)]
    students = [("s0", "a", 1), ("s0", "b", 90), ("s1", "a", 90), ("s1", "b", 90)]
    space = spaced(
        tmp_path,
        "school,race",
        [(*row, "students") for row in rows],
        more="measure",
        students=students,
        groups="school,race",
    )
    with pytest.raises(Unsafe) as refused:
        publication(space, Policy(), way=Way.BANDS)
    assert refused.value.cells == ("s0|a",)
    now, cell, fives = layout(space.bare, ("school", "race")), space.bare.names.index("s0|a"), 0
    for start in range(5):
        told = rounded(now, 5, start).values
        width = attack(of_rounded(now, told)).widths[cell]
        assert width == (1 if told[cell] == 5 else 2)
        fives += told[cell] == 5
        with suppress(Unsafe):
            made = json.loads(publication(space, Policy(), way=Way.ROUNDED).files["tables.json"])
            assert made[0]["rows"][0]["cells"]["a"] == 0
    assert fives == 1


def test_bands_narrower_than_the_promise_are_refused(tmp_path):
    with pytest.raises(Unsafe):
        publication(of(tmp_path), Policy(threshold=3), way=Way.BANDS)


def test_tables_that_share_totals_and_codes_that_overlap_are_refused(tmp_path):
    two = spaced(tmp_path, "school,race", grid(INNER, "s", "r"), "school", "race")
    overlapping = [*grid(INNER, "s", "r"), *((f"s{at}", "all", int(row.max())) for at, row in enumerate(INNER))]
    for space in (two, spaced(tmp_path, "school,race", overlapping, overlapping=["race"])):
        with pytest.raises(BadInput, match="several tables share, or of parts"):
            publication(space, Policy(), way=Way.ROUNDED)


def test_what_was_not_counted_is_named_and_no_zero(tmp_path):
    rows = [(*codes, "counted") for codes in grid(INNER, "s", "r")]
    rows[4] = (*rows[4][:2], "", "not_collected")
    space = spaced(tmp_path, "school,race", rows, more="state")
    cells = json.loads(publication(space, Policy(), way=Way.ROUNDED).files["tables.json"])[0]["rows"][1]["cells"]
    assert cells["r0"] == "not_collected"
    assert value(space, "s1", "r0") == 0


def test_the_command_writes_the_chosen_way_once_and_keeps_a_ledger(tmp_path):
    load()
    path, shelf = write(tmp_path / "c.csv", "school,race,count", grid(INNER, "s", "r")), tmp_path / "ledger"
    shelf.mkdir()
    words = ["protect", str(path), "--by", "school,race", "--instead", "rounded", "--out", str(tmp_path / "out")]

    def call(*more):
        return CliRunner().invoke(app, [*words, *map(str, more)])

    assert "twice" in str(call().exception)
    assert "weighs and chooses" in str(call("--published", shelf, "--alternatives").exception)
    made = call("--published", shelf)
    assert "12 of" not in made.stdout
    assert "told as multiples of 5" in made.stdout, made.output
    first = (tmp_path / "out" / "release.json").read_bytes()
    assert call("--published", shelf, "--json").exit_code == 0
    assert (tmp_path / "out" / "release.json").read_bytes() == first
    assert len(list(shelf.iterdir())) == 1
    words[5] = "bands"
    assert "would narrow" in str(call("--published", shelf).exception)


def test_a_csv_file_that_tells_another_figure_is_not_what_was_attacked(tmp_path):
    made = publication(of(tmp_path), Policy(), way=Way.BANDS)
    low = np.array([cell[1] for cell in json.loads(made.files[ledger.FILE])["cells"]])
    inexact.read_again(made.files, made.tables, low)
    changed = {**made.files, "school_race.csv": made.files["school_race.csv"].replace("\u2013".encode(), b"-", 1)}
    with pytest.raises(Unsafe, match=r"school_race\.csv"):
        inexact.read_again(changed, made.tables, low)


def test_a_ledger_with_a_way_that_nobody_knows_is_refused(tmp_path):
    body = json.loads(publication(of(tmp_path), Policy(), way=Way.BANDS).files[ledger.FILE]) | {"way": "guessed"}
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf" / ledger.FILE).write_bytes(ledger.canonical({**body, "sha256": ledger.digest(body)}))
    with pytest.raises(BadInput, match="no release"):
        ledger.read(tmp_path / "shelf")


@pytest.mark.parametrize("way", [Way.ROUNDED, Way.BANDS])
def test_the_certificate_says_that_it_follows_from_the_counts(tmp_path, way):
    made = publication(of(tmp_path), Policy(), way=way)
    assert json.loads(made.files["certificate.json"])["publish"].startswith("everything but this file")
