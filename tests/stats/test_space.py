"""One cell space for all tables of a release: every figure once, every sum once, nothing lost and nothing made up."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from accord.decision import BadInput
from accord.stats import counts, enrollment
from accord.stats.audit import assumptions, attack, printed
from accord.stats.bare import UNKNOWN, Need, Policy, primary
from accord.stats.pattern import protect
from tests.stats.long_form import grid, spaced, value, write

LINKS = [("school", "s0", "north"), ("school", "s1", "north"), ("school", "s2", "south")]


def test_a_margin_that_two_tables_share_is_one_cell_with_one_sum(tmp_path):
    inner = np.arange(1, 13).reshape(3, 2, 2)
    made = spaced(tmp_path, "school,race,sex", grid(inner, "s", "r", "m"), "school,race", "school,sex")
    assert len(made) == 4 * 3 + 4 * 3 - 4
    assert len(set(made.bare.names)) == len(made)
    sums_over_race, sums_over_sex, sums_over_school = 4, 4, 3 + 3 - 1
    assert made.bare.equations.shape[0] == sums_over_race + sums_over_sex + sums_over_school
    assert value(made, "s1", "all", "all") == inner[1].sum()


def test_every_cell_is_the_sum_of_its_rows_through_all_levels(tmp_path):
    inner = np.random.default_rng(4).integers(0, 9, (3, 2, 2))
    made = spaced(tmp_path, "school,race,sex", grid(inner, "s", "r", "m"), links=LINKS)
    places = {"all": [0, 1, 2], "north": [0, 1], "south": [2], "s0": [0], "s1": [1], "s2": [2]}
    for (school, at), race, sex in product(places.items(), range(3), range(3)):
        part = inner[at][:, [race] if race < 2 else [0, 1]][:, :, [sex] if sex < 2 else [0, 1]]
        codes = (school, f"r{race}" if race < 2 else "all", f"m{sex}" if sex < 2 else "all")
        assert value(made, *codes) == part.sum()
    assert not (made.bare.equations @ made.bare.values).any()
    assert len(made) == 6 * 3 * 3


def test_the_one_code_at_the_top_of_a_hierarchy_is_the_total(tmp_path):
    links = [*LINKS, ("school", "north", "state"), ("school", "south", "state")]
    rows = [("s0", 3), ("s1", 4), ("s2", 5), ("state", 12), ("north", 7)]
    made = spaced(tmp_path, "school", rows, links=links)
    assert len(made) == 6
    assert made.axes[0].top == "state"


def test_quarters_make_up_their_year_without_being_told(tmp_path):
    rows = [("2025-26 Q1", 12), ("2025-26 Q2", 15), ("2025-26 year", 27), ("all", 27)]
    made = spaced(tmp_path, "period", rows)
    assert made.bare.names == ("all", "2025-26 Q1", "2025-26 Q2")
    assert made.axes[0].top == "2025-26 year"
    months = [("2025-09", 3), ("2025-12", 4), ("2026-01", 5), ("2025-26 Q3", 5), ("2025-26 Q1", 3)]
    made = spaced(tmp_path, "period", months)
    assert value(made, "2025-26 Q2") == 4
    assert value(made, "all") == 12
    assert len(made) == 1 + 3 + 3


def test_the_order_of_rows_leaves_no_trace(tmp_path):
    """A file is often sorted by its counts, and an order would tell of hidden ones."""
    rows = grid(np.arange(12).reshape(3, 4), "s", "r")
    one, other = spaced(tmp_path, "school,race", rows), spaced(tmp_path, "school,race", rows[::-1])
    assert one.bare.names == other.bare.names
    assert (one.bare.values == other.bare.values).all()


def test_a_table_is_summed_from_whatever_rows_break_down_by_its_dimensions(tmp_path):
    rows = [("s0", "a", "all", 5), ("s0", "b", "all", 4), ("s0", "all", "m", 6), ("s0", "all", "f", 3)]
    made = spaced(tmp_path, "school,race,sex", rows, "school,race", "school,sex")
    assert value(made, "s0", "all", "all") == 9
    with pytest.raises(BadInput, match="Two tables disagree"):
        spaced(tmp_path, "school,race,sex", [*rows[:-1], ("s0", "all", "f", 4)], "school,race", "school,sex")
    with pytest.raises(BadInput, match="No rows break the counts down by race, sex"):
        spaced(tmp_path, "school,race,sex", rows, "race,sex", "school")


@pytest.mark.parametrize("wrong", [("all", "all", 11), ("s0", "all", 4), ("north", "r0", 9)])
def test_a_margin_that_is_not_the_sum_of_its_parts_is_refused_with_its_row(tmp_path, wrong):
    rows = grid(np.array([[1, 2], [3, 4], [5, 6]]), "s", "r")
    with pytest.raises(BadInput, match="its parts come to") as refused:
        spaced(tmp_path, "school,race", [*rows, wrong], links=LINKS)
    assert "row 7" in refused.value.where


def test_sizes_of_groups_come_from_the_dimensions_that_enrollment_knows(tmp_path):
    rows = [("s0", "a", "arrest", 3), ("s0", "b", "arrest", 0), ("s1", "unknown", "arrest", 1)]
    students = [("s0", "a", 40), ("s1", "a", 20)]
    made = spaced(tmp_path, "school,race,outcome", rows, students=students, groups="school,race")
    sizes = dict(zip(made.bare.names, made.bare.denominators.tolist(), strict=True))
    assert sizes["s0|a|arrest"] == sizes["s0|a|all"] == 40
    assert sizes["all|all|all"] == 60
    assert sizes["s1|unknown|arrest"] == UNKNOWN
    assert sizes["s0|b|arrest"] == UNKNOWN, "enrollment does not know the code b at all"


def test_a_group_without_a_row_of_enrollment_has_nobody_and_can_have_no_count(tmp_path):
    students = [("s0", "a", 40), ("s1", "b", 20)]
    made = spaced(tmp_path, "school,race", [("s0", "a", 3), ("s1", "b", 2)], students=students, groups="school,race")
    assert made.bare.denominators[made.bare.names.index("s0|b")] == 0
    with pytest.raises(BadInput, match="nobody is enrolled"):
        spaced(tmp_path, "school,race", [("s0", "b", 3)], students=students, groups="school,race")


def test_eleven_events_of_one_student_are_as_telling_as_one(tmp_path):
    rows = [("s0", "a", 11, 1), ("s0", "b", 40, 33), ("s1", "a", 30, 30), ("s1", "b", 20, 12)]
    made = spaced(tmp_path, "school,race", rows, more="students")
    small = {name for name, told in zip(made.bare.names, primary(made.bare, Policy()), strict=True) if told}
    assert small == {"s0|a"}
    behind = dict(zip(made.bare.names, made.bare.contributors.tolist(), strict=True))
    assert behind["s0|all"] == 33, "at least as many as behind the largest part"
    assert not primary(made.bare, Policy(students=False)).any()


def test_students_may_stand_in_rows_of_their_own(tmp_path):
    rows = [("a", "instances", 11), ("b", "instances", 30), ("a", "students", 2), ("b", "students", 25)]
    read = counts.read(write(tmp_path / "c.csv", "race,measure,count", rows), ["race"])
    assert (read.measure, read.values.tolist(), read.students.tolist()) == ("instances", [11, 30], [2, 25])
    assert counts.read(tmp_path / "c.csv", ["race"], "students").values.tolist() == [2, 25]


def test_overlapping_codes_have_no_sum_but_the_outsider_knows_that_none_is_above_the_total(tmp_path):
    rows = [("a", "all", 14), ("a", "arrest", 9), ("a", "search", 12), ("b", "all", 30), ("b", "arrest", 15)]
    rows += [("b", "search", 29)]
    made = spaced(tmp_path, "race,outcome", rows, overlapping=["outcome"])
    assert value(made, "all", "search") == 41
    sums = 3
    assert made.bare.equations.shape[0] == sums + 6
    never = made.bare.need == Need.NEVER
    assert never.sum() == 6
    hidden = np.array([name in ("a|arrest", "b|arrest") for name in made.bare.names]) | made.bare.hidden
    found = attack(printed(made.bare, hidden, assumptions(Policy())))
    at = made.bare.names.index("a|arrest")
    assert (found.low[at], found.high[at]) == (1, 14), "24 in all, and no more than 14 contacts of a"
    pattern = protect(made.bare, Policy())
    widths = attack(printed(made.bare, pattern.hidden, assumptions(Policy()))).widths
    assert (widths[pattern.primary] >= 5).all()
    with pytest.raises(BadInput, match="more than its total"):
        spaced(tmp_path, "race,outcome", [*rows[:1], ("a", "arrest", 15), *rows[2:]], overlapping=["outcome"])


@pytest.mark.parametrize("seed", range(25))
def test_what_the_outsider_finds_is_what_trying_every_table_gives(tmp_path, seed):
    """Two overlapping outcomes of two groups: sums over groups, and no outcome above the contacts. The total of all
    contacts is printed, so nothing is without end.
    """
    random = np.random.default_rng(seed)
    contacts = random.integers(1, 5, 2)
    rows = [(f"g{g}", "all", n) for g, n in enumerate(contacts)]
    rows += [(f"g{g}", f"o{o}", random.integers(0, n + 1)) for g, n in enumerate(contacts) for o in range(2)]
    made = spaced(tmp_path, "group,outcome", rows, overlapping=["outcome"])
    count, values = len(made), made.bare.values
    away = 1 + random.choice(count - 1, 4, replace=False)
    hidden = made.bare.hidden.copy()
    hidden[away] = True
    found = attack(printed(made.bare, hidden, frozenset(("a0",))))
    most, sums = 9, made.bare.equations[:3].toarray()[:, :count]
    fitting = []
    for guess in product(range(most + 1), repeat=len(away)):
        table = values[:count].copy()
        table[away] = guess
        if not (sums @ table).any() and all(table[less] <= table[more] for less, more in made.orders):
            fitting.append(guess)
    low, high = np.min(fitting, axis=0), np.max(fitting, axis=0)
    assert (found.low[away] == low).all()
    assert (found.high[away] == high).all()


def test_a_table_that_nobody_prints_narrows_the_tables_above_it(tmp_path):
    """Who is c0 is a0 and b0, five of them; who is c1 is a1 and b1. So a0 and b0 together are five, which the margins
    of a and b leave open.
    """
    rows = grid(np.array([[[5, 0], [0, 0]], [[0, 0], [0, 5]]]), "a", "b", "c")
    found = []
    for beneath in ([], [("x", "y", "z")]):
        made = spaced(tmp_path, "x,y,z", rows, "x,y", "y,z", "x,z", beneath=beneath)
        assert len(made) == 1 + 3 * 2 + 3 * 4
        pairs = {f"a{i}|b{j}|all" for i, j in product(range(2), repeat=2)}
        hidden = np.array([name in pairs for name in made.bare.names]) | made.bare.hidden
        known = attack(printed(made.bare, hidden, frozenset(("a0",))))
        at = made.bare.names.index("a0|b0|all")
        found.append((known.low[at], known.high[at]))
    assert found == [(0, 5), (5, 5)]


def test_what_was_not_counted_is_no_zero(tmp_path):
    rows = [("s0", "a", 30, "counted"), ("s0", "b", "", "not collected"), ("s1", "a", "", "missing")]
    rows += [("s1", "b", "", "missing"), ("s1", "all", "", "missing")]
    made = spaced(tmp_path, "school,race", rows, more="state")
    told = {made.bare.names[cell]: why for cell, why in made.states.items()}
    assert told["s0|b"] == "not collected"
    assert told["s1|all"] == told["s1|a"] == "missing"
    assert "s0|all" not in told
    assert told["all|b"], "nobody counted b anywhere"


def test_totals_are_dearer_than_parts_of_the_same_size_unless_the_policy_says_otherwise(tmp_path):
    made = spaced(tmp_path, "school,race", [("s0", "a", 20), ("s1", "a", 0)])
    cost = dict(zip(made.bare.names, made.bare.cost.tolist(), strict=True))
    assert cost["all|a"] == 2 * cost["s0|a"]
    assert cost["s0|a"] == pytest.approx(1 + np.log10(21))
    weights = {"*": {"all": 1.0}, "school": {"s0": 5.0}}
    made = spaced(tmp_path, "school,race", [("s0", "a", 20), ("s1", "a", 0)], weights=weights)
    cost = dict(zip(made.bare.names, made.bare.cost.tolist(), strict=True))
    assert cost["s0|a"] == pytest.approx(5 * cost["all|a"])


@pytest.mark.parametrize(
    ("head", "rows", "what"),
    [
        ("school,race,count", [("s0", "a", 2.5)], "2.5, which is no count"),
        ("school,race,count", [("s0", "a", -9)], "-9, which is no count"),
        ("school,race,count", [("s0", "a", "")], "empty, which is no count"),
        ("school,race,count", [("s0", "a", "many")], "no number"),
        ("school,race,count", [("s0", "", 3)], "race is empty in row 1"),
        ("school,race,count", [("s0", "a|b", 3)], "holds a bar"),
        ("school,race,count", [("s0", "a", 3), ("s0", "a", 4)], "stands there twice"),
        ("school,race,sex,count", [("s0", "a", "m", 3), ("s0", "a", "f", 4)], "stands there twice"),
        ("school,race,period,count", [("s0", "a", "2024", 3), ("s0", "a", "2025", 4)], "counts 2 periods"),
        ("school,race,measure,count", [("s0", "a", "search", 3), ("s0", "a", "arrest", 4)], "several measures"),
        ("school,race,count", [("s0", "a", 3), ("s0 ", "a", 4)], "stands there twice"),
        ("school,race,count", [("s0", "  ", 3)], "race is empty in row 1"),
        ("school,race,count,count", [("s0", "a", 3, 4)], "Two columns are named count"),
        ("school,count", [("s0", 3)], "column race is missing"),
    ],
)
def test_counts_that_cannot_be_read_are_named(tmp_path, head, rows, what):
    with pytest.raises(BadInput) as refused:
        counts.read(write(tmp_path / "c.csv", head, rows), ["school", "race"])
    assert what in refused.value.what
    assert refused.value.mend


@pytest.mark.parametrize("total", ["ALL", "Total", "grand total"])
def test_a_total_by_another_name_is_no_group_beside_its_parts(tmp_path, total):
    with pytest.raises(BadInput, match="looks like a total"):
        spaced(tmp_path, "school,race", [("s0", "a", 9), ("s1", "a", 7), (total, "a", 16)])


def test_the_top_of_a_hierarchy_may_be_called_total(tmp_path):
    links = [("school", "s0", "Total"), ("school", "s1", "Total")]
    made = spaced(tmp_path, "school,race", [("s0", "a", 9), ("s1", "a", 7), ("Total", "a", 16)], links=links)
    assert value(made, "all", "a") == 16
    assert made.axes[0].top == "Total"


def test_dimensions_that_do_not_fit_are_named(tmp_path):
    rows = [("s0", "a", 3)]
    for tables, what in ((["school,sex"], "sex is not counted by"), (["school"], "race is in no table")):
        with pytest.raises(BadInput, match=what):
            spaced(tmp_path, "school,race", rows, *tables)
    with pytest.raises(BadInput, match="not in the hierarchy"):
        spaced(tmp_path, "school,race", [("s9", "a", 3)], links=LINKS)
    with pytest.raises(BadInput, match="no total over race"):
        spaced(tmp_path, "school,race", rows, overlapping=["race"])
    rows = [("s0", "a", 3), ("all", "a", 3)]
    with pytest.raises(BadInput, match="overlap, so no group is their sum"):
        spaced(tmp_path, "school,race", rows, links=LINKS, overlapping=["school"])


def test_a_space_larger_than_memory_says_how_much_it_would_need(tmp_path):
    rows = [(f"a{i}", f"b{i}", f"c{i}", 1) for i in range(200)]
    with pytest.raises(BadInput, match=r"8,120,601 cells, which needs about \d+ GiB"):
        spaced(tmp_path, "x,y,z", rows)


def test_a_row_is_named_by_its_place_in_the_file_though_it_counts_something_else_too(tmp_path):
    """A spreadsheet opened at another row would send its reader looking for a fault that is not there."""
    rows = [("s0", "search", 1), ("s0", "arrest", 3), ("s1", "search", 1), ("s0", "arrest", 3)]
    with pytest.raises(BadInput) as refused:
        counts.read(
            write(tmp_path / "c.csv", "school,measure,uncounted,count", [(*r[:2], 0, r[2]) for r in rows]),
            ["school"],
            "arrest",
        )
    assert refused.value.where.endswith("row 4")
    assert "uncounted" not in refused.value.mend


def test_a_head_without_commas_is_told_from_a_column_that_is_missing(tmp_path):
    with pytest.raises(BadInput) as refused:
        counts.read(write(tmp_path / "c.csv", "school;count", [("s0;3",)]), ["school"])
    assert "with commas" in refused.value.mend


def test_a_group_twice_in_enrollment_is_refused_and_parts_of_a_group_are_added(tmp_path):
    parts = write(tmp_path / "parts.csv", "school,sex,count", [("s0", "m", 5), ("s0", "f", 4)])
    assert enrollment.read(parts, ["school"]).students.tolist() == [5, 4]
    twice = write(tmp_path / "twice.csv", "school,count", [("s0", 5), ("s1", 5), ("s0", 40)])
    with pytest.raises(BadInput, match="first in row 1") as refused:
        enrollment.read(twice, ["school"])
    assert refused.value.where.endswith("row 3")
