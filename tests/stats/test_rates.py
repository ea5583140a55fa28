"""Risk, ratio and their limits against numbers worked by hand (1,000 students, 42 with the outcome)."""

from __future__ import annotations

import math

import pytest

from accord.stats.rates import alternate_risk_ratio, compare, large_enough, rate_per_1000, risk, risk_ratio

X, N = 42, 1000


@pytest.mark.parametrize(
    ("count", "enrolled", "ratio", "difference", "index"),
    [
        (24, 600, (24 / 600) / (18 / 400), 0.04 - 0.045, (24 / 42) / 0.6),
        (12, 100, 3.6, 0.12 - 30 / 900, (12 / 42) / 0.1),
        (5, 250, (5 / 250) / (37 / 750), 0.02 - 37 / 750, (5 / 42) / 0.25),
        (0, 40, 0.0, -42 / 960, 0.0),
        (1, 10, 0.1 / (41 / 990), 0.1 - 41 / 990, (1 / 42) / 0.01),
    ],
)
def test_a_group_is_compared_with_all_others(count, enrolled, ratio, difference, index):
    found = compare(count, enrolled, X, N)
    assert found.ratio == pytest.approx(ratio, abs=1e-9)
    assert found.difference == pytest.approx(difference, abs=1e-9)
    assert found.composition_index == pytest.approx(index, abs=1e-9)


@pytest.mark.parametrize(
    ("count", "enrolled", "low", "high"),
    [(24, 600, 0.489, 1.616), (12, 100, 1.904, 6.805), (5, 250, 0.161, 1.020), (1, 10, 0.367, 15.88)],
)
def test_the_interval_agrees_with_the_published_digits(count, enrolled, low, high):
    found = compare(count, enrolled, X, N)
    assert found.low == pytest.approx(low, abs=6e-4)
    assert found.high == pytest.approx(high, abs=6e-3)


def test_a_group_without_the_outcome_has_a_ratio_of_zero_and_no_interval():
    found = compare(0, 40, X, N)
    assert (found.ratio, found.low, found.high) == (0.0, None, None)


def test_the_count_at_which_risks_are_equal():
    assert compare(12, 100, X, N).equality_count == pytest.approx(100 * 30 / 900, abs=1e-9)


def test_what_is_not_defined_is_none_and_never_zero_or_infinite():
    assert rate_per_1000(0, 0) is None
    assert rate_per_1000(3, None) is None
    assert risk(0, 0) is None
    assert risk_ratio(5, 10, 5, 100) is None
    assert risk_ratio(5, 100, 5, 100) is None
    assert risk_ratio(0, 0, 5, 100) is None
    assert compare(0, 0, 0, 0).share is None


def test_more_contacts_than_students_give_a_rate_and_no_interval():
    found = compare(30, 20, 60, 1000)
    assert found.ratio is not None
    assert found.ratio > 1
    assert not math.isnan(found.ratio)
    assert (found.low, found.high) == (None, None)


def test_the_alternate_ratio_compares_with_the_state():
    assert alternate_risk_ratio(12, 100, 9000, 300000) == pytest.approx(4.0, abs=1e-9)
    assert alternate_risk_ratio(12, 100, 0, 300000) is None


def test_a_ratio_needs_both_sizes():
    assert [
        large_enough(x, n, cell=10, n=20) for x, n in ((24, 600), (12, 100), (5, 250), (0, 40), (1, 10), (12, 15))
    ] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]


def test_contacts_for_each_thousand():
    assert rate_per_1000(24, 600) == pytest.approx(40.0, abs=1e-9)
