"""What a table with schools, years and searches tells of each group, by hand."""

from __future__ import annotations

from datetime import date

import pytest

from accord.stats.equity import Row, Way
from accord.stats.idea import Count, Minimums
from accord.stats.presets import flag, levels, preset
from accord.stats.profiles import Entry, Question, profiles
from accord.stats.stratified import mantel_haenszel


def by_group(entries, question=None):
    return {one.measures.group: one for one in profiles(entries, question or Question())}


def years(*pairs, group="A", students=100, state=None):
    return [Entry(Row(group, events, students, state=state), year=year) for year, events in pairs]


def others(*labels, events=30, students=1000):
    return [Entry(Row("B", events, students), year=year) for year in labels]


@pytest.mark.parametrize(
    ("ratio", "low", "expected"),
    [
        (1.249, 1.1, None),
        (1.25, 0.4, "watch"),
        (2.0, 0.9, "concern"),
        (3.0, 1.01, "significant"),
        (3.6, 1.0, "concern"),
        (3.6, None, "concern"),
        (None, None, None),
    ],
)
def test_a_ratio_is_flagged_at_its_level_and_as_significant_only_with_the_whole_interval_above_one(
    ratio, low, expected
):
    assert flag(ratio, low, levels()) == expected


def test_levels_have_dates_and_sources_and_none_are_in_force_before_them():
    assert levels(on=date(2000, 1, 1)) == ()
    assert [one.ratio for one in levels()] == [1.25, 2.0, 3.0]
    assert all(one.source and one.since <= date(2026, 1, 1) for one in (*levels(), preset("IDEA")))


def test_schools_are_added_up_and_the_ratio_within_them_is_mantels():
    entries = [
        Entry(Row("A", 20, 100), "North"),
        Entry(Row("B", 100, 500), "North"),
        Entry(Row("A", 2, 100), "South"),
        Entry(Row("B", 1, 50), "South"),
    ]
    found = by_group(entries)["A"]
    assert (found.measures.x, found.measures.n) == (22, 200)
    assert found.measures.risk_ratio == pytest.approx((22 / 200) / (101 / 550), abs=1e-12)
    # within each school the risks are equal, so the common ratio is 1 although the plain one is 0.6
    assert found.within.ratio == pytest.approx(1.0, abs=1e-12)
    assert found.within == mantel_haenszel([(Count(20, 100), Count(100, 500)), (Count(2, 100), Count(1, 50))])
    assert found.standing is None


def test_the_newest_year_is_compared_and_the_years_say_where_the_group_stands():
    table = years(("2022-23", 12), ("2023-24", 12), ("2024-25", 10)) + others("2022-23", "2023-24", "2024-25")
    found = by_group(table, Question(threshold=3.0))["A"]
    assert found.measures.risk_ratio == pytest.approx(10 / 3)
    assert found.over == (("2022-23", True), ("2023-24", True), ("2024-25", True))
    assert found.standing.significant
    assert not by_group(table, Question(threshold=3.5))["A"].standing.significant


def test_progress_in_two_years_is_weighed_where_the_state_says_how_much_it_takes():
    table = years(("2022-23", 18), ("2023-24", 15), ("2024-25", 12)) + others("2022-23", "2023-24", "2024-25")
    assert by_group(table, Question(threshold=3.0))["A"].standing.significant
    found = by_group(table, Question(threshold=3.0, fall=0.9))["A"].standing
    assert (found.progress, found.significant) == (True, False)


def test_a_year_that_is_not_in_the_table_breaks_the_row():
    table = years(("2021-22", 12), ("2023-24", 12), ("2024-25", 12)) + others("2021-22", "2023-24", "2024-25")
    found = by_group(table, Question(threshold=3.0))["A"]
    assert found.over == (("2022", None), ("2023-24", True), ("2024-25", True))
    assert not found.standing.significant


def test_years_are_taken_together_only_for_a_group_that_is_too_small_alone_and_it_is_said():
    table = years(("2022-23", 4), ("2023-24", 3), ("2024-25", 5), students=30) + others("2022-23", "2023-24", "2024-25")
    sizes = Way(sizes=Minimums(10, 20))
    assert by_group(table, Question(sizes))["A"].measures.risk_ratio is None
    found = by_group(table, Question(sizes, pool=True))
    assert found["A"].measures.risk_ratio == pytest.approx((12 / 90) / (90 / 3000), abs=1e-9)
    assert found["A"].measures.status == (
        "calculated over several years (not calculated: 5 with the outcome, 10 needed in the newest alone)"
    )
    said = found["B"].measures.status
    assert "5 with the outcome in the comparison group, 10 needed in the newest alone" in said


def test_a_group_that_is_large_enough_alone_is_compared_in_its_newest_year():
    labels = ("2022-23", "2023-24", "2024-25")
    table = years(*((year, 3) for year in labels), students=30) + others(*labels)
    table += years(*((year, 20) for year in labels), group="C", students=500)
    found = by_group(table, Question(Way(sizes=Minimums(10, 20)), pool=True))
    assert (found["C"].measures.x, found["C"].measures.status) == (20, "calculated")
    assert "over several years" in found["A"].measures.status


def test_no_more_than_three_years_are_taken_together_and_still_too_few_is_said_twice():
    labels = ("2020-21", "2021-22", "2022-23", "2023-24")
    table = years(*((year, 2) for year in labels)) + others(*labels)
    found = by_group(table, Question(Way(sizes=Minimums(cell=8)), pool=True))["A"].measures
    assert found.status == (
        "not calculated: 2 with the outcome, 8 needed; over several years not calculated: 6 with the outcome, 8 needed"
    )


def test_a_ratio_to_the_state_is_flagged_by_its_own_interval():
    state = Count(9000, 300000)
    table = [Entry(Row("A", 12, 100, state_others=state)), Entry(Row("B", 4, 300))]
    found = by_group(table, Question(Way(sizes=Minimums(10, 20))))["A"]
    assert found.measures.alt_risk_ratio == pytest.approx(4.0, abs=1e-9)
    assert 1 < found.measures.alt_low < 4 < found.measures.alt_high
    assert found.flag == "significant"


def test_a_state_count_is_that_of_the_group_and_not_added_up_over_schools():
    entries = [
        Entry(Row("A", 6, 50, state=Count(5, 90)), "North"),
        Entry(Row("A", 6, 50, state=Count(5, 90)), "South"),
        Entry(Row("B", 30, 900, state=Count(9000, 300000)), "North"),
    ]
    assert by_group(entries)["A"].measures.alt_risk_ratio == pytest.approx(4.0, abs=1e-9)


def test_fewer_students_are_counted_down_to_the_ratio_that_is_asked_for():
    entries = [Entry(Row("A", 12, 100)), Entry(Row("B", 30, 900))]
    assert by_group(entries)["A"].fewer == 8
    assert by_group(entries, Question(reach=1.0))["A"].fewer == 9
    assert by_group(entries, Question(Way("B")))["B"].fewer is None


def test_searches_are_added_up_over_schools():
    entries = [
        Entry(Row("A", 1, 10), "North", searches=Count(10, 40)),
        Entry(Row("A", 1, 10), "South", searches=Count(20, 80)),
        Entry(Row("B", 1, 10), "North", searches=Count(12, 80)),
    ]
    found = by_group(entries)
    assert [found[group].discovery.rate for group in "AB"] == [0.25, 0.15]
