"""Local time, twice a year not what it seems."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.decision import BadInput
from accord.web.interactions import times


def test_a_winter_time_is_eight_hours_behind() -> None:
    assert times.instant("2026-11-24T14:05") == datetime(2026, 11, 24, 22, 5, tzinfo=UTC)


def test_a_summer_time_is_seven_hours_behind() -> None:
    assert times.instant("2026-06-01T14:05:30") == datetime(2026, 6, 1, 21, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-03-08T02:00", "2026-03-08T02:30", "2026-03-08T02:59"])
def test_a_time_that_the_clocks_skip_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="did not happen"):
        times.instant(text)


@pytest.mark.parametrize("text", ["2026-11-01T01:00", "2026-11-01T01:30", "2026-11-01T01:59"])
def test_a_time_that_the_clocks_repeat_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="happened twice"):
        times.instant(text)


@pytest.mark.parametrize("text", ["2026-03-08T01:59", "2026-03-08T03:00", "2026-11-01T00:59", "2026-11-01T02:00"])
def test_the_minutes_beside_the_jump_are_taken(text: str) -> None:
    assert times.written(times.instant(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "2026-13-01T10:00", "0001-01-01T00:00", "9999-12-31T23:59", "2026-11-24T14:05+00:00", "½"],
)
def test_what_is_no_local_time_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        times.instant(text)


@given(st.datetimes(min_value=datetime(2000, 1, 2), max_value=datetime(2099, 12, 30)))  # noqa: DTZ001
def test_what_is_written_reads_back_or_is_refused(wall: datetime) -> None:
    text = wall.strftime("%Y-%m-%dT%H:%M")
    try:
        at = times.instant(text)
    except BadInput:
        assert wall.month in (3, 4, 10, 11)
    else:
        assert times.written(at) == text


def test_a_day_ends_where_the_next_begins_even_when_it_has_25_hours() -> None:
    autumn = date(2026, 11, 1)
    assert (times.end_of(autumn) - times.midnight(autumn)).total_seconds() == 25 * 3600
    assert times.district_day(times.midnight(autumn)) == autumn
