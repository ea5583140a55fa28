"""`accord crdc export`: the log counted for the federal collection, from the command to the file."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from accord import cli
from accord.facts import InitiatedBy, Outcome, PersonRole, Race
from accord.facts.details import ContactDetails
from accord.facts.duties import ReferralBasis
from accord.web.interactions import linking
from accord.web.interactions.models import Interaction
from accord.web.people.models import School
from accord.web.students.models import Student
from tests.exchange.rosters import HEAD, good, plain
from tests.web import factories as make
from tests.web.students.factories import bring_in

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


@pytest.fixture
def roster() -> None:
    make.school()
    make.school("Oak High")
    dated = f"{HEAD},entered_on,left_on"
    rows = [f"{good(1)},2026-08-10,", f"{good(2)},2026-08-10,", f"{good(3, school='Oak High')},2026-08-10,2026-12-01"]
    bring_in(plain(*rows, head=dated))


def link(contact: Interaction, number: int, *, position: int = 0, version: int = 1) -> None:
    """Link a person of a contact to the student of this number, keeping what was told of the person."""
    asked = linking.Asked(by=make.eve(), at=make.AT, on=make.ON, interaction=contact, number=version)
    linking.link(asked, position=position, student=Student.objects.get(local_id=str(number)), taken=())


def test_a_fight_with_two_cited_one_arrested_later_and_a_witness(export, roster):
    witness = make.student(role=PersonRole.WITNESS)
    before = make.AT - timedelta(days=5)
    fight = make.contact(at=before, on=before.date(), people=(CITED, CITED, witness))
    arrest = make.contact(people=(make.student(outcomes=(Outcome.ARREST,)),))
    for position in (0, 1):
        link(fight, position + 1, position=position, version=position + 1)
    link(arrest, 1)
    asked = linking.Asked(by=make.eve(), at=make.AT, on=make.ON, interaction=arrest, number=2)
    linking.follow(asked, reference=fight.reference)
    _, out, said = export("--year", "2026-27", "--json")
    counts = _counts(out)
    assert (counts["ARRS-1 total all"], counts["ARRS-2 total male"]) == (2, 2)
    assert (counts["ARRS-4 total all"], counts["ARRS-5 total male"]) == (1, 1)
    assert "not linked" not in said


def test_a_student_counts_at_the_school_of_enrollment_that_day_and_else_at_the_contacts(export, roster):
    link(make.contact(people=(CITED,)), 3)
    summer = datetime(2026, 8, 1, 18, tzinfo=UTC)
    link(make.contact(at=summer, on=summer.date(), people=(CITED,)), 3)
    _, out, said = export("--year", "2026-27", "--json")
    total = {
        one["school"]: (one["count"], one["by_school_of_contact"])
        for one in json.loads(out)["counts"]
        if (one["table"], one["group"], one["sex"]) == ("ARRS-1", "total", "all")
    }
    assert total == {make.school("Oak High").cds: (1, 0), make.school().cds: (1, 1)}
    assert "1 of 2 count at the school of the contact" in said


def test_how_many_are_not_linked_is_said_with_bounds(export, roster):
    link(make.contact(people=(CITED,)), 1)
    make.contact(people=(CITED, CITED))
    _, out, said = export("--year", "2026-27", "--json")
    (one,) = [
        one
        for one in json.loads(out)["counts"]
        if (one["school"], one["table"], one["group"], one["sex"]) == (make.school().cds, "ARRS-2", "hispanic", "male")
    ]
    assert (one["count"], one["at_least"], one["at_most"], one["unlinked"]) == (None, 1, 3, 2)
    assert "2 of 3 people counted are not linked to the roster" in said


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


@pytest.mark.parametrize(
    ("answers", "referrals"),
    [
        ({"details": ContactDetails(bases=(ReferralBasis.D2,))}, 1),
        ({"details": ContactDetails(bases=(ReferralBasis.D2,)), "initiated_by": InitiatedBy.OFFICER}, 0),
        ({"details": ContactDetails(bases=(ReferralBasis.M7,))}, 0),
        ({}, 0),
    ],
    ids=["staff asked for the officer", "the officer came alone", "of suspected abuse", "nobody asked"],
)
def test_a_student_whom_staff_reported_to_the_officer_was_referred(export, answers: dict[str, Any], referrals: int):
    make.contact(**answers)
    assert _counts(export("--year", "2026-27", "--json")[1])["ARRS-1 total all"] == referrals
