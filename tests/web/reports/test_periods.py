"""Which periods a report can cover."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from accord.stats.board_report import school_year_of
from accord.web.reports import periods


@pytest.mark.parametrize("on", [date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1), date(2026, 12, 31)])
def test_periods_follow_each_other_without_gap_or_overlap_and_are_over(on):
    offered = periods.offered(on)
    assert len(offered) == periods.OFFERED
    assert offered[0].end < on
    assert all(later.start == earlier.end + timedelta(days=1) for later, earlier in pairwise(offered))
    assert on - offered[0].end <= timedelta(days=184), "the newest finished half is offered"
    assert all(school_year_of(one.start, one.end) for one in offered)


def test_a_half_is_offered_from_the_day_after_it_ends():
    assert periods.offered(date(2026, 12, 31))[0].slug == "2026-spring"
    assert periods.offered(date(2027, 1, 1))[0] == periods.Period("2026-fall", date(2026, 7, 1), date(2026, 12, 31))


def test_a_period_that_is_not_offered_is_not_found():
    assert periods.find("2026-fall", on=date(2026, 11, 24)) is None
    assert periods.find("2026-spring", on=date(2026, 11, 24)) is not None


def test_an_address_never_names_two_periods():
    found = {(one.slug, one.start) for year in range(2020, 2030) for one in periods.offered(date(year, 11, 1))}
    assert len({slug for slug, _ in found}) == len(found)
