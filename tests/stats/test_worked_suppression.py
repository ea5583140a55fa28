"""The worked rows of the brief: which counts must fall together, and why hiding one alone gives it away."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from accord.stats.audit import attack, printed
from accord.stats.bare import UNKNOWN, Bare, Policy, small_sums, usual_cost
from accord.stats.pattern import protect

A0_A1 = frozenset(("a0", "a1"))


def row(**counts: int) -> Bare:
    """Some counts and their total, which may not be hidden: everybody knows it."""
    values = np.array([*counts.values(), sum(counts.values())])
    equation = sparse.csr_array(np.array([[1.0] * len(counts) + [-1.0]]))
    shown = np.array([False] * len(counts) + [True])
    unknown = np.full(len(values), UNKNOWN)
    return Bare((*counts, "total"), values, unknown, usual_cost(values), equation, published=shown)


def away(bare: Bare, hidden) -> set[str]:
    return {name for name, gone in zip(bare.names, hidden, strict=True) if gone}


def test_one_hidden_count_beside_its_total_is_no_secret_and_the_next_smallest_goes_with_it():
    bare = row(black=11, white=30, asian=4)
    alone = attack(printed(bare, bare.values == 4, A0_A1))
    assert (alone.low[2], alone.high[2]) == (4, 4)
    assert away(bare, protect(bare, Policy()).hidden) == {"asian", "black"}


def test_two_hidden_counts_give_their_sum_and_where_that_is_small_a_third_goes_with_them():
    bare = row(a=24, b=12, c=5, d=0, e=1)
    two = (bare.values == 5) | (bare.values == 1)
    found = attack(printed(bare, two, A0_A1))
    assert [(found.low[at], found.high[at]) for at in (2, 4)] == [(1, 5), (1, 5)]
    assert len(small_sums(bare, two, Policy(small_sums=False))) == 1
    assert away(bare, protect(bare, Policy()).hidden) == {"c", "e"}
    assert away(bare, protect(bare, Policy(small_sums=False)).hidden) == {"b", "c", "e"}


@pytest.mark.parametrize("width", [2, 5])
def test_a_hidden_count_keeps_as_many_values_as_the_policy_asks(width):
    bare = row(a=24, b=12, c=2, d=0, e=1)
    hidden = protect(bare, Policy(width=width)).hidden
    found = attack(printed(bare, hidden, A0_A1))
    assert (found.widths[[2, 4]] >= width).all()
    assert away(bare, hidden) == ({"c", "e"} if width == 2 else {"b", "c", "e"})
