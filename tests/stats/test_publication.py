"""The files of a release hold no hidden number, whatever way it could take out."""

from __future__ import annotations

import csv
import io
import json
import re

import numpy as np
import pyarrow.parquet
import pytest

from accord.cli.protect import of_few
from accord.stats.bare import On, Policy
from accord.stats.pattern import Unsafe
from accord.stats.protected import MARK, NotCounted, ProtectedTable, Row, Suppressed, derive
from accord.stats.publication import publication, read_again
from accord.stats.released import tables
from tests.stats.long_form import grid, spaced

RACES = np.array([[9, 8, 8341, 7207], [7489, 6553, 6947, 9311], [5279, 7103, 6311, 8117]])
STUDENTS = [(f"s{i}", f"r{j}", 10_007 + 100 * i + j) for i in range(3) for j in range(4)]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two small counts among large ones that nobody could take for anything else, and what hides them."""
    folder = tmp_path_factory.mktemp("counts")
    rows = [(*codes, "students") for codes in grid(RACES, "s", "r")]
    space = spaced(folder, "school,race", rows, more="measure", students=STUDENTS, groups="school,race")
    return space, publication(space, Policy())


def secret(space, release):
    """Every hidden count, and the rates and risks that would give it back."""
    away = [line["status"] == "s" for line in csv.DictReader(io.StringIO(release.files["status.csv"].decode()))]
    counts = space.bare.values[np.flatnonzero(away)]
    return away, counts


def test_no_file_holds_a_hidden_count_or_a_figure_that_gives_one_back(made):
    space, release = made
    away, counts = secret(space, release)
    large = [int(count) for count in counts if count > 1000]
    assert len(counts) >= 4
    assert large, "larger counts are hidden to protect the small ones"
    sizes = space.denominators[np.flatnonzero(away)]
    risks = {f"{count / size:.4f}" for count, size in zip(counts, sizes, strict=True)}
    for name, content in release.files.items():
        text = (
            pyarrow.parquet.read_table(io.BytesIO(content)).to_pydict()
            if name.endswith("parquet")
            else content.decode()
        )
        found = set(re.findall(r"\d+(?:\.\d+)?", str(text)))
        assert not found & {str(count) for count in large}, name
        if name not in ("certificate.json", "status.csv", "equations.csv"):
            assert not {f"{float(one):.4f}" for one in found if "." in one} & risks, name


def test_small_counts_stand_in_no_cell_of_any_table(made):
    _, release = made
    lines = list(csv.DictReader(io.StringIO(release.files["school_race.csv"].decode())))
    shown = [line[column] for line in lines for column in ("r0", "r1", "r2", "r3", "all") if column in line]
    assert MARK in shown
    assert not {"8", "9"} & set(shown)


def test_a_figure_that_follows_from_a_hidden_one_is_hidden(made):
    _, release = made
    table = release.tables[0]
    for row in table.rows:
        for at, cell in enumerate(row.cells):
            if isinstance(cell, Suppressed):
                derived = [figures[at] for figures in row.derived.values()]
                assert all(one is None or isinstance(one, Suppressed) for one in derived)
                assert isinstance(row.derived["risk"][at], Suppressed)


def test_a_ratio_is_hidden_where_only_what_it_is_compared_with_is(made):
    _, release = made
    table = release.tables[0]
    total = [code for code, _ in table.columns].index("all")
    rows = [row for row in table.rows if isinstance(row.cells[total], Suppressed)]
    shown = [(row, at) for row in rows for at, cell in enumerate(row.cells) if isinstance(cell, int) and at != total]
    for row, at in shown:
        assert isinstance(row.derived["risk"][at], float)
        assert isinstance(row.derived["ratio"][at], Suppressed)


def test_shown_figures_are_true_and_come_with_their_interval_and_chance(made):
    _, release = made
    table = release.tables[0]
    row = next(row for row in table.rows if row.at == ("s1",))
    at = [code for code, _ in table.columns].index("r3")
    assert row.cells[at] == RACES[1, 3]
    size, all_size = 10_110, sum(n for s, _, n in STUDENTS if s == "s1")
    risk = RACES[1, 3] / size
    others = (RACES[1].sum() - RACES[1, 3]) / (all_size - size)
    assert row.derived["risk"][at] == pytest.approx(risk)
    assert row.derived["ratio"][at] == pytest.approx(risk / others)
    assert row.derived["ratio_low"][at] < risk / others < row.derived["ratio_high"][at]
    assert 0 <= row.derived["p"][at] <= 1


def test_the_order_of_bars_tells_nothing_of_hidden_counts():
    rows = tuple(
        Row(id, id, (figure,), at=(id,))
        for id, figure in (("a", 20), ("b", Suppressed()), ("c", 90), ("d", Suppressed()))
    )
    table = ProtectedTable(
        "t",
        "T",
        "race",
        "count",
        (("count", "count"),),
        (*rows, Row("all", "all", (200,), at=("all",))),
        ("n",),
        10,
        ("race",),
    )
    assert table.order(0) == ("all", "c", "a", "b", "d")


def test_a_chart_draws_no_bar_for_a_hidden_count_and_says_so_in_words(made):
    _, release = made
    charts = json.loads(release.files["charts.json"])
    hidden = [bar for chart in charts for bar in chart["bars"] if bar["shown"] == MARK]
    assert hidden
    assert all(bar["value"] is None for bar in hidden)
    some = next(chart for chart in charts if any(bar["shown"] == MARK for bar in chart["bars"]))
    count = sum(bar["shown"] == MARK for bar in some["bars"])
    assert f"Hidden: {count} of {len(some['bars'])}" in some["alt"]
    assert all("all" not in bar["label"].split(", ") for chart in charts for bar in chart["bars"])


def test_the_page_is_whole_and_takes_names_as_text(tmp_path):
    evil = "<script>x</script>"
    space = spaced(tmp_path, "school,race", [(evil, "=1+1", 40), ("s1", "=1+1", 50)])
    release = publication(space, Policy())
    page = release.files["index.html"].decode()
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert '<html lang="en">' in page
    assert page.count("<table>") == 1
    assert release.files["school_race.csv"].decode().splitlines()[0] == "school,'=1+1,all"


def test_what_was_not_counted_is_named_and_gives_no_rate(tmp_path):
    rows = [("s0", "a", 30, "counted"), ("s0", "b", "", "not collected"), ("s1", "a", 40, ""), ("s1", "b", 25, "")]
    students = [(school, race, 500) for school in ("s0", "s1") for race in "ab"]
    space = spaced(tmp_path, "school,race", rows, more="state", students=students, groups="school,race")
    table = publication(space, Policy()).tables[0]
    assert table.rows[0].cells[1] == NotCounted("not collected")
    assert table.rows[0].derived["per_1000"][1] is None
    assert any("not counted" in note for note in table.notes)


def test_tables_cannot_be_drawn_with_a_small_count_that_was_never_printed(made):
    space, release = made
    shown = np.zeros_like(release.hidden)
    with pytest.raises(ValueError, match="from 1 to 10 is shown"):
        tables(space, shown, Policy())
    before = (space.bare.values > 0) & (space.bare.values <= 10)
    assert tables(space, shown, Policy(), before)[0].threshold < 8, "what is out already may be printed again"


@pytest.mark.parametrize("name", ["tables.json", "release.json", "school_race.csv"])
def test_a_file_that_shows_what_the_pattern_hides_is_not_published(made, name):
    space, release = made
    read_again(release.files, space, release.hidden)
    shown = release.files[name].replace(b"null]", b"7]", 1) if name == "release.json" else None
    changed = {**release.files, name: shown or release.files[name].replace(b"*", b"7", 1)}
    assert changed != release.files
    with pytest.raises(Unsafe, match=name):
        read_again(changed, space, release.hidden)


def test_every_table_says_what_is_hidden_and_how_much_remains_possible(tmp_path):
    space = spaced(tmp_path, "race", [("a", 3), ("b", 4), ("c", 40)])
    page = publication(space, Policy(threshold=7, width=4)).files["index.html"].decode()
    assert "counts from 1 to 7" in page
    assert "at least 4 values" in page


@pytest.mark.parametrize(("measure", "few"), [("students", 1), ("instances", 0)])
def test_counts_that_could_never_be_as_many_numbers_as_promised_are_told(tmp_path, measure, few):
    """Of four students enrolled, one to four can stand behind a star; events may be any number."""
    rows = [("s0", "a", 3, measure), ("s0", "b", 6, measure), ("s1", "a", 20, measure), ("s1", "b", 30, measure)]
    students = [("s0", "a", 4), ("s0", "b", 60), ("s1", "a", 200), ("s1", "b", 900)]
    space = spaced(tmp_path, "school,race", rows, more="measure", students=students, groups="school,race")
    release = publication(space, Policy())
    assert release.proof["of_few"] == few
    assert any("very few students" in note for note in release.tables[0].notes) == bool(few)
    assert bool(of_few(release.proof)) == bool(few)


def test_a_rule_on_the_size_of_the_group_shows_small_counts_of_large_groups(tmp_path):
    rows = [("s0", "a", 4), ("s0", "b", 30), ("s1", "a", 20), ("s1", "b", 3)]
    students = [("s0", "a", 400), ("s0", "b", 300), ("s1", "a", 200), ("s1", "b", 9)]
    space = spaced(tmp_path, "school,race", rows, students=students, groups="school,race")
    table = publication(space, Policy(on=On.GROUP)).tables[0]
    assert table.rows[1].cells[1] == Suppressed()
    assert any(cell == 4 for row in table.rows for cell in row.cells) or table.rows[0].cells[0] == Suppressed()


def test_a_formula_over_figures_is_hidden_or_unknown_when_one_of_them_is():
    assert derive(lambda a, b: a / b, 1, 2) == 0.5
    assert derive(lambda a, b: a / b, 1, Suppressed()) == Suppressed()
    assert derive(lambda a, b: a / b, None, Suppressed()) == Suppressed()
    assert derive(lambda a, b: a / b, 1, None) is None
    assert derive(lambda a, b: a / b, NotCounted("missing"), 2) is None
