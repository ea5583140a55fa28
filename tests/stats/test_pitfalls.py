"""The ways in which tables of small counts were given away before, each as a table that an outsider works out.

Each test shows the usual way fall to the attack, and what is done about it. Where several releases meet, what an
outsider holds is written as one: cells of the earlier release, and the equations between both.
"""

from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse
from scipy.optimize import linprog

from accord.decision import BadInput
from accord.stats import outside
from accord.stats.audit import assumptions, attack, narrow, printed, shown
from accord.stats.bare import UNKNOWN, Bare, On, Policy, Zeros, primary, usual_cost
from accord.stats.pattern import Unsafe, protect
from tests.stats.tiny_bare import release

NARROW = Policy(threshold=10, width=2)


def hide(bare, *names):
    return np.array([name in names for name in bare.names])


def left(bare, hidden, assume="a0,a1,a2"):
    """Of each hidden cell, the values that remain."""
    found = attack(printed(bare, hidden, frozenset(assume.split(","))))
    return {bare.names[at]: (found.low[at], found.high[at]) for at in np.flatnonzero(hidden)}


def sums(values, *rows, **more):
    """A release from named values and sums, each total first; what `more` says of cells goes to Bare by name."""
    names = tuple(values)
    numbers = np.array(list(values.values()), dtype=np.int64)
    matrix = np.zeros((len(rows), len(names)))
    for at, (total, *parts) in enumerate(rows):
        matrix[at, names.index(total)] = 1
        matrix[at, [names.index(part) for part in parts]] = -1
    sizes = more.pop("groups", {})
    groups = np.array([sizes.get(name, UNKNOWN) for name in names])
    told = {
        key: np.array([by.get(name, UNKNOWN if key == "contributors" else 0) for name in names])
        for key, by in more.items()
    }
    told = {
        key: array.astype(bool) if key in ("published", "hidden", "blank") else array for key, array in told.items()
    }
    return Bare(names, numbers, groups, usual_cost(numbers), sparse.csr_array(matrix), **told)


def safe(bare, policy, seconds=5.0):
    found = protect(bare, policy, seconds=seconds)
    assert not len(narrow(bare, found.hidden, found.primary, policy))
    return found


def test_two_hidden_in_each_row_and_column_may_still_be_known():
    """1, 1 and 18: printed zeros make every star 1 or more, and 1 + 1 is the only way to 2."""
    bare = release([[1, 1, 18], [1, 1, 25], [30, 40, 50]])
    small = primary(bare, NARROW)
    assert small.reshape(4, 4)[:2].sum(axis=1).tolist() == [2, 2]
    assert left(bare, small)["0-0"] == (1, 1)
    assert left(bare, small, "a0")["0-0"] == (0, 2)
    assert safe(bare, NARROW).hidden.sum() > small.sum()


def test_three_singletons_in_one_line_are_all_known():
    bare = release([[1, 1, 1, 12], [20, 30, 25, 40]])
    small = primary(bare, NARROW)
    assert left(bare, small) == dict.fromkeys(("0-0", "0-1", "0-2"), (1, 1))
    safe(bare, NARROW)


def test_printed_zeros_tell_that_stars_are_no_zeros():
    """15 = 10 + 3 + two stars: at least 1 each, so 1 and 1."""
    bare = sums({"all": 26, "a": 11, "b": 13, "c": 1, "d": 1}, ("all", "a", "b", "c", "d"))
    hidden = hide(bare, "c", "d")
    assert left(bare, hidden) == {"c": (1, 1), "d": (1, 1)}
    assert left(bare, hidden, "a0") == {"c": (0, 2), "d": (0, 2)}
    safe(bare, NARROW)


def test_a_hidden_zero_of_a_group_of_nobody_protects_nothing():
    bare = sums(
        {"all": 15, "a": 11, "b": 4, "c": 0}, ("all", "a", "b", "c"), groups={"all": 90, "a": 50, "b": 40, "c": 0}
    )
    hideable = Policy(width=2, zeros=Zeros.HIDEABLE)
    assert left(bare, hide(bare, "b", "c"), "a0")["b"] == (0, 4)
    assert left(bare, hide(bare, "b", "c"), "a0,a2")["b"] == (4, 4)
    assert not safe(bare, hideable).hidden[bare.names.index("c")]


def test_a_district_of_one_school_tells_the_school():
    bare = sums({"state": 60, "d1": 4, "s1": 4, "d2": 56}, ("state", "d1", "d2"), ("d1", "s1"))
    assert left(bare, hide(bare, "s1")) == {"s1": (4, 4)}
    assert safe(bare, NARROW).hidden.tolist() == [False, True, True, True]


def test_a_small_rest_is_a_small_group_published_after_all():
    """Stars of 2 and 3 under a printed sum keep their values apart, and tell a group of 5."""
    bare = sums({"all": 45, "a": 40, "b": 2, "c": 3}, ("all", "a", "b", "c"))
    assert left(bare, hide(bare, "b", "c"), "a0")["b"] == (0, 5)
    strict = safe(bare, replace(NARROW, small_sums=False)).hidden
    assert bare.values[strict].sum() > 10 or strict[0]


def test_other_as_the_fixed_complement_is_not_enough():
    """Hiding the group Other wherever one is hidden: the column of Other gives it back."""
    bare = release([[4, 30, 12], [25, 40, 14], [33, 28, 19]])
    assert left(bare, hide(bare, "0-0", "0-2"))["0-0"] == (4, 4)
    safe(bare, NARROW)


def test_one_woman_follows_from_all_minus_men():
    bare = sums({"all": 31, "male": 30, "female": 1}, ("all", "male", "female"))
    assert left(bare, hide(bare, "female")) == {"female": (1, 1)}
    assert safe(bare, NARROW).hidden.sum() >= 2


def test_margins_bound_the_table_that_nobody_prints():
    """Of 11 pupils 10 are girls and 10 speak English: at least 9 are both, though no table says so."""
    bare = release([[9, 1], [1, 0]])
    unprinted = hide(bare, "0-0", "0-1", "1-0", "1-1")
    found = attack(shown(replace(bare, blank=unprinted), unprinted, NARROW))
    assert (found.low[0], found.high[0]) == (9, 10)
    assert (found.low[1], found.high[1]) == (0, 1)


def test_quarters_and_then_the_year_give_a_quarter_back():
    names = {"q1": 12, "q2": 14, "q3": 3, "q4": 15, "year": 44}
    bare = sums(names, ("year", "q1", "q2", "q3", "q4"), published={"q1": 1, "q2": 1, "q4": 1}, hidden={"q3": 1})
    assert left(bare, hide(bare, "q3"))["q3"] == (3, 3)
    assert safe(bare, NARROW).hidden[bare.names.index("year")]


def test_a_pool_of_three_years_minus_two_printed_ones_gives_the_third_back():
    bare = sums(
        {"pool": 40, "y1": 20, "y2": 17, "y3": 3}, ("pool", "y1", "y2", "y3"), published={"pool": 1, "y1": 1, "y2": 1}
    )
    assert left(bare, hide(bare, "y3"))["y3"] == (3, 3)
    with pytest.raises(Unsafe):
        protect(bare, NARROW)


def test_what_a_smaller_audience_saw_counts_in_the_public_release():
    """The Board saw counts from 6 up; a leaked 7 turns the public stars 7 and 4 into numbers."""
    bare = release([[7, 4, 30], [20, 25, 40]])
    public = hide(bare, "0-0", "0-1", "1-0", "1-1")
    assert left(bare, public)["0-1"][0] < left(bare, public)["0-1"][1]
    leaked = replace(bare, published=hide(bare, "0-0"))
    assert left(leaked, public & ~leaked.published)["0-1"] == (4, 4)
    assert leaked.names.index("0-1") in np.flatnonzero(safe(leaked, NARROW).hidden)


def test_a_parent_knows_the_cell_of_her_child(tmp_path):
    bare = release([[3, 4, 30], [20, 25, 40]])
    hidden = hide(bare, "0-0", "0-1", "1-0", "1-1")
    (tmp_path / "known.csv").write_text("cell,lo,hi\n0-0,3,3\n")
    found = attack(outside.with_known(printed(bare, hidden, frozenset({"a0"})), bare.names, tmp_path / "known.csv"))
    assert (found.widths[hidden] == 1).all()
    for text, what in (("z,1,2", "no cell z"), ("0-0,1.5,2", "no whole number"), ("0-2,4,5", "cannot lie")):
        (tmp_path / "known.csv").write_text(f"cell,lo,hi\n{text}\n")
        with pytest.raises(BadInput, match=what):
            outside.with_known(printed(bare, hidden, frozenset({"a0"})), bare.names, tmp_path / "known.csv")


def test_a_label_that_tells_small_from_hidden_gives_values_away():
    """9 marked as at most 10 and 11 that is only a star: 20 - 11 leaves 9 alone."""
    bare = release([[10, 11, 30], [21, 25, 40]])
    hidden, small = hide(bare, "0-0", "0-1", "1-0", "1-1"), hide(bare, "0-0")
    plain = printed(bare, hidden, frozenset({"a0", "a1"}))
    assert attack(plain).widths[0] > 10
    assert attack(outside.with_label(plain, small, 10)).high[0] == 10
    assert attack(outside.with_label(plain, small, 10)).widths[0] <= 10


@pytest.mark.parametrize(("events", "pupils"), [(11, 1), (40, 10)])
def test_many_events_of_few_students_are_small(events, pupils):
    bare = sums(
        {"all": events + 130, "a": events, "b": 60, "c": 70}, ("all", "a", "b", "c"), contributors={"a": pupils}
    )
    assert primary(bare, Policy()).tolist() == [False, True, False, False]
    assert not primary(bare, Policy(students=False)).any()
    assert left(bare, hide(bare, "a"))["a"] == (events, events)
    safe(bare, Policy())


def test_a_count_of_everybody_or_nobody_tells_of_each():
    groups = {"all": 200, "a": 40, "b": 100, "c": 60}
    bare = sums({"all": 112, "a": 40, "b": 72, "c": 0}, ("all", "a", "b", "c"), groups=groups)
    both = Policy(whole_groups=True, empty_groups=True, zeros=Zeros.HIDEABLE)
    assert not primary(bare, Policy()).any()
    assert primary(bare, both).tolist() == [False, True, False, True]
    safe(bare, both)


def test_a_small_group_is_small_whatever_its_count():
    bare = sums({"all": 60, "a": 0, "b": 60}, ("all", "a", "b"), groups={"all": 200, "a": 8, "b": 192})
    policy = Policy(on=On.GROUP, width=2)
    assert primary(bare, policy).tolist() == [False, True, False]
    found = safe(bare, policy)
    assert attack(shown(bare, found.hidden, policy)).low[1] == 0


@pytest.mark.parametrize("size", [999, 250])
def test_a_percentage_of_one_decimal_gives_the_count_back(size):
    """A rate next to a printed group is a bound on the count: where it leaves one number, the count is printed."""
    counts = np.arange(size + 1)
    same = np.round(1000 * counts / size)
    assert len(np.unique(same)) == len(counts)
    bare = release([[3, 4, 30], [20, 25, 40]])
    hidden = hide(bare, "0-0", "0-1", "1-0", "1-1")
    rate = np.round(1000 * 3 / size)
    back = counts[same == rate]
    plain = printed(bare, hidden, frozenset({"a0"}))
    known = replace(
        plain,
        low=np.where(hide(bare, "0-0"), back.min(), plain.low),
        high=np.where(hide(bare, "0-0"), back.max(), plain.high),
    )
    assert (attack(known).widths[hidden] == 1).all()


def test_a_sorted_list_of_hidden_counts_narrows_them():
    """Schools by arrests: the star between a printed 12 and a printed 11 is known. An order is a sum with a rest."""
    values = {"all": 83, "a": 12, "b": 11, "c": 11, "d": 49, "a-b": 1, "b-c": 0}
    bare = sums(values, ("all", "a", "b", "c", "d"), ("a", "b", "a-b"), ("b", "c", "b-c"))
    bare = replace(bare, blank=hide(bare, "a-b", "b-c"))
    stars = hide(bare, "b", "d")
    assert left(replace(bare, equations=bare.equations[[0]]), stars, "a0,a1")["b"] == (1, 59)
    assert left(bare, stars | bare.blank, "a0,a1")["b"] == (11, 12)


def test_a_width_in_fractions_may_hold_fewer_whole_numbers():
    """Each two of x, y, z come to 3 at most: 4.5 together in fractions, 4 in whole numbers."""
    rows = [("w", "x", "y", "z"), ("xy", "x", "y"), ("yz", "y", "z"), ("xz", "x", "z")]
    bare = sums({"w": 3, "x": 1, "y": 1, "z": 1, "xy": 2, "yz": 2, "xz": 2}, *rows)
    hidden, pairs = np.ones(len(bare), dtype=np.bool_), hide(bare, "xy", "yz", "xz")
    plain = printed(bare, hidden, frozenset({"a0", "a1"}))
    found = attack(replace(plain, high=np.where(pairs, 3.0, plain.high)))
    assert (found.low[0], found.high[0]) == (3, 4)
    odd = replace(plain, low=np.where(pairs, 3.0, plain.low), high=np.where(pairs, 3.0, plain.high))
    with pytest.raises(BadInput, match="No whole numbers"):
        attack(odd)


def test_a_table_of_three_dimensions_may_hold_one_whole_number_where_fractions_leave_a_width_of_one():
    """All 1-way and 2-way margins are printed, and 18 inner counts hidden.

    They can only move together, two of them by 2 for each 1 of the others: half a step either way fits in fractions,
    and no whole step does.
    """
    bare = release(
        [[[3, 3, 2], [12, 3, 3], [3, 14, 3]], [[11, 15, 0], [3, 3, 20], [3, 3, 13]], [[3, 3, 2], [3, 0, 3], [16, 3, 3]]]
    )
    stars = (bare.values > 0) & (bare.values <= 3)
    rows, right = bare.equations[:, stars], -(bare.equations @ np.where(stars, 0, bare.values))
    for step in np.eye(int(stars.sum())):
        ends = [linprog(sign * step, A_eq=rows, b_eq=right, bounds=(1, None)).fun for sign in (1, -1)]
        assert -ends[1] - ends[0] > 1 - 1e-7
    assert left(bare, stars) == {
        name: (value, value) for name, value in zip(bare.names, bare.values, strict=True) if 0 < value <= 3
    }
    assert np.array_equal(narrow(bare, stars, stars, NARROW), np.flatnonzero(stars))
    assert safe(bare, NARROW).hidden.sum() > stars.sum()


@pytest.mark.parametrize("inner", [[[0, 0], [0, 0]], [[40, 2], [30, 4]], [[2, 9], [30, 40]]])
def test_a_release_of_nothing_or_of_few_counts_is_safe(inner):
    bare = release(inner)
    assert safe(bare, NARROW).hidden[primary(bare, NARROW)].all()


@pytest.mark.parametrize("inner", [[[2]], [[3, 0], [1, 0]], [[1, 0], [0, 0]]])
def test_a_release_that_comes_to_a_small_total_is_safe_whole_or_refused_by_name(inner):
    """With every total hidden nothing bounds the counts; where a total was printed already, it gives them away."""
    bare = release(inner)
    assert safe(bare, NARROW).hidden[bare.values > 0].all()
    total = np.arange(len(bare)) == len(bare) - 1
    with pytest.raises(Unsafe) as refused:
        protect(replace(bare, published=total), replace(NARROW, width=5), seconds=5)
    assert refused.value.cells


def test_what_was_not_settled_in_time_is_not_safe():
    bare = release(np.arange(48).reshape(6, 8) % 13)
    hidden = bare.values > 0
    small = primary(bare, NARROW)
    assert len(narrow(bare, hidden, small, NARROW)) == 0
    assert narrow(bare, hidden, small, NARROW, deadline=0.0).tolist() == np.flatnonzero(small).tolist()
    late = attack(shown(bare, hidden, NARROW), 2, small, deadline=0.0)
    assert not late.settled[small].any()
    assert "a0" in assumptions(NARROW)
