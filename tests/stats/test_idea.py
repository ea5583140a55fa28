"""The decision whether a ratio is calculated, against whom, and whether a district is over the line for long enough."""

from __future__ import annotations

from datetime import date

import pytest

from accord.decision import BadInput
from accord.stats.idea import Against, Count, Minimums, Missing, NotCalculated, Ratio, decide, pooled, standing
from accord.stats.presets import preset

SIZES = Minimums(cell=10, n=20)
GROUP, OTHERS, STATE = Count(12, 100), Count(30, 900), Count(9000, 300000)


def ratio(value: float, against: Against = Against.DISTRICT) -> Ratio:
    return Ratio(value, against)


def test_a_large_enough_group_is_compared_with_all_others_of_its_district():
    assert decide(GROUP, OTHERS, STATE, SIZES) == Ratio(pytest.approx(3.6, abs=1e-9), Against.DISTRICT)


@pytest.mark.parametrize(
    ("others", "because"),
    [
        (Count(9, 900), NotCalculated(9, 10, "with the outcome", "in the comparison group")),
        (Count(12, 19), NotCalculated(19, 20, "enrolled", "in the comparison group")),
    ],
)
def test_with_too_few_others_the_state_stands_in_and_the_reason_is_kept(others, because):
    assert decide(GROUP, others, STATE, SIZES) == Ratio(pytest.approx(4.0, abs=1e-9), Against.STATE, because)


def test_with_too_few_others_here_and_in_the_state_there_is_no_ratio():
    found = decide(GROUP, Count(9, 900), Count(9, 300000), SIZES)
    assert str(found) == "not calculated: 9 with the outcome in the State's comparison group, 10 needed"


def test_with_too_few_others_and_no_state_figures_there_is_no_ratio():
    assert decide(GROUP, Count(9, 900), None, SIZES) == NotCalculated(
        9, 10, "with the outcome", "in the comparison group"
    )


@pytest.mark.parametrize(
    ("group", "said"),
    [
        (Count(12, 15), "not calculated: 15 enrolled, 20 needed"),
        (Count(9, 250), "not calculated: 9 with the outcome, 10 needed"),
        (Count(0, 40), "not calculated: 0 with the outcome, 10 needed"),
        (Count(1, 10), "not calculated: 10 enrolled, 20 needed"),
    ],
)
def test_a_group_that_is_too_small_has_no_ratio_even_against_the_state(group, said):
    found = decide(group, OTHERS, STATE, SIZES)
    assert isinstance(found, NotCalculated)
    assert str(found) == said


def test_sizes_are_reached_not_passed():
    assert isinstance(decide(Count(10, 20), Count(10, 20), None, SIZES), Ratio)


def test_the_literal_reading_leaves_out_only_a_group_that_fails_both_sizes():
    literal = Minimums(cell=10, n=20, either_fails=False)
    assert isinstance(decide(Count(9, 250), OTHERS, None, literal), Ratio)
    assert isinstance(decide(Count(9, 19), OTHERS, None, literal), NotCalculated)


def test_without_minimums_what_cannot_be_divided_is_still_not_a_number():
    assert decide(GROUP, Count(0, 900), None, Minimums()) == Missing(
        "no student with the outcome in the comparison group"
    )
    assert decide(Count(0, 0), OTHERS, STATE, Minimums()) == Missing("nobody is enrolled")
    assert decide(Count(0, 40), OTHERS, None, Minimums()) == ratio(0.0)


def test_pooled_years_sum_outcomes_and_students():
    years = [Count(4, 30), Count(3, 25), Count(5, 45)]
    assert all(isinstance(decide(year, OTHERS, None, SIZES), NotCalculated) for year in years)
    assert decide(pooled(years), OTHERS, None, SIZES) == Ratio(pytest.approx(3.6, abs=1e-9), Against.DISTRICT)


@pytest.mark.parametrize(
    ("years", "significant"),
    [
        ([3.1, 3.1, 3.1], True),
        ([3.1, 3.0, 3.1], False),
        ([3.1, 3.1], False),
        ([1.0, 3.1, 3.2, 3.3], True),
        ([3.1, 3.2, 3.3, 1.0], False),
    ],
)
def test_a_group_is_significant_after_three_years_in_a_row_over_the_threshold(years, significant):
    assert standing([ratio(value) for value in years], threshold=3.0).significant is significant


def test_a_year_without_a_ratio_is_not_a_year_over_the_threshold():
    found = standing([ratio(4), NotCalculated(15, 20, "enrolled"), ratio(4)], threshold=3.0)
    assert found.over == (True, None, True)
    assert not found.significant


@pytest.mark.parametrize(
    ("years", "fall", "progress"),
    [
        ([5.0, 4.4, 3.9], 0.5, True),
        ([5.0, 4.6, 3.9], 0.5, False),
        ([5.0, 5.0, 4.0], 0.0, False),
        ([5.0, 4.0, 3.5], None, None),
    ],
)
def test_progress_is_a_fall_in_each_of_two_years_by_what_the_state_calls_reasonable(years, fall, progress):
    found = standing([ratio(value) for value in years], threshold=3.0, fall=fall)
    assert found.progress is progress
    assert found.significant is not (progress is True)


def test_a_fall_from_one_comparison_to_another_is_no_progress():
    years = [ratio(5), ratio(4, Against.STATE), ratio(3.5, Against.STATE)]
    assert standing(years, threshold=3.0, fall=0.1).progress is False


def test_presets_have_their_sizes_and_say_what_was_not_checked():
    assert (preset("cde").sizes, preset("IDEA").sizes) == (Minimums(10, 20), Minimums(10, 30))
    assert all("[GK]" in preset(name).source for name in ("IDEA", "CDE", "CRDC"))
    with pytest.raises(BadInput, match="no preset"):
        preset("CDE", on=date(2000, 1, 1))
