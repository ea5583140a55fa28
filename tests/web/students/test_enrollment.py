"""Counts from the roster are what the Board report reads."""

from datetime import date, timedelta

import pytest

from accord.facts import Enrolled
from accord.rules.students import is_enrolled
from accord.stats.schema import ENROLLMENT
from accord.web.interactions import enrollment as counted
from accord.web.students import enrollment
from accord.web.students.models import Student
from tests.exchange.rosters import HEAD, good, plain
from tests.web import factories as make
from tests.web.students.factories import bring_in

pytestmark = pytest.mark.django_db


def test_students_who_share_everything_are_one_row():
    make.school()
    bring_in(plain(good(1), good(2), good(3, sex="M"), good(4, hispanic="Y", disability="idea")))
    rows = enrollment.counts(on=make.ON)
    assert list(rows[0]) == [column.name for column in ENROLLMENT]
    assert sorted((row["race"], row["sex"], row["disability"], row["count"]) for row in rows) == [
        ("hispanic", "female", "idea", 1),
        ("white", "female", "none", 2),
        ("white", "male", "none", 1),
    ]
    assert {(row["school"], row["school_year"], row["grade"]) for row in rows} == {("Cedar Middle", "2026-27", "07")}


def test_the_rows_can_be_brought_in_as_enrollment_counts():
    make.school()
    bring_in(plain(good(1), good(2, grade="", race="", sex="X"), good(3)))
    reading = counted.read(enrollment.as_csv(enrollment.counts(on=make.ON)))
    assert (reading.errors, reading.students, reading.school_year) == ((), 3, "2026-27")


def test_students_without_a_school_are_told_of_apart():
    bring_in(plain(good(1)))
    assert enrollment.counts(on=make.ON) == []
    assert enrollment.unplaced(on=make.ON) == 1


@pytest.mark.parametrize("shift", range(-2, 3))
@pytest.mark.parametrize(
    ("entered", "left"), [("", ""), ("2026-11-24", ""), ("", "2026-11-24"), ("2026-11-23", "2026-11-25")]
)
def test_the_query_counts_whom_the_rule_calls_enrolled(entered: str, left: str, shift: int):
    make.school()
    bring_in(plain(f"{good(1)},{entered},{left}", head=f"{HEAD},entered_on,left_on"))
    on = make.ON + timedelta(days=shift)
    days = [date.fromisoformat(text) if text else None for text in (entered, left)]
    assert Student.objects.enrolled(on).exists() == is_enrolled(Enrolled(*days), on=on).met
