"""The attack on a bare release gives each hidden cell exactly the whole numbers that remain possible."""

import numpy as np
import pytest
from bench.families import family
from scipy.optimize import Bounds, LinearConstraint, milp

from accord.decision import BadInput
from accord.stats import proof, witnesses
from accord.stats.audit import attack, narrow, printed, shown
from accord.stats.bare import Policy, movable, primary
from tests.stats.tiny_bare import release, tables

A1 = frozenset({"a0", "a1"})


@pytest.mark.parametrize("settled_one_by_one", [60, 0])
@pytest.mark.parametrize("seed", range(60))
def test_intervals_are_those_found_by_trying_every_table(seed, settled_one_by_one, monkeypatch):
    monkeypatch.setattr(witnesses, "_SMALL", settled_one_by_one)
    random = np.random.default_rng(seed)
    bare = release(random.integers(0, 3, [(2, 3), (3, 3), (2, 2, 2)][seed % 3]))
    total = int(bare.values[-1])
    hidden = (bare.values > 0) & (random.random(len(bare)) < 0.7)
    hidden[np.flatnonzero(hidden)[4:]] = hidden[-1] = False
    low = np.where(hidden, seed % 2, bare.values)
    assume = A1 if seed % 2 else frozenset({"a0"})
    found = attack(printed(bare, hidden, assume))
    every = tables(bare, hidden, low, total)
    assert (found.low == every.min(axis=0)).all()
    assert (found.high == every.max(axis=0)).all()
    quick = attack(printed(bare, hidden, assume), need=2)
    assert ((quick.widths >= 2) == (found.widths >= 2)).all()


def test_the_hidden_values_are_not_read():
    bare = release([[3, 4], [5, 6]])
    hidden = np.array([name in ("0-0", "0-1", "1-0", "1-1") for name in bare.names])
    other = release([[4, 3], [4, 7]])
    one, two = (attack(printed(made, hidden, A1)) for made in (bare, other))
    assert (one.low == two.low).all()
    assert (one.high == two.high).all()


def test_a_hidden_zero_of_a_group_without_pupils_is_known():
    bare = release([[3, 0], [5, 6]], most=[9, 0, 9, 9, 9, 9, 9, 9, 9])
    hidden = np.array([name in ("0-0", "0-1", "1-0", "1-1") for name in bare.names])
    assert attack(printed(bare, hidden, frozenset({"a0"}))).widths[0] > 1
    assert (attack(printed(bare, hidden, frozenset({"a0", "a2"}))).widths == 1).all()


def test_two_hidden_in_each_line_is_not_enough_when_stars_are_at_least_one():
    """Two and ones: 2 + 1 can only be 1 + 2 or itself, and a line of three ones is known at once."""
    bare = release([[1, 1, 1], [20, 20, 20]])
    hidden = np.array([name in ("0-0", "0-1", "0-2") for name in bare.names])
    watched = hidden.copy()
    assert len(narrow(bare, hidden, watched, Policy(width=2))) == 3


def test_what_no_table_fits_is_refused():
    bare = release([[0, 3], [5, 6]])
    hidden = np.array([name in ("0-0", "0-1") for name in bare.names])
    wrong = printed(bare, hidden, A1)
    wrong.known[bare.names.index("0-2")] = 1
    wrong.low[bare.names.index("0-2")] = wrong.high[bare.names.index("0-2")] = 1
    with pytest.raises(BadInput, match="No whole numbers"):
        attack(wrong)


def test_what_nothing_bounds_has_no_end_beside_what_a_printed_sum_bounds():
    """Sums of four lines are printed, all others are hidden: more unknowns than are settled one by one."""
    bare = release(np.arange(3, 84).reshape(9, 9))
    bounded = np.array([name[0] in "0123" and name[2] != "9" for name in bare.names])
    hidden = np.array([not (name[0] in "0123" and name[2] == "9") for name in bare.names])
    found = attack(printed(bare, hidden, A1))
    assert found.settled.all()
    assert np.isinf(found.high[hidden & ~bounded]).all()
    sums = np.repeat(bare.values[[name[0] in "0123" and name[2] == "9" for name in bare.names]], 9)
    assert (found.high[bounded] == sums - 8).all()
    assert (found.low[bounded] == 1).all()


def test_a_release_of_which_all_is_hidden_is_settled_with_few_programs():
    """Counts that nothing bounds do not draw those aside that something does."""
    bare, policy = family("single", 20), Policy()
    small = primary(bare, policy)
    found = attack(shown(bare, small | movable(bare, policy), policy), policy.width, small)
    assert not found.narrow(policy.width)[small].any()
    assert found.programs < small.sum() / 4


@pytest.mark.parametrize("need", [2, 5])
def test_a_large_component_is_settled_as_another_solver_settles_it(need):
    """Of a release of which only the small counts are hidden: its tables fit, and what is narrow has no others."""
    bare, policy = family("linked", 12, seed=3), Policy(width=need)
    small = primary(bare, policy)
    prints = shown(bare, small, policy)
    found = attack(prints, need, small)
    plain, _ = proof.proved(bare, small, policy)
    assert all("are not shown to keep" in fault for fault in proof.faults(bare, small, plain))
    cells, random = np.flatnonzero(small), np.random.default_rng(need)
    right = -(prints.equations @ prints.known)
    every = LinearConstraint(prints.equations[:, cells], right, right)
    bounds = Bounds(prints.low[cells], prints.high[cells])
    narrow = found.narrow(need)[cells]
    for at in [*random.choice(np.flatnonzero(narrow), 8), *random.choice(np.flatnonzero(~narrow), 4)]:
        one = (np.arange(len(cells)) == at).astype(np.float64)
        ends = [
            round(sign * milp(sign * one, bounds=bounds, constraints=every, integrality=1).fun) for sign in (1.0, -1.0)
        ]
        assert (ends[1] - ends[0] + 1 < need) == narrow[at]


def test_a_table_shows_something_of_many_counts_at_once():
    """One program for every twenty small counts or fewer; two for each would answer the same."""
    bare, policy = family("linked", 100), Policy(width=2)
    small = primary(bare, policy)
    assert attack(shown(bare, small, policy), policy.width, small).programs < small.sum() / 20
