"""The pattern found for a bare release is safe and costs no more than the cheapest of all, tried one by one."""

import numpy as np
import pytest
from bench.families import FAMILIES, family
from scipy import sparse

from accord.stats import circuits, pattern
from accord.stats.audit import assumptions, attack, narrow, printed
from accord.stats.bare import UNKNOWN, Bare, Policy, Zeros, usual_cost
from accord.stats.orders import with_orders
from accord.stats.pattern import Unsafe, protect
from tests.stats.searched import cheapest
from tests.stats.tiny_bare import release


@pytest.mark.parametrize("seed", range(42))
def test_the_cost_is_the_least_there_is(seed):
    random = np.random.default_rng(seed)
    shape = [(2, 2), (2, 3), (2, 3)][seed % 3]
    bare = release(random.integers(0, 9, shape) * (random.random(shape) < 0.7))
    zeros = Zeros.HIDEABLE if seed % 2 and seed % 3 == 0 else Zeros.PRINTED
    policy = Policy(threshold=5, width=[2, 3, 5][seed // 3 % 3], zeros=zeros, small_sums=True)
    least = cheapest(bare, policy)
    if least is None:
        with pytest.raises(Unsafe):
            protect(bare, policy)
        return
    found = protect(bare, policy)
    assert found.cost == pytest.approx(least)
    assert found.gap == 0
    assert (found.hidden[found.primary]).all()


@pytest.mark.parametrize(("kind", "seed"), [("single", 1), ("linked", 2), ("quarterly", 4)])
def test_asking_near_a_cell_first_as_large_releases_do_finds_the_same_least_cost(kind, seed, monkeypatch):
    bare, policy = family(kind, 3, seed=seed), Policy(width=2, small_sums=True)
    usual = protect(bare, policy, seconds=20)
    monkeypatch.setattr(circuits, "LARGE", 10)
    near = protect(bare, policy, seconds=20)
    assert usual.gap == near.gap == 0
    assert near.cost == pytest.approx(usual.cost)


def test_without_time_a_large_release_is_safe_and_a_small_one_is_searched_all_the_same():
    small = protect(release([[3, 40, 23], [13, 50, 25], [30, 60, 80]]), Policy(), seconds=0)
    assert small.gap == 0
    bare, policy = family("single", 2, seed=5), Policy(width=3, small_sums=True)
    found = protect(bare, policy, seconds=0)
    assert not len(narrow(bare, found.hidden, found.primary, policy))
    assert found.bound <= found.cost


def test_where_the_audit_of_what_was_found_is_late_all_that_may_be_hidden_is_and_is_audited(monkeypatch):
    bare, policy = family("single", 3, seed=1), Policy(width=2)
    usual = protect(bare, policy, seconds=20)
    monkeypatch.setattr(pattern, "_AUDITED", -1)
    monkeypatch.setattr(pattern, "_AUDIT", -60)
    late = protect(bare, policy, seconds=20)
    assert late.hidden.sum() > usual.hidden.sum()
    assert late.hidden[usual.hidden].all()
    assert late.gap > 0
    assert not len(narrow(bare, late.hidden, late.primary, policy))


@pytest.mark.parametrize("kind", FAMILIES)
@pytest.mark.parametrize("zeros", Zeros)
def test_an_invented_release_of_every_family_is_safe(kind, zeros):
    bare = family(kind, 2, seed=5)
    policy = Policy(width=3, zeros=zeros, small_sums=True)
    found = protect(bare, policy, seconds=2)
    exact = attack(printed(bare, found.hidden, assumptions(policy)))
    assert (exact.widths[found.primary] >= 3).all()
    assert (exact.low <= bare.values).all()
    assert (bare.values <= exact.high).all()


def test_a_parent_with_one_child_that_counts_is_hidden_with_it():
    bare = release([[4, 0, 30], [20, 25, 40]])
    found = protect(bare, Policy(threshold=5, width=2, small_sums=True))
    assert not len(narrow(bare, found.hidden, found.primary, Policy(threshold=5, width=2)))


def test_a_small_rest_under_a_printed_sum_is_not_left_where_the_policy_forbids_it():
    """3 + 4 hidden under a printed 30 tell a group of 7."""
    bare = release([[3, 4, 23], [13, 14, 25]])
    for row in (2, 3):
        policy = Policy(threshold=10, width=row, small_sums=False)
        found = protect(bare, policy)
        rest = sum(
            v
            for name, v, away in zip(bare.names, bare.values, found.hidden, strict=True)
            if away and name in ("0-0", "0-1", "0-2")
        )
        assert rest > 10 or found.hidden[bare.names.index("0-3")]


@pytest.mark.parametrize("inner", [[[0, 0], [0, 0]], [[40, 50], [60, 70]]])
def test_nothing_small_means_nothing_hidden(inner):
    assert not protect(release(inner), Policy()).hidden.any()


def test_a_difference_that_nobody_prints_hides_no_figure_beside_it():
    """Nobody was arrested in the first group, so the difference to its contacts moves as they do: they stay printed."""
    names = ("contacts a", "contacts b", "contacts c", "contacts", "arrests a", "arrests b", "arrests c", "arrests")
    values = np.array([20, 30, 40, 90, 0, 5, 12, 17])
    sums = sparse.csr_array([[1.0, 1, 1, -1, 0, 0, 0, 0], [0, 0, 0, 0, 1, 1, 1, -1]])
    bare = Bare(names, values, np.full(8, UNKNOWN), usual_cost(values), sums)
    found = protect(with_orders(bare, [(4, 0), (5, 1), (6, 2), (7, 3)]), Policy())
    assert [name for name, away in zip(names, found.hidden[:8], strict=True) if away] == ["arrests b", "arrests c"]


def test_what_cannot_be_protected_is_refused_and_named():
    values = np.array([3, 3])
    bare = Bare(
        ("all", "one"),
        values,
        np.full(2, -1),
        usual_cost(values),
        sparse.csr_array([[1.0, -1.0]]),
        np.array([True, False]),
    )
    with pytest.raises(Unsafe) as refused:
        protect(bare, Policy())
    assert refused.value.cells == ("one",)


def test_what_the_audit_has_not_settled_in_time_is_not_published(monkeypatch):
    monkeypatch.setattr(pattern, "_AUDIT", 0.0)
    with pytest.raises(Unsafe, match="did not end in time") as refused:
        protect(release([[3, 40, 23], [13, 50, 25]]), Policy(), seconds=0)
    assert refused.value.late
