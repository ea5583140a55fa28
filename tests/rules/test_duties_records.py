"""What a request for records obliges to: every kind of task arises, each at its own time, none without a cause."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from accord.facts import DutyKind, RecordsEvent, Role
from accord.facts.duties import OF_RECORDS
from accord.rules import duties as rule
from accord.rules.school_days import add_business_days

ON = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 18, tzinfo=UTC)
DISTRICT = ZoneInfo("America/Los_Angeles")


def owed(**event):
    found = rule.after_records(RecordsEvent(**event), using=rule.records_numbers(on=ON))
    return {one.kind: one for one in found}


def test_every_kind_of_task_arises_from_something_and_none_from_nothing():
    assert owed() == {}
    everything = owed(
        determined_at=AT, paper_at=AT, access_asked_at=AT, truancy_released_at=AT, copy_owed_at=AT,
        contact_data_released_at=AT, secrecy_asked_at=AT, week_over_at=AT, danger_said_at=AT,
    )  # fmt: skip
    assert set(everything) == OF_RECORDS
    assert all(one.due_at is not None and one.late_at is not None for one in everything.values())


def test_the_superintendent_reviews_what_others_determined_and_the_custodian_what_the_superintendent_did():
    owners = [owed(determined_at=AT, by_superintendent=one)[DutyKind.EMERGENCY_REVIEW].owner for one in (False, True)]
    assert owners == [Role.SUPERINTENDENT, Role.CUSTODIAN]


@pytest.mark.parametrize(("asked", "due"), [
    (date(2026, 10, 30), date(2026, 11, 6)),  # a Friday; the clocks go back on the Sunday between
    (date(2027, 3, 12), date(2027, 3, 19)),  # a Friday; the clocks go forward on the Sunday between
    (date(2026, 10, 31), date(2026, 11, 6)),  # a Saturday
    (date(2026, 12, 28), date(2027, 1, 4)),  # over the new year, no holiday on file
])  # fmt: skip
def test_business_days_end_at_midnight_in_the_district_whatever_the_clocks_do(asked, due):
    begun = datetime(asked.year, asked.month, asked.day, 23, 30, tzinfo=DISTRICT).astimezone(UTC)
    late = owed(access_asked_at=begun)[DutyKind.RECORD_ACCESS].late_at.astimezone(DISTRICT)
    assert (late.date(), late.hour, late.minute) == (due, 23, 59)


def test_a_day_within_a_truancy_case_is_twenty_four_hours_also_when_the_clocks_change():
    begun = datetime(2026, 10, 31, 19, tzinfo=UTC)
    late = owed(truancy_released_at=begun)[DutyKind.TRUANCY_PARENT].late_at
    assert late.astimezone(DISTRICT).hour == begun.astimezone(DISTRICT).hour - 1


def test_business_days_are_counted_from_one_on():
    with pytest.raises(ValueError, match="from one on"):
        add_business_days(ON, 0, ())
