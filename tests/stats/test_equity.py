"""Groups held against each other: numbers by hand, tests against scipy and statsmodels, what is not defined."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import fisher_exact
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.multitest import multipletests

from accord.stats import exact
from accord.stats.equity import Row, Way, discovery, fewer_to_reach, measure, repeat_rate
from accord.stats.idea import Count, Minimums
from accord.stats.stratified import mantel_haenszel

ROWS = [
    Row("Hispanic", 24, 600),
    Row("Black", 12, 100),
    Row("White", 5, 250),
    Row("Asian", 0, 40),
    Row("Two+", 1, 10),
]
X, N = 42, 1000


def test_every_measure_of_the_worked_example_is_the_hand_formula():
    for row, one in zip(ROWS, measure(ROWS), strict=True):
        x, n, xo, no = row.events, row.students, X - row.events, N - row.students
        expected = {
            "risk": x / n,
            "risk_ratio": (x / n) / (xo / no),
            "risk_difference": x / n - xo / no,
            "composition": x / X,
            "share": n / N,
            "index": (x / X) / (n / N),
            "equal_at": n * xo / no,
            "rate_per_1000": 1000 * x / n,
        }
        assert {name: getattr(one, name) for name in expected} == pytest.approx(expected, abs=1e-9)
        assert one.status == "calculated"


def test_the_worked_example_has_its_printed_digits():
    found = measure(ROWS)
    assert [round(one.risk_ratio, 3) for one in found] == [0.889, 3.6, 0.405, 0.0, 2.415]
    assert [round(100 * one.risk_difference, 2) for one in found] == [-0.5, 8.67, -2.93, -4.38, 5.86]
    assert [round(one.index, 3) for one in found] == [0.952, 2.857, 0.476, 0.0, 2.381]
    assert [one.risk_ratio for one in measure(ROWS, Way("White"))] == pytest.approx([2, 6, 1, 0, 5], abs=1e-9)
    assert [one.ci_low for one in measure(ROWS, Way(method="katz"))] == [
        pytest.approx(value, abs=5e-4) if value else None for value in (0.489, 1.904, 0.161, None, 0.367)
    ]


def test_under_minimum_sizes_the_small_groups_say_what_was_needed():
    found = {one.group: one for one in measure(ROWS, Way(sizes=Minimums(10, 20)))}
    assert {name for name, one in found.items() if one.risk_ratio is not None} == {"Hispanic", "Black"}
    assert found["Two+"].status == "not calculated: 10 enrolled, 20 needed"
    assert found["White"].status == "not calculated: 5 with the outcome, 10 needed"
    assert (found["White"].ci_low, found["White"].p_value, found["White"].risk) == (None, None, 0.02)


def test_the_state_stands_in_where_the_others_are_too_few():
    rows = [Row("A", 12, 100, state=Count(500, 9000)), Row("B", 4, 300, state=Count(9000, 300000))]
    one, _ = measure(rows, Way(sizes=Minimums(10, 20)))
    assert one.risk_ratio is None
    assert one.alt_risk_ratio == pytest.approx(4.0, abs=1e-9)
    assert (
        one.status == "compared with the State (not calculated: 4 with the outcome in the comparison group, 10 needed)"
    )


def test_a_state_that_is_known_for_some_groups_only_gives_no_alternate_ratio():
    rows = [Row("A", 12, 100, state=Count(5, 90)), Row("B", 40, 300, state=Count(9, 300)), Row("C", 40, 300)]
    assert [one.alt_risk_ratio for one in measure(rows)] == [None, None, pytest.approx((40 / 300) / (14 / 390))]


def test_others_without_the_outcome_give_a_lower_end_and_no_ratio():
    one, _ = measure([Row("A", 6, 10), Row("B", 0, 30)])
    assert (one.risk_ratio, one.ci_high) == (None, math.inf)
    assert one.ci_low > 1
    assert one.status == "not calculated: no student with the outcome in the comparison group"
    assert one.risk_difference == pytest.approx(0.6)


def test_a_group_without_students_has_nothing_and_says_so():
    one = measure([Row("A", 0, 0), Row("B", 3, 30), Row("C", 3, 30)])[0]
    assert (one.risk, one.risk_ratio, one.p_value) == (None, None, None)
    assert one.status == "not calculated: nobody is enrolled"


def test_where_interval_and_test_disagree_both_are_given_and_explained():
    one, _ = measure([Row("A", 3, 25), Row("B", 40, 1200)])
    assert one.ci_low > 1
    assert one.p_value == pytest.approx(0.054, abs=5e-4)
    assert "the interval leaves out 1 and the exact test does not reject equal risks (p 0.054)" in one.status


def test_events_give_the_volume_and_students_the_risk():
    one, _ = measure([Row("A", 30, 20, unduplicated=10), Row("B", 60, 980, unduplicated=49)])
    assert (one.x, one.risk, one.risk_ratio) == (10, 0.5, pytest.approx(10.0, abs=1e-9))
    assert (one.rate_per_1000, one.repeat_rate) == (1500.0, 3.0)
    assert (repeat_rate(5, 0), repeat_rate(5, None)) == (None, None)


@pytest.mark.parametrize(("ratio", "fewer"), [(1.0, 9), (1.25, 8), (3.6, 0), (10.0, 0), (0.0, 12)])
def test_how_many_fewer_reach_a_ratio(ratio, fewer):
    mine, others = Count(12, 100), Count(30, 900)
    assert fewer_to_reach(ratio, mine, others) == fewer
    left = mine.events - fewer
    assert left / 100 <= ratio * 30 / 900 + 1e-12
    assert fewer == 0 or (left + 1) / 100 > ratio * 30 / 900


def test_the_exact_test_is_scipys_and_its_mid_p_lies_below():
    tables = [(Count(3, 25), Count(40, 1200)), (Count(12, 100), Count(30, 900)), (Count(0, 40), Count(42, 960))]
    for one, two in [*tables, (Count(120, 3000), Count(4000, 200000)), (Count(5, 5), Count(1, 9))]:
        table = [[one.events, one.students - one.events], [two.events, two.students - two.events]]
        assert exact.fisher(one, two) == pytest.approx(fisher_exact(table).pvalue, rel=1e-9)
        assert exact.mid_p(one, two) < exact.fisher(one, two)


def test_mid_p_takes_half_of_the_tables_as_likely_as_the_one_seen():
    # 2 of 2 against 0 of 2: of the 6 ways to place two outcomes, one is this and one its mirror.
    assert exact.fisher(Count(2, 2), Count(0, 2)) == pytest.approx(1 / 3)
    assert exact.mid_p(Count(2, 2), Count(0, 2)) == pytest.approx(1 / 6)


def test_fisher_is_used_where_an_expected_count_is_small_and_mid_p_elsewhere():
    small, large = (Count(3, 25), Count(40, 1200)), (Count(24, 600), Count(18, 400))
    assert exact.least_expected(*small) == pytest.approx(25 * 43 / 1225)
    assert exact.p_value(*small) == exact.fisher(*small)
    assert exact.p_value(*large) == exact.mid_p(*large)
    assert exact.p_value(Count(0, 0), Count(1, 2)) is None


def test_holm_is_statsmodels_and_skips_what_was_not_tested():
    values = [0.04, None, 0.001, 0.6, 0.04]
    known = [value for value in values if value is not None]
    expected = iter(multipletests(known, method="holm")[1])
    assert exact.holm(values) == [None if value is None else pytest.approx(next(expected)) for value in values]


STRATA = [(Count(12, 100), Count(30, 900)), (Count(5, 40), Count(11, 160)), (Count(7, 300), Count(2, 200))]


def test_the_ratio_over_strata_is_statsmodels_and_its_interval_the_formula_of_greenland_and_robins():
    tables = [np.array([[a.events, a.students - a.events], [b.events, b.students - b.events]]) for a, b in STRATA]
    found = mantel_haenszel(STRATA)
    assert found.ratio == pytest.approx(StratifiedTable(tables).riskratio_pooled, rel=1e-12)
    totals = [a.students + b.students for a, b in STRATA]
    p = sum(
        (a.students * b.students * (a.events + b.events) - a.events * b.events * t) / t**2
        for (a, b), t in zip(STRATA, totals, strict=True)
    )
    r = sum(a.events * b.students / t for (a, b), t in zip(STRATA, totals, strict=True))
    s = sum(b.events * a.students / t for (a, b), t in zip(STRATA, totals, strict=True))
    assert math.log(found.high / found.ratio) == pytest.approx(1.959963984540054 * math.sqrt(p / (r * s)), rel=1e-9)
    assert found.low * found.high == pytest.approx(found.ratio**2)


def test_one_stratum_is_the_plain_ratio_with_the_interval_of_katz():
    found = mantel_haenszel([*STRATA[:1], (Count(0, 0), Count(9, 10))])
    assert (round(found.ratio, 3), round(found.low, 3), round(found.high, 3)) == (3.6, 1.904, 6.805)
    assert mantel_haenszel([(Count(3, 10), Count(0, 10))]).ratio is None
    assert mantel_haenszel([(Count(0, 10), Count(3, 10))]).low is None


def test_searches_that_found_something():
    assert (discovery(30, 120).rate, discovery(12, 80).rate) == (0.25, 0.15)
    assert discovery(0, 0).rate is None
    assert discovery(0, 0).high is None
    assert 0 < discovery(30, 120).low < 0.25 < discovery(30, 120).high < 1
