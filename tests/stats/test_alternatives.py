"""Coarser, banded and rounded releases: what they keep, that they add up, and that they give no small count away."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from bench.families import family
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from accord.decision import BadInput
from accord.stats.alternatives import alternatives, coarsenings, words
from accord.stats.audit import narrow
from accord.stats.bare import Bare, On, Policy, Zeros, primary
from accord.stats.coarser import Step, coarsened, steps
from accord.stats.layout import layout
from accord.stats.orders import with_orders
from accord.stats.pattern import Unsafe
from accord.stats.rounding import banded, rounded, stepped
from accord.stats.survival import detail
from tests.stats.tiny_bare import release


def table(inner, denominators=None) -> Bare:
    """A table whose cells are named by their codes: `a0|b1`, and `all` in the margins."""
    made = release(inner, denominators)
    size = np.array(inner).shape
    names = []
    for name in made.names:
        spot = [int(code) for code in name.split("-")]
        codes = ("all" if at == size[axis] else f"{'abcd'[axis]}{at}" for axis, at in enumerate(spot))
        names.append("|".join(codes))
    return Bare(tuple(names), made.values, made.denominators, made.cost, made.equations)


def value(bare: Bare, name: str) -> int:
    return int(bare.values[bare.names.index(name)])


small_tables = st.tuples(st.integers(2, 4), st.integers(2, 4)).flatmap(
    lambda size: st.lists(st.integers(0, 30), min_size=size[0] * size[1], max_size=size[0] * size[1]).map(
        lambda counts: np.array(counts).reshape(size)
    )
)


def test_dimensions_and_what_is_part_of_what_are_read_from_the_equations():
    now = layout(family("single", 40), ("place", "race"))
    places = now.parents[0]
    assert {places[code] for code in places if code.startswith("d")} == {"state"}
    assert all(places[code].startswith("d") for code in places if code.startswith("s"))
    assert set(now.parents[1].values()) == {"all"}
    assert now.bare.values[now.leaf].sum() == now.bare.values.max()


def test_names_that_are_no_codes_have_nothing_to_merge():
    made = release([[1, 2], [3, 4]])
    plain = Bare(tuple(f"c{i}" for i in range(9)), made.values, made.denominators, made.cost, made.equations)
    assert list(steps(layout(plain))) == []
    assert coarsenings(plain, Policy()) == []


def test_codes_that_are_part_of_each_other_or_of_two_others_are_no_dimension():
    def plain(equations):
        names = ("a", "b", "c")
        zeros = np.zeros(3, dtype=np.int64)
        return Bare(names, zeros, zeros - 1, zeros + 1.0, sparse.csr_array(np.array(equations, dtype=float)))

    assert layout(plain([[1, -1, 0], [1, 0, -1]])).parents == ({"b": "a", "c": "a"},)
    assert layout(plain([[1, -1, 0], [-1, 1, 0]])).parents == ({},)
    assert layout(plain([[1, 0, -1], [0, 1, -1]])).parents == ({},)


def test_merged_counts_are_sums_and_the_equations_hold():
    now = layout(table([[5, 0, 2], [7, 1, 30]]))
    made = coarsened(now, Step(1, {"b0": "b0+b2", "b2": "b0+b2"}, "")).bare
    assert [value(made, f"{a}|b0+b2") for a in ("a0", "a1", "all")] == [7, 37, 44]
    assert not (made.equations @ made.values).any()
    assert set(np.unique(made.equations.data)) == {-1.0, 1.0}
    assert made.equations.shape[0] == 3 + 3


def test_a_dimension_that_is_left_out_leaves_its_totals():
    now = layout(table([[5, 0, 2], [7, 1, 30]]))
    made = coarsened(now, Step(1, dict.fromkeys(("b0", "b1", "b2")), "")).bare
    assert dict(zip(made.names, made.values.tolist(), strict=True)) == {"a0|all": 7, "a1|all": 38, "all|all": 45}


def test_merged_groups_have_their_students_together_and_merged_outcomes_the_same_students():
    groups = table([[5, 2, 1], [7, 1, 9]], [40, 40, 40, 40, 60, 60, 60, 60, 100, 100, 100, 100])
    by_outcome = coarsened(layout(groups), Step(1, {"b0": "m", "b1": "m"}, "")).bare
    assert by_outcome.denominators[by_outcome.names.index("a0|m")] == 40
    three = table([[5, 2], [7, 1], [1, 1]], [40, 40, 40, 60, 60, 60, 10, 10, 10, 110, 110, 110])
    by_group = coarsened(layout(three), Step(0, {"a0": "m", "a2": "m"}, "")).bare
    assert by_group.denominators[by_group.names.index("m|b0")] == 50


def test_what_an_earlier_release_decided_is_not_merged_away():
    made = table([[5, 0, 2], [7, 1, 30]])
    made.published[made.names.index("a0|b0")] = True
    now = layout(made)
    assert coarsened(now, Step(1, {"b0": "m", "b2": "m"}, "")) is None
    assert coarsened(now, Step(1, {"b1": "m", "b2": "m"}, "")) is not None


def test_outcomes_that_overlap_are_left_out_together_and_keep_their_order_when_groups_are_merged():
    made = with_orders(
        Bare(
            (*(f"a{a}|{b}" for a in range(3) for b in ("b0", "all")), "all|b0", "all|all"),
            np.array([5, 9, 4, 6, 1, 8, 10, 23]),
            np.full(8, -1),
            np.ones(8),
            sparse.csr_array(np.array([[-1, 0, -1, 0, -1, 0, 1, 0], [0, -1, 0, -1, 0, -1, 0, 1]], dtype=float)),
        ),
        [(0, 1), (2, 3), (4, 5), (6, 7)],
    )
    now = layout(made, ("race", "outcome"))
    assert [one.words for one in steps(now) if one.axis == 1] == ["outcome: only the total"]
    merged = coarsened(now, Step(0, {"a0": "m", "a2": "m"}, "")).bare
    assert not (merged.equations @ merged.values).any()
    assert (value(merged, "m|b0"), value(merged, "m|all"), len(merged)) == (6, 17, 9)


def test_detail_is_all_when_all_is_printed_and_nothing_when_only_the_total_is():
    now = layout(table([[8, 8], [8, 8]]))
    place = {codes: cell for cell, codes in enumerate(now.at)}
    assert detail(now, lambda codes: place[codes]) == 1.0
    assert detail(now, lambda codes: place[codes] if codes == ("all", "all") else None) == 0.0
    # of two bits about an event, its row is one
    rows = detail(now, lambda codes: place[codes] if codes[1] == "all" else None)
    assert rows == pytest.approx(0.5, abs=1e-12)


def test_a_release_that_cannot_be_protected_gets_coarser_ones_that_can():
    made, policy = table([[3, 0, 25], [40, 31, 22], [2, 18, 27]]), Policy(10, 5)

    def never(bare, policy, seconds):
        raise Unsafe("no", ())

    assert coarsenings(made, policy, find=never) == []
    found = coarsenings(made, policy, seconds=5, most=20)
    assert {one.words.split(":")[0] for one in found} == {"dimension 1", "dimension 2"}
    for one in found:
        assert not len(narrow(one.bare, one.hidden, primary(one.bare, policy), policy))
        assert one.primary < one.before == primary(made, policy).sum()
        assert one.gain == one.survives.detail > 0
    assert [one.survives.detail for one in found] == sorted((one.survives.detail for one in found), reverse=True)


def test_every_way_is_told_with_what_survives():
    made, policy = table([[3, 0, 25], [40, 31, 22], [2, 18, 27]]), Policy(10, 5)
    hidden = primary(made, policy)
    told = alternatives(made, policy, hidden=hidden, axes=("school", "outcome"), seconds=5, most=2)
    assert [one.way for one in told] == ["hidden", "coarser", "coarser", "bands", "rounded"]
    assert told[0].survives.printed == len(made) - 2
    assert told[0].survives.near == pytest.approx(163 / 168)
    said = words(told)
    assert "14 of 16" in said
    assert "school: " in said
    assert "no safe pattern was found" in words(alternatives(made, policy, hidden=None, seconds=5, most=1))


@settings(max_examples=60, deadline=None)
@given(small_tables)
def test_rounded_counts_are_multiples_next_to_the_true_ones_and_totals_are_their_sums(inner):
    now = layout(table(inner))
    figures = rounded(now).values
    assert (figures % 5 == 0).all()
    assert (np.abs(figures - now.bare.values)[now.leaf] < 5).all()
    assert (figures[(now.bare.values == 0) & now.leaf] == 0).all()
    assert not (now.bare.equations @ figures).any()
    rows = [cell for cell, codes in enumerate(now.at) if codes[1] == "all"]
    assert (np.abs(figures - now.bare.values)[rows] < 5).all()


def test_whoever_knows_the_method_keeps_five_values_for_every_rounded_count():
    """Every table that some start of the running sum rounds to the same print, gone through one by one."""
    seen = {}
    for start, counts in product(range(5), product(range(15), repeat=3)):
        seen.setdefault(tuple(stepped(np.array(counts), start, 5)), []).append(counts)
    inside = [counts for shown, counts in seen.items() if max(shown) <= 10]
    assert len(inside) > 10
    for counts in inside:
        assert min(len(set(column)) for column in zip(*counts, strict=True)) >= 5


@settings(max_examples=40, deadline=None)
@given(small_tables)
def test_bands_hold_the_true_count_and_are_as_wide_as_the_threshold(inner):
    now = layout(table(inner))
    for policy in (Policy(10), Policy(10, zeros=Zeros.HIDEABLE), Policy(10, on=On.GROUP)):
        bands = banded(now, policy)
        assert ((bands.low <= now.bare.values) & (now.bare.values <= bands.high)).all()
        wide = (bands.high - bands.low + 1)[now.leaf]
        exact = wide < 10
        plain = policy == Policy(10)
        assert (now.bare.values[now.leaf][exact] == 0).all()
        assert exact.any() == (plain and (now.bare.values[now.leaf] == 0).any())
        assert not (now.bare.equations @ bands.low).any()


def test_tables_that_share_totals_are_not_rounded():
    now = layout(family("linked", 3))
    with pytest.raises(BadInput, match="several tables share"):
        rounded(now)
    told = alternatives(now.bare, Policy(10, 2), hidden=None, seconds=0, most=0)
    assert [(one.way, one.survives) for one in told] == [("hidden", None), ("bands", None), ("rounded", None)]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=12, max_size=12))
def test_every_step_leaves_true_totals_and_keeps_no_more_detail_than_there_was(counts):
    now = layout(table(np.array(counts).reshape(2, 3, 2)))
    names = set(now.bare.names)
    for step in steps(now):
        assert len(step.into) > 1
        made = coarsened(now, step)
        assert not (made.bare.equations @ made.bare.values).any()
        assert value(made.bare, "all|all|all") == sum(counts)
        kept = [name for name in made.bare.names if name in names]
        assert [value(made.bare, name) for name in kept] == [value(now.bare, name) for name in kept]
        assert 0 <= detail(now, made.printed(np.zeros(len(made.bare), dtype=bool))) <= 1 + 1e-12
