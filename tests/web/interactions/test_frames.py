"""The frames that the Board report counts."""

from datetime import UTC, date, datetime, timedelta

import pyarrow as pa
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accord.facts import Action, DeEscalation, Grade, Outcome, PersonKind, PersonRole
from accord.stats import tally
from accord.stats.intake import frame
from accord.stats.schema import ENROLLMENT, EVENTS
from accord.web.interactions import frames
from accord.web.interactions.enrollment_actions import import_enrollment
from tests.web import factories as make

DAY = {"start": make.ON, "end": make.ON}


@pytest.mark.django_db
class TestEvents:
    def test_a_reviewed_contact_has_a_row_for_each_student(self) -> None:
        people = (
            make.student(actions=(Action.SEARCHED_PROPERTY, Action.FORCE), outcomes=(Outcome.ARREST, Outcome.CITATION)),
            make.student(role=PersonRole.WITNESS, grade=Grade.TK, outcomes=(Outcome.NO_ACTION,)),
            make.visitor(),
            make.visitor(kind=PersonKind.STAFF),
        )
        filed = make.contact(people=people, de_escalation=(DeEscalation.CALM_TALK,))
        make.reviewed(filed)
        rows = frames.events(**DAY).to_pylist()
        assert [row["role"] for row in rows] == ["subject", "witness"]
        assert [row["grade_band"] for row in rows] == ["6_8", "tk_5"]
        yes = {name for name, value in rows[0].items() if value is True}
        assert yes == {"arrest", "citation", "search", "force_used", "reviewed"}
        assert rows[0]["school"] == "Cedar Middle"
        assert rows[0]["occurred_on"] == make.ON

    def test_the_columns_are_those_of_the_schema_as_a_file_would_give_them(self) -> None:
        make.reviewed(make.contact())
        given = frames.events(**DAY)
        text = [(1, {key: _text(value) for key, value in given.to_pylist()[0].items()})]
        assert given.equals(frame(text, EVENTS, where="test"))

    def test_no_row_at_all_still_has_typed_columns(self) -> None:
        empty = frames.events(**DAY)
        assert empty.num_rows == 0
        assert empty.column_names == [column.name for column in EVENTS]
        assert empty.schema.field("arrest").type == pa.bool_()

    def test_what_nobody_reviewed_is_counted_and_left_out(self) -> None:
        make.contact()
        filed = make.contact()
        make.reviewed(filed)
        assert (frames.events(**DAY).num_rows, frames.unreviewed(**DAY)) == (1, 1)
        make.corrected(filed, duration_minutes=25)
        assert (frames.events(**DAY).num_rows, frames.unreviewed(**DAY)) == (0, 2)
        make.reviewed(filed, number=2)
        assert (frames.events(**DAY).num_rows, frames.unreviewed(**DAY)) == (1, 1)

    @pytest.mark.parametrize(
        ("occurred_at", "inside"),
        [
            (datetime(2026, 11, 1, 6, 59, tzinfo=UTC), False),
            (datetime(2026, 11, 1, 7, 0, tzinfo=UTC), True),
            (datetime(2026, 11, 2, 7, 59, tzinfo=UTC), True),
            (datetime(2026, 11, 2, 8, 0, tzinfo=UTC), False),
        ],
    )
    def test_a_period_is_made_of_district_days_also_the_one_of_25_hours(
        self, occurred_at: datetime, inside: bool
    ) -> None:
        make.reviewed(make.contact(at=occurred_at + timedelta(hours=1), occurred_at=occurred_at))
        day = date(2026, 11, 1)
        assert frames.events(start=day, end=day).num_rows == inside

    def test_the_report_counts_students_once_for_each_contact(self) -> None:
        make.reviewed(make.contact(people=(make.student(), make.student(role=PersonRole.VICTIM), make.visitor())))
        make.reviewed(make.contact())
        events = frames.events(**DAY)
        assert tally.counts(events, [()], ())[tally.Cell("contacts")] == 2
        assert tally.interactions(events) == 2

    def test_one_question_whatever_the_rows(self) -> None:
        for _ in range(5):
            make.reviewed(make.contact(people=(make.student(), make.student())))
        with CaptureQueriesContext(connection) as queries:
            assert frames.events(**DAY).num_rows == 10
        assert len(queries) == 1


@pytest.mark.django_db
class TestEnrollment:
    def test_the_counts_of_a_year_come_with_their_grade_band(self) -> None:
        make.school()
        for year in ("2025-26", "2026-27"):
            import_enrollment(
                by=make.dana(), at=make.AT, on=make.ON, text=make.enrollment_csv(year=year), as_of=make.ON
            )
        table = frames.enrollment(school_year="2026-27")
        assert table.column_names == [*(column.name for column in ENROLLMENT), "grade_band"]
        assert set(table["school_year"].to_pylist()) == {"2026-27"}
        assert tally.enrolled(table, "2026-27", ["race"]) == {
            (): 135,
            (("race", "hispanic"),): 120,
            (("race", "white"),): 15,
        }
        assert table["grade_band"].to_pylist() == ["6_8", "6_8"]


def _text(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
