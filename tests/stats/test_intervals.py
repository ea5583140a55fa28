"""Intervals against their definitions, against scipy and statsmodels where those are right, and where those fail."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from bench.attainable import FLOOR, RISKS, least_coverage
from bench.coverage import OTHERS, RATES, SIZES, covered
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats.contingency import relative_risk
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from accord.stats import ends, intervals
from accord.stats.intervals import (
    critical,
    difference_newcombe,
    difference_score,
    difference_statistic,
    ratio_exact,
    ratio_katz,
    ratio_score,
    ratio_statistic,
    risk,
)
from tests.house.tree import ROOT

ORDINARY = [(12, 100, 30, 900), (24, 600, 18, 400), (5, 250, 37, 750), (3, 25, 40, 1200), (300, 1000, 420, 2000)]
ZEROS_AND_FULL = [(0, 40, 42, 960), (3, 10, 0, 30), (5, 5, 3, 10), (3, 10, 5, 5), (10, 10, 10, 10)]


@st.composite
def tables(draw):
    n1, n2 = draw(st.integers(2, 3000)), draw(st.integers(2, 3000))
    return draw(st.integers(0, n1)), n1, draw(st.integers(0, n2)), n2


def close(ends, low, high, tolerance=1e-9):
    return ends.low == pytest.approx(low, rel=tolerance) and ends.high == pytest.approx(high, rel=tolerance)


def test_the_interval_of_a_risk_is_wilsons():
    assert close(risk(12, 100), *proportion_confint(12, 100, method="wilson"))
    assert (risk(0, 40).low, risk(40, 40).high) == (0, 1)
    assert np.isnan(risk(0, 0)).all()


@pytest.mark.parametrize("table", ORDINARY)
def test_the_interval_of_katz_is_the_formula_and_scipys(table):
    x1, n1, x2, n2 = table
    half = critical(0.95) * math.sqrt(1 / x1 - 1 / n1 + 1 / x2 - 1 / n2)
    ratio = x1 * n2 / n1 / x2
    assert close(ratio_katz(*table), ratio * math.exp(-half), ratio * math.exp(half))
    assert close(ratio_katz(*table), *relative_risk(*table).confidence_interval(0.95))


@pytest.mark.parametrize(
    ("table", "low", "high"),
    [
        ((24, 600, 18, 400), 0.489, 1.616),
        ((12, 100, 30, 900), 1.904, 6.805),
        ((5, 250, 37, 750), 0.161, 1.020),
        ((1, 10, 41, 990), 0.367, 15.88),
    ],
)
def test_the_intervals_of_the_worked_example_have_its_digits(table, low, high):
    found = ratio_katz(*table)
    assert round(float(found.low), 3) == low
    assert round(float(found.high), 2 if high > 10 else 3) == high


@pytest.mark.parametrize("table", ORDINARY)
def test_the_score_interval_of_a_ratio_agrees_with_statsmodels(table):
    assert close(ratio_score(*table), *confint_proportions_2indep(*table, compare="ratio", method="score"))


@pytest.mark.parametrize("table", ORDINARY + ZEROS_AND_FULL)
def test_newcombes_interval_agrees_with_statsmodels(table):
    assert close(difference_newcombe(*table), *confint_proportions_2indep(*table, compare="diff", method="newcomb"))


@pytest.mark.parametrize(
    ("table", "score", "newcombe"),
    [
        ((56, 70, 48, 80), (0.0528, 0.3382), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1700, 0.8406), (0.1705, 0.8090)),
        ((5, 56, 0, 29), (-0.0326, 0.1933), (-0.0381, 0.1926)),
    ],
)
def test_the_intervals_of_a_difference_have_the_digits_that_newcombe_printed(table, score, newcombe):
    assert difference_score(*table) == pytest.approx(score, abs=5.1e-5)
    assert difference_newcombe(*table) == pytest.approx(newcombe, abs=5.1e-5)


def test_statsmodels_misses_those_digits_in_the_score_interval_of_a_difference():
    theirs = confint_proportions_2indep(56, 70, 48, 80, compare="diff", method="score")
    assert abs(theirs[1] - 0.3382) > 0.005


@pytest.mark.parametrize("table", ORDINARY)
@pytest.mark.parametrize("gap", [-0.02, 0.0, 0.05, 0.3])
def test_the_difference_is_held_against_the_likeliest_risk_whatever_the_sizes(table, gap):
    x1, n1, x2, n2 = table

    def unlikely(p):
        return -(
            x1 * math.log(p + gap) + (n1 - x1) * math.log(1 - p - gap) + x2 * math.log(p) + (n2 - x2) * math.log(1 - p)
        )

    bounds = max(0, -gap) + 1e-12, min(1, 1 - gap) - 1e-12
    p2 = minimize_scalar(unlikely, bounds=bounds, method="bounded", options={"xatol": 1e-12}).x
    spread = ((p2 + gap) * (1 - p2 - gap) / n1 + p2 * (1 - p2) / n2) * (n1 + n2) / (n1 + n2 - 1)
    expected = (x1 / n1 - x2 / n2 - gap) ** 2 / spread
    assert difference_statistic(*map(np.float64, table), np.float64(gap)) == pytest.approx(expected, rel=1e-5)


def test_at_no_difference_and_at_a_ratio_of_one_the_score_is_pearsons_chi_square():
    for x1, n1, x2, n2 in ORDINARY:
        pooled, total = (x1 + x2) / (n1 + n2), n1 + n2
        pearson = (x1 / n1 - x2 / n2) ** 2 / (pooled * (1 - pooled) * (1 / n1 + 1 / n2)) * (total - 1) / total
        four = [np.float64(value) for value in (x1, n1, x2, n2)]
        assert ratio_statistic(*four, np.float64(1)) == pytest.approx(pearson, rel=1e-9)
        assert difference_statistic(*four, np.float64(0)) == pytest.approx(pearson, rel=1e-9)


def test_statsmodels_raises_in_the_difference_of_a_group_without_the_outcome_and_this_answers():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(ValueError, match="NaN"):
            confint_proportions_2indep(0, 40, 42, 960, compare="diff", method="score")
    found = difference_score(0, 40, 42, 960)
    assert -1 < found.low < -42 / 960 < 0 < found.high < 1


def test_scipy_has_no_interval_without_the_outcome_and_the_score_interval_has():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        zero, none_elsewhere = (relative_risk(*t).confidence_interval() for t in ((0, 40, 42, 960), (3, 10, 0, 30)))
    assert math.isnan(zero.high)
    assert math.isnan(none_elsewhere.low)
    low, high = ratio_score(0, 40, 42, 960)
    assert low == 0
    assert high == pytest.approx(confint_proportions_2indep(0, 40, 42, 960, compare="ratio", method="score")[1])
    low, high = ratio_score(3, 10, 0, 30)
    assert 1 < low < high == math.inf


def test_statsmodels_ends_the_ratio_of_a_full_group_at_the_estimate_and_this_goes_on_to_the_edge():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = confint_proportions_2indep(5, 5, 3, 10, compare="ratio", method="score")
    ours = ratio_score(5, 5, 3, 10)
    z2 = critical(0.95) ** 2
    assert ratio_statistic(*map(np.float64, (5, 5, 3, 10)), np.float64(theirs[0])) < z2 * 0.9
    assert ratio_statistic(*map(np.float64, (5, 5, 3, 10)), ours.low) == pytest.approx(z2, rel=1e-6)


def test_what_is_not_defined_has_no_end():
    for function in (*intervals.RATIO.values(), *intervals.DIFFERENCE.values()):
        assert np.isnan(function(0, 0, 3, 10)).all(), function
    for function in intervals.RATIO.values():
        assert np.isnan(function(0, 10, 0, 10)).all(), function
    assert np.isnan(ratio_katz(0, 10, 3, 10)).all()


@settings(max_examples=60, deadline=None)
@given(tables())
def test_the_interval_holds_the_estimate_and_inverts_when_the_groups_change_places(table):
    x1, n1, x2, n2 = table
    for function in (ratio_score, ratio_exact):
        one, other = function(x1, n1, x2, n2), function(x2, n2, x1, n1)
        if x1 + x2 == 0:
            assert np.isnan(one.low)
            continue
        estimate = x1 * n2 / (n1 * x2) if x2 else math.inf
        assert one.low <= estimate * (1 + 1e-9)
        assert estimate <= one.high * (1 + 1e-9)
        assert other.low == pytest.approx(1 / one.high if one.high < math.inf else 0, rel=1e-7)
        assert other.high == pytest.approx(1 / one.low if one.low else math.inf, rel=1e-7)
    for function in (difference_score, difference_newcombe):
        one, other = function(x1, n1, x2, n2), function(x2, n2, x1, n1)
        assert -1 <= one.low <= x1 / n1 - x2 / n2 + 1e-9
        assert x1 / n1 - x2 / n2 - 1e-9 <= one.high <= 1
        assert (other.low, other.high) == (pytest.approx(-one.high, abs=1e-7), pytest.approx(-one.low, abs=1e-7))


def test_the_exact_interval_leaves_each_tail_its_two_and_a_half_percent():
    from scipy.stats import binom

    for x1, n1, x2, n2 in ORDINARY:
        low, high = ratio_exact(x1, n1, x2, n2)
        part = [float(ratio * n1 / (ratio * n1 + n2)) for ratio in (low, high)]
        assert binom.sf(x1 - 1, x1 + x2, part[0]) == pytest.approx(0.025, rel=1e-8)
        assert binom.cdf(x1, x1 + x2, part[1]) == pytest.approx(0.025, rel=1e-8)


def test_ends_found_fast_are_those_found_by_halving():
    chance = np.random.default_rng(5)
    n1, n2 = chance.integers(1, 400, 3000), chance.integers(1, 40_000, 3000)
    risk_1, risk_2 = chance.choice([0, 0.002, 0.05, 0.5, 0.98, 1], 3000), chance.choice([0.002, 0.05, 0.5, 1], 3000)
    columns = chance.binomial(n1, risk_1), n1, chance.binomial(n2, risk_2), n2
    fast = ratio_score(*columns), difference_score(*columns)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ends, "SECANTS", 0)
        slow = ratio_score(*columns), difference_score(*columns)
    for one, other in zip(fast, slow, strict=True):
        np.testing.assert_allclose(one, other, rtol=2e-8, atol=1e-9)


def test_columns_give_what_single_counts_give():
    columns = list(zip(*ORDINARY, strict=True))
    together = ratio_score(*columns)
    assert list(together.low) == [float(ratio_score(*table).low) for table in ORDINARY]


@settings(max_examples=60, deadline=None)
@given(tables())
def test_each_end_lies_where_the_score_test_turns(table):
    x1, _, x2, _ = table
    four, z2 = [np.float64(value) for value in table], critical(0.95) ** 2
    for function, statistic in ((ratio_score, ratio_statistic), (difference_score, difference_statistic)):
        for end in function(*table):
            if np.isfinite(end) and abs(end) not in (0, 1):
                assert statistic(*four, end) == pytest.approx(z2, rel=1e-5), (function, x1, x2)


@pytest.mark.parametrize(("n", "others", "rate"), [(20, 20, 0.2), (50, 450, 0.05), (1000, 1000, 0.002), (20, 180, 0.1)])
def test_equal_risks_are_inside_the_score_interval_93_to_97_times_in_a_hundred(n, others, rate):
    assert 0.93 <= covered(n, others, rate, "score").holds <= 0.97


def test_coverage_is_counted_over_every_pair_of_counts():
    def chance(x, n):
        return math.comb(n, x) * 0.3**x * 0.7 ** (n - x)

    expected = sum(
        chance(x, 6) * chance(y, 9)
        for x in range(7)
        for y in range(10)
        if x + y == 0 or ratio_score(x, 6, y, 9).low <= 1 <= ratio_score(x, 6, y, 9).high
    )
    assert covered(6, 9, 0.3, "score").holds == pytest.approx(expected, abs=1e-7)


def test_the_least_possible_coverage_is_that_of_the_best_of_all_ways_to_leave_pairs_out():
    wider = {
        (1, 0): [(2, 0)],
        (2, 0): [(3, 0)],
        (2, 1): [(2, 0), (3, 1)],
        (3, 2): [(3, 1)],
        (3, 1): [(3, 0)],
        (3, 0): [],
    }

    def coverage(left_out, p):
        chance = [math.comb(3, x) * p**x * (1 - p) ** (3 - x) for x in range(4)]
        return 1 - 2 * sum(chance[x] * chance[y] for x, y in left_out)

    ways = [{pair for bit, pair in enumerate(wider) if mask >> bit & 1} for mask in range(64)]
    allowed = [way for way in ways if all(step in way for pair in way for step in wider[pair])]
    safe = [way for way in allowed if all(coverage(way, p) >= FLOOR for p in RISKS)]
    assert 1 < len(safe) < len(allowed)
    for rate in (0.02, 0.1, 0.2):
        assert least_coverage(3, 3, rate) == pytest.approx(min(coverage(way, rate) for way in safe), abs=1e-9)


@pytest.mark.parametrize("times", OTHERS)
def test_the_coverage_that_the_manual_tells_is_what_is_counted(times):
    manual = (ROOT / "docs" / "explanation" / "intervals.md").read_text(encoding="utf-8")
    for n in SIZES[:5]:
        row = " | ".join(f"{100 * covered(n, times * n, rate, 'score').holds:.1f}" for rate in RATES)
        assert f"| {n:,} | {row} |" in manual
