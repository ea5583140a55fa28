"""What is hidden, and whether anybody can work it out."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accord.stats import pattern
from accord.stats.attack import Contradiction, attack, verify
from accord.stats.bare import Policy
from accord.stats.cells import Layout
from accord.stats.disclosure import Unsafe, bare, protect
from accord.stats.schema import ALL
from accord.stats.tally import Cell
from tests.stats.tiny import CAP, fitting, given_away, margins, printed, space

ONE = (Layout("t", "group", ("A", "B", "C", "D", "E"), ("contacts",)),)
GRID = (Layout("t", "who", ("r1", "r2", "r3", "r4"), ("k1", "k2", "k3", "k4"), "kind"),)
TWO = (
    Layout("race", "race", ("x", "y", "z"), ("contacts", "arrest")),
    Layout("sex", "sex", ("f", "m"), ("contacts", "arrest")),
)


def one(**counts: int) -> dict[Cell, int]:
    return {Cell("contacts", (("group", name),)): count for name, count in counts.items()}


def grid(*rows: tuple[int, ...]) -> dict[Cell, int]:
    layout = GRID[0]
    return {
        layout.cell(who, kind): value
        for who, row in zip(layout.groups, rows, strict=True)
        for kind, value in zip(layout.across, row, strict=True)
    }


def names(made, hidden) -> set[str]:
    return {made.cells[i].at[0][1] if made.cells[i].at else ALL for i in hidden}


def test_two_hidden_figures_with_a_small_sum_take_the_next_smallest_along():
    made = space(ONE, margins(one(A=24, B=12, C=5, D=0, E=1), ONE), threshold=10)
    assert names(made, protect(made)) == {"B", "C", "E"}


def test_the_only_hidden_figure_of_a_row_takes_the_next_smallest_along():
    layouts = (Layout("t", "group", ("Black", "White", "Asian"), ("contacts",)),)
    made = space(layouts, margins(one(Black=11, White=30, Asian=4), layouts), threshold=10)
    assert names(made, protect(made)) == {"Asian", "Black"}


def test_a_table_with_two_hidden_in_every_row_and_column_is_found_out():
    # rows 1 and 2 less columns 1 and 2 leave exactly the figure in row 2, column 3
    counts = margins(grid((14, 3, 20, 20), (4, 15, 7, 20), (20, 20, 3, 14), (20, 20, 12, 2)), GRID)
    made = space(GRID, counts, threshold=10)
    spots = {("r1", "k1"), ("r1", "k2"), ("r2", "k1"), ("r2", "k2"), ("r2", "k3")}
    spots |= {("r3", "k3"), ("r3", "k4"), ("r4", "k3"), ("r4", "k4")}
    hidden = frozenset(made.cells.index(GRID[0].cell(*spot)) for spot in spots)
    found = {(r.row, r.column): (r.low, r.high) for r in attack(printed(GRID, made, hidden, threshold=10, width=5))}
    assert found["r2", "k3"] == (7, 7)
    assert found["r1", "k1"] != (14, 14)
    assert not verify(printed(GRID, made, hidden, threshold=10, width=5)).safe
    safe = protect(made)
    assert verify(printed(GRID, made, safe, threshold=10, width=5)).safe


def test_a_figure_hidden_for_the_sake_of_others_cannot_be_worked_out_either():
    # the cheapest way to keep the small figures safe hides an 11 that everybody can work out
    made = space(GRID, margins(grid((5, 15, 15, 1), (9, 0, 1, 2), (11, 11, 2, 11), (0, 40, 9, 5)), GRID), threshold=10)
    hidden = protect(made, width=2)
    assert verify(printed(GRID, made, hidden, threshold=10, width=2)).safe


def test_printed_zeros_tell_that_two_hidden_figures_with_the_sum_two_are_one_each():
    made = space(ONE, margins(one(A=20, B=1, C=1, D=0, E=0), ONE), threshold=10)
    found = attack(printed(ONE, made, made.primary, threshold=10, width=5))
    assert {(r.row, r.low, r.high) for r in found} == {("B", 1, 1), ("C", 1, 1)}


def test_a_group_of_few_students_hides_its_zero_and_nobody_can_tell():
    counts = margins(one(A=24, B=12, C=0, D=13, E=14), ONE)
    made = space(ONE, counts, threshold=10, small=("C",))
    hidden = protect(made)
    assert "C" in names(made, hidden)
    edition = printed(ONE, made, hidden, threshold=10, width=5, small=("C",))
    spans = {r.row: (r.low, r.high) for r in attack(edition)}
    assert spans["C"][0] == 0
    assert verify(edition).safe


def test_a_zero_for_all_students_is_printed_for_every_group():
    made = space(ONE, margins(one(A=0, B=0, C=0, D=0, E=0), ONE), threshold=10, small=("C",))
    assert protect(made) == frozenset()


def test_a_count_that_is_not_small_is_hidden_in_a_group_of_few_students():
    made = space(ONE, margins(one(A=24, B=12, C=15, D=13, E=14), ONE), threshold=10, small=("C",))
    assert "C" in names(made, protect(made))


@pytest.mark.parametrize("counts", [{"A": 3}, {"A": 1, "B": 2}, dict.fromkeys("ABCDE", 2), dict.fromkeys("ABCDE", 10)])
def test_small_and_all_small_tables_come_to_an_end_safely(counts):
    made = space(ONE, margins(one(**counts), ONE), threshold=10)
    hidden = protect(made)
    assert made.primary <= hidden
    assert verify(printed(ONE, made, hidden, threshold=10, width=5)).safe


def test_a_single_cell_takes_its_total_along():
    layouts = (Layout("t", "group", ("A",), ("contacts",)),)
    made = space(layouts, margins(one(A=7), layouts), threshold=10)
    assert names(made, protect(made)) == {"A", ALL}


def test_what_cannot_be_protected_with_its_total_shown_is_refused():
    layouts = (Layout("t", "group", ("A", "B"), ("contacts",)),)
    counts = margins(one(A=7, B=5), layouts)
    made = space(layouts, counts, threshold=10)
    total = made.cells.index(Cell("contacts"))
    assert protect(made, keep=[total]) == made.primary
    made = space(layouts, margins(one(A=12, B=0), layouts), threshold=10, small=("A",))
    with pytest.raises(Unsafe):
        protect(made, keep=[made.cells.index(Cell("contacts"))])


def test_an_outcome_is_bounded_by_the_contacts_of_its_group():
    counts = {}
    for layout, contacts, arrests in ((TWO[0], (3, 12, 5), (1, 2, 3)), (TWO[1], (9, 11), (4, 2))):
        for group, contact, arrest in zip(layout.groups, contacts, arrests, strict=True):
            counts[layout.cell(group, "contacts")] = contact
            counts[layout.cell(group, "arrest")] = arrest
    made = space(TWO, margins(counts, TWO), threshold=3)
    arrests = frozenset(i for i, cell in enumerate(made.cells) if cell.measure == "arrest")
    spans = {(r.row, r.column): (r.low, r.high) for r in attack(printed(TWO, made, arrests, threshold=3, width=3))}
    assert spans["x", "arrest"] == (1, 3)
    assert spans["z", "arrest"] == (1, 5)
    assert spans["all", "arrest"] == (3, 20)


def test_a_margin_printed_in_two_ways_is_a_contradiction():
    made = space(TWO, margins({}, TWO), threshold=3)
    edition = printed(TWO, made, frozenset(), threshold=3, width=3)
    edition["tables"][0]["rows"][-1]["cells"]["contacts"] = 20
    with pytest.raises(Contradiction):
        attack(edition)


def test_figures_that_no_table_fits_are_a_contradiction():
    made = space(ONE, margins(one(A=20, B=5, C=5), ONE), threshold=10)
    edition = printed(ONE, made, made.primary, threshold=10, width=5)
    edition["tables"][0]["rows"][-1]["cells"]["contacts"] = 20
    with pytest.raises(Contradiction):
        attack(edition)


def test_a_rate_beside_a_hidden_count_is_found_because_it_gives_the_count_back():
    made = space(ONE, margins(one(A=20, B=30, C=5), ONE), threshold=10)
    edition = printed(ONE, made, protect(made), threshold=10, width=5)
    assert verify(edition).safe
    row = next(row for row in edition["tables"][0]["rows"] if row["id"] == "C")
    row["per_1000"]["contacts"] = 5.0
    assert "rate" in verify(edition).faults[0]


def test_the_search_over_an_edition_ends_by_proof_so_that_no_clock_has_a_say_in_its_bytes():
    chance = random.Random(4)
    schools, races = tuple(f"s{at}" for at in range(12)), tuple("abcdefg")
    layouts = tuple(
        Layout(name, name, groups, ("contacts", "arrest", "search"))
        for name, groups in (("school", schools), ("race", races), ("sex", ("f", "m")))
    )
    counts: Counter[Cell] = Counter()
    for _ in range(600):
        spots = [((layout.dimension, chance.choice(layout.groups)),) for layout in layouts]
        happened = ["contacts", *(name for name in ("arrest", "search") if chance.random() < 0.15)]
        counts.update(Cell(measure, at) for measure in happened for at in ((), *spots))
    made = space(layouts, counts, threshold=10)
    found = pattern.protect(bare(made, 10), Policy(small_sums=False))
    assert found.gap == 0
    assert found.cost > 0
    assert found.hidden[: len(made.cells)].sum() == len(protect(made))


@st.composite
def linked(draw):
    """Two linked tables of contacts and arrests over the same students, at most 12 of them, and a random hiding."""
    people = draw(
        st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("fm"), st.booleans()), min_size=0, max_size=12)
    )
    counts: dict[Cell, int] = {}
    for race, sex, arrested in people:
        for at in ((), (("race", race),), (("sex", sex),)):
            for measure in ("contacts", *(["arrest"] if arrested else [])):
                counts[Cell(measure, at)] = counts.get(Cell(measure, at), 0) + 1
    small = draw(st.sampled_from([(), (), ("z",), ("f",)]))
    return counts, small, draw(st.integers(0, 2**20))


SLOW = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


@SLOW
@given(linked())
def test_the_attack_finds_the_same_intervals_as_trying_every_table(case):
    counts, small, seed = case
    made = space(TWO, counts, threshold=2, small=small)
    chance = random.Random(seed)
    totals = {i for i, cell in enumerate(made.cells) if not cell.at}
    hidden = frozenset(
        i
        for i, value in enumerate(made.values)
        if i not in totals and (i in made.primary or (value and chance.random() < 0.5))
    )
    expected = fitting(made, hidden)
    for found in attack(printed(TWO, made, hidden, threshold=2, width=3, small=small)):
        i = made.cells.index(next(one for one in TWO if one.id == found.table).cell(found.row, found.column))
        assert (found.low, found.high) == expected[i]


@SLOW
@given(linked())
def test_no_hidden_figure_is_recoverable_when_every_table_is_tried(case):
    counts, small, _ = case
    made = space(TWO, counts, threshold=2, small=small)
    hidden = protect(made, threshold=2, width=3)
    assert made.primary <= hidden
    assert not given_away(made, hidden, 2)
    spans = fitting(made, hidden)
    assert set(spans) == set(hidden)
    for i, (low, high) in spans.items():
        assert low <= made.values[i] <= high
        assert high - low + 1 >= 3 or high == CAP


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from([0, 0, 1, 2, 5, 9, 11, 15, 40]), min_size=4, max_size=4), min_size=4, max_size=4),
    st.sampled_from([2, 5, 8]),
)
def test_the_attack_recovers_nothing_from_a_protected_grid_at_any_width(rows, width):
    made = space(GRID, margins(grid(*map(tuple, rows)), GRID), threshold=10)
    hidden = protect(made, width=width)
    verdict = verify(printed(GRID, made, hidden, threshold=10, width=width))
    assert verdict.safe, verdict
    assert verdict.hidden == len(hidden)
    assert verdict.smallest_width is None or verdict.smallest_width >= width


@settings(deadline=None, max_examples=30)
@given(linked())
def test_every_extra_hidden_figure_is_needed(case):
    counts, small, _ = case
    made = space(TWO, counts, threshold=2, small=small)
    hidden = protect(made, threshold=2, width=3)
    for i in hidden - made.primary:
        fewer = hidden - {i}
        edition = printed(TWO, made, fewer, threshold=2, width=3, small=small)
        assert not verify(edition).safe
