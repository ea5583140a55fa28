"""`accord crdc export`: the log counted for the federal collection, from the command to the file."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from accord import cli
from accord.facts import Outcome, PersonRole, Race
from accord.web.people.models import School
from tests.web import factories as make

pytestmark = pytest.mark.django_db
CITED = make.student(outcomes=(Outcome.CITATION,))


@pytest.fixture
def export():
    """Run `accord crdc export` as a person would, on the database of the test."""
    cli.load()

    def run(*words: object) -> tuple[int, str, str]:
        done = CliRunner().invoke(cli.app, ["crdc", "export", *map(str, words)])
        code = 2 if done.exception and not isinstance(done.exception, SystemExit) else done.exit_code
        return code, done.stdout, done.stderr or str(done.exception)

    return run


def _counts(out: str) -> dict[str, int | None]:
    return {f"{one['table']} {one['group']} {one['sex']}": one["count"] for one in json.loads(out)["counts"]}


def test_a_contact_is_counted_with_its_trace_and_a_witness_is_not(export):
    contact = make.contact(people=(CITED, make.student(role=PersonRole.WITNESS), make.visitor()))
    make.contact()
    _, out, _ = export("--year", "2026-27", "--json")
    assert _counts(out)["ARRS-1 total all"] == 1
    (traced,) = [one for one in json.loads(out)["counts"] if (one["table"], one["group"]) == ("ARRS-1", "total")][:1]
    assert traced["interactions"] == [contact.reference]
    assert traced["school"] == make.school().cds


def test_only_the_current_version_counts(export):
    make.corrected(make.contact(people=(CITED,)), people=(make.student(outcomes=(Outcome.WARNING,)),))
    assert _counts(export("--year", "2026-27", "--json")[1])["ARRS-1 total all"] == 0


def test_students_not_linked_to_the_roster_are_instances_and_no_number_of_students(export):
    make.contact(people=(CITED, CITED))
    counts = _counts(export("--year", "2026-27", "--json")[1])
    assert counts["ARRS-1 hispanic male"] == 2
    assert counts["ARRS-2 hispanic male"] is None
    assert counts["ARRS-2 white male"] == 0


def test_what_the_school_did_not_record_is_not_collected(export):
    make.contact(people=(make.student(outcomes=(Outcome.ARREST,), race=Race.UNKNOWN),))
    counts = _counts(export("--year", "2026-27", "--json")[1])
    assert counts["ARRS-4 total all"] == 1
    assert counts["ARRS-4 black male"] is None


def test_a_year_before_the_log_began_was_not_collected_and_that_is_said(export):
    make.contact(people=(CITED,))
    _, out, said = export("--year", "2024-25", "--json")
    assert set(_counts(out).values()) == {None}
    assert "begins on 2026-11-24" in said


def test_an_evening_belongs_to_its_day_in_the_district(export):
    evening = datetime(2026, 7, 1, 5, 0, tzinfo=UTC)
    make.contact(at=datetime(2026, 7, 1, 6, 0, tzinfo=UTC), occurred_at=evening, people=(CITED,))
    assert _counts(export("--year", "2025-26", "--json")[1])["ARRS-1 total all"] == 1
    assert _counts(export("--year", "2026-27", "--json")[1])["ARRS-1 total all"] == 0


def test_summer_is_left_out_where_the_regular_year_is_given(export):
    make.contact(at=make.AT - timedelta(days=90))
    make.contact(people=(CITED,))
    year = ("--year", "2026-27", "--json", "--first-day", "2026-08-10")
    assert _counts(export(*year, "--last-day", "2026-11-23")[1])["ARRS-1 total all"] == 0
    assert _counts(export(*year, "--last-day", "2026-11-24")[1])["ARRS-1 total all"] == 1


def test_table_and_trace_are_written_as_files(export, tmp_path: Path):
    contact = make.contact(people=(CITED,))
    code, out, _ = export("--year", "2026-27", "--out", tmp_path / "new", "--not-collected", "-9")
    table = list(csv.DictReader(io.StringIO((tmp_path / "new" / "crdc-2026-27.csv").read_text())))
    assert (code, out) == (0, "")
    assert {line["count"] for line in table} == {"0", "1", "-9"}
    assert contact.reference in (tmp_path / "new" / "crdc-2026-27-trace.csv").read_text()


def test_every_open_school_reports_and_a_closed_one_only_what_it_has(export):
    make.contact(people=(CITED,))
    make.school("Elm High")
    make.school("Old High", active=False)
    reporting = {one["school"] for one in json.loads(export("--year", "2026-27", "--json")[1])["counts"]}
    assert reporting == set(School.objects.filter(active=True).values_list("cds", flat=True))


@pytest.mark.parametrize(
    "words",
    [
        ("--year", "2026"),
        ("--year", "2026-28"),
        ("--year", "2026-27", "--first-day", "2026-06-30"),
        ("--year", "2026-27", "--first-day", "2027-02-01", "--last-day", "2026-09-01"),
        ("--year", "2026-27", "--not-collected", "0"),
    ],
)
def test_bad_input_is_said(export, words):
    code, out, _ = export(*words)
    assert (code, out) == (2, "")
